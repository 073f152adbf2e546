// White that is stepped and moved, in kelvin as people count it: by so much, or so much a second, until it is stopped.

import { colorActions } from './color-actions.ts';
import { colorValues, temperatureLimits } from './color-values.ts';
import { clamp, invoke, numberOf, type ClusterMapping, type ClusterView, type Fields, type Plan } from './types.ts';

const MIREDS = 1e6;
const USUAL_K = 2700;
/** Taken up by a lamp that is off too, which then comes on in it. */
const STAGED = { optionsMask: { executeIfOff: true }, optionsOverride: { executeIfOff: true } };
const PLAIN = { optionsMask: {}, optionsOverride: {} };
/** Mireds count the other way: colder white has fewer. */
const WARMER = 1;
const COLDER = 3;
/** The lamp's own limits. */
const LIMITS = { colorTemperatureMinimumMireds: 0, colorTemperatureMaximumMireds: 0 };

const kelvinNow = (view: ClusterView): number => numberOf(colorValues(view)['color.temperature']) ?? USUAL_K;

/** The device itself knows best what it is at; how many mireds it is goes by what it last said. */
function step({ by }: Fields, view: ClusterView): Plan {
  const now = kelvinNow(view);
  const kelvin = clamp(now + (numberOf(by) ?? 0), ...temperatureLimits(view));
  if (view.features['colorTemperature'] !== true)
    return { actions: colorActions({ 'color.temperature': kelvin }, view, undefined) };
  const mireds = Math.round(MIREDS / kelvin - MIREDS / now);
  if (mireds === 0) return { actions: [] };
  const stepMode = mireds > 0 ? WARMER : COLDER;
  const args = { stepMode, stepSize: Math.abs(mireds), transitionTime: 0, ...LIMITS, ...STAGED };
  return invoke('colorControl', 'stepColorTemperature', args);
}

const stop = (): Plan => invoke('colorControl', 'stopMoveStep', PLAIN);

function move({ rate }: Fields, view: ClusterView): Plan {
  const kelvin = numberOf(rate) ?? 0;
  if (kelvin === 0) return stop();
  const mireds = Math.round((Math.abs(kelvin) * MIREDS) / kelvinNow(view) ** 2);
  const args = { moveMode: kelvin > 0 ? COLDER : WARMER, rate: clamp(mireds, 1, 0xffff), ...LIMITS, ...PLAIN };
  return invoke('colorControl', 'moveColorTemperature', args);
}

/** A lamp that mixes its white from colours takes a step, but cannot be moved along the whites by itself. */
export const colorCommandsOf = ({ features }: ClusterView): string[] =>
  features['colorTemperature'] === true ? ['step', 'move', 'stop'] : ['step', 'stop'];

export const COLOR_COMMANDS: NonNullable<ClusterMapping['commands']> = {
  'color.step': step,
  'color.move': move,
  'color.stop': stop,
};
