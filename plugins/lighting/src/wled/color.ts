// Between what people ask of a colour and what LEDs are told: red, green, blue and white in bytes, and white by its temperature.

import {
  colorWish,
  hueSaturationOfRgb,
  PluginError,
  pointOfRgb,
  rgbOf,
  rgbOfPoint,
  whitePoint,
  type ColorWish,
  type Point,
  type Rgb,
  type Values,
} from '@lintel/sdk';

import type { Channels, Segment } from './messages.ts';

const COLORS = 1;
const WHITE = 2;
const WHITES = 4;

/** The firmware counts white in steps of 32 K from here. */
const CCT_WARMEST_K = 1900;
const CCT_STEP_K = 32;
const CCT_COLDEST_K = CCT_WARMEST_K + 255 * CCT_STEP_K;
/** White that is mixed from colours. */
const MIXED_WARMEST_K = 2000;
const MIXED_COLDEST_K = 6500;
const BLACK_BODY_STEP_K = 10;

export const hasColors = (capabilities: number): boolean => (capabilities & COLORS) !== 0;
/** The correction of RGB's white is no white LED: without one, white is mixed. */
const hasWhites = (capabilities: number): boolean =>
  (capabilities & WHITES) !== 0 && ((capabilities & WHITE) !== 0 || !hasColors(capabilities));
export const hasTemperature = (capabilities: number): boolean => hasColors(capabilities) || hasWhites(capabilities);

export const temperatureLimits = (capabilities: number): readonly [number, number] =>
  hasWhites(capabilities) ? [CCT_WARMEST_K, CCT_COLDEST_K] : [MIXED_WARMEST_K, MIXED_COLDEST_K];

/** A colour as the lamp is told it, and as it is then reported. */
export interface Mix {
  readonly color: Channels;
  /** In kelvin; null where the LEDs have no white of several temperatures. */
  readonly cct: number | null;
  readonly values: Values;
  /** What the LEDs could when they were told. */
  readonly capabilities: number;
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const byte = (share: number): number => Math.min(255, Math.max(0, Math.round(share * 255)));
const bytesOf = ([red, green, blue]: Rgb): Channels => [byte(red), byte(green), byte(blue), 0];
const rgbOfBytes = ([red, green, blue, white]: Channels): Rgb => [red + white, green + white, blue + white];

const pointValues = ({ x, y }: Point): Values => ({ 'color.x': round(x, 4), 'color.y': round(y, 4) });

/** What is seen of `rgb`, in the ways that are not asked for. */
function seenAs(rgb: Rgb): Values {
  const most = Math.max(...rgb);
  const full: Rgb = most === 0 ? [1, 1, 1] : [rgb[0] / most, rgb[1] / most, rgb[2] / most];
  const { hue, saturation } = hueSaturationOfRgb(full);
  return { 'color.hue': hue, 'color.saturation': saturation, ...pointValues(pointOfRgb(full)) };
}

/** The part that red, green and blue have in common is what the white LED is there for. */
function throughWhite(color: Channels, capabilities: number): Channels {
  if ((capabilities & WHITE) === 0) return color;
  const [red, green, blue] = color;
  const white = Math.min(red, green, blue);
  return [red - white, green - white, blue - white, white];
}

function mixWhite(kelvin: number, capabilities: number): Mix {
  const [warmest, coldest] = temperatureLimits(capabilities);
  const temperature = Math.round(Math.min(coldest, Math.max(warmest, kelvin)));
  const rgb = rgbOfPoint(whitePoint(temperature));
  const white = { 'color.mode': 'temperature', 'color.temperature': temperature };
  const values = hasColors(capabilities) ? { ...seenAs(rgb), ...white } : white;
  if (hasWhites(capabilities)) return { color: [0, 0, 0, 255], cct: temperature, values, capabilities };
  return { color: throughWhite(bytesOf(rgb), capabilities), cct: null, values, capabilities };
}

const GAMUT_SLACK = 0.002;

/** A point that the lamp cannot show is moved to the edge of what it can, and reported so. */
function shownPoint(asked: Point, rgb: Rgb): Point {
  const shown = pointOfRgb(rgb);
  return Math.hypot(shown.x - asked.x, shown.y - asked.y) < GAMUT_SLACK ? asked : shown;
}

function mixColor(wish: Exclude<ColorWish, { mode: 'temperature' }>, capabilities: number): Mix {
  const rgb = wish.mode === 'hs' ? rgbOf(wish.color) : rgbOfPoint(wish.point);
  const own =
    wish.mode === 'hs'
      ? { 'color.hue': round(wish.color.hue, 2), 'color.saturation': round(wish.color.saturation, 3) }
      : pointValues(shownPoint(wish.point, rgb));
  const values = { ...seenAs(rgb), ...own, 'color.mode': wish.mode };
  return { color: bytesOf(rgb), cct: null, values, capabilities };
}

/** The colour that `values` ask for, where they ask for one. Throws `UNSUPPORTED` where the LEDs cannot. */
export function mix(values: Values, now: Values, capabilities: number): Mix | null {
  const wish = colorWish(values, now);
  if (wish === null) return null;
  if (!hasTemperature(capabilities)) throw new PluginError('UNSUPPORTED', 'its LEDs have one colour only');
  if (wish.mode === 'temperature') return mixWhite(wish.kelvin, capabilities);
  if (!hasColors(capabilities)) throw new PluginError('UNSUPPORTED', 'its LEDs have tones of white only');
  return mixColor(wish, capabilities);
}

export const cctOf = (kelvin: number): number => (kelvin - CCT_WARMEST_K) >> 5;

function isAsTold({ color, cct }: Segment, told: Mix): boolean {
  if (told.color.some((channel, at) => channel !== color[at])) return false;
  return told.cct === null || Math.abs(cctOf(told.cct) - cct) <= 1;
}

/** The temperature of which white this is, where it is one that would be mixed for it; null for colours. */
function kelvinOf(rgb: Rgb): number | null {
  let [nearest, least]: [number | null, number] = [null, Infinity];
  for (let kelvin = MIXED_WARMEST_K; kelvin <= MIXED_COLDEST_K; kelvin += BLACK_BODY_STEP_K) {
    const white = bytesOf(rgbOfPoint(whitePoint(kelvin)));
    const off = Math.max(...rgb.map((channel, at) => Math.abs(channel - white[at]!)));
    if (off < least) [nearest, least] = [kelvin, off];
  }
  return least <= 1 ? nearest : null;
}

/** The colour of a segment as it is reported: as it was asked for, as long as the lamp still has it. */
export function colorOf(segment: Segment, capabilities: number, told: Mix | undefined): Values {
  if (!hasTemperature(capabilities)) return {};
  if (told?.capabilities === capabilities && isAsTold(segment, told)) return told.values;
  const rgb = rgbOfBytes(segment.color);
  const isWhite = segment.color.slice(0, 3).every((channel) => channel === 0) && segment.color[3] > 0;
  if (hasWhites(capabilities) && (isWhite || !hasColors(capabilities)))
    return mixWhite(CCT_WARMEST_K + segment.cct * CCT_STEP_K, capabilities).values;
  const kelvin = kelvinOf(rgb);
  if (kelvin !== null) return mixWhite(kelvin, capabilities).values;
  return { ...seenAs(rgb), 'color.mode': 'hs' };
}
