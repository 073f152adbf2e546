// Validates settings against the JSON Schema that a plugin's zod schema became. The schema comes from a plugin and is
// believed in nothing: no regular expression of its is run here, depth is bounded, and fields it does not name are refused.

import { HubError } from '@lintel/model';
import { isObject, isSimplePattern } from '@lintel/sdk/host';
import type { JsonObject } from '@lintel/sdk/host';

const DEPTH_MAX = 32;
const FORMATS: Readonly<Record<string, { readonly test: (text: string) => boolean; readonly what: string }>> = {
  uri: { test: (text) => URL.canParse(text), what: 'an address such as "https://example.org"' },
  email: { test: (text) => /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(text), what: 'an e-mail address' },
  ipv4: { test: (text) => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text), what: 'an IPv4 address' },
};

class SchemaWalk {
  readonly #root: JsonObject;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  /** The value with defaults filled in. */
  read(raw: unknown, schema: JsonObject, pointer: string, depth = 0): unknown {
    if (depth > DEPTH_MAX) refuse('nested too deeply', pointer);
    const followed = this.#follow(schema);
    const value = raw === undefined ? structuredClone(followed['default']) : raw;
    const choices = followed['anyOf'] ?? followed['oneOf'];
    if (Array.isArray(choices)) return this.#readChoice(value, choices.filter(isObject), pointer, depth);
    checkConstant(value, followed, pointer);
    const parts = Array.isArray(followed['allOf']) ? followed['allOf'].filter(isObject) : [];
    const read = parts.reduce<unknown>((so, part) => this.read(so, part, pointer, depth + 1), value);
    return this.#readTyped(read, followed, pointer, depth);
  }

  #follow(schema: JsonObject): JsonObject {
    const reference = schema['$ref'];
    if (typeof reference !== 'string' || !reference.startsWith('#')) return schema;
    let found: unknown = this.#root;
    for (const part of reference.split('/').slice(1)) found = isObject(found) ? found[part] : undefined;
    return isObject(found) ? found : {};
  }

  #readTyped(value: unknown, schema: JsonObject, pointer: string, depth: number): unknown {
    const type = schema['type'];
    if (type === 'object') return this.#readObject(value, schema, pointer, depth);
    if (type === 'array') return this.#readList(value, schema, pointer, depth);
    if (type === 'string') return readText(value, schema, pointer);
    if (type === 'number' || type === 'integer') return readNumber(value, schema, pointer);
    if (type === 'boolean' && typeof value !== 'boolean') refuse('expected true or false', pointer, value);
    if (type === 'null' && value !== null) refuse('expected null', pointer, value);
    return value;
  }

  /** The first choice that fits; where none does, the complaint of the one that came furthest. */
  #readChoice(value: unknown, choices: readonly JsonObject[], pointer: string, depth: number): unknown {
    let furthest: HubError | null = null;
    for (const choice of choices) {
      try {
        return this.read(value, choice, pointer, depth + 1);
      } catch (error) {
        const fault = error as HubError;
        if (furthest === null || (fault.pointer ?? '').length > (furthest.pointer ?? '').length) furthest = fault;
      }
    }
    throw furthest ?? new HubError('BAD_SETTINGS', 'no value is allowed here', { pointer });
  }

  #readObject(value: unknown, schema: JsonObject, pointer: string, depth: number): unknown {
    if (!isObject(value)) refuse('expected an object', pointer, value);
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
    const read: Record<string, unknown> = {};
    for (const [key, raw] of Object.entries(value)) {
      if (!Object.hasOwn(properties, key))
        read[key] = this.#readFurther(raw, schema, `${pointer}/${escape(key)}`, depth);
    }
    for (const [key, inner] of Object.entries(properties)) {
      const at = `${pointer}/${escape(key)}`;
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      const hasDefault = isObject(inner) && Object.hasOwn(this.#follow(inner), 'default');
      if (given === undefined && !hasDefault) {
        if (required.has(key)) refuse('this must be given', at);
      } else if (isObject(inner)) read[key] = this.read(given, inner, at, depth + 1);
    }
    return read;
  }

  /** A field that the schema does not name: fields of a record have a schema, all others are refused. */
  #readFurther(raw: unknown, schema: JsonObject, pointer: string, depth: number): unknown {
    const further = schema['additionalProperties'];
    if (!isObject(further) || pointer.endsWith('/__proto__'))
      throw new HubError('BAD_SETTINGS', 'there is no such setting', { pointer });
    return this.read(raw, further, pointer, depth + 1);
  }

  #readList(value: unknown, schema: JsonObject, pointer: string, depth: number): unknown {
    if (!Array.isArray(value)) refuse('expected a list', pointer, value);
    checkLimits(value.length, schema, ['minItems', 'maxItems'], 'entries', pointer);
    const items = isObject(schema['items']) ? schema['items'] : {};
    const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
    return value.map((each, at) =>
      this.read(each, isObject(prefix[at]) ? prefix[at] : items, `${pointer}/${at}`, depth + 1),
    );
  }
}

const escape = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

function refuse(what: string, pointer: string, value?: unknown): never {
  const shown = value === undefined ? '' : `, not ${JSON.stringify(value)?.slice(0, 60) ?? 'that'}`;
  throw new HubError('BAD_SETTINGS', `${what}${shown}`, { pointer });
}

function checkConstant(value: unknown, schema: JsonObject, pointer: string): void {
  if (Object.hasOwn(schema, 'const') && value !== schema['const']) {
    refuse(`expected ${JSON.stringify(schema['const'])}`, pointer, value);
  }
  const values = schema['enum'];
  if (Array.isArray(values) && !values.includes(value)) refuse(`expected one of ${values.join(', ')}`, pointer, value);
}

function checkLimits(
  size: number,
  schema: JsonObject,
  [least, most]: readonly [string, string],
  unit: string,
  pointer: string,
): void {
  const [min, max] = [schema[least], schema[most]];
  if (typeof min === 'number' && size < min) refuse(`expected at least ${min} ${unit}`, pointer);
  if (typeof max === 'number' && size > max) refuse(`expected at most ${max} ${unit}`, pointer);
}

function readText(value: unknown, schema: JsonObject, pointer: string): string {
  if (typeof value !== 'string') refuse('expected a text', pointer, value);
  checkLimits(value.length, schema, ['minLength', 'maxLength'], 'characters', pointer);
  const { pattern } = schema;
  if (typeof pattern === 'string' && isSimplePattern(pattern) && !new RegExp(pattern).test(value)) {
    refuse(`expected only characters of ${pattern.slice(1, -1)}`, pointer, value);
  }
  const format = FORMATS[String(schema['format'])];
  if (format !== undefined && !format.test(value)) refuse(`expected ${format.what}`, pointer, value);
  return value;
}

function readNumber(value: unknown, schema: JsonObject, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse('expected a number', pointer, value);
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (schema['type'] === 'integer' && !Number.isInteger(value)) refuse('expected a whole number', pointer, value);
  if (typeof minimum === 'number' && value < minimum) refuse(`expected at least ${minimum}`, pointer, value);
  if (typeof maximum === 'number' && value > maximum) refuse(`expected at most ${maximum}`, pointer, value);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    refuse(`expected more than ${exclusiveMinimum}`, pointer, value);
  }
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
    refuse(`expected less than ${exclusiveMaximum}`, pointer, value);
  }
  if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf))
    refuse(`expected a multiple of ${multipleOf}`, pointer);
  return value;
}

function isMultiple(value: number, of: number): boolean {
  const ratio = value / of;
  return Math.abs(ratio - Math.round(ratio)) < 1e-9;
}

/**
 * Settings with the schema's defaults filled in. Throws `BAD_SETTINGS` with a pointer under `/settings` that names the
 * limit; unknown fields are refused.
 */
export function readSettings(
  schema: unknown,
  settings: unknown,
  pointer = '/settings',
): Readonly<Record<string, unknown>> {
  const root = isObject(schema) ? schema : {};
  const read = new SchemaWalk(root).read(settings ?? {}, root, pointer);
  return isObject(read) ? read : refuse('expected an object', pointer, read);
}
