// Colours as Home Assistant gives them, as hue and saturation.

import { Lost } from './notes.ts';
import { itemsOf, numberOf, show, textOf } from './reading.ts';
import type { Source } from './source.ts';

export interface Hue {
  /** 0–360 °. */
  readonly hue: number;
  /** 0–1. */
  readonly saturation: number;
}

export function hueOf(red: number, green: number, blue: number): Hue {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const span = most - least;
  if (span === 0) return { hue: 0, saturation: 0 };
  const sixth =
    most === red
      ? ((green - blue) / span + 6) % 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return { hue: Math.round(sixth * 60) % 360, saturation: Number((span / most).toFixed(3)) };
}

/** So many numbers from 0 to `most` each. */
export function numbersOf(source: Source, most: readonly number[], what: string): number[] {
  const numbers = itemsOf(source).map((item) => numberOf(item, what));
  const fits = numbers.length === most.length && numbers.every((each, index) => each >= 0 && each <= most[index]!);
  if (!fits) throw new Lost(source.line, `expected ${what} as ${most.length} numbers`);
  return numbers;
}

/** The names of CSS that people use for lamps. */
const NAMED: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  green: [0, 128, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  orange: [255, 165, 0],
  purple: [128, 0, 128],
  pink: [255, 192, 203],
  magenta: [255, 0, 255],
  cyan: [0, 255, 255],
  aqua: [0, 255, 255],
  turquoise: [64, 224, 208],
  teal: [0, 128, 128],
  violet: [238, 130, 238],
  indigo: [75, 0, 130],
  gold: [255, 215, 0],
  coral: [255, 127, 80],
  salmon: [250, 128, 114],
  crimson: [220, 20, 60],
  lavender: [230, 230, 250],
  white: [255, 255, 255],
  ivory: [255, 255, 240],
};

export function namedColor(source: Source): Hue {
  const name = textOf(source).toLowerCase().replaceAll(/\s/g, '');
  const color = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (color === undefined) throw new Lost(source.line, `the colour ${show(name)} is not known`);
  return hueOf(...color);
}
