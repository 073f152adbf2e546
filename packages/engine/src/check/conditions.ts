// Reads conditions.

import { RULE_DEPTH_MAX } from '../../../../assembly/limits.ts';
import type { Json, Place } from './reader.ts';
import {
  isPlain,
  readBoolean,
  readChoice,
  readDurationAt,
  readFields,
  readFilledList,
  readKnown,
  readList,
  readNumber,
  readOffset,
  readOneOrMore,
  readText,
  readTimeOfDay,
  show,
} from './reader.ts';
import { readProperty, readSelector } from './selectors.ts';
import { SUN_EVENTS, readBand, readExpression, readMatch, readOrigin, readWeekdays } from './triggers.ts';

/** What a condition may refer to. */
export interface Scope {
  readonly triggerIds: ReadonlySet<string>;
}

type Reader = (place: Place, fields: Json, scope: Scope) => void;

const CONDITIONS: Readonly<Record<string, readonly [readonly string[], Reader]>> = {
  and: [['conditions'], readAll],
  or: [['conditions'], readAll],
  not: [['condition'], (place, fields, scope) => readCondition(place.at('condition'), fields['condition'], scope)],
  property: [
    ['device', 'match', 'property', 'is', 'above', 'below', 'between', 'unknown', 'for', 'origin'],
    readPropertyCondition,
  ],
  time: [['after', 'before', 'weekdays'], readTime],
  sun: [['after', 'before', 'offset', 'beforeOffset'], readSun],
  mode: [
    ['is'],
    (place, fields) => readOneOrMore(place.at('is'), fields['is'], 'modes', (at, item) => readText(at, item, 'a mode')),
  ],
  presence: [['person', 'is'], readPresence],
  online: [['device', 'is'], readOnline],
  schedule: [['schedule', 'is'], readSchedule],
  expression: [['expression'], (place, fields) => readExpression(place.at('expression'), fields['expression'])],
  trigger: [['is'], readTriggerIs],
};

export function readCondition(place: Place, raw: unknown, scope: Scope): void {
  if (place.depth > RULE_DEPTH_MAX * 2) place.fail(`conditions and actions are nested at most ${RULE_DEPTH_MAX} deep`);
  if (!isPlain(raw)) place.fail(`expected a condition, not ${show(raw)}`);
  const kind = readChoice(place.at('kind'), raw['kind'], Object.keys(CONDITIONS));
  const [allowed, read] = CONDITIONS[kind]!;
  read(place, readFields(place, raw, ['kind', ...allowed], `a condition of kind ${kind}`), scope);
}

export function readConditions(place: Place, raw: unknown, scope: Scope): void {
  for (const [index, item] of readList(place, raw, 'conditions').entries()) readCondition(place.at(index), item, scope);
}

function readAll(place: Place, fields: Json, scope: Scope): void {
  readFilledList(place.at('conditions'), fields['conditions'], 'conditions');
  readConditions(place.at('conditions'), fields['conditions'], scope);
}

function readPropertyCondition(place: Place, fields: Json): void {
  const isSet = readSelector(place.at('device'), fields['device']);
  readProperty(place.at('property'), fields['property']);
  readMatch(place, fields, isSet);
  const band = fields['above'] !== undefined || fields['below'] !== undefined;
  const given = [
    ...(['is', 'between', 'unknown'] as const).filter((name) => fields[name] !== undefined),
    ...(band ? ['above or below'] : []),
  ];
  if (given.length === 0 && fields['origin'] === undefined)
    place.fail('expected one of is, above, below, between, unknown');
  if (given.length > 1) place.fail(`expected one of is, above, below, between, unknown, not ${given.join(' and ')}`);
  if (fields['is'] !== undefined) readOneOrMore(place.at('is'), fields['is'], 'values', readKnown);
  if (band) readBand(place, fields);
  if (fields['between'] !== undefined) readBetween(place.at('between'), fields['between']);
  if (fields['unknown'] !== undefined) readBoolean(place.at('unknown'), fields['unknown']);
  if (fields['for'] !== undefined) {
    if (fields['unknown'] !== undefined) place.at('for').fail('for does not go with unknown');
    readDurationAt(place.at('for'), fields['for']);
  }
  if (fields['origin'] !== undefined) readOrigin(place.at('origin'), fields['origin']);
}

function readBetween(place: Place, raw: unknown): void {
  const list = readList(place, raw, 'two numbers');
  if (list.length !== 2) place.fail(`expected two numbers, not ${list.length}`);
  const low = readNumber(place.at(0), list[0], 'a number');
  const high = readNumber(place.at(1), list[1], 'a number');
  if (low > high) place.fail(`expected the smaller number first, not [${low}, ${high}]`);
}

function readTime(place: Place, fields: Json): void {
  if (fields['after'] !== undefined) readTimeOfDay(place.at('after'), fields['after']);
  if (fields['before'] !== undefined) readTimeOfDay(place.at('before'), fields['before']);
  if (fields['weekdays'] !== undefined) readWeekdays(place.at('weekdays'), fields['weekdays']);
  if (fields['after'] === undefined && fields['before'] === undefined && fields['weekdays'] === undefined) {
    place.fail('expected at least one of after, before, weekdays');
  }
}

function readSun(place: Place, fields: Json): void {
  if (fields['after'] === undefined && fields['before'] === undefined) place.fail('expected after, before or both');
  if (fields['after'] !== undefined) readChoice(place.at('after'), fields['after'], SUN_EVENTS);
  if (fields['before'] !== undefined) readChoice(place.at('before'), fields['before'], SUN_EVENTS);
  readSunOffset(place, fields, 'offset', 'after');
  readSunOffset(place, fields, 'beforeOffset', 'before');
}

function readSunOffset(place: Place, fields: Json, offset: string, event: string): void {
  if (fields[offset] === undefined) return;
  if (fields[event] === undefined) place.at(offset).fail(`${offset} goes with ${event}`);
  readOffset(place.at(offset), fields[offset]);
}

function readPresence(place: Place, fields: Json): void {
  readText(place.at('person'), fields['person'], 'a person\'s id, "anyone" or "everyone"');
  readChoice(place.at('is'), fields['is'], ['home', 'away']);
}

function readOnline(place: Place, fields: Json): void {
  readText(place.at('device'), fields['device'], 'a device id');
  readBoolean(place.at('is'), fields['is']);
}

function readSchedule(place: Place, fields: Json): void {
  readText(place.at('schedule'), fields['schedule'], 'the id of a schedule');
  readOneOrMore(place.at('is'), fields['is'], 'values', readKnown);
}

function readTriggerIs(place: Place, fields: Json, scope: Scope): void {
  const id = readText(place.at('is'), fields['is'], 'the id of a trigger');
  if (!scope.triggerIds.has(id)) {
    place.at('is').fail(`there is no trigger ${show(id)}; this rule has ${[...scope.triggerIds].join(', ')}`);
  }
}
