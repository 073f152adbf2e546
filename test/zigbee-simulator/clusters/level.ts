// The Level Control cluster (0x0008), with its coupling to on and off.

import type { VirtualEndpoint } from '../device.ts';
import { STATUS } from '../zcl.ts';
import type { Behaviour, Command } from './command.ts';
import { fade } from './motion.ts';

const LEVEL = 'genLevelCtrl.currentLevel';
const ON = 'genOnOff.onOff';
const LOWEST = 1;
const HIGHEST = 254;
const EXECUTE_IF_OFF = 0x01;

const clamp = (level: number): number => Math.min(Math.max(level, LOWEST), HIGHEST);
const current = (endpoint: VirtualEndpoint): number => Number(endpoint.get(LEVEL) ?? HIGHEST);
const tenthsToMs = (tenths: number): number => (tenths === 0xffff ? 0 : tenths * 100);

/** A plain level command is discarded while the lamp is off, unless an option says otherwise. */
function isDiscarded({ endpoint, cluster, reader }: Command): boolean {
  if (endpoint.get(ON) !== false) return false;
  const [mask, override] = reader.remaining >= 2 ? [reader.u8(), reader.u8()] : [0, 0];
  const options = (Number(cluster.values.get('options') ?? 0) & ~mask) | (override & mask);
  return (options & EXECUTE_IF_OFF) === 0;
}

function goTo(endpoint: VirtualEndpoint, level: number, ms: number, withOnOff: boolean): void {
  if (!withOnOff) return fade(endpoint, LEVEL, clamp(level), ms);
  if (level >= LOWEST && endpoint.get(ON) === false) {
    if (ms > 0) endpoint.set(LEVEL, LOWEST);
    endpoint.set(ON, true);
  }
  fade(endpoint, LEVEL, clamp(level), ms, () => level < LOWEST && endpoint.set(ON, false));
}

const moveToLevel =
  (withOnOff: boolean) =>
  (command: Command): number => {
    const { reader, endpoint } = command;
    const [level, tenths] = [reader.u8(), reader.u16()];
    if (level > HIGHEST) return STATUS.invalidValue;
    if (withOnOff || !isDiscarded(command)) goTo(endpoint, level, tenthsToMs(tenths), withOnOff);
    return STATUS.success;
  };

const move =
  (withOnOff: boolean) =>
  (command: Command): number => {
    const { reader, endpoint } = command;
    const [down, rate] = [reader.u8() === 1, reader.u8() || 50];
    if (!withOnOff && isDiscarded(command)) return STATUS.success;
    const target = down ? LOWEST : HIGHEST;
    if (withOnOff && !down) endpoint.set(ON, true);
    fade(endpoint, LEVEL, target, (Math.abs(target - current(endpoint)) / rate) * 1000, () => {
      if (withOnOff && down) endpoint.set(ON, false);
    });
    return STATUS.success;
  };

const step =
  (withOnOff: boolean) =>
  (command: Command): number => {
    const { reader, endpoint } = command;
    const [down, size, tenths] = [reader.u8() === 1, reader.u8(), reader.u16()];
    if (!withOnOff && isDiscarded(command)) return STATUS.success;
    const target = current(endpoint) + (down ? -size : size);
    goTo(endpoint, withOnOff ? Math.min(target, HIGHEST) : clamp(target), tenthsToMs(tenths), withOnOff);
    return STATUS.success;
  };

function stop({ endpoint }: Command): number {
  endpoint.stopMotion(LEVEL);
  return STATUS.success;
}

export const level: Behaviour = {
  0x00: moveToLevel(false),
  0x01: move(false),
  0x02: step(false),
  0x03: stop,
  0x04: moveToLevel(true),
  0x05: move(true),
  0x06: step(true),
  0x07: stop,
};
