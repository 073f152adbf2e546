// Settings that are written and never shown: fields whose schema says `writeOnly`.

import { isObject } from '@lintel/sdk/host';

export const MASK = '•••';

type Change = (value: unknown, stored: unknown) => unknown;

/** Applies `change` to each write-only field of `value`, beside what stands at the same place in `stored`. */
function changeSecrets(schema: unknown, value: unknown, stored: unknown, change: Change): unknown {
  if (!isObject(schema)) return value;
  if (schema['writeOnly'] === true) return change(value, stored);
  if (Array.isArray(value)) {
    const before = Array.isArray(stored) ? stored : [];
    return value.map((each, at) => changeSecrets(schema['items'], each, before[at], change));
  }
  if (!isObject(value)) return value;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const before = isObject(stored) ? stored : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, changeSecrets(properties[key], each, before[key], change)]),
  );
}

/** What may be shown of settings. */
export const maskSecrets = (schema: unknown, settings: unknown): unknown =>
  changeSecrets(schema, settings, undefined, (value) => (value === undefined || value === '' ? value : MASK));

/** Settings as a person sent them back, with each mask replaced by the secret that is stored. */
export const unmaskSecrets = (schema: unknown, settings: unknown, stored: unknown): unknown =>
  changeSecrets(schema, settings, stored, (value, before) => (value === MASK ? before : value));
