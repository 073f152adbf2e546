// What a device of the home is in Matter.

import type { HomeDevice } from '@lintel/sdk';

import { Source, type Twin } from '../facet.ts';
import { alarmTwins } from './alarm.ts';
import { climateTwins } from './climate.ts';
import { lightTwins } from './lights.ts';
import { sensorTwins } from './sensors.ts';

/** None for a device that Matter has no word for. */
export const twinsOf = (device: HomeDevice): Twin[] =>
  device.endpoints
    .map((endpoint) => new Source(device, endpoint))
    .flatMap((source) => [
      ...lightTwins(source),
      ...climateTwins(source),
      ...alarmTwins(source),
      ...sensorTwins(source),
    ]);
