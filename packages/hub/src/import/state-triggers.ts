// Triggers about states: what an entity becomes, was, or crosses.

import type { KnownValue, PropertyTrigger, Trigger } from '@lintel/model';
import type { Meaning } from './entities.ts';
import { valueOfState } from './jinja/template.ts';
import { readProperty, scaled } from './jinja/piece.ts';
import { Lost } from './notes.ts';
import { type FieldReader, isNull, isTemplate, itemsOf, namesOf, numberOf, show, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { stateValue, toOurs } from './states.ts';
import { durationOf } from './times.ts';
import type { Started } from './triggers.ts';

interface Asked {
  readonly to: readonly string[] | null;
  readonly from: readonly string[] | null;
  /** `to` is there but empty: any other state. */
  readonly any: boolean;
  readonly held: string | undefined;
  readonly attribute: string | undefined;
  readonly line: number;
}

const UNKNOWN = new Set(['unknown', 'unavailable']);

/** YAML reads a bare `on` as true. */
export const stateText = (source: Source): string => {
  if (source.type === 'scalar' && typeof source.value === 'boolean') return source.value ? 'on' : 'off';
  return textOf(source);
};
const statesOf = (source: Source): string[] => itemsOf(source).map(stateText);

export function stateTriggers(fields: FieldReader, scope: Scope): readonly Started[] {
  const to = fields.entry('to');
  const from = fields.entry('from');
  refuseTemplates(fields, scope);
  const held = fields.take('for');
  if (held !== undefined && isTemplate(held)) throw new Lost(held.line, 'a `for` that is worked out is not taken');
  const asked: Asked = {
    to: to === undefined ? null : statesOf(to.value),
    from: from === undefined ? null : statesOf(from.value),
    any: to === undefined && from === undefined,
    held: held === undefined ? undefined : durationOf(held),
    attribute: fields.text('attribute'),
    line: (to ?? from)?.line ?? fields.line,
  };
  const started = namesOf(fields.need('entity_id')).flatMap(({ text, line }) => ofEntity(text, line, asked, scope));
  return together(started);
}

/** States that are not asked for: unknown ones are never heard here anyway. */
function refuseTemplates(fields: FieldReader, scope: Scope): void {
  for (const name of ['not_from', 'not_to']) {
    const entry = fields.entry(name);
    if (entry === undefined) continue;
    if (statesOf(entry.value).every((state) => UNKNOWN.has(state)))
      scope.notes.info(entry.line, `\`${name}\` is left out: what is unknown never triggers here`);
    else throw new Lost(entry.line, `\`${name}\` with states that are known is not taken; say which states are meant`);
  }
}

function ofEntity(entity: string, line: number, asked: Asked, scope: Scope): Started[] {
  if (entity === 'sun.sun') return [{ trigger: sunState(asked) }];
  const found = scope.entities.get(entity, line);
  if ('person' in found) return presence(found.person, asked);
  if ('variable' in found) return variable(found.variable, asked);
  const online = 'device' in found ? reachable(found.device, asked) : null;
  if (online !== null) return [online];
  return ofMeaning(scope.entities.meaning(entity, line, asked.attribute), asked);
}

function sunState({ to, line }: Asked): Trigger {
  if (to?.length === 1 && to[0] === 'below_horizon') return { kind: 'sun', event: 'sunset' };
  if (to?.length === 1 && to[0] === 'above_horizon') return { kind: 'sun', event: 'sunrise' };
  throw new Lost(line, 'of the sun only above_horizon and below_horizon are known');
}

function presence(person: string, { to, from, held, line, any }: Asked): Started[] {
  if (held !== undefined) throw new Lost(line, 'presence is not taken with `for`');
  const [state] = to ?? [];
  if (any) return (['home', 'away'] as const).map((becomes) => ({ trigger: { kind: 'presence', person, becomes } }));
  const left = to === null && from?.length === 1 ? from[0] : undefined;
  if (state === 'home' || left === 'not_home') return [{ trigger: { kind: 'presence', person, becomes: 'home' } }];
  if (state === 'not_home' || left === 'home') return [{ trigger: { kind: 'presence', person, becomes: 'away' } }];
  throw new Lost(line, `of people only "home" and "not_home" are known, not ${show(state ?? left ?? '')}`);
}

function variable(name: string, { to, held, line }: Asked): Started[] {
  if (to === null) throw new Lost(line, 'a variable triggers only by becoming something');
  const read = `variable(${JSON.stringify(name)})`;
  const expression = to.map((state) => `${read} == ${JSON.stringify(literal(state))}`).join(' || ');
  return [{ trigger: { kind: 'expression', expression, ...(held !== undefined && { for: held }) } }];
}

export function literal(state: string): KnownValue {
  if (state === 'on' || state === 'off') return state === 'on';
  return state.trim() !== '' && Number.isFinite(Number(state)) ? Number(state) : state;
}

/** `to: unavailable` is a device that can no longer be reached. */
function reachable(device: string, { to, from, held }: Asked): Started | null {
  const holds = held === undefined ? {} : { for: held };
  if (to?.length === 1 && to[0] === 'unavailable')
    return { trigger: { kind: 'online', device, becomes: false, ...holds } };
  if (to === null && from?.length === 1 && from[0] === 'unavailable')
    return { trigger: { kind: 'online', device, becomes: true, ...holds } };
  return null;
}

type Change = Pick<PropertyTrigger, 'becomes' | 'from' | 'changes' | 'for'>;

function ofMeaning(meaning: Meaning, asked: Asked): Started[] {
  const { to, from, any, held, line } = asked;
  const holds = held === undefined ? {} : { for: held };
  const make = (property: string, change: Change): Started => ({
    trigger: { kind: 'property', device: meaning.device, property, ...change, ...holds },
    meaning: { ...meaning, property },
  });
  if (any) return [make(meaning.property, { changes: true })];
  const sources = from === null ? null : valuesOf(meaning, from, line);
  if (to === null) return (sources ?? []).map(({ property, value }) => make(property, { from: value }));
  return valuesOf(meaning, to, line).map(({ property, value }) => {
    const before = sources?.filter((each) => each.property === property).flatMap((each) => each.value) ?? [];
    const isTold = before.length > 0 && !(before.length === 1 && typeof value === 'boolean' && before[0] === !value);
    return make(property, { becomes: value, ...(isTold && { from: before.length === 1 ? before[0]! : before }) });
  });
}

/** The states by property, since some states are of a property of their own. */
function valuesOf(
  { property, scale }: Meaning,
  states: readonly string[],
  line: number,
): { property: string; value: KnownValue | KnownValue[] }[] {
  const known = states.filter((state) => !UNKNOWN.has(state));
  if (known.length === 0) throw new Lost(line, 'nothing is triggered by becoming unknown');
  const found = known.map((state) => {
    const value = stateValue(property, state, scale);
    if (value === null) throw new Lost(line, `${show(state)} is no state of ${property}`);
    return value;
  });
  return [...Map.groupBy(found, (each) => each.property)].map(([name, each]) => {
    const values = [...new Set(each.map(({ value }) => value))];
    return { property: name, value: values.length === 1 ? values[0]! : values };
  });
}

/** The same about several devices is one trigger over them. */
function together(started: readonly Started[]): Started[] {
  const alike = Map.groupBy(started, ({ trigger }) =>
    JSON.stringify(trigger.kind === 'property' ? { ...trigger, device: '' } : trigger),
  );
  return [...alike.values()].map((group) => {
    const [first] = group as [Started];
    if (group.length === 1 || first.trigger.kind !== 'property') return first;
    const devices = group.map(({ trigger }) => (trigger as PropertyTrigger).device as string);
    return { ...first, trigger: { ...first.trigger, device: { devices } } };
  });
}

export interface Band {
  readonly above?: number;
  readonly below?: number;
}

/** `above` and `below` as numbers, or as what another entity reads. */
export function readBand(fields: FieldReader, scope: Scope): { plain: Band | null; bounds: [string, string][] } {
  const given = (['above', 'below'] as const).flatMap((name) => {
    const value = fields.take(name);
    return value === undefined || isNull(value) ? [] : [{ name, value }];
  });
  if (given.length === 0) throw new Lost(fields.line, 'expected above or below');
  const isPlain = given.every(({ value }) => value.type === 'scalar' && Number.isFinite(Number(value.text)));
  const plain = isPlain ? Object.fromEntries(given.map(({ name, value }) => [name, numberOf(value, name)])) : null;
  if (plain?.['above'] !== undefined && plain['below'] !== undefined && plain['above'] >= plain['below'])
    throw new Lost(fields.line, `nothing is above ${plain['above']} and below ${plain['below']}`);
  const bounds = given.map(({ name, value }): [string, string] => {
    const text = textOf(value);
    if (Number.isFinite(Number(text))) return [name === 'above' ? '>' : '<', text];
    const bound = scaled(readProperty(scope.entities.meaning(text, value.line)));
    return [name === 'above' ? '>' : '<', bound.text];
  });
  return { plain, bounds };
}

export const scaledBand = ({ above, below }: Band, scale: number): Band => ({
  ...(above !== undefined && { above: toOurs(above, scale) }),
  ...(below !== undefined && { below: toOurs(below, scale) }),
});

export function numericTriggers(fields: FieldReader, scope: Scope): readonly Started[] {
  const held = fields.take('for');
  if (held !== undefined && isTemplate(held)) throw new Lost(held.line, 'a `for` that is worked out is not taken');
  const holds = held === undefined ? {} : { for: durationOf(held) };
  const attribute = fields.text('attribute');
  const template = fields.take('value_template');
  const { plain, bounds } = readBand(fields, scope);
  const started = namesOf(fields.need('entity_id')).map(({ text, line }): Started => {
    if (text === 'sun.sun') return { trigger: sunElevation(attribute, plain, line) };
    if (template === undefined && plain !== null) {
      const meaning = scope.entities.meaning(text, line, attribute);
      const { device, property, scale } = meaning;
      return { trigger: { kind: 'property', device, property, ...scaledBand(plain, scale), ...holds }, meaning };
    }
    const value =
      template === undefined ? readingOf(text, line, attribute, scope) : valueOfState(template, scope, text);
    return { trigger: { kind: 'expression', expression: bounded(value, bounds), ...holds } };
  });
  return together(started);
}

export const readingOf = (entity: string, line: number, attribute: string | undefined, { entities }: Scope): string =>
  scaled(readProperty(entities.meaning(entity, line, attribute))).text;

export const bounded = (value: string, bounds: readonly (readonly [string, string])[]): string =>
  bounds.map(([operator, bound]) => `(${value}) ${operator} ${bound}`).join(' && ');

function sunElevation(attribute: string | undefined, plain: Band | null, line: number): Trigger {
  const { above, below } = plain ?? {};
  if (attribute !== 'elevation' || (above === undefined) === (below === undefined))
    throw new Lost(line, 'of the sun only its elevation above or below a number is known');
  if (above !== undefined) return { kind: 'sun', elevation: above, direction: 'rising' };
  return { kind: 'sun', elevation: below!, direction: 'setting' };
}
