// The way back from a change of a device: which values to set so that it is as it was.

import type { Device, Values } from '@lintel/model';

const asItWas = (device: Device, keys: readonly string[]): Values =>
  Object.fromEntries(
    keys.map((key) => [key, device.properties[key]?.value ?? null] as const).filter(([, value]) => value !== null),
  );

const COLOR_PAIRS: Readonly<Record<string, readonly string[]>> = {
  hs: ['color.hue', 'color.saturation'],
  xy: ['color.x', 'color.y'],
  temperature: ['color.temperature'],
};

/** Values that take `device` back after `wanted` was set; null where nothing was known before. */
export function wayBack(device: Device, wanted: Values): Values | null {
  const keys = new Set(Object.keys(wanted));
  if (keys.has('level.level') && 'onOff.on' in device.properties) keys.add('onOff.on');
  const color = [...keys].some((key) => key.startsWith('color.'));
  for (const key of keys) if (key.startsWith('color.')) keys.delete(key);
  const mode = String(device.properties['color.mode']?.value ?? 'temperature');
  if (color) for (const key of COLOR_PAIRS[mode] ?? []) keys.add(key);
  const before = asItWas(device, [...keys]);
  // A level above 0 would turn the lamp on again: for one that was off, off alone is the way back.
  const values = before['onOff.on'] === false ? { 'onOff.on': false } : before;
  return Object.keys(values).length === 0 ? null : values;
}
