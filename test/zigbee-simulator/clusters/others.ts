// The smaller behaviours: identify, IAS zones and sirens, locks, covers, thermostats, polling.

import { Writer } from '../bytes.ts';
import { STATUS } from '../zcl.ts';
import type { Behaviour, Command } from './command.ts';
import { fade } from './motion.ts';

export const identify: Behaviour = {
  0x00: ({ endpoint, reader }) => {
    endpoint.set('genIdentify.identifyTime', reader.u16());
    return STATUS.success;
  },
  0x40: () => STATUS.success,
};

export const iasZone: Behaviour = {
  // The answer to an enrolment: with it the zone counts as enrolled.
  0x00: ({ endpoint, reader }) => {
    const [code, zone] = [reader.u8(), reader.u8()];
    if (code !== 0) return STATUS.success;
    endpoint.set('ssIasZone.zoneState', 1);
    endpoint.set('ssIasZone.zoneId', zone);
    return STATUS.success;
  },
};

export const iasWarning: Behaviour = {
  0x00: ({ endpoint, reader }) => {
    const [mode, seconds] = [reader.u8() >> 4, reader.u16()];
    endpoint.set('ssIasWd.sounding', mode !== 0);
    if (mode === 0) return STATUS.success;
    const { timers } = endpoint.device;
    const silence = (): void => endpoint.set('ssIasWd.sounding', false);
    endpoint.startMotion('siren', timers.after(seconds * 1000, silence));
    return STATUS.success;
  },
  0x01: () => STATUS.success,
};

const LOCKED = 1;
const UNLOCKED = 2;

const turn =
  (state: number, reply: number) =>
  ({ endpoint }: Command) => {
    endpoint.set('closuresDoorLock.lockState', state);
    return { command: reply, payload: Buffer.from([STATUS.success]) };
  };

export const doorLock: Behaviour = {
  0x00: turn(LOCKED, 0x00),
  0x01: turn(UNLOCKED, 0x01),
  0x05: ({ reader }) => {
    reader.u16();
    return { command: 0x05, payload: Buffer.from([0]) };
  },
  0x06: ({ reader }) => ({
    command: 0x06,
    payload: new Writer().u16(reader.u16()).u8(0, 0xff, 0).build(),
  }),
  0x07: () => ({ command: 0x07, payload: Buffer.from([0]) }),
};

const POSITION = 'closuresWindowCovering.currentPositionLiftPercentage';
/** From end to end. */
const TRAVEL_MS = 2000;

function travelTo({ endpoint }: Command, target: number): number {
  const distance = Math.abs(target - Number(endpoint.get(POSITION) ?? 0));
  fade(endpoint, POSITION, target, (distance / 100) * TRAVEL_MS);
  return STATUS.success;
}

export const windowCovering: Behaviour = {
  0x00: (command) => travelTo(command, 0),
  0x01: (command) => travelTo(command, 100),
  0x02: ({ endpoint }) => {
    endpoint.stopMotion(POSITION);
    return STATUS.success;
  },
  0x05: (command) => {
    const target = command.reader.u8();
    return target > 100 ? STATUS.invalidValue : travelTo(command, target);
  },
};

export const thermostat: Behaviour = {
  0x00: ({ endpoint, reader }) => {
    const [mode, tenths] = [reader.u8(), reader.integer(1, true)];
    const which = mode === 1 ? ['occupiedCoolingSetpoint'] : ['occupiedHeatingSetpoint'];
    for (const name of which) {
      const path = `hvacThermostat.${name}`;
      endpoint.set(path, Number(endpoint.get(path) ?? 2000) + tenths * 10);
    }
    return STATUS.success;
  },
};

export const pollControl: Behaviour = {
  0x00: () => STATUS.success,
  0x01: () => STATUS.success,
};
