// Every kind of device the simulator knows, by its key.

import type { DeviceModel } from '../model.ts';
import { LIGHTS } from './lights.ts';
import { SENSORS } from './sensors.ts';

export const MODELS: Readonly<Record<string, DeviceModel>> = Object.fromEntries(
  [...LIGHTS, ...SENSORS].map((model) => [model.key, model]),
);
