// Triggers of Home Assistant as triggers of rules.

import type { Trigger } from '@lintel/model';
import { deviceTrigger } from './device-triggers.ts';
import type { Meaning } from './entities.ts';
import { truthOf } from './jinja/template.ts';
import { Lost } from './notes.ts';
import { FieldReader, namesOf, show, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { numericTriggers, stateTriggers } from './state-triggers.ts';
import { durationOf, offsetOf, timeOfDay, weekdayOf } from './times.ts';

/** A trigger, and what must be asked besides when it fires. */
export interface Started {
  readonly trigger: Trigger;
  /** An expression about `trigger.data`. */
  readonly only?: string;
  /** What `trigger.to_state.state` is. */
  readonly meaning?: Meaning;
}

type Reader = (fields: FieldReader, scope: Scope) => readonly Started[];
const one = (trigger: Trigger): readonly Started[] => [{ trigger }];

const READERS: Readonly<Record<string, Reader>> = {
  state: stateTriggers,
  numeric_state: numericTriggers,
  device: deviceTrigger,
  time: timeTriggers,
  time_pattern: pattern,
  sun: (fields) => {
    const offset = offsetOf(fields.take('offset'));
    return one({ kind: 'sun', event: sunEvent(fields), ...(offset !== undefined && { offset }) });
  },
  zone: zoneTriggers,
  event: eventTriggers,
  webhook: (fields) => {
    fields.ignore('local_only', 'allowed_methods');
    return one({ kind: 'webhook', webhook: textOf(fields.need('webhook_id')) });
  },
  homeassistant: (fields) => {
    if (fields.text('event') === 'start') return one({ kind: 'start' });
    throw new Lost(fields.line, 'nothing can be triggered by the hub going down');
  },
  template: (fields, scope) => {
    const expression = truthOf(fields.need('value_template'), scope);
    return one({ kind: 'expression', expression, ...holding(fields) });
  },
};

const WITHOUT: Readonly<Record<string, string>> = {
  mqtt: 'MQTT topics are not heard here; the device itself can be a trigger',
  tag: 'tags are not read here',
  calendar: 'calendars are not read here; a schedule can be a trigger',
  conversation: 'spoken sentences are not heard here',
  persistent_notification: 'notifications of Home Assistant are not here',
  geo_location: 'places are not followed here',
};

/** @throws Lost where the trigger cannot be said */
export function readTrigger(source: Source, scope: Scope): readonly Started[] {
  const fields = new FieldReader(source, 'a trigger');
  const kind = fields.text('trigger', 'platform') ?? 'none';
  fields.ignore('id', 'alias', 'enabled', 'variables', 'trigger', 'platform');
  const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (reader === undefined) {
    const why = Object.hasOwn(WITHOUT, kind) ? WITHOUT[kind]! : `a trigger of kind ${show(kind)} has no counterpart`;
    throw new Lost(fields.line, why);
  }
  const started = reader(fields, scope);
  fields.done(scope.notes, `a trigger of kind ${kind}`);
  return started;
}

function holding(fields: FieldReader): { for?: string } {
  const held = fields.take('for');
  return held === undefined ? {} : { for: durationOf(held) };
}

function sunEvent(fields: FieldReader): 'sunrise' | 'sunset' {
  const event = fields.text('event');
  if (event === 'sunrise' || event === 'sunset') return event;
  throw new Lost(fields.line, 'expected sunrise or sunset');
}

function timeTriggers(fields: FieldReader, scope: Scope): readonly Started[] {
  const days = fields.take('weekday');
  const weekdays = days === undefined ? {} : { weekdays: namesOf(days).map(weekdayOf) };
  const at = fields.need('at');
  if (at.type === 'map') throw new Lost(at.line, 'a time that an entity holds is not taken with an offset');
  const times = namesOf(at).map(({ text, line }) => {
    const time = timeOfDay(text);
    if (time !== null) return time;
    const found = scope.entities.get(text, line);
    if ('variable' in found) return { variable: found.variable };
    if ('device' in found && found.property !== undefined) return { device: found.device, property: found.property };
    throw new Lost(line, `${show(text)} holds no time of day here`);
  });
  return one({ kind: 'time', at: times.length === 1 ? times[0]! : times, ...weekdays });
}

/** `/5`, `*` or a number, as a field of cron. */
function cronField(text: string | undefined, most: number, line: number): string {
  if (text === undefined || text === '*') return '*';
  const step = /^\/(\d{1,2})$/.exec(text)?.[1];
  const number = Number(step ?? text);
  if (!Number.isInteger(number) || number < (step === undefined ? 0 : 1) || number > most)
    throw new Lost(line, `${show(text)} is no pattern of time`);
  if (step === undefined) return String(number);
  return number === 1 ? '*' : `*/${number}`;
}

function pattern(fields: FieldReader): readonly Started[] {
  const [hours, minutes, seconds] = ['hours', 'minutes', 'seconds'].map((name) => fields.text(name));
  if (hours === undefined && minutes === undefined && seconds === undefined)
    throw new Lost(fields.line, 'expected hours, minutes or seconds');
  if (seconds !== undefined && Number(seconds) !== 0)
    return one({ kind: 'every', every: secondly(fields, [hours, minutes, seconds]) });
  const everyMinute = seconds !== undefined && minutes === undefined;
  const minute = everyMinute ? '*' : cronField(minutes ?? '0', 59, fields.line);
  const hour = cronField(hours, 23, fields.line);
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (hour === '*' && minute === '*') return one({ kind: 'every', every: '1m' });
  if (hour === '*' && step !== undefined && 60 % Number(step) === 0) return one({ kind: 'every', every: `${step}m` });
  return one({ kind: 'cron', cron: `${minute} ${hour} * * *` });
}

function secondly({ line }: FieldReader, [hours, minutes, seconds = '']: readonly (string | undefined)[]): string {
  const rest = [hours, minutes].every((text) => text === undefined || text === '*');
  const step = seconds === '*' ? 1 : Number(/^\/(\d{1,2})$/.exec(seconds)?.[1]);
  if (rest && Number.isInteger(step) && step > 0 && 60 % step === 0) return step === 60 ? '1m' : `${step}s`;
  throw new Lost(line, 'this pattern of seconds has no counterpart');
}

function zoneTriggers(fields: FieldReader, scope: Scope): readonly Started[] {
  const zone = fields.text('zone');
  if (zone !== 'zone.home') throw new Lost(fields.line, 'only the zone of the home is known here');
  const becomes = fields.text('event') === 'leave' ? 'away' : 'home';
  return namesOf(fields.need('entity_id')).map(({ text, line }) => ({
    trigger: { kind: 'presence', person: personOf(text, line, scope), becomes },
  }));
}

export function personOf(entity: string, line: number, { entities }: Scope): string {
  const found = entities.get(entity, line);
  if ('person' in found) return found.person;
  throw new Lost(line, `${show(entity)} is mapped to something that is no person`);
}

const STARTS = new Set(['homeassistant_start', 'homeassistant_started']);
const ANSWERS = new Set(['mobile_app_notification_action', 'ios.notification_action_fired']);

function eventTriggers(fields: FieldReader, scope: Scope): readonly Started[] {
  const data = fields.take('event_data');
  const rest = data === undefined ? [] : new FieldReader(data, 'event_data').rest();
  if (fields.has('context')) throw new Lost(fields.line, 'who caused an event is not asked here');
  return namesOf(fields.need('event_type')).flatMap(({ text }) => {
    if (STARTS.has(text)) return one({ kind: 'start' });
    if (ANSWERS.has(text)) return one({ kind: 'event', event: 'notification.action', ...answer(rest) });
    if (text.endsWith('_event') && rest.some(([name]) => name === 'device_id' || name === 'id'))
      return button(rest, scope);
    const asked = rest.map(([name, { value }]) => {
      if (value.type !== 'scalar')
        throw new Lost(value.line, `${show(name)} of an event is compared with plain values only`);
      return `trigger.data[${JSON.stringify(name)}] == ${JSON.stringify(value.value) ?? 'unknown'}`;
    });
    const trigger: Trigger = { kind: 'event', event: text };
    return [asked.length === 0 ? { trigger } : { trigger, only: asked.join(' && ') }];
  });
}

type Rest = ReturnType<FieldReader['rest']>;

function answer(rest: Rest): { action?: string } {
  const action = rest.find(([name]) => name === 'action' || name === 'actionName')?.[1].value;
  return action === undefined ? {} : { action: textOf(action) };
}

const PRESSES: Readonly<Record<string, readonly [string, string]>> = {
  on: ['on', 'single'],
  off: ['off', 'single'],
  toggle: ['toggle', 'single'],
  step: ['up', 'single'],
};

/** A remote as radios tell of it: `zha_event` and its like. */
function button(rest: Rest, scope: Scope): readonly Started[] {
  const named = new Map(rest);
  const id = named.get('device_id') ?? named.get('id')!;
  const device = scope.entities.device(textOf(id.value), id.line);
  const command = named.get('command') ?? named.get('event');
  const text = command === undefined ? '' : textOf(command.value);
  const found = Object.hasOwn(PRESSES, text) ? PRESSES[text] : undefined;
  if (found === undefined) throw new Lost(id.line, `the press ${show(text)} of a remote has no counterpart`);
  return one({ kind: 'event', event: 'button.pressed', device, button: found[0], action: found[1] });
}
