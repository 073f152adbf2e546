// What a device of the home is in Matter.

import type { HomeDevice } from '@lintel/sdk';

import { Source, type Twin } from '../facet.ts';
import { airTwins } from './air.ts';
import { alarmTwins } from './alarm.ts';
import { buttonTwins } from './buttons.ts';
import { gathered } from './cabinets.ts';
import { climateTwins } from './climate.ts';
import { coverTwins } from './covers.ts';
import { metered } from './energy.ts';
import { machineTwins } from './machines.ts';
import { mediaTwins } from './media.ts';
import { fanTwins } from './fans.ts';
import { identified } from './identifying.ts';
import { lightTwins, sirenTwins } from './lights.ts';
import { sensorTwins } from './sensors.ts';
import { vacuumTwins } from './vacuums.ts';

const MACHINES = [climateTwins, coverTwins, fanTwins, alarmTwins, mediaTwins, vacuumTwins, machineTwins];
const OTHERS = [sirenTwins, buttonTwins, sensorTwins, airTwins];

/** What is more than its switch has no twin for the switch alone. */
function twinsAt(source: Source): Twin[] {
  const machines = MACHINES.flatMap((make) => make(source));
  const switches = machines.length === 0 || source.kind === 'light' ? lightTwins(source) : [];
  const isTold = source.has('thermostat') || machines.some(({ parts }) => parts !== undefined);
  const others = OTHERS.flatMap((make) => make(source, isTold));
  return identified(source, metered(source, [...switches, ...machines, ...others]));
}

/** None for a device that Matter has no word for. */
export const twinsOf = (device: HomeDevice): Twin[] =>
  gathered(
    device.endpoints.map((endpoint) => new Source(device, endpoint)).flatMap(twinsAt),
    (id) => device.endpoints.find((endpoint) => endpoint.id === id)?.name ?? null,
  );
