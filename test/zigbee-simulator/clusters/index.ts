// Which behaviour belongs to which cluster.

import { color } from './color.ts';
import type { Behaviour } from './command.ts';
import { groups, scenes } from './groups.ts';
import { level } from './level.ts';
import { onOff } from './on-off.ts';
import { doorLock, iasWarning, iasZone, identify, pollControl, thermostat, windowCovering } from './others.ts';
import { tuya } from './tuya.ts';

export const BEHAVIOURS: Readonly<Record<number, Behaviour>> = {
  0x0003: identify,
  0x0004: groups,
  0x0005: scenes,
  0x0006: onOff,
  0x0008: level,
  0x0020: pollControl,
  0x0101: doorLock,
  0x0102: windowCovering,
  0x0201: thermostat,
  0x0300: color,
  0x0500: iasZone,
  0x0502: iasWarning,
  0xef00: tuya,
};
