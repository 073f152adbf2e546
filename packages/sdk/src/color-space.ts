// Between the ways to say a colour, for lamps that know only some of them: points of the CIE 1931 diagram, hue and
// saturation as people pick them (sRGB), and white by its temperature.

import type { Values } from '@lintel/model';

/**
 * A point of the CIE 1931 diagram; both from 0 to 1.
 * @example const daylight: Point = { x: 0.3127, y: 0.329 };
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A colour as people pick it, whatever its brightness.
 * @example const orange: HueSaturation = { hue: 30, saturation: 1 };
 */
export interface HueSaturation {
  /** 0–360 °. */
  readonly hue: number;
  /** 0–1. */
  readonly saturation: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const gamma = (value: number): number => (value <= 0.003_130_8 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
const linear = (value: number): number => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/**
 * Red, green and blue of sRGB, each 0–1, the strongest of them 1.
 * @example const red: Rgb = [1, 0, 0];
 */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * What sRGB shows for this hue and saturation.
 * @example const [red, green, blue] = rgbOf({ hue: 30, saturation: 1 }); // 1, 0.5, 0
 */
export function rgbOf({ hue, saturation }: HueSaturation): Rgb {
  const channel = (offset: number): number => {
    const k = (offset + hue / 60) % 6;
    return 1 - saturation * clamp(Math.min(k, 4 - k), 0, 1);
  };
  return [channel(5), channel(3), channel(1)];
}

/**
 * The point that sRGB light of this hue and saturation has.
 * @example const { x, y } = pointOf({ hue: 240, saturation: 1 }); // 0.15, 0.06
 */
export const pointOf = (color: HueSaturation): Point => pointOfRgb(rgbOf(color));

/**
 * The point that sRGB light has.
 * @example const { x, y } = pointOfRgb([1, 0, 0]); // 0.64, 0.33
 */
export function pointOfRgb(rgb: Rgb): Point {
  const [red, green, blue] = rgb.map(linear) as [number, number, number];
  const x = 0.4124 * red + 0.3576 * green + 0.1805 * blue;
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const z = 0.0193 * red + 0.1192 * green + 0.9505 * blue;
  return { x: x / (x + y + z), y: y / (x + y + z) };
}

/**
 * What sRGB comes closest to the point; what lies outside of its triangle is cut off.
 * @example const [red, green, blue] = rgbOfPoint({ x: 0.3127, y: 0.329 }); // white: 1, 1, 1
 */
export function rgbOfPoint({ x, y: given }: Point): Rgb {
  const y = Math.max(given, 0.001);
  const [bigX, bigZ] = [x / y, (1 - x - y) / y];
  const mix = (a: number, b: number, c: number): number => Math.max(0, a * bigX + b + c * bigZ);
  const light = [mix(3.2406, -1.5372, -0.4986), mix(-0.9689, 1.8758, 0.0415), mix(0.0557, -0.204, 1.057)];
  const most = Math.max(...light);
  return light.map((each) => gamma(each / most)) as [number, number, number];
}

/**
 * The nearest hue and saturation; what lies outside of the triangle of sRGB is cut off.
 * @example const { hue } = hueSaturationOf({ x: 0.3, y: 0.6 }); // 120
 */
export const hueSaturationOf = (point: Point): HueSaturation => hueSaturationOfRgb(rgbOfPoint(point));

/**
 * How bright it is does not count; black is white then.
 * @example const { saturation } = hueSaturationOfRgb([1, 0.5, 0.5]); // 0.5
 */
export function hueSaturationOfRgb([red, green, blue]: Rgb): HueSaturation {
  const high = Math.max(red, green, blue);
  const span = high - Math.min(red, green, blue);
  if (span < 0.001 * high || high === 0) return { hue: 0, saturation: 0 };
  const sixth =
    high === red ? (green - blue) / span : high === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  return { hue: Math.round((sixth * 60 + 360) % 360), saturation: Math.round((span / high) * 1000) / 1000 };
}

/**
 * The point of a black body of this many kelvin, 1,667–25,000 (the cubic approximation of Kim et al.).
 * @example const { x, y } = whitePoint(2700); // 0.46, 0.41
 */
export function whitePoint(kelvin: number): Point {
  const t = clamp(kelvin, 1667, 25_000);
  const x =
    t < 4000
      ? -0.266_123_9e9 / t ** 3 - 0.234_358_9e6 / t ** 2 + 0.877_695_6e3 / t + 0.179_91
      : -3.025_846_9e9 / t ** 3 + 2.107_037_9e6 / t ** 2 + 0.222_634_7e3 / t + 0.240_39;
  const y =
    t < 2222
      ? -1.106_381_4 * x ** 3 - 1.348_110_2 * x ** 2 + 2.185_558_32 * x - 0.202_196_83
      : t < 4000
        ? -0.954_947_6 * x ** 3 - 1.374_185_93 * x ** 2 + 2.091_370_15 * x - 0.167_488_67
        : 3.081_758 * x ** 3 - 5.873_386_7 * x ** 2 + 3.751_129_97 * x - 0.370_014_83;
  return { x, y };
}

/**
 * What a command asks a lamp's colour to be.
 * @example const warm: ColorWish = { mode: 'temperature', kelvin: 2700 };
 */
export type ColorWish =
  | { readonly mode: 'xy'; readonly point: Point }
  | { readonly mode: 'hs'; readonly color: HueSaturation }
  | { readonly mode: 'temperature'; readonly kelvin: number };

const USUAL_K = 2700;

/**
 * The colour that is asked for, half a pair completed by what the lamp has `now`; null where none is asked for.
 * @example colorWish({ 'color.hue': 30 }, { 'color.saturation': 0.5 }) // { mode: 'hs', color: { hue: 30, saturation: 0.5 } }
 */
export function colorWish(values: Values, now: Values): ColorWish | null {
  const number = (from: Values, name: string): number | null => {
    const value = from[`color.${name}`];
    return typeof value === 'number' ? value : null;
  };
  const has = (name: string): boolean => number(values, name) !== null;
  const pick = (name: string): number => number(values, name) ?? number(now, name) ?? 0;
  const mode = values['color.mode'];
  if (has('temperature') || mode === 'temperature')
    return { mode: 'temperature', kelvin: pick('temperature') || USUAL_K };
  if (has('hue') || has('saturation') || mode === 'hs') {
    const saturation = has('saturation') ? pick('saturation') : pick('saturation') || 1;
    return { mode: 'hs', color: { hue: pick('hue'), saturation } };
  }
  if (has('x') || has('y') || mode === 'xy') return { mode: 'xy', point: { x: pick('x'), y: pick('y') } };
  return null;
}
