// Every class of device there is a peer of.

import type { Kind } from '../kind.ts';
import { ACCESS } from './access.ts';
import { APPLIANCES } from './appliances.ts';
import { BRIDGES } from './bridges.ts';
import { CLIMATE } from './climate.ts';
import { ENERGY } from './energy.ts';
import { LIGHTS } from './lights.ts';
import { SENSORS } from './sensors.ts';

export const KINDS: Readonly<Record<string, Kind>> = {
  ...LIGHTS,
  ...SENSORS,
  ...CLIMATE,
  ...ACCESS,
  ...APPLIANCES,
  ...ENERGY,
  ...BRIDGES,
};
