// Conditions of Home Assistant as conditions of rules.

import type { Condition, KnownValue } from '@lintel/model';
import { deviceCondition } from './device-triggers.ts';
import type { Meaning } from './entities.ts';
import { conditionOf, valueOfState } from './jinja/template.ts';
import { Lost } from './notes.ts';
import { FieldReader, isOff, isTemplate, itemsOf, namesOf, show, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { bounded, literal, readBand, readingOf, scaledBand, stateText } from './state-triggers.ts';
import { stateValue } from './states.ts';
import { durationOf, offsetOf, timeOfDay, weekdayOf } from './times.ts';
import { personOf } from './triggers.ts';

type Reader = (fields: FieldReader, scope: Scope) => Condition;

const READERS: Readonly<Record<string, Reader>> = {
  and: (fields, scope) => all(readConditions(fields.take('conditions'), scope)),
  or: (fields, scope) => any(readConditions(fields.take('conditions'), scope)),
  not: (fields, scope) => none(readConditions(fields.take('conditions'), scope)),
  state: readState,
  numeric_state: readNumeric,
  time: readTime,
  sun: readSun,
  zone: readZone,
  device: deviceCondition,
  template: (fields, scope) => conditionOf(fields.need('value_template'), scope),
  trigger: readTriggered,
};

export const NEVER: Condition = { kind: 'expression', expression: 'false' };

/** A list of conditions; what cannot be said of it is reported and left out. */
export function readConditions(source: Source | undefined, scope: Scope): Condition[] {
  return itemsOf(source).flatMap((item) => scope.notes.attempt(() => readCondition(item, scope)) ?? []);
}

/** One condition, or a list of them that must all be true; one that never passes where it was lost. */
export function wholeCondition(source: Source | undefined, scope: Scope): Condition {
  const items = itemsOf(source);
  const conditions = readConditions(source, scope);
  return conditions.length === 0 && items.length > 0 ? NEVER : all(conditions);
}

/** @throws Lost; an empty list for one that is switched off */
export function readCondition(source: Source, scope: Scope): Condition[] {
  if (source.type === 'scalar') return [conditionOf(source, scope)];
  if (source.type === 'list') return readConditions(source, scope);
  if (isOff(source)) {
    scope.notes.info(source.line, 'a condition that is switched off is left out');
    return [];
  }
  const fields = new FieldReader(source, 'a condition');
  fields.ignore('alias', 'enabled');
  const short = (['and', 'or', 'not'] as const).find((name) => fields.has(name));
  const kind = short ?? fields.text('condition') ?? 'none';
  const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (short === undefined && reader === undefined && isTemplate(fields.take('condition') ?? source))
    return [conditionOf(fields.need('condition'), scope)];
  if (reader === undefined) throw new Lost(source.line, `a condition of kind ${show(kind)} has no counterpart`);
  const condition = short === undefined ? reader(fields, scope) : combined(short, fields, scope);
  fields.done(scope.notes, `a condition of kind ${kind}`);
  return [condition];
}

function combined(kind: 'and' | 'or' | 'not', fields: FieldReader, scope: Scope): Condition {
  const conditions = readConditions(fields.take(kind), scope);
  return kind === 'and' ? all(conditions) : kind === 'or' ? any(conditions) : none(conditions);
}

export function all(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { kind: 'expression', expression: 'true' };
  return conditions.length === 1 ? conditions[0]! : { kind: 'and', conditions };
}

function any(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return NEVER;
  return conditions.length === 1 ? conditions[0]! : { kind: 'or', conditions };
}

const none = (conditions: readonly Condition[]): Condition => ({ kind: 'not', condition: any(conditions) });

function readState(fields: FieldReader, scope: Scope): Condition {
  const source = fields.need('state');
  const states = itemsOf(source).map(stateText);
  const held = fields.take('for');
  const attribute = fields.text('attribute');
  const match = fields.text('match') ?? 'all';
  if (held !== undefined && isTemplate(held)) throw new Lost(held.line, 'a `for` that is worked out is not taken');
  const holds = held === undefined ? {} : { for: durationOf(held) };
  const each = namesOf(fields.need('entity_id')).map(({ text, line }) =>
    ofEntity({ entity: text, line, states, stateLine: source.line, attribute, holds }, scope),
  );
  return match === 'any' ? any(each) : all(each);
}

interface Asked {
  readonly entity: string;
  readonly line: number;
  readonly states: readonly string[];
  readonly stateLine: number;
  readonly attribute: string | undefined;
  readonly holds: { readonly for?: string };
}

function ofEntity(asked: Asked, scope: Scope): Condition {
  const { entity, line, states, attribute } = asked;
  if (entity === 'sun.sun') return any(states.map((state) => sunIs(state, asked.stateLine)));
  const found = scope.entities.get(entity, line);
  if ('person' in found) return any(states.map((state) => personIs(found.person, state, asked.stateLine)));
  if ('variable' in found) {
    const read = `variable(${JSON.stringify(found.variable)})`;
    const expression = states.map((state) => `${read} == ${JSON.stringify(literal(state))}`).join(' || ');
    return { kind: 'expression', expression };
  }
  const known = states.filter((state) => state !== 'unknown' && state !== 'unavailable');
  const conditions =
    known.length === 0 ? [] : [...ofMeaning(scope.entities.meaning(entity, line, attribute), known, asked)];
  if (states.includes('unavailable'))
    conditions.push({ kind: 'online', device: deviceOf(entity, line, scope), is: false });
  if (states.includes('unknown')) {
    const { device, property } = scope.entities.meaning(entity, line, attribute);
    conditions.push({ kind: 'property', device, property, unknown: true });
  }
  return any(conditions);
}

const deviceOf = (entity: string, line: number, { entities }: Scope): string => entities.device(entity, line);

function* ofMeaning(
  meaning: Meaning,
  states: readonly string[],
  { stateLine: line, holds }: Asked,
): Generator<Condition> {
  const found = states.map((state) => {
    const value = stateValue(meaning.property, state, meaning.scale);
    if (value === null) throw new Lost(line, `${show(state)} is no state of ${meaning.property}`);
    return value;
  });
  for (const [property, each] of Map.groupBy(found, (one) => one.property)) {
    const values = [...new Set(each.map(({ value }) => value))];
    const is: KnownValue | KnownValue[] = values.length === 1 ? values[0]! : values;
    yield { kind: 'property', device: meaning.device, property, is, ...holds };
  }
}

function sunIs(state: string, line: number): Condition {
  if (state === 'below_horizon') return { kind: 'sun', after: 'sunset', before: 'sunrise' };
  if (state === 'above_horizon') return { kind: 'sun', after: 'sunrise', before: 'sunset' };
  throw new Lost(line, 'of the sun only above_horizon and below_horizon are known');
}

function personIs(person: string, state: string, line: number): Condition {
  if (state === 'home') return { kind: 'presence', person, is: 'home' };
  if (state === 'not_home') return { kind: 'presence', person, is: 'away' };
  throw new Lost(line, `of people only "home" and "not_home" are known, not ${show(state)}`);
}

function readNumeric(fields: FieldReader, scope: Scope): Condition {
  const attribute = fields.text('attribute');
  const template = fields.take('value_template');
  const { plain, bounds } = readBand(fields, scope);
  const each = namesOf(fields.need('entity_id')).map(({ text, line }): Condition => {
    if (text === 'sun.sun') {
      if (attribute !== 'elevation' && attribute !== 'azimuth')
        throw new Lost(line, 'of the sun only its elevation and azimuth are known');
      return { kind: 'expression', expression: bounded(`sun.${attribute}`, bounds) };
    }
    if (template === undefined && plain !== null) {
      const { device, property, scale } = scope.entities.meaning(text, line, attribute);
      return { kind: 'property', device, property, ...scaledBand(plain, scale) };
    }
    const value =
      template === undefined ? readingOf(text, line, attribute, scope) : valueOfState(template, scope, text);
    return { kind: 'expression', expression: bounded(value, bounds) };
  });
  return all(each);
}

function readTime(fields: FieldReader): Condition {
  const part = (name: string): { [key: string]: string } => {
    const source = fields.take(name);
    if (source === undefined) return {};
    const time = timeOfDay(textOf(source));
    if (time === null) throw new Lost(source.line, `${show(textOf(source))} holds no time of day here`);
    return { [name]: time };
  };
  const days = fields.take('weekday');
  const weekdays = days === undefined ? {} : { weekdays: namesOf(days).map(weekdayOf) };
  return { kind: 'time', ...part('after'), ...part('before'), ...weekdays };
}

function readSun(fields: FieldReader): Condition {
  const event = (name: string): 'sunrise' | 'sunset' | undefined => {
    const text = fields.text(name);
    if (text === undefined || text === 'sunrise' || text === 'sunset') return text;
    throw new Lost(fields.line, `expected sunrise or sunset, not ${show(text)}`);
  };
  const [after, before] = [event('after'), event('before')];
  const offset = offsetOf(fields.take('after_offset'));
  const beforeOffset = offsetOf(fields.take('before_offset'));
  return {
    kind: 'sun',
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
    ...(offset !== undefined && { offset }),
    ...(beforeOffset !== undefined && { beforeOffset }),
  };
}

function readZone(fields: FieldReader, scope: Scope): Condition {
  const zone = fields.text('zone');
  if (zone !== 'zone.home') throw new Lost(fields.line, 'only the zone of the home is known here');
  return all(
    namesOf(fields.need('entity_id')).map(({ text, line }) => ({
      kind: 'presence',
      person: personOf(text, line, scope),
      is: 'home',
    })),
  );
}

function readTriggered(fields: FieldReader, { triggers }: Scope): Condition {
  const ids = namesOf(fields.need('id')).flatMap(({ text, line }) => {
    const found = triggers.get(text) ?? [];
    if (found.length === 0) throw new Lost(line, `no trigger with the id ${show(text)} is left`);
    return found;
  });
  return any(ids.map((is) => ({ kind: 'trigger', is })));
}
