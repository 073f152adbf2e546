// The Color Control cluster (0x0300): hue and saturation, xy, and color temperature.

import type { VirtualEndpoint } from '../device.ts';
import { STATUS } from '../zcl.ts';
import type { Behaviour, Command } from './command.ts';
import { fade } from './motion.ts';

const MODE = { hueSaturation: 0, xy: 1, temperature: 2, enhancedHue: 3 } as const;
const PREFIX = 'lightingColorCtrl';
const MOVING = ['currentHue', 'enhancedCurrentHue', 'currentSaturation', 'currentX', 'currentY', 'colorTemperature'];

const at = (attribute: string): string => `${PREFIX}.${attribute}`;
const read = (endpoint: VirtualEndpoint, attribute: string, otherwise: number): number =>
  Number(endpoint.get(at(attribute)) ?? otherwise);

function setMode(endpoint: VirtualEndpoint, mode: number): void {
  for (const attribute of MOVING) endpoint.stopMotion(at(attribute));
  endpoint.set(at('colorMode'), mode === MODE.enhancedHue ? MODE.hueSaturation : mode);
  endpoint.set(at('enhancedColorMode'), mode);
}

/** A color command is discarded while the lamp is off, unless an option says otherwise. */
function isDiscarded({ endpoint, reader }: Command): boolean {
  if (endpoint.get('genOnOff.onOff') !== false) return false;
  const [mask, override] = reader.remaining >= 2 ? [reader.u8(), reader.u8()] : [0, 0];
  return (((read(endpoint, 'options', 0) & ~mask) | (override & mask)) & 1) === 0;
}

type Fields = Readonly<Record<string, number>>;

/** Reads the target, its fade and the options, in this order, and goes there. */
const mover =
  (mode: number, readTarget: (command: Command) => Fields) =>
  (command: Command): number => {
    const target = readTarget(command);
    const ms = command.reader.u16() * 100;
    if (isDiscarded(command)) return STATUS.success;
    setMode(command.endpoint, mode);
    for (const [attribute, value] of Object.entries(target)) fade(command.endpoint, at(attribute), value, ms);
    return STATUS.success;
  };

const temperatureOf = ({ reader, endpoint }: Command): Fields => {
  const [low, high] = [read(endpoint, 'colorTempPhysicalMin', 0), read(endpoint, 'colorTempPhysicalMax', 0xffff)];
  return { colorTemperature: Math.min(Math.max(reader.u16(), low), high) };
};

function hueOf({ reader }: Command): Fields {
  const hue = reader.u8();
  reader.u8();
  return { currentHue: hue, enhancedCurrentHue: hue * 256 };
}

function enhancedHueOf({ reader }: Command): Fields {
  const hue = reader.u16();
  reader.u8();
  return { enhancedCurrentHue: hue, currentHue: hue >> 8 };
}

function stepTemperature(command: Command): number {
  const { reader, endpoint } = command;
  const [down, size, ms] = [reader.u8() === 3, reader.u16(), reader.u16() * 100];
  const [low, high] = [reader.u16() || 153, reader.u16() || 500];
  if (isDiscarded(command)) return STATUS.success;
  const target = read(endpoint, 'colorTemperature', 300) + (down ? -size : size);
  setMode(endpoint, MODE.temperature);
  fade(endpoint, at('colorTemperature'), Math.min(Math.max(target, low), high), ms);
  return STATUS.success;
}

function moveTemperature(command: Command): number {
  const { reader, endpoint } = command;
  const [direction, rate] = [reader.u8() & 3, reader.u16() || 50];
  const [low, high] = [reader.u16() || 153, reader.u16() || 500];
  if (isDiscarded(command)) return STATUS.success;
  setMode(endpoint, MODE.temperature);
  if (direction === 0) return STATUS.success;
  const target = direction === 3 ? low : high;
  const distance = Math.abs(target - read(endpoint, 'colorTemperature', 300));
  fade(endpoint, at('colorTemperature'), target, (distance / rate) * 1000);
  return STATUS.success;
}

function stop({ endpoint }: Command): number {
  for (const attribute of MOVING) endpoint.stopMotion(at(attribute));
  return STATUS.success;
}

function colorLoop({ endpoint, reader }: Command): number {
  const [flags, action] = [reader.u8(), reader.u8()];
  if (flags & 1) endpoint.set(at('colorLoopActive'), action === 0 ? 0 : 1);
  return STATUS.success;
}

export const color: Behaviour = {
  0x00: mover(MODE.hueSaturation, hueOf),
  0x03: mover(MODE.hueSaturation, ({ reader }) => ({ currentSaturation: reader.u8() })),
  0x06: mover(MODE.hueSaturation, ({ reader }) => {
    const hue = reader.u8();
    return { currentHue: hue, enhancedCurrentHue: hue * 256, currentSaturation: reader.u8() };
  }),
  0x07: mover(MODE.xy, ({ reader }) => ({ currentX: reader.u16(), currentY: reader.u16() })),
  0x0a: mover(MODE.temperature, temperatureOf),
  0x40: mover(MODE.enhancedHue, enhancedHueOf),
  0x43: mover(MODE.enhancedHue, ({ reader }) => {
    const hue = reader.u16();
    return { enhancedCurrentHue: hue, currentHue: hue >> 8, currentSaturation: reader.u8() };
  }),
  0x44: colorLoop,
  0x47: stop,
  0x4b: moveTemperature,
  0x4c: stepTemperature,
};
