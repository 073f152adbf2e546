// Reads the triggers of a rule, and of a wait for an event.

import { ORIGIN_KINDS, readDuration } from '@lintel/model';
import { expressionProblem } from '../expression/problem.ts';
import { EXPRESSION_CHARACTERS_MAX } from '../../../../assembly/limits.ts';
import { parseCron } from './cron.ts';
import type { Json, Place } from './reader.ts';
import {
  isPlain,
  readBoolean,
  readChoice,
  readDurationAt,
  readFields,
  readFilledList,
  readKnown,
  readNumber,
  readOffset,
  readOneOrMore,
  readText,
  readTimeOfDay,
  show,
} from './reader.ts';
import { readOneOf, readProperty, readSelector } from './selectors.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'workday', 'holiday'] as const;
export const SUN_EVENTS = ['sunrise', 'sunset', 'dawn', 'dusk', 'noon'] as const;
export const MATCHES = ['any', 'all', 'none'] as const;

type Reader = (place: Place, fields: Json) => void;

const TRIGGERS: Readonly<Record<string, readonly [readonly string[], Reader]>> = {
  property: [
    ['device', 'match', 'property', 'becomes', 'from', 'above', 'below', 'changes', 'hysteresis', 'for', 'origin'],
    readPropertyTrigger,
  ],
  event: [['event', 'device', 'button', 'action'], readEventTrigger],
  time: [['at', 'weekdays', 'dates'], readTimeTrigger],
  every: [['every'], readEvery],
  cron: [['cron'], readCron],
  sun: [['event', 'offset', 'elevation', 'direction'], readSunTrigger],
  mode: [['becomes', 'from'], readModeTrigger],
  presence: [['person', 'becomes'], readPresence],
  online: [['device', 'becomes', 'for'], readOnline],
  start: [[], () => undefined],
  manual: [[], () => undefined],
  webhook: [
    ['webhook'],
    (place, fields) => void readText(place.at('webhook'), fields['webhook'], 'the name of a webhook'),
  ],
  schedule: [['schedule', 'becomes'], readScheduleTrigger],
  expression: [['expression', 'for'], readExpressionTrigger],
};

export function readTrigger(place: Place, raw: unknown): string | null {
  if (!isPlain(raw)) place.fail(`expected a trigger, not ${show(raw)}`);
  const kind = readChoice(place.at('kind'), raw['kind'], Object.keys(TRIGGERS));
  const [allowed, read] = TRIGGERS[kind]!;
  const fields = readFields(place, raw, ['kind', 'id', ...allowed], `a trigger of kind ${kind}`);
  if (fields['id'] !== undefined) readText(place.at('id'), fields['id'], 'an id');
  read(place, fields);
  return typeof fields['id'] === 'string' ? fields['id'] : null;
}

function readPropertyTrigger(place: Place, fields: Json): void {
  const isSet = readSelector(place.at('device'), fields['device']);
  readProperty(place.at('property'), fields['property']);
  readMatch(place, fields, isSet);
  const leaves = readPredicate(place, fields);
  if (fields['hysteresis'] !== undefined) readHysteresis(place, fields);
  if (fields['for'] !== undefined) readDurationAt(place.at('for'), fields['for']);
  if (fields['origin'] !== undefined) readOrigin(place.at('origin'), fields['origin']);
  const over = fields['match'] === 'all' || fields['match'] === 'none';
  if (over && (leaves || fields['from'] !== undefined || fields['hysteresis'] !== undefined)) {
    place.at('match').fail('all and none go with becomes, above or below alone, since they speak of the whole set');
  }
}

export function readMatch(place: Place, fields: Json, isSet: boolean): void {
  if (fields['match'] === undefined) return;
  if (!isSet) place.at('match').fail('match goes with a set of devices, not with a single one');
  readChoice(place.at('match'), fields['match'], MATCHES);
}

/** Which change of the value the trigger waits for; true when the value before alone decides. */
function readPredicate(place: Place, fields: Json): boolean {
  const band = fields['above'] !== undefined || fields['below'] !== undefined;
  const given = [
    ...(fields['becomes'] === undefined ? [] : ['becomes']),
    ...(band ? ['above or below'] : []),
    ...(fields['changes'] === undefined ? [] : ['changes']),
  ];
  if (given.length > 1)
    place.fail(`expected one of becomes, above, below, changes or from, not ${given.join(' and ')}`);
  if (given.length === 0 && fields['from'] === undefined)
    place.fail('expected one of becomes, above, below, changes or from');
  if (fields['changes'] !== undefined && fields['changes'] !== true) place.at('changes').fail('expected true');
  if (fields['becomes'] !== undefined) readOneOrMore(place.at('becomes'), fields['becomes'], 'values', readKnown);
  if (band) readBand(place, fields);
  if (fields['from'] !== undefined) {
    if (given.length > 0 && given[0] !== 'becomes')
      place.at('from').fail(`from goes with becomes or alone, not with ${given[0]!}`);
    readOneOrMore(place.at('from'), fields['from'], 'values', readKnown);
  }
  return fields['becomes'] === undefined && !band;
}

export function readBand(place: Place, fields: Json): void {
  const above = fields['above'];
  const below = fields['below'];
  if (above !== undefined) readNumber(place.at('above'), above, 'a number');
  if (below !== undefined) readNumber(place.at('below'), below, 'a number');
  if (above !== undefined && below !== undefined && (above as number) >= (below as number)) {
    place.at('below').fail(`expected a number greater than above (${String(above)}), not ${String(below)}`);
  }
}

function readHysteresis(place: Place, fields: Json): void {
  if (fields['above'] === undefined && fields['below'] === undefined) {
    place.at('hysteresis').fail('hysteresis goes with above or below');
  }
  const margin = readNumber(place.at('hysteresis'), fields['hysteresis'], 'a number');
  if (margin < 0) place.at('hysteresis').fail(`expected a number of at least 0, not ${margin}`);
}

export function readOrigin(place: Place, raw: unknown): void {
  readOneOrMore(place, raw, 'origins', (at, item) => readChoice(at, item, ORIGIN_KINDS));
}

function readEventTrigger(place: Place, fields: Json): void {
  readText(place.at('event'), fields['event'], 'the name of an event such as "button.pressed"');
  if (fields['device'] !== undefined) readSelector(place.at('device'), fields['device']);
  if (fields['button'] !== undefined && typeof fields['button'] !== 'number') {
    readText(place.at('button'), fields['button'], 'the name or number of a button');
  }
  if (fields['action'] !== undefined) {
    readOneOrMore(place.at('action'), fields['action'], 'actions', (at, item) =>
      readText(at, item, 'an action such as "single"'),
    );
  }
}

function readTimeTrigger(place: Place, fields: Json): void {
  readOneOrMore(place.at('at'), fields['at'], 'times', readTimeSource);
  if (fields['weekdays'] !== undefined) readWeekdays(place.at('weekdays'), fields['weekdays']);
  if (fields['dates'] !== undefined) readDates(place.at('dates'), fields['dates']);
}

function readTimeSource(place: Place, raw: unknown): void {
  if (!isPlain(raw)) return void readTimeOfDay(place, raw);
  if (raw['variable'] !== undefined) {
    const fields = readFields(place, raw, ['variable'], 'a time from a variable');
    return void readText(place.at('variable'), fields['variable'], 'the name of a variable');
  }
  const fields = readFields(
    place,
    raw,
    ['device', 'property'],
    'a time of day, {"variable"} or {"device", "property"}',
  );
  readText(place.at('device'), fields['device'], 'a device id');
  readProperty(place.at('property'), fields['property']);
}

export function readWeekdays(place: Place, raw: unknown): void {
  for (const [index, item] of readFilledList(place, raw, 'weekdays').entries())
    readChoice(place.at(index), item, WEEKDAYS);
}

const DATE = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/;

/** Year × 10000 + month × 100 + day, the year 0 for every year; null when it is no date. */
export function parseDate(text: string): number | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1] ?? 2000), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || month < 1) return null;
  return (match[1] === undefined ? 0 : year * 10_000) + month * 100 + day;
}

function readDates(place: Place, raw: unknown): void {
  for (const [index, item] of readFilledList(place, raw, 'dates').entries()) {
    if (typeof item !== 'string' || parseDate(item) === null) {
      place.at(index).fail(`expected a date such as "2027-12-24" or "12-24", not ${show(item)}`);
    }
  }
}

function readEvery(place: Place, fields: Json): void {
  const ms = readDuration(fields['every']);
  if (ms === null || ms < 1000 || ms > 86_400_000) {
    place.at('every').fail(`expected a period from "1s" to "24h", not ${show(fields['every'])}`);
  }
}

function readCron(place: Place, fields: Json): void {
  const cron = parseCron(readText(place.at('cron'), fields['cron'], 'a cron expression such as "0 7 * * mon-fri"'));
  if (typeof cron === 'string') place.at('cron').fail(cron);
}

function readSunTrigger(place: Place, fields: Json): void {
  if (readOneOf(place, fields, ['event', 'elevation']) === 'event') {
    readChoice(place.at('event'), fields['event'], SUN_EVENTS);
    if (fields['direction'] !== undefined) place.at('direction').fail('direction goes with elevation');
  } else {
    const degrees = readNumber(place.at('elevation'), fields['elevation'], 'degrees above the horizon');
    if (degrees < -90 || degrees > 90) place.at('elevation').fail(`expected −90 to 90 degrees, not ${degrees}`);
    if (fields['direction'] !== undefined)
      readChoice(place.at('direction'), fields['direction'], ['rising', 'setting']);
  }
  if (fields['offset'] !== undefined) readOffset(place.at('offset'), fields['offset']);
}

const readMode = (place: Place, raw: unknown): string => readText(place, raw, 'a mode such as "home" or "night"');

function readModeTrigger(place: Place, fields: Json): void {
  if (fields['becomes'] !== undefined) readOneOrMore(place.at('becomes'), fields['becomes'], 'modes', readMode);
  if (fields['from'] !== undefined) readOneOrMore(place.at('from'), fields['from'], 'modes', readMode);
}

function readPresence(place: Place, fields: Json): void {
  readText(place.at('person'), fields['person'], 'a person\'s id, "anyone" or "everyone"');
  readChoice(place.at('becomes'), fields['becomes'], ['home', 'away']);
}

function readOnline(place: Place, fields: Json): void {
  readText(place.at('device'), fields['device'], 'a device id');
  readBoolean(place.at('becomes'), fields['becomes']);
  if (fields['for'] !== undefined) readDurationAt(place.at('for'), fields['for']);
}

function readScheduleTrigger(place: Place, fields: Json): void {
  readText(place.at('schedule'), fields['schedule'], 'the id of a schedule');
  if (fields['becomes'] !== undefined) readOneOrMore(place.at('becomes'), fields['becomes'], 'values', readKnown);
}

function readExpressionTrigger(place: Place, fields: Json): void {
  readExpression(place.at('expression'), fields['expression']);
  if (fields['for'] !== undefined) readDurationAt(place.at('for'), fields['for']);
}

/** The text of an expression. */
export function readExpression(place: Place, raw: unknown): void {
  if (typeof raw !== 'string' || raw.trim() === '') place.fail(`expected an expression, not ${show(raw)}`);
  if (raw.length > EXPRESSION_CHARACTERS_MAX) place.fail(`expected at most ${EXPRESSION_CHARACTERS_MAX} characters`);
  const problem = expressionProblem(raw);
  if (problem !== null) place.fail(problem);
}
