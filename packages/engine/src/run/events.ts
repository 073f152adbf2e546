// Checks events and writes them as the core's inputs.

import { ORIGIN_KINDS } from '@lintel/model';
import type { Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { isObject, show } from '../check/reader.ts';
import {
  START_KEY,
  eventKey,
  onlineKey,
  personKey,
  scheduleKey,
  variableKey,
  webhookKey,
  MODE_KEY,
} from '../compile/fragment.ts';
import type { CoreMemory } from '../core.ts';
import { EngineError } from '../errors.ts';
import { DATA_FIELDS_MAX } from '../../../../assembly/limits.ts';
import { writeValue } from '../link/values.ts';
import type { StringTable } from '../strings.ts';
import { MANUAL_TEXT } from '../strings.ts';
import type { EngineEvent } from '../types.ts';
import { kindOf } from './event-kind.ts';
import type { EventKind, EventOf } from './event-kind.ts';

type Raw = Readonly<Record<string, unknown>>;

/** What writing events needs of the engine. */
export interface EventHost {
  readonly memory: CoreMemory;
  readonly strings: StringTable;
  /** The slot of anything that has a value, made now if there is none. */
  slot(key: string): number;
  propertySlot(device: string, property: string): number;
  /** The slot of a kind of event, or −1 where no rule names it. */
  channel(key: string): number;
  ruleIndex(id: string): number;
  /** The rule in whose list the runs of this id are, also of one that was deleted; −1 where there is none. */
  holderOf(id: string): number;
  manualName(rule: number): number;
  /** The rule and run of a command, where that run may still wait for its outcome. */
  commandOf(id: string): { rule: number; run: number; number: number } | null;
}

function refuse(message: string): never {
  throw new EngineError('BAD_EVENT', message);
}

function text(raw: unknown, what: string): string {
  if (typeof raw !== 'string' || raw === '' || raw.includes('\0')) refuse(`expected ${what}, not ${show(raw)}`);
  return raw;
}

function value(raw: unknown): Value {
  if (raw === null || typeof raw === 'boolean' || typeof raw === 'string') return raw;
  if (typeof raw === 'number' && Number.isFinite(raw)) return raw;
  return refuse(`expected true, false, a number, a text or null as value, not ${show(raw)}`);
}

/** Throws BAD_EVENT where an instant is none. */
export function checkInstant(raw: unknown, name: string): asserts raw is number {
  if (typeof raw === 'number' && raw >= 0 && raw <= 8.64e15) return;
  refuse(`expected ${name} as ms since 1970, not ${show(raw)}`);
}

/** Throws BAD_EVENT where a batch of reports is none. */
export function checkBatch(slots: unknown, values: unknown, count: unknown): void {
  if (!(slots instanceof Int32Array)) refuse(`expected slots as Int32Array, not ${show(slots)}`);
  if (!(values instanceof Float64Array)) refuse(`expected values as Float64Array, not ${show(values)}`);
  if (count !== undefined && (!Number.isInteger(count) || (count as number) < 0))
    refuse(`expected a count of 0 or more, not ${show(count)}`);
}

/** Throws BAD_EVENT where what came is no list of events. */
export function checkEvents(raw: unknown): asserts raw is readonly EngineEvent[] {
  if (!Array.isArray(raw)) refuse(`expected a list of events, not ${show(raw)}`);
  for (const each of raw) checkEvent(each);
}

function checkEvent(raw: unknown): void {
  if (!isObject(raw)) refuse(`expected an event, not ${show(raw)}`);
  const kind = kindOf(raw);
  if (raw['device'] !== undefined) text(raw['device'], 'a device id');
  if (raw['sequence'] !== undefined && !Number.isSafeInteger(raw['sequence']))
    refuse('expected a whole number as sequence');
  CHECKS[kind](raw);
  if (raw['data'] !== undefined) checkData(raw['data']);
}

const CHECKS: Readonly<Record<EventKind, (raw: Raw) => void>> = {
  property: (raw) => {
    text(raw['device'], 'a device id');
    text(raw['property'], 'a property');
    value(raw['value']);
  },
  event: (raw) => {
    text(raw['event'], 'the name of an event');
    if (raw['action'] !== undefined) text(raw['action'], 'an action');
    if (raw['button'] !== undefined && typeof raw['button'] !== 'number') text(raw['button'], 'a button');
  },
  online: (raw) => {
    text(raw['device'], 'a device id');
    if (typeof raw['online'] !== 'boolean') refuse('expected true or false as online');
  },
  mode: (raw) => void text(raw['mode'], 'a mode'),
  presence: (raw) => {
    text(raw['person'], 'a person');
    if (raw['presence'] !== 'home' && raw['presence'] !== 'away' && raw['presence'] !== null)
      refuse('expected home, away or null as presence');
  },
  webhook: (raw) => void text(raw['webhook'], 'the name of a webhook'),
  run: (raw) => void text(raw['run'], 'the id of a rule'),
  start: (raw) => {
    if (raw['start'] !== true) refuse('expected true as start');
  },
  downtime: (raw) => {
    if (raw['downtime'] !== true) refuse('expected true as downtime');
  },
  outcome: (raw) => {
    text(raw['outcome'], 'the id of a command');
    text(raw['status'], 'a status');
  },
  variable: (raw) => {
    text(raw['variable'], 'the name of a variable');
    value(raw['value']);
  },
  schedule: (raw) => {
    text(raw['schedule'], 'the id of a schedule');
    value(raw['value']);
  },
  cancel: ({ cancel }) => {
    if (!isObject(cancel)) refuse('expected the rule and the number of a run as cancel');
    text(cancel['rule'], 'the id of a rule');
    if (!Number.isSafeInteger(cancel['run'])) refuse('expected the number of a run');
  },
  calledOff: ({ calledOff }) => {
    if (!isObject(calledOff)) refuse('expected the rule, the trigger and the device of a countdown as calledOff');
    text(calledOff['rule'], 'the id of a rule');
    text(calledOff['trigger'], 'the id of a trigger');
    if (calledOff['device'] !== null) text(calledOff['device'], 'a device id or null');
  },
  enabled: (raw) => {
    text(raw['rule'], 'the id of a rule');
    if (typeof raw['enabled'] !== 'boolean') refuse('expected true or false as enabled');
  },
};

function checkData(raw: unknown): void {
  if (!isObject(raw)) refuse('expected values by name as data');
  if (Object.keys(raw).length > DATA_FIELDS_MAX) refuse(`expected at most ${DATA_FIELDS_MAX} values as data`);
  for (const each of Object.values(raw)) value(each);
}

/** The number of an origin from 1; 0 for none. */
function originOf(raw: unknown): number {
  const kind = isObject(raw) ? raw['kind'] : raw;
  return typeof kind === 'string' ? (ORIGIN_KINDS as readonly string[]).indexOf(kind) + 1 : 0;
}

type Writers = { readonly [Kind in EventKind]: (event: EventOf<Kind>, at: number) => boolean };

export class EventWriter {
  readonly #host: EventHost;
  readonly #writers: Writers;

  constructor(host: EventHost) {
    this.#host = host;
    this.#writers = {
      property: ({ device, property, value: to }, at) => this.#value(at, host.propertySlot(device, property), to),
      online: ({ device, online }, at) => this.#value(at, host.slot(onlineKey(device)), online),
      presence: ({ person, presence }, at) => this.#value(at, host.slot(personKey(person)), presence),
      variable: ({ variable, value: to }, at) => this.#value(at, host.slot(variableKey(variable)), to),
      schedule: ({ schedule, value: to }, at) => this.#value(at, host.slot(scheduleKey(schedule)), to),
      mode: ({ mode }, at) => this.#value(at, host.slot(MODE_KEY), mode),
      event: (event, at) => this.#event(event, at),
      webhook: ({ webhook, data }, at) => this.#channel(at, webhookKey(webhook), data),
      start: (_event, at) => this.#channel(at, START_KEY, undefined),
      downtime: () => false,
      cancel: ({ cancel }, at) => this.#cancel(cancel, at),
      // Done by the host, when everything before it is over.
      calledOff: () => false,
      enabled: (event, at) => this.#switch(event, at),
      run: ({ run }, at) => this.#run(run, at),
      outcome: (event, at) => this.#outcome(event, at),
    };
  }

  /** Writes a checked event at an address; false when it can have no effect. */
  write(event: EngineEvent, at: number, sequence: number): boolean {
    const { memory } = this.#host;
    const kind = kindOf(event);
    const { origin } = event as { readonly origin?: unknown };
    memory.words.fill(0, at >>> 2, (at + abi.INPUT_SIZE) >>> 2);
    memory.putFloat(at + abi.INPUT_CAUSE, sequence);
    writeValue(memory.view, at + abi.INPUT_VALUE, null, this.#host.strings);
    if (origin !== undefined) memory.putWord(at + abi.INPUT_ORIGIN, originOf(origin));
    else if (kind === 'property') memory.putWord(at + abi.INPUT_ORIGIN, abi.DEVICE_ORIGIN);
    return (this.#writers[kind] as (of: EngineEvent, at: number) => boolean)(event, at);
  }

  #cancel({ rule, run }: { readonly rule: string; readonly run: number }, at: number): boolean {
    const { memory } = this.#host;
    const holder = this.#host.holderOf(rule);
    if (holder === -1) return false;
    memory.putWord(at + abi.INPUT_KIND, abi.INPUT_CANCEL);
    memory.putWord(at + abi.INPUT_RULE, holder);
    memory.putWord(at + abi.INPUT_RUN, run);
    return true;
  }

  #switch({ rule, enabled }: { readonly rule: string; readonly enabled: boolean }, at: number): boolean {
    const { memory } = this.#host;
    const index = this.#host.ruleIndex(rule);
    if (index === -1) return false;
    memory.putWord(at + abi.INPUT_KIND, abi.INPUT_SWITCH);
    memory.putWord(at + abi.INPUT_RULE, index);
    memory.putWord(at + abi.INPUT_SILENT, enabled ? 0 : 1);
    return true;
  }

  #value(at: number, slot: number, to: Value): boolean {
    const { memory, strings } = this.#host;
    memory.putWord(at + abi.INPUT_KIND, abi.INPUT_VALUE_REPORT);
    memory.putWord(at + abi.INPUT_SLOT, slot);
    writeValue(memory.view, at + abi.INPUT_VALUE, to, strings);
    return true;
  }

  #channel(at: number, key: string, data: Readonly<Record<string, Value>> | undefined): boolean {
    const { memory, strings } = this.#host;
    const slot = this.#host.channel(key);
    if (slot === -1) return false;
    memory.putWord(at + abi.INPUT_KIND, abi.INPUT_EVENT);
    memory.putWord(at + abi.INPUT_SLOT, slot);
    if (data !== undefined) memory.putWord(at + abi.INPUT_DATA, strings.number(JSON.stringify(data)));
    return true;
  }

  #event(event: EventOf<'event'>, at: number): boolean {
    const { memory, strings } = this.#host;
    if (!this.#channel(at, eventKey(event.event), event.data)) return false;
    const { device } = event as { readonly device?: string };
    if (device !== undefined) memory.putWord(at + abi.INPUT_DEVICE, strings.number(device));
    if (event.action !== undefined) memory.putWord(at + abi.INPUT_ACTION, strings.number(event.action));
    if (event.button !== undefined) memory.putWord(at + abi.INPUT_BUTTON, strings.number(String(event.button)));
    return true;
  }

  #run(rule: string, at: number): boolean {
    const index = this.#host.ruleIndex(rule);
    if (index === -1) return false;
    this.#host.memory.putWord(at + abi.INPUT_KIND, abi.INPUT_START_RULE);
    this.#host.memory.putWord(at + abi.INPUT_SLOT, index);
    this.#host.memory.putWord(at + abi.INPUT_BUTTON, this.#host.manualName(index) || MANUAL_TEXT);
    return true;
  }

  /** Whatever is not done or overtaken is a failure of the command. */
  #outcome(event: { outcome: string; status: string }, at: number): boolean {
    const command = this.#host.commandOf(event.outcome);
    if (command === null) return false;
    const { memory } = this.#host;
    memory.putWord(at + abi.INPUT_KIND, abi.INPUT_OUTCOME);
    memory.putWord(at + abi.INPUT_RULE, command.rule);
    memory.putWord(at + abi.INPUT_RUN, command.run);
    memory.putWord(at + abi.INPUT_SLOT, command.number);
    memory.putWord(at + abi.INPUT_SILENT, event.status === 'done' || event.status === 'superseded' ? 0 : 1);
    return true;
  }
}
