// The On/Off cluster (0x0006).

import type { VirtualEndpoint } from '../device.ts';
import { STATUS } from '../zcl.ts';
import type { Behaviour, Command } from './command.ts';

const setTo =
  (on: boolean) =>
  ({ endpoint }: Command): number => {
    switchTo(endpoint, on);
    return STATUS.success;
  };

/** On and off as the device's own button would do it: a fade under way ends where it is. */
export function switchTo(endpoint: VirtualEndpoint, on: boolean): void {
  endpoint.stopMotion('genLevelCtrl.currentLevel');
  endpoint.stopMotion('timedOff');
  endpoint.set('genOnOff.onOff', on);
}

function onWithTimedOff({ endpoint, reader }: Command): number {
  const onlyWhenOn = (reader.u8() & 1) === 1;
  const tenths = reader.u16();
  if (onlyWhenOn && endpoint.get('genOnOff.onOff') !== true) return STATUS.success;
  switchTo(endpoint, true);
  const { timers } = endpoint.device;
  endpoint.startMotion(
    'timedOff',
    timers.after(tenths * 100, () => switchTo(endpoint, false)),
  );
  return STATUS.success;
}

export const onOff: Behaviour = {
  0x00: setTo(false),
  0x01: setTo(true),
  0x02: ({ endpoint }) => {
    switchTo(endpoint, endpoint.get('genOnOff.onOff') !== true);
    return STATUS.success;
  },
  0x40: setTo(false),
  0x41: setTo(true),
  0x42: onWithTimedOff,
};
