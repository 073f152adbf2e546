// Reading what the other side of a boundary sent, when it may have sent anything.

import { EXPLANATION_CHARACTERS_MAX, JSON_DEPTH_MAX, NAME_CHARACTERS_MAX, TEXT_CHARACTERS_MAX } from './limits.ts';
import { PluginError } from './plugin.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (raw: unknown): raw is JsonObject =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

export function refuse(what: string, pointer: string): never {
  throw new PluginError('BAD_VALUE', `${what} (at ${pointer === '' ? '/' : pointer})`, pointer);
}

export function readObject(raw: unknown, pointer: string): JsonObject {
  return isObject(raw) ? raw : refuse('expected an object', pointer);
}

export function readList(raw: unknown, max: number, pointer: string): readonly unknown[] {
  if (!Array.isArray(raw)) refuse('expected a list', pointer);
  return raw.length <= max ? raw : refuse(`expected at most ${max} entries, not ${raw.length}`, pointer);
}

export function readText(raw: unknown, pointer: string, max = TEXT_CHARACTERS_MAX): string {
  if (typeof raw !== 'string') refuse('expected a text', pointer);
  return raw.length <= max ? raw.toWellFormed() : refuse(`expected at most ${max} characters`, pointer);
}

/** A text that people read: never refused for its length, only cut. */
export function readName(raw: unknown, pointer: string): string {
  if (typeof raw !== 'string') refuse('expected a text', pointer);
  return raw.slice(0, NAME_CHARACTERS_MAX).toWellFormed();
}

/** What people are told about something, in sentences: cut only where it would be a book. */
export function readExplanation(raw: unknown, pointer: string): string {
  if (typeof raw !== 'string') refuse('expected a text', pointer);
  return raw.slice(0, EXPLANATION_CHARACTERS_MAX).toWellFormed();
}

export function readOneOf<T extends string>(raw: unknown, values: readonly T[], pointer: string): T {
  return values.includes(raw as T) ? (raw as T) : refuse(`expected one of ${values.join(', ')}`, pointer);
}

export function readFlag(raw: unknown, pointer: string): boolean {
  return typeof raw === 'boolean' ? raw : refuse('expected true or false', pointer);
}

export function readNumber(raw: unknown, pointer: string): number {
  return typeof raw === 'number' && Number.isFinite(raw) ? raw : refuse('expected a number', pointer);
}

/** As `read`, where the field may be missing or null. */
export function optional<T>(raw: unknown, read: (raw: unknown, pointer: string) => T, pointer: string): T | undefined {
  return raw === undefined || raw === null ? undefined : read(raw, pointer);
}

/** Leaves out the fields that are undefined, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(fields: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Whether JSON is nested no deeper than `max`; asked before anything walks it by recursion. */
export function isShallow(raw: unknown, max = JSON_DEPTH_MAX): boolean {
  let layer: unknown[] = [raw];
  for (let depth = 0; depth <= max; depth += 1) {
    layer = layer.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (layer.length === 0) return true;
  }
  return false;
}

/** One class of characters, so many times: the only regular expressions of a plugin's that the hub runs itself. */
const SIMPLE_PATTERN = /^\^\[[^\]\\]{1,64}\](?:[+*]|\{\d{1,4}(?:,\d{0,4})?\})\$$/;

/** Whether a regular expression takes time in proportion to the text, whatever the text is. */
export const isSimplePattern = (pattern: string): boolean => SIMPLE_PATTERN.test(pattern);
