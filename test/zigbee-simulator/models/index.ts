// Every kind of device the simulator knows, by its key.

import type { DeviceModel } from '../model.ts';
import { LIGHTS } from './lights.ts';
import { MAINS } from './mains.ts';
import { OTHERS } from './others.ts';
import { REMOTES } from './remotes.ts';
import { SENSORS } from './sensors.ts';

export const MODELS: Readonly<Record<string, DeviceModel>> = Object.fromEntries(
  [...LIGHTS, ...SENSORS, ...MAINS, ...REMOTES, ...OTHERS].map((model) => [model.key, model]),
);
