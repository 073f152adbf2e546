// From a point of the CIE 1931 diagram to the hue and saturation that a lamp would show, for lamps that only say the point.

export interface HueSaturation {
  /** 0–360 °. */
  readonly hue: number;
  /** 0–100 %, as the converters have it. */
  readonly saturation: number;
}

/** The linear light of the sRGB primaries for a point at full brightness; what lies outside of them is cut off. */
function linear(x: number, y: number): [red: number, green: number, blue: number] {
  const [bigX, bigZ] = [x / y, (1 - x - y) / y];
  const mix = (a: number, b: number, c: number): number => Math.max(0, a * bigX + b + c * bigZ);
  const light = [mix(3.2406, -1.5372, -0.4986), mix(-0.9689, 1.8758, 0.0415), mix(0.0557, -0.204, 1.057)] as const;
  const most = Math.max(...light);
  return [light[0] / most, light[1] / most, light[2] / most];
}

const gamma = (value: number): number => (value <= 0.003_130_8 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

export function hueSaturationOf(x: number, y: number): HueSaturation {
  const [red, green, blue] = linear(x, Math.max(y, 0.001)).map(gamma) as [number, number, number];
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const span = high - low;
  if (span < 0.001) return { hue: 0, saturation: 0 };
  const sixth =
    high === red ? (green - blue) / span : high === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  return { hue: Math.round((sixth * 60 + 360) % 360), saturation: Math.round((span / high) * 100) };
}
