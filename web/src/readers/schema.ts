// Settings as their JSON Schema describes them: names, defaults, and what is wrong with a value. Pure.

import type { SettingsSchema } from '@lintel/protocol';
import { humanise } from '../strings/words.ts';
import { t } from '../strings/index.ts';

export type Shape = 'text' | 'secret' | 'number' | 'flag' | 'choice' | 'thing' | 'things' | 'group' | 'list' | 'json';

/** What of the home a text can be the id of, as its `format` says. */
export type ThingFormat = 'device' | 'room';

export const thingFormat = ({ format }: SettingsSchema): ThingFormat | null =>
  format === 'device' || format === 'room' ? format : null;

/** Integers that a validator writes as "any safe integer" are no limit worth naming. */
const NAMED_LIMIT = Number.MAX_SAFE_INTEGER;

/** A schema without its "or null" wrapping. */
export function unwrap(schema: SettingsSchema): SettingsSchema {
  const options = schema.anyOf ?? schema.oneOf;
  if (options === undefined) return schema;
  const real = options.filter((each) => each.type !== 'null');
  const { anyOf: _any, oneOf: _one, ...rest } = schema;
  return real.length === 1 ? { ...real[0]!, ...rest } : schema;
}

export function shapeOf(wrapped: SettingsSchema): Shape {
  const schema = unwrap(wrapped);
  if (schema.enum !== undefined) return 'choice';
  if (schema.type === 'string') return textShape(schema);
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'object' && schema.properties !== undefined) return 'group';
  if (schema.type !== 'array' || schema.items === undefined) return 'json';
  return shapeOf(schema.items) === 'thing' ? 'things' : 'list';
}

function textShape(schema: SettingsSchema): Shape {
  if (schema.writeOnly === true || schema.format === 'password') return 'secret';
  return thingFormat(schema) === null ? 'text' : 'thing';
}

export const titleOf = (key: string, schema: SettingsSchema): string => schema.title ?? humanise(key);

/** What a new list item or a first form starts with. */
export function blank(wrapped: SettingsSchema): unknown {
  const schema = unwrap(wrapped);
  if (schema.default !== undefined) return schema.default;
  if (schemaIs(schema, 'group')) {
    const wanted = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
    return Object.fromEntries(wanted.map(([key, each]) => [key, blank(each)]));
  }
  if (schemaIs(schema, 'list') || schemaIs(schema, 'things')) return [];
  return schemaIs(schema, 'choice') ? schema.enum?.[0] : undefined;
}

const schemaIs = (schema: SettingsSchema, shape: Shape): boolean => shapeOf(schema) === shape;

const limit = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) >= NAMED_LIMIT ? undefined : value;

function numberError(schema: SettingsSchema, value: unknown): string | null {
  if (typeof value !== 'number' || Number.isNaN(value)) return t.errors.number;
  if (schema.type === 'integer' && !Number.isInteger(value)) return t.errors.whole;
  const [low, high] = [limit(schema.minimum), limit(schema.maximum)];
  const outside = (low !== undefined && value < low) || (high !== undefined && value > high);
  if (!outside) return null;
  if (low !== undefined && high !== undefined) return t.errors.between(String(low), String(high));
  return low === undefined ? t.errors.atMost(String(high)) : t.errors.atLeast(String(low));
}

function textError(schema: SettingsSchema, value: string): string | null {
  if (schema.minLength !== undefined && value.length < schema.minLength) {
    return value === '' ? t.errors.required : t.errors.longer(schema.minLength);
  }
  return schema.maxLength !== undefined && value.length > schema.maxLength ? t.errors.shorter(schema.maxLength) : null;
}

const isMissing = (value: unknown): boolean => value === undefined || value === '';

/** Every error by its JSON pointer below `pointer`; limits are named. The hub has the last word. */
export function validate(wrapped: SettingsSchema, value: unknown, pointer = ''): Record<string, string> {
  const schema = unwrap(wrapped);
  if (value instanceof UnreadableJson) return { [pointer]: t.errors.json };
  const shape = shapeOf(schema);
  if (shape === 'group') return validateGroup(schema, (value ?? {}) as Record<string, unknown>, pointer);
  if (shape === 'list' || shape === 'things') {
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    return Object.assign({}, ...items.map((item, at) => validate(schema.items!, item, `${pointer}/${at}`))) as Record<
      string,
      string
    >;
  }
  const error =
    shape === 'number' ? numberError(schema, value) : typeof value === 'string' ? textError(schema, value) : null;
  return error === null ? {} : { [pointer]: error };
}

function validateGroup(
  schema: SettingsSchema,
  value: Record<string, unknown>,
  pointer: string,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [key, each] of Object.entries(schema.properties ?? {})) {
    const at = `${pointer}/${key}`;
    const needed = schema.required?.includes(key) === true && unwrap(each).default === undefined;
    if (!isMissing(value[key])) Object.assign(errors, validate(each, value[key], at));
    else if (needed && !['list', 'things', 'flag', 'group'].includes(shapeOf(each))) errors[at] = t.errors.required;
  }
  return errors;
}

/** Text that was typed where JSON is needed and is not JSON yet. */
export class UnreadableJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The settings without what was left empty, so that defaults stay the plugin's. */
export function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, each]) => !isMissing(each));
  return Object.fromEntries(kept.map(([key, each]) => [key, prune(each)]));
}
