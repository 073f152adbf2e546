// What is to come if nothing happens but time, and devices do what they are told: the home's own machine, from an image of now.

import type { Origin } from '@lintel/model';
import { describeCommand } from '../activity/describe.ts';
import { resolveCoreCommand } from '../dispatch/core-commands.ts';
import { machineOf } from '../images/capture.ts';
import type { Delivery, Input, JournalRecord } from '../journal/records.ts';
import { authorRefusal } from '../state/authors.ts';
import type { CoreCommand } from '../state/core.ts';
import type { Effects, Machine } from '../state/machine.ts';
import { FIRINGS_MAX, FORECAST_ECHOES_MAX, FORECAST_STEPS_MAX } from './limits.ts';
import type { Coming, Forecast, ForecastRequest } from './messages.ts';

const SYSTEM: Origin = { kind: 'system' };

export async function runForecast({ image, until }: ForecastRequest): Promise<Forecast> {
  const machine = await machineOf(image, 0);
  const ahead = new Ahead(machine, image.tail.sequence, image.tail.at);
  let steps = 0;
  ahead.step({ kind: 'tick', body: {} });
  for (let at = machine.wakeAt; at !== null && at <= until; at = machine.wakeAt) {
    if (++steps > FORECAST_STEPS_MAX || ahead.coming.length >= FIRINGS_MAX)
      return { coming: ahead.coming.slice(0, FIRINGS_MAX), cutAt: at };
    ahead.at = at;
    ahead.step({ kind: 'tick', body: {} });
  }
  return { coming: ahead.coming, cutAt: null };
}

class Ahead {
  readonly coming: Coming[] = [];
  at: number;
  readonly #machine: Machine;
  #sequence: number;
  #echoes = 0;

  constructor(machine: Machine, sequence: number, at: number) {
    this.#machine = machine;
    this.#sequence = sequence;
    this.at = at;
  }

  /** One input of the time to come, and what follows from the commands it leads to. */
  step(input: Input): void {
    this.#echoes = 0;
    this.#obey(this.#apply(input, SYSTEM));
  }

  #apply(input: Input, origin: Origin): Effects {
    this.#sequence += 1;
    const record: JournalRecord = { ...input, sequence: this.#sequence, at: this.at, origin, cause: 0 };
    return this.#machine.apply(record);
  }

  #obey({ commands }: Effects): void {
    for (const command of commands) {
      const isRefused = authorRefusal(this.#machine, command) !== null;
      const deliveries = isRefused ? [] : resolveCoreCommand(this.#machine, command);
      this.#note(command, deliveries);
      if (deliveries.length > 0) this.#send(command, deliveries);
    }
  }

  #send(command: CoreCommand, deliveries: readonly Delivery[]): void {
    this.#echoes += 1;
    if (this.#echoes > FORECAST_ECHOES_MAX) return;
    const origin: Origin = { kind: 'automation', id: command.rule };
    const body = { command: command.id, deliveries };
    const hold = command.kind === 'set' ? command.for : undefined;
    this.#obey(this.#apply({ kind: 'sent', body: hold === undefined ? body : { ...body, for: hold } }, origin));
    for (const { device, command: told } of deliveries) {
      if ('set' in told) this.#obey(this.#apply({ kind: 'report', body: { device, values: told.set } }, origin));
      this.#obey(this.#apply({ kind: 'outcome', body: { command: command.id, device, status: 'done' } }, origin));
    }
  }

  #note(command: CoreCommand, deliveries: readonly Delivery[]): void {
    const kind = command.id.startsWith('revert:') ? 'revert' : 'run';
    const rule = command.rule === '' ? null : command.rule;
    const nameOf = (device: string): string => this.#machine.registry.get('devices', device)?.name ?? device;
    const sent = deliveries.map(({ device, command: told }) => `${nameOf(device)}: ${describeCommand(told)}`);
    const isRefused = authorRefusal(this.#machine, command) !== null;
    const texts = isRefused ? ['may not act any more'] : sent.length > 0 ? sent : [textOf(command)];
    const last = this.coming.at(-1);
    const same = last?.kind === kind && last.at === command.at && last.rule === rule && last.run === command.run;
    if (same) this.coming[this.coming.length - 1] = { ...last, texts: [...last.texts, ...texts] };
    else this.coming.push({ at: command.at, kind, rule, run: command.run, texts });
  }
}

function textOf(command: CoreCommand): string {
  switch (command.kind) {
    case 'notify':
      return `notify: ${String(command.message)}`;
    case 'mode':
      return `mode ${command.mode}`;
    case 'emit':
      return `event ${command.event}`;
    case 'save':
      return `save ${command.as}`;
    default:
      return `${command.kind}: no device is meant`;
  }
}
