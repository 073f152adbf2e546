// Devices that a person removed while their plugin was not there: the plugin takes them out of its network when it is back.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { isObject } from '@lintel/sdk/host';

export class Removals {
  readonly #file: string;
  readonly #byPlugin: Map<string, Set<string>>;

  constructor(file: string) {
    this.#file = file;
    this.#byPlugin = new Map(Object.entries(read(file)).map(([plugin, devices]) => [plugin, new Set(devices)]));
  }

  of(plugin: string): readonly string[] {
    return [...(this.#byPlugin.get(plugin) ?? [])];
  }

  add(plugin: string, device: string): void {
    const devices = this.#byPlugin.get(plugin) ?? new Set();
    this.#byPlugin.set(plugin, devices.add(device));
    this.#write();
  }

  done(plugin: string, device: string): void {
    if (this.#byPlugin.get(plugin)?.delete(device) === true) this.#write();
  }

  #write(): void {
    const entries = [...this.#byPlugin].map(([plugin, devices]) => [plugin, [...devices]]);
    writeFileSync(`${this.#file}.next`, JSON.stringify(Object.fromEntries(entries)));
    renameSync(`${this.#file}.next`, this.#file);
  }
}

function read(file: string): Record<string, string[]> {
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isObject(raw) ? (raw as Record<string, string[]>) : {};
  } catch {
    return {};
  }
}
