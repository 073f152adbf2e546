// One virtual device: its description, what it shows now, and what it is just doing.

import { PluginError } from '@lintel/sdk';
import type { Clock, DeviceCommand, DeviceDescription, Value, Values } from '@lintel/sdk';

import { partOf } from './parts/index.ts';
import type { Part } from './parts/part.ts';

export interface DeviceHost {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  report(id: string, values: Values): Promise<void>;
  event(id: string, event: string, data: Readonly<Record<string, unknown>>): Promise<void>;
}

export class VirtualDevice {
  readonly description: DeviceDescription;
  readonly #host: DeviceHost;
  readonly #values: Record<string, Value>;
  readonly #parts: readonly (readonly [string, Part])[];
  readonly #doing = new Map<string, AbortController>();

  constructor(description: DeviceDescription, host: DeviceHost, values: Values) {
    this.description = description;
    this.#host = host;
    this.#values = { ...values };
    const names = description.endpoints.flatMap((each) => each.capabilities).map((each) => each.name);
    this.#parts = names.flatMap((name) => {
      const part = partOf(name);
      return part === undefined ? [] : [[name, part] as const];
    });
  }

  get id(): string {
    return this.description.id;
  }

  get now(): number {
    return this.#host.clock.now();
  }

  get values(): Values {
    return { ...this.#values };
  }

  has(property: string): boolean {
    const [name, key] = property.split('.');
    const capabilities = this.description.endpoints.flatMap((each) => each.capabilities);
    return capabilities.some((each) => each.name === name && each.properties.some((has) => has.name === key));
  }

  number(property: string, otherwise = 0): number {
    const value = this.#values[property];
    return typeof value === 'number' ? value : otherwise;
  }

  is(property: string, value: Value): boolean {
    return this.#values[property] === value;
  }

  /** Changes what the device shows, and says so. Properties it does not have are left out. */
  async show(changes: Values): Promise<void> {
    const own = Object.fromEntries(Object.entries(changes).filter(([property]) => this.has(property)));
    Object.assign(this.#values, own);
    if (Object.keys(own).length > 0) await this.#host.report(this.id, own);
  }

  /** Takes over what someone else reported in the device's name. */
  adopt(values: Values): void {
    Object.assign(this.#values, values);
  }

  event(event: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#host.event(this.id, event, data);
  }

  /** Does something that takes time, instead of what it did under this name before. */
  start(name: string, run: (sleep: (ms: number) => Promise<void>) => Promise<void>): void {
    this.stop(name);
    const doing = new AbortController();
    this.#doing.set(name, doing);
    const signal = AbortSignal.any([doing.signal, this.#host.signal]);
    run((ms) => this.#host.clock.sleep(ms, signal)).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  stop(name: string): void {
    this.#doing.get(name)?.abort();
    this.#doing.delete(name);
  }

  stopAll(): void {
    for (const name of this.#doing.keys()) this.stop(name);
  }

  /** Resolves when the device has confirmed, by the reports of its parts. */
  async command(command: DeviceCommand): Promise<void> {
    if ('set' in command) return this.#set(command.set, command.transition ?? 0);
    const [first, second] = command.command.split('.');
    for (const [name, part] of this.#parts) {
      const asked = second === undefined ? first! : second;
      if (second !== undefined && first !== name) continue;
      if (part.commands !== undefined && Object.hasOwn(part.commands, asked)) {
        return part.commands[asked]!(this, command.args ?? {});
      }
    }
    throw new PluginError('UNSUPPORTED', `${this.description.name} does not know the command ${command.command}`);
  }

  async #set(values: Values, transition: number): Promise<void> {
    for (const property of Object.keys(values)) {
      if (!this.has(property)) throw new PluginError('UNSUPPORTED', `${this.description.name} has no ${property}`);
    }
    let rest = values;
    for (const [, part] of this.#parts) rest = (await part.set?.(this, rest, transition)) ?? rest;
    await this.show(rest);
  }

  /** What sensors in it measure at this instant. */
  measure(): Values {
    const measured = this.#parts.map(([, part]) => part.measure?.(this) ?? {});
    const own = Object.entries(Object.assign({}, ...measured) as Values).filter(([property]) => this.has(property));
    return Object.fromEntries(own);
  }
}
