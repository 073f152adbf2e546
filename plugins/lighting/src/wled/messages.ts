// What a WLED lamp says, read at the edge: past this file nobody asks again whether a number is one.

import { PluginError } from '@lintel/sdk';

import { EFFECTS_MAX, SEGMENTS_MAX } from '../limits.ts';

/** Red, green, blue and white, 0–255 each. */
export type Channels = readonly [red: number, green: number, blue: number, white: number];

export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly on: boolean;
  /** 1–255. */
  readonly bri: number;
  readonly color: Channels;
  /** White from warm to cold, 0–255. */
  readonly cct: number;
  readonly fx: number;
}

export interface LampState {
  readonly on: boolean;
  /** 1–255: what it has, or will have when on. */
  readonly bri: number;
  /** The number of the segment that stands for the whole. */
  readonly main: number;
  /** Those in use, in the lamp's order; at least one. */
  readonly segments: readonly Segment[];
}

export interface LampInfo {
  /** Twelve hexadecimal digits, lower case. */
  readonly mac: string;
  readonly name: string;
  readonly version: string;
  readonly brand: string;
  readonly product: string;
  /** What the LEDs of each segment can, by the segment's number. */
  readonly capabilities: readonly number[];
  /** What all of them can, for segments that are not in the list. */
  readonly capabilitiesOfAll: number;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOr = (value: unknown): Json => (isObject(value) ? value : {});
const listOr = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const byteOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && value >= 0 && value <= 255 ? Math.round(value) : otherwise;
const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value.trim() !== '' ? value : otherwise;

function garbled(what: string): PluginError {
  return new PluginError('DEVICE_REFUSED', `it answered something that is no WLED: ${what}`);
}

function readColor(raw: unknown): Channels {
  const [first] = listOr(raw);
  const [red, green, blue, white] = listOr(first);
  return [byteOr(red, 0), byteOr(green, 0), byteOr(blue, 0), byteOr(white, 0)];
}

function readSegment(raw: unknown, at: number): Segment[] {
  if (!isObject(raw)) return [];
  const { start, stop } = raw;
  if (typeof stop === 'number' && stop <= (typeof start === 'number' ? start : 0)) return [];
  return [
    {
      id: byteOr(raw['id'], at),
      name: textOr(raw['n'], ''),
      on: raw['on'] !== false,
      bri: Math.max(1, byteOr(raw['bri'], 255)),
      color: readColor(raw['col']),
      cct: byteOr(raw['cct'], 127),
      fx: byteOr(raw['fx'], 0),
    },
  ];
}

/** Throws `DEVICE_REFUSED` for what cannot be a lamp's state. */
export function readState(raw: unknown): LampState {
  const given = objectOr(raw);
  if (typeof given['on'] !== 'boolean' || typeof given['bri'] !== 'number')
    throw garbled('its state has no on and bri');
  const listed = listOr(given['seg']).slice(0, SEGMENTS_MAX).flatMap(readSegment);
  const segments = listed.filter((each, at) => listed.findIndex(({ id }) => id === each.id) === at);
  if (segments.length === 0) throw garbled('its state has no segment');
  const main = segments.find(({ id }) => id === given['mainseg']) ?? segments[0]!;
  return { on: given['on'], bri: Math.max(1, byteOr(given['bri'], 255)), main: main.id, segments };
}

const MAC = /^[0-9a-f]{12}$/i;
const COLORS = 1;

/** Throws `DEVICE_REFUSED` for what cannot be a lamp's account of itself. */
export function readInfo(raw: unknown): LampInfo {
  const given = objectOr(raw);
  const { mac } = given;
  if (typeof mac !== 'string' || !MAC.test(mac)) throw garbled('it names no mac');
  const leds = objectOr(given['leds']);
  const name = textOr(given['name'], 'WLED');
  return {
    mac: mac.toLowerCase(),
    name,
    version: textOr(given['ver'], ''),
    brand: textOr(given['brand'], 'WLED'),
    product: textOr(given['product'], 'WLED'),
    capabilities: listOr(leds['seglc']).map((each) => byteOr(each, COLORS)),
    capabilitiesOfAll: byteOr(leds['lc'], leds['rgbw'] === true ? COLORS | 2 : COLORS),
  };
}

const RESERVED = new Set(['RSVD', '-', '']);

/** The names of its effects by their number; null where a number is not in use. */
export function readEffects(raw: unknown): readonly (string | null)[] {
  const seen = new Set<string>();
  return listOr(raw)
    .slice(0, EFFECTS_MAX)
    .map((each) => {
      const name = typeof each === 'string' ? (each.split('@')[0] ?? '').trim().slice(0, 64) : '';
      if (RESERVED.has(name) || seen.has(name)) return null;
      seen.add(name);
      return name;
    });
}

interface Whole {
  readonly state: LampState;
  readonly info: LampInfo;
}

export function readWhole(raw: unknown): Whole {
  const given = objectOr(raw);
  return { state: readState(given['state']), info: readInfo(given['info']) };
}

export const capabilitiesOf = (info: LampInfo, segment: number): number =>
  info.capabilities[segment] ?? info.capabilitiesOfAll;
