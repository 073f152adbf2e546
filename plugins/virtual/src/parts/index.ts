// Which part stands behind which capability. A capability without one only shows what it is told.

import { energy, power, storage } from './energy.ts';
import { color, effect, level, onOff } from './light.ts';
import { alarm, appliance, cover, fan, lock, siren, thermostat, vacuum, valve } from './machines.ts';
import { media } from './media.ts';
import type { Part } from './part.ts';
import { SENSORS } from './sensors.ts';

const identify: Part = { commands: { identify: async (device) => device.start('identify', (sleep) => sleep(3_000)) } };

const PARTS: Readonly<Record<string, Part>> = {
  ...SENSORS,
  fan,
  onOff,
  level,
  color,
  effect,
  power,
  energy,
  storage,
  lock,
  cover,
  thermostat,
  valve,
  alarm,
  siren,
  media,
  vacuum,
  appliance,
  identify,
};

export const partOf = (capability: string): Part | undefined =>
  Object.hasOwn(PARTS, capability) ? PARTS[capability] : undefined;
