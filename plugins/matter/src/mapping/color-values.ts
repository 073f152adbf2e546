// What a lamp says of its colour, in every way that people may ask for it.

import { hueSaturationOf, pointOf, whitePoint, type HueSaturation, type Point, type Values } from '@lintel/sdk';

import { numberOf, round, type ClusterView } from './types.ts';

const XY_STEPS = 65_536;
const MODES = ['hs', 'xy', 'temperature'] as const;
const WARMEST_K = 2000;
const COLDEST_K = 6500;

const kelvinOf = (mireds: number): number => Math.round(1e6 / mireds);

/** Warmest and coldest white in kelvin: the lamp's own, or for one that mixes it from colours the usual. */
export function temperatureLimits({ attributes, features }: ClusterView): [number, number] {
  const [low, high] = [
    numberOf(attributes['colorTempPhysicalMinMireds']),
    numberOf(attributes['colorTempPhysicalMaxMireds']),
  ];
  if (features['colorTemperature'] !== true || !low || !high || high > 1000) return [WARMEST_K, COLDEST_K];
  return [Math.max(1000, Math.floor(1e6 / high)), Math.min(20_000, Math.ceil(1e6 / low))];
}

function hueSaturation({ attributes, features }: ClusterView): HueSaturation | null {
  const fine = features['enhancedHue'] === true ? numberOf(attributes['enhancedCurrentHue']) : null;
  const [hue, saturation] = [numberOf(attributes['currentHue']), numberOf(attributes['currentSaturation'])];
  if (saturation === null || (hue === null && fine === null)) return null;
  const degrees = fine === null ? (hue! * 360) / 254 : (fine * 360) / XY_STEPS;
  return { hue: round(degrees, 1), saturation: round(saturation / 254, 3) };
}

function point({ attributes }: ClusterView): Point | null {
  const [x, y] = [numberOf(attributes['currentX']), numberOf(attributes['currentY'])];
  return x === null || y === null ? null : { x: round(x / XY_STEPS, 4), y: round(y / XY_STEPS, 4) };
}

function modeOf({ attributes, features }: ClusterView): (typeof MODES)[number] | null {
  // Some that know white alone begin in a mode that they do not have.
  if (features['xy'] !== true && features['hueSaturation'] !== true) return 'temperature';
  const mode = numberOf(attributes['enhancedColorMode']) ?? numberOf(attributes['colorMode']);
  if (mode === null) return null;
  // The enhanced hue is a mode of its own, 3.
  const name = mode === 3 ? 'hs' : MODES[mode];
  return name === 'xy' && features['xy'] !== true ? 'hs' : (name ?? null);
}

const rounded = ({ x, y }: Point): Values => ({ 'color.x': round(x, 4), 'color.y': round(y, 4) });

function chromatic(view: ClusterView, mode: string | null, kelvin: number | null): Values {
  const { xy = false, hueSaturation: hasHue = false } = view.features;
  if (!xy && !hasHue) return {};
  const white = mode === 'temperature' && kelvin !== null ? whitePoint(kelvin) : null;
  const own = hasHue && mode === 'hs' ? hueSaturation(view) : null;
  const at = white ?? (xy && mode !== 'hs' ? point(view) : null) ?? (own === null ? null : pointOf(own)) ?? point(view);
  const hue = own ?? (at === null ? null : hueSaturationOf(at));
  return {
    'color.hue': hue?.hue ?? null,
    'color.saturation': hue?.saturation ?? null,
    ...(xy && (at === null ? { 'color.x': null, 'color.y': null } : rounded(at))),
  };
}

export function colorValues(view: ClusterView): Values {
  const mireds = numberOf(view.attributes['colorTemperatureMireds']);
  const mode = modeOf(view);
  const kelvin = mireds === null || mireds === 0 ? null : kelvinOf(mireds);
  const hasWhite = view.features['colorTemperature'] === true;
  return {
    'color.mode': mode,
    ...chromatic(view, mode, kelvin),
    'color.temperature': hasWhite ? kelvin : null,
  };
}
