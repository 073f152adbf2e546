// Compiles triggers, those of rules and those that waits wait for, to records that the core matches inputs against.

import { readDuration } from '@lintel/model';
import type { Trigger } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { parseCron } from '../check/cron.ts';
import { parseTimeOfDay } from '../check/reader.ts';
import { SUN_EVENTS, parseDate } from '../check/triggers.ts';
import { readSigned, weekdayMask } from './conditions.ts';
import { expressionCode } from './expressions.ts';
import type { Clock, CompiledTrigger, Members } from './fragment.ts';
import {
  MODE_KEY,
  START_KEY,
  eventKey,
  onlineKey,
  personKey,
  propertyKeyOf,
  scheduleKey,
  variableKey,
  webhookKey,
} from './fragment.ts';
import { listOf, membersOf, overOf, predicateOf, setOf } from './predicates.ts';
import type { FragmentWriter } from './writer.ts';

type Of<K extends Trigger['kind']> = Extract<Trigger, { kind: K }>;

const NO_CLOCK: Clock = {
  weekdays: 0,
  times: [],
  dates: [],
  source: null,
  period: 0,
  cron: null,
  sunEvent: 0,
  offset: 0,
  elevation: 0,
  direction: 0,
};

/** What kinds of trigger differ in; the rest has its default. */
type Part = Partial<CompiledTrigger> & Pick<CompiledTrigger, 'kind'>;

/** Adds a trigger's records; answers the number of the first. */
export function writeTrigger(
  writer: FragmentWriter,
  trigger: Trigger,
  index: number,
  pointer: string,
  waits: boolean,
): number {
  const parts = partsOf(writer, trigger, pointer, waits ? writer.waitReads : []);
  const first = writer.triggers.length;
  for (const part of parts) {
    const made: CompiledTrigger = {
      index,
      id: trigger.id ?? String(index),
      flags: 0,
      predicate: null,
      from: [],
      for: 0,
      hysteresis: 0,
      code: null,
      button: null,
      actions: [],
      clock: null,
      devices: null,
      channel: null,
      reads: [],
      waits,
      ...part,
    };
    writer.trigger(made);
    for (const members of made.code === null ? readsOf(made) : []) {
      if (members.type !== 'one') writer.usesSets = true;
      if (waits) writer.waitReads.push(members);
    }
    if (made.devices !== null && typeof made.devices !== 'string') writer.usesSets = true;
  }
  return first;
}

/** What of a wait's trigger needs a memory for each slot: devices that are watched one by one, and times that are read. */
export function listenersOf(parts: readonly CompiledTrigger[]): Members[] {
  return parts.flatMap(({ kind, flags, predicate, clock, reads }) => {
    if (clock !== null) return clock.source === null ? [] : reads;
    const lasting = (flags & (abi.TRIGGER_HAS_FOR | abi.TRIGGER_HAS_HYSTERESIS)) !== 0;
    return kind === abi.KIND_PROPERTY && lasting && predicate!.over === abi.OVER_ANY ? [predicate!.members] : [];
  });
}

function readsOf(trigger: CompiledTrigger): readonly Members[] {
  if (trigger.channel !== null) return [{ type: 'one', key: trigger.channel, device: null }];
  return trigger.predicate === null ? trigger.reads : [trigger.predicate.members];
}

function partsOf(writer: FragmentWriter, trigger: Trigger, pointer: string, reads: Members[]): readonly Part[] {
  switch (trigger.kind) {
    case 'property':
      return [propertyPart(trigger)];
    case 'event':
      return [eventPart(trigger)];
    case 'time':
      return timeParts(trigger);
    case 'every':
      return [{ kind: abi.KIND_EVERY, clock: { ...NO_CLOCK, period: readDuration(trigger.every) ?? 0 } }];
    case 'cron':
      return [cronPart(trigger)];
    case 'sun':
      return [sunPart(trigger)];
    case 'mode':
      return [valuePart(MODE_KEY, null, trigger.becomes, trigger.from)];
    case 'presence':
      return [presencePart(trigger)];
    case 'online':
      return [lasting(valuePart(onlineKey(trigger.device), trigger.device, trigger.becomes, undefined), trigger.for)];
    case 'schedule':
      return [valuePart(scheduleKey(trigger.schedule), null, trigger.becomes, undefined)];
    case 'start':
      return [{ kind: abi.KIND_EVENT, channel: START_KEY }];
    case 'webhook':
      return [{ kind: abi.KIND_EVENT, channel: webhookKey(trigger.webhook) }];
    case 'manual':
      return [{ kind: abi.KIND_MANUAL }];
    case 'expression':
      return [expressionPart(writer, trigger, pointer, reads)];
  }
}

function lasting(part: Part, duration: string | undefined): Part {
  if (duration === undefined) return part;
  return { ...part, flags: (part.flags ?? 0) | abi.TRIGGER_HAS_FOR, for: readDuration(duration) ?? 0 };
}

function propertyPart(trigger: Of<'property'>): Part {
  const over = overOf(trigger.device, trigger.match);
  const { above, below, origin, becomes, from } = trigger;
  const members = membersOf(trigger.device, trigger.property);
  const predicate = predicateOf(over, members, { is: becomes, above, below, origin });
  const whole = over === abi.OVER_ALL || over === abi.OVER_NONE;
  const part: Part = {
    kind: whole ? abi.KIND_STATEMENT : abi.KIND_PROPERTY,
    flags: changeFlags(trigger),
    predicate,
    from: listOf(from),
    hysteresis: trigger.hysteresis ?? 0,
  };
  return lasting(part, trigger.for);
}

function changeFlags(trigger: Of<'property'>): number {
  let flags = 0;
  if (trigger.changes === true) flags |= abi.TRIGGER_CHANGES;
  if (trigger.from !== undefined) flags |= trigger.becomes === undefined ? abi.TRIGGER_LEAVES : abi.TRIGGER_HAS_FROM;
  if (trigger.hysteresis !== undefined) flags |= abi.TRIGGER_HAS_HYSTERESIS;
  return flags;
}

/** A trigger on the mode, a schedule, or whether a device is online: a property trigger on that slot. */
function valuePart<T extends boolean | number | string>(
  key: string,
  device: string | null,
  becomes: T | readonly T[] | undefined,
  from: T | readonly T[] | undefined,
): Part {
  const members: Members = { type: 'one', key, device };
  let flags = 0;
  if (from !== undefined) flags = becomes === undefined ? abi.TRIGGER_LEAVES : abi.TRIGGER_HAS_FROM;
  else if (becomes === undefined) flags = abi.TRIGGER_CHANGES;
  return {
    kind: abi.KIND_PROPERTY,
    flags,
    predicate: predicateOf(abi.OVER_ONE, members, { is: becomes }),
    from: listOf(from),
  };
}

function presencePart(trigger: Of<'presence'>): Part {
  const { person, becomes } = trigger;
  if (person !== 'anyone' && person !== 'everyone') return valuePart(personKey(person), null, becomes, undefined);
  const over = person === 'anyone' ? abi.OVER_ANY : abi.OVER_ALL;
  return { kind: abi.KIND_STATEMENT, predicate: predicateOf(over, { type: 'persons' }, { is: becomes }) };
}

function eventPart(trigger: Of<'event'>): Part {
  const { device } = trigger;
  return {
    kind: abi.KIND_EVENT,
    channel: eventKey(trigger.event),
    devices: device === undefined || typeof device === 'string' ? (device ?? null) : setOf(device),
    button: trigger.button === undefined ? null : String(trigger.button),
    actions: listOf(trigger.action),
  };
}

/** Constant times share a record; each variable or property is one of its own, since each has its own next instant. */
function timeParts(trigger: Of<'time'>): readonly Part[] {
  const weekdays = weekdayMask(trigger.weekdays);
  const dates = (trigger.dates ?? []).map((date) => parseDate(date) ?? 0);
  const times: number[] = [];
  const parts: Part[] = [];
  for (const at of listOf(trigger.at)) {
    if (typeof at === 'string') {
      times.push(parseTimeOfDay(at) ?? 0);
      continue;
    }
    const source = 'variable' in at ? variableKey(at.variable) : propertyKeyOf(at.device, at.property);
    const device = 'variable' in at ? null : at.device;
    const reads: Members[] = [{ type: 'one', key: source, device }];
    parts.push({ kind: abi.KIND_TIME, clock: { ...NO_CLOCK, weekdays, dates, source }, reads });
  }
  if (times.length > 0) parts.unshift({ kind: abi.KIND_TIME, clock: { ...NO_CLOCK, weekdays, dates, times } });
  return parts;
}

function cronPart(trigger: Of<'cron'>): Part {
  const cron = parseCron(trigger.cron);
  return { kind: abi.KIND_CRON, clock: { ...NO_CLOCK, cron: typeof cron === 'string' ? null : cron } };
}

function sunPart(trigger: Of<'sun'>): Part {
  const sunEvent =
    trigger.event === undefined ? abi.SUN_ELEVATION : (SUN_EVENTS as readonly string[]).indexOf(trigger.event);
  const direction = trigger.direction === undefined ? 0 : trigger.direction === 'rising' ? 1 : 2;
  const offset = readSigned(trigger.offset);
  return { kind: abi.KIND_SUN, clock: { ...NO_CLOCK, sunEvent, offset, elevation: trigger.elevation ?? 0, direction } };
}

/** The slots it reads are known only when its code is written, behind everything else. */
function expressionPart(writer: FragmentWriter, trigger: Of<'expression'>, pointer: string, reads: Members[]): Part {
  const outer = writer.reads;
  writer.reads = reads;
  const code = expressionCode(writer, [{ text: trigger.expression, duration: false }], [], pointer);
  writer.reads = outer;
  return lasting({ kind: abi.KIND_EXPRESSION, code, reads }, trigger.for);
}
