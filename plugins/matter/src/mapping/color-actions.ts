// The command that gives a lamp a colour, in the way it understands.

import {
  colorWish,
  hueSaturationOf,
  pointOf,
  whitePoint,
  type HueSaturation,
  type Point,
  type Values,
} from '@lintel/sdk';

import { colorValues } from './color-values.ts';
import { clamp, MappingError, numberOf, type Action, type ClusterView, type Fields } from './types.ts';

const XY_STEPS = 65_536;
const XY_MAX = 65_279;
const HUE_MAX = 254;
const WHILE_OFF = { optionsMask: { executeIfOff: true }, optionsOverride: { executeIfOff: true } };

export const hasColor = ({ features }: ClusterView): boolean =>
  features['xy'] === true || features['hueSaturation'] === true || features['colorTemperature'] === true;

function move(invoke: string, args: Fields, transition: number | undefined): Action {
  const transitionTime = transition === undefined ? 0 : clamp(Math.round(transition / 100), 0, 65_534);
  return { cluster: 'colorControl', invoke, args: { ...args, transitionTime, ...WHILE_OFF } };
}

const steps = (share: number): number => clamp(Math.round(share * XY_STEPS), 0, XY_MAX);

function toPoint({ x, y }: Point, { features }: ClusterView, transition: number | undefined): Action {
  if (features['xy'] === true) return move('moveToColor', { colorX: steps(x), colorY: steps(y) }, transition);
  return toHue(hueSaturationOf({ x, y }), features, transition);
}

function toHue(
  { hue, saturation }: HueSaturation,
  features: ClusterView['features'],
  transition: number | undefined,
): Action {
  const share = clamp(Math.round(saturation * HUE_MAX), 0, HUE_MAX);
  if (features['enhancedHue'] === true) {
    const enhancedHue = Math.round((hue / 360) * XY_STEPS) % XY_STEPS;
    return move('enhancedMoveToHueAndSaturation', { enhancedHue, saturation: share }, transition);
  }
  return move(
    'moveToHueAndSaturation',
    { hue: clamp(Math.round((hue / 360) * HUE_MAX), 0, HUE_MAX), saturation: share },
    transition,
  );
}

function toWhite(kelvin: number, view: ClusterView, transition: number | undefined): Action {
  if (view.features['colorTemperature'] !== true) return toPoint(whitePoint(kelvin), view, transition);
  const low = numberOf(view.attributes['colorTempPhysicalMinMireds']) ?? 0;
  const high = numberOf(view.attributes['colorTempPhysicalMaxMireds']) ?? 65_279;
  const colorTemperatureMireds = clamp(Math.round(1e6 / kelvin), Math.max(1, low), high);
  return move('moveToColorTemperature', { colorTemperatureMireds }, transition);
}

/** Throws `UNSUPPORTED` for a lamp with white tones only that is asked for a colour. */
export function colorActions(values: Values, view: ClusterView, transition: number | undefined): Action[] {
  const asked = colorWish(values, colorValues(view));
  if (asked === null) return [];
  if (asked.mode === 'temperature') return [toWhite(asked.kelvin, view, transition)];
  if (view.features['xy'] !== true && view.features['hueSaturation'] !== true)
    throw new MappingError('UNSUPPORTED', 'this lamp has tones of white only');
  if (asked.mode === 'xy') return [toPoint(asked.point, view, transition)];
  if (view.features['hueSaturation'] === true) return [toHue(asked.color, view.features, transition)];
  return [toPoint(pointOf(asked.color), view, transition)];
}
