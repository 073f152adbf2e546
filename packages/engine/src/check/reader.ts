// Reads untyped JSON field by field. Every refusal names the place and says, for a homeowner, what was expected there.

import { readDuration } from '@lintel/model';
import type { KnownValue, Value } from '@lintel/model';
import { RuleError, below } from '../errors.ts';
import { LIST_VALUES_MAX, TEXT_CHARACTERS_MAX } from '../../../../assembly/limits.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A place in a rule that is being read. */
export class Place {
  readonly rule: string;
  readonly pointer: string;
  readonly depth: number;

  constructor(rule: string, pointer = '', depth = 0) {
    this.rule = rule;
    this.pointer = pointer;
    this.depth = depth;
  }

  at(key: string | number): Place {
    return new Place(this.rule, below(this.pointer, key), this.depth + 1);
  }

  fail(message: string): never {
    throw new RuleError(this.rule, this.pointer, message);
  }
}

export function show(raw: unknown): string {
  if (raw === undefined) return 'nothing';
  if (raw === null || typeof raw === 'boolean' || typeof raw === 'number') return String(raw);
  if (typeof raw === 'string') return JSON.stringify(raw.length > 60 ? `${raw.slice(0, 60)}…` : raw);
  if (Array.isArray(raw)) return 'a list';
  if (typeof raw !== 'object') return `a ${typeof raw}`;
  return isPlain(raw) ? 'an object' : 'an object with more than its own fields';
}

export function isObject(raw: unknown): raw is Json {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** An object as JSON says it. What one inherits is gone where the rule is kept as text. */
export function isPlain(raw: unknown): raw is Json {
  if (!isObject(raw)) return false;
  const prototype = Object.getPrototypeOf(raw) as object | null;
  if (prototype === null || prototype === Object.prototype) return true;
  // Objects of another window are plain too: their prototype is that window's own.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** An object with no other fields than these. */
export function readFields(place: Place, raw: unknown, allowed: readonly string[], what: string): Json {
  if (!isPlain(raw)) place.fail(`expected ${what}, not ${show(raw)}`);
  for (const key of Object.keys(raw)) {
    if (!allowed.includes(key))
      place.at(key).fail(`unknown field ${show(key)} of ${what}; it has ${allowed.join(', ')}`);
  }
  return raw;
}

export function readList(place: Place, raw: unknown, what: string, most: number = LIST_VALUES_MAX): readonly unknown[] {
  if (!Array.isArray(raw)) place.fail(`expected a list of ${what}, not ${show(raw)}`);
  if (raw.length > most) place.fail(`expected at most ${most} ${what}, not ${raw.length}`);
  return raw as readonly unknown[];
}

export function readFilledList(place: Place, raw: unknown, what: string, most?: number): readonly unknown[] {
  const list = readList(place, raw, what, most);
  if (list.length === 0) place.fail(`expected at least one of ${what}`);
  return list;
}

export function readText(place: Place, raw: unknown, what: string): string {
  if (typeof raw !== 'string' || raw === '') place.fail(`expected ${what}, not ${show(raw)}`);
  if (raw.length > TEXT_CHARACTERS_MAX) place.fail(`expected at most ${TEXT_CHARACTERS_MAX} characters`);
  if (raw.includes('\0')) place.fail('expected text without the character U+0000');
  return raw;
}

export function readNumber(place: Place, raw: unknown, what: string): number {
  if (typeof raw !== 'number' || !Number.isFinite(raw)) place.fail(`expected ${what}, not ${show(raw)}`);
  return raw;
}

export function readWhole(place: Place, raw: unknown, least: number, most: number): number {
  if (Number.isInteger(raw) && (raw as number) >= least && (raw as number) <= most) return raw as number;
  return place.fail(`expected a whole number from ${least} to ${most}, not ${show(raw)}`);
}

export function readBoolean(place: Place, raw: unknown): boolean {
  return typeof raw === 'boolean' ? raw : place.fail(`expected true or false, not ${show(raw)}`);
}

export function readChoice<T extends string>(place: Place, raw: unknown, choices: readonly T[]): T {
  const found = choices.find((each) => each === raw);
  return found ?? place.fail(`expected ${choices.join(', ')}, not ${show(raw)}`);
}

export function readKnown(place: Place, raw: unknown): KnownValue {
  if (typeof raw === 'boolean') return raw;
  if (typeof raw === 'string') return raw === '' ? '' : readText(place, raw, 'a text');
  if (typeof raw === 'number' && Number.isFinite(raw)) return raw + 0;
  return place.fail(`expected true, false, a number or a text, not ${show(raw)}`);
}

export const readValue = (place: Place, raw: unknown): Value => (raw === null ? null : readKnown(place, raw));

/** One item or a list of them, checked one by one. */
export function readOneOrMore<T>(
  place: Place,
  raw: unknown,
  what: string,
  read: (place: Place, raw: unknown) => T,
): void {
  if (!Array.isArray(raw)) read(place, raw);
  else for (const [index, item] of readFilledList(place, raw, what).entries()) read(place.at(index), item);
}

export function readDurationAt(place: Place, raw: unknown): number {
  const ms = readDuration(raw);
  return ms ?? place.fail(`expected a duration such as "90s", "5m" or "1h30m" (at most 366 days), not ${show(raw)}`);
}

/** A duration that may carry a sign, in ms; at most a day either way. */
export function readOffset(place: Place, raw: unknown): number {
  const text = typeof raw === 'string' ? raw : '';
  const ms = readDuration(text.replace(/^[-+]/, ''));
  if (ms === null || ms > 86_400_000)
    place.fail(`expected an offset of at most a day such as "-30m" or "1h", not ${show(raw)}`);
  return text.startsWith('-') ? -ms : ms;
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Seconds since midnight of "HH:MM" or "HH:MM:SS"; null when it is not one. */
export function parseTimeOfDay(text: string): number | null {
  const match = TIME_OF_DAY.exec(text);
  return match === null ? null : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

export function readTimeOfDay(place: Place, raw: unknown): number {
  const seconds = typeof raw === 'string' ? parseTimeOfDay(raw) : null;
  return seconds ?? place.fail(`expected a time of day such as "07:00" or "22:30:15", not ${show(raw)}`);
}
