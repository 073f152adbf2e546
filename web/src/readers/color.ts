// The colour a lamp shines in, as the page paints it.

import type { Device, Value } from '@lintel/model';

type Rgb = readonly [number, number, number];
export type Shown = (key: string) => Value;

const clampByte = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 255);
const css = ([r, g, b]: Rgb): string => `rgb(${clampByte(r)} ${clampByte(g)} ${clampByte(b)})`;

/** Black-body light of `kelvin` (1,000 to 20,000), after Tanner Helland's fit. */
export function temperatureRgb(kelvin: number): Rgb {
  const t = Math.min(20_000, Math.max(1000, kelvin)) / 100;
  const red = t <= 66 ? 1 : (329.7 * (t - 60) ** -0.1332) / 255;
  const green = t <= 66 ? (99.47 * Math.log(t) - 161.12) / 255 : (288.12 * (t - 60) ** -0.0755) / 255;
  const blue = t >= 66 ? 1 : t <= 19 ? 0 : (138.52 * Math.log(t - 10) - 305.04) / 255;
  return [red, green, blue];
}

/** `hue` in degrees, `saturation` from 0 to 1, at full brightness. */
export function hueRgb(hue: number, saturation: number): Rgb {
  const channel = (n: number): number => {
    const k = (n + hue / 60) % 6;
    return 1 - saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}

/** CIE 1931 chromaticity at full brightness, in sRGB. */
export function xyRgb(x: number, y: number): Rgb {
  if (y <= 0) return [1, 1, 1];
  const [X, Z] = [x / y, (1 - x - y) / y];
  const linear = [3.2406 * X - 1.5372 - 0.4986 * Z, -0.9689 * X + 1.8758 + 0.0415 * Z, 0.0557 * X - 0.204 + 1.057 * Z];
  const most = Math.max(...linear, 1e-6);
  const gamma = (value: number): number => {
    const share = Math.max(0, value / most);
    return share <= 0.003_130_8 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055;
  };
  return [gamma(linear[0]!), gamma(linear[1]!), gamma(linear[2]!)];
}

/** Eyes take warm white for white, screens show it as orange: so the page paints it half way to white. */
const PALER = 0.4;

export const temperatureCss = (kelvin: number): string => {
  const [red, green, blue] = temperatureRgb(kelvin);
  const pale = (share: number): number => share + (1 - share) * PALER;
  return css([pale(red), pale(green), pale(blue)]);
};
export const hueCss = (hue: number, saturation: number): string => css(hueRgb(hue, saturation));

const WARM = 'rgb(255 196 110)';

/** What colour a lamp gives: its mode decides, and a lamp without colour is warm white. */
export function lampColor(device: Device, shown: Shown): string {
  const number = (key: string): number | null => {
    const value = shown(key);
    return typeof value === 'number' ? value : null;
  };
  const mode = shown('color.mode');
  const [hue, saturation] = [number('color.hue'), number('color.saturation')];
  if (mode === 'hs' && hue !== null && saturation !== null) return hueCss(hue, saturation);
  const [x, y] = [number('color.x'), number('color.y')];
  if (mode === 'xy' && x !== null && y !== null) return css(xyRgb(x, y));
  const temperature = number('color.temperature');
  return temperature === null ? WARM : temperatureCss(temperature);
}
