// Reads which devices a trigger, a condition or an action is about.

import { DEVICE_KINDS } from '@lintel/model';
import type { Place } from './reader.ts';
import { isPlain, readChoice, readFields, readFilledList, readText, show } from './reader.ts';

const SET_FIELDS = ['devices', 'room', 'floor', 'home', 'kind'];
const SET = 'a device id or a set of devices such as {"room": "kitchen", "kind": "light"}';

/** A device, or a set of devices; answers whether it is a set. */
export function readSelector(place: Place, raw: unknown): boolean {
  if (typeof raw === 'string') {
    readText(place, raw, 'a device id');
    return false;
  }
  if (!isPlain(raw)) place.fail(`expected ${SET}, not ${show(raw)}`);
  const fields = readFields(place, raw, SET_FIELDS, 'a set of devices');
  readOneOf(place, fields, ['devices', 'room', 'floor', 'home']);
  readMembers(place, fields);
  return true;
}

/** Exactly one of these fields. */
export function readOneOf<T extends string>(
  place: Place,
  fields: Readonly<Record<string, unknown>>,
  names: readonly T[],
): T {
  const given = names.filter((name) => fields[name] !== undefined);
  if (given.length === 1) return given[0]!;
  const found = given.length === 0 ? 'none of them' : given.join(' and ');
  return place.fail(`expected exactly one of ${names.join(', ')}; there is ${found}`);
}

function readMembers(place: Place, fields: Readonly<Record<string, unknown>>): void {
  if (fields['devices'] !== undefined) readDevices(place.at('devices'), fields['devices']);
  for (const key of ['room', 'floor', 'group', 'device'] as const) {
    if (fields[key] !== undefined)
      readText(place.at(key), fields[key], key === 'device' ? 'a device id' : `the id of a ${key}`);
  }
  for (const key of ['home', 'trigger'] as const) {
    if (fields[key] !== undefined && fields[key] !== true)
      place.at(key).fail(`expected true, not ${show(fields[key])}`);
  }
  if (fields['kind'] !== undefined) readChoice(place.at('kind'), fields['kind'], DEVICE_KINDS);
}

function readDevices(place: Place, raw: unknown): void {
  for (const [index, item] of readFilledList(place, raw, 'device ids').entries()) {
    readText(place.at(index), item, 'a device id');
  }
}

const TARGETS = ['device', 'devices', 'room', 'floor', 'group', 'home', 'trigger'];

/** What an action reaches. */
export function readTarget(place: Place, raw: unknown): void {
  const fields = readFields(
    place,
    raw,
    [...TARGETS, 'kind', 'except'],
    'a target such as {"room": "kitchen", "kind": "light"}',
  );
  readOneOf(place, fields, TARGETS);
  readMembers(place, fields);
  if (fields['except'] !== undefined) readDevices(place.at('except'), fields['except']);
}

const PROPERTY = /^[A-Za-z][A-Za-z0-9]*\.[A-Za-z][A-Za-z0-9_-]*(@[A-Za-z0-9_-]+)?$/;

export function readProperty(place: Place, raw: unknown): string {
  const text = readText(place, raw, 'a property such as "onOff.on"');
  if (!PROPERTY.test(text)) place.fail(`expected a property such as "onOff.on" or "onOff.on@2", not ${show(raw)}`);
  return text;
}
