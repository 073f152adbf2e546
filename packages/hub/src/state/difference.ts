// Whether devices are what a scene says, as closely as lamps can tell.

import type { Device, Value, Values } from '@lintel/model';
import { belongsToMode } from './capture.ts';

/** Lamps keep levels in 254 steps, colours in coarser ones, and say what they made of them. */
const TOLERANCES: Readonly<Record<string, number>> = {
  'level.level': 0.011,
  'color.x': 0.011,
  'color.y': 0.011,
  'color.hue': 3,
  'color.saturation': 0.02,
  'color.temperature': 60,
};

/** @param endpoint the one that the scene names, or null for the device */
export function differs(device: Device, endpoint: string | null, values: Values): boolean {
  const at = (key: string): Value => {
    const suffix = key.includes('@') || endpoint === null ? '' : `@${endpoint}`;
    return (device.properties[`${key}${suffix}`] ?? device.properties[key])?.value ?? null;
  };
  if (values['onOff.on'] === false) return at('onOff.on') !== false;
  const mode = at('color.mode');
  return Object.entries(values).some(
    ([key, value]) => !belongsToMode(key, mode ?? modeOf(key)) || !isNear(key, value, at(key)),
  );
}

function modeOf(key: string): Value {
  if (key === 'color.temperature') return 'temperature';
  return key === 'color.hue' || key === 'color.saturation' ? 'hs' : 'xy';
}

function isNear(key: string, a: Value, b: Value): boolean {
  const tolerance = TOLERANCES[key.split('@')[0]!];
  if (tolerance === undefined || typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= tolerance;
}
