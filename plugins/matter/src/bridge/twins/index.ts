// What a device of the home is in Matter.

import type { HomeDevice } from '@lintel/sdk';

import { Source, type Twin } from '../facet.ts';
import { alarmTwins } from './alarm.ts';
import { buttonTwins } from './buttons.ts';
import { climateTwins } from './climate.ts';
import { metered } from './energy.ts';
import { machineTwins } from './machines.ts';
import { mediaTwins } from './media.ts';
import { lightTwins } from './lights.ts';
import { sensorTwins } from './sensors.ts';

const MAKERS = [lightTwins, climateTwins, alarmTwins, mediaTwins, machineTwins, buttonTwins, sensorTwins];

const twinsAt = (source: Source): Twin[] =>
  metered(
    source,
    MAKERS.flatMap((make) => make(source)),
  );

/** None for a device that Matter has no word for. */
export const twinsOf = (device: HomeDevice): Twin[] =>
  device.endpoints.map((endpoint) => new Source(device, endpoint)).flatMap(twinsAt);
