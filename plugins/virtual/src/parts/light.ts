// Lamps: on and off, brightness and colour as one target, with transitions.

import type { Values } from '@lintel/sdk';

import type { VirtualDevice } from '../device.ts';
import { clamp, round } from '../random.ts';
import { intoGamut } from './gamut.ts';
import { numberOf } from './part.ts';
import type { Arguments, Part } from './part.ts';

const DIMMEST = 0.01;
const REPORT_EVERY_MS = 500;
/** How fast `move` goes where no rate is given, in shares a second. */
const MOVE_RATE = 0.25;

const LIGHT = /^(?:onOff\.on|level\.level|color\.\w+)$/;

/** Colour given as a pair or a temperature sets the mode. */
function colorOf(values: Values): Values {
  const color = Object.fromEntries(Object.entries(values).filter(([property]) => property.startsWith('color.')));
  if ('color.temperature' in color) return { ...color, 'color.mode': 'temperature' };
  if ('color.hue' in color || 'color.saturation' in color) return { ...color, 'color.mode': 'hs' };
  if (!('color.x' in color) && !('color.y' in color)) return color;
  return { ...color, 'color.mode': 'xy' };
}

function reachable(device: VirtualDevice, color: Values): Values {
  if (color['color.mode'] !== 'xy') return color;
  const x = (color['color.x'] as number | undefined) ?? device.number('color.x', 0.32);
  const y = (color['color.y'] as number | undefined) ?? device.number('color.y', 0.33);
  const moved = intoGamut({ x, y });
  return { ...color, 'color.x': round(moved.x, 4), 'color.y': round(moved.y, 4) };
}

/** Whether the target leaves the lamp on; a level without `onOff` says it too. */
function turnsOn(device: VirtualDevice, values: Values): boolean {
  if (typeof values['onOff.on'] === 'boolean') return values['onOff.on'];
  if (typeof values['level.level'] === 'number') return values['level.level'] > 0;
  return device.is('onOff.on', true);
}

async function setLight(device: VirtualDevice, values: Values, transition: number): Promise<Values> {
  const mine = Object.fromEntries(Object.entries(values).filter(([property]) => LIGHT.test(property)));
  const rest = Object.fromEntries(Object.entries(values).filter(([property]) => !LIGHT.test(property)));
  if (Object.keys(mine).length === 0) return rest;
  device.stop('light');
  const on = turnsOn(device, mine);
  const asked = mine['level.level'];
  const level = typeof asked === 'number' && asked > 0 ? Math.max(DIMMEST, asked) : undefined;
  const color = reachable(device, colorOf(mine));
  const wasOn = device.is('onOff.on', true);
  const target: Values = { ...color, 'onOff.on': on, ...(level !== undefined && { 'level.level': level }) };
  if (transition < REPORT_EVERY_MS || !device.has('level.level') || (!on && !wasOn)) await device.show(target);
  else await fade(device, target, wasOn, transition);
  return rest;
}

/** From what the lamp shows to its target; the lamp is on all the while, and what it keeps for later stays kept. */
async function fade(device: VirtualDevice, target: Values, wasOn: boolean, ms: number): Promise<void> {
  const kept = device.number('level.level', 1);
  const from = wasOn ? kept : DIMMEST;
  const goesOff = target['onOff.on'] === false;
  const to = goesOff ? DIMMEST : ((target['level.level'] as number | undefined) ?? kept);
  await device.show({ 'onOff.on': true, ...(wasOn ? {} : { 'level.level': from }) });
  device.start('light', async (sleep) => {
    for (let passed = REPORT_EVERY_MS; passed < ms; passed += REPORT_EVERY_MS) {
      await sleep(REPORT_EVERY_MS);
      await device.show({ 'level.level': round(from + ((to - from) * passed) / ms, 3) });
    }
    await sleep(ms - Math.floor((ms - 1) / REPORT_EVERY_MS) * REPORT_EVERY_MS);
    await device.show(
      goesOff
        ? { ...target, 'level.level': (target['level.level'] as number | undefined) ?? kept }
        : { ...target, 'level.level': to },
    );
  });
}

async function stepLevel(device: VirtualDevice, args: Arguments): Promise<void> {
  const level = clamp(device.number('level.level', 1) + numberOf(args, 'by', 0.1), DIMMEST, 1);
  await setLight(device, { 'level.level': round(level, 3) }, 0);
}

async function moveLevel(device: VirtualDevice, args: Arguments): Promise<void> {
  const rate = numberOf(args, 'rate', MOVE_RATE);
  const from = device.number('level.level', 1);
  const to = rate > 0 ? 1 : DIMMEST;
  const ms = rate === 0 ? 0 : (Math.abs(to - from) / Math.abs(rate)) * 1000;
  await setLight(device, { 'onOff.on': true, 'level.level': to }, Math.max(ms, REPORT_EVERY_MS));
}

async function stopLight(device: VirtualDevice): Promise<void> {
  device.stop('light');
}

async function stepColor(device: VirtualDevice, args: Arguments): Promise<void> {
  const by = numberOf(args, 'by', 0);
  if (device.is('color.mode', 'temperature')) {
    const temperature = clamp(device.number('color.temperature', 2700) + by, 2000, 6500);
    return void (await setLight(device, { 'color.temperature': Math.round(temperature) }, 0));
  }
  const hue = (((device.number('color.hue') + by) % 360) + 360) % 360;
  await setLight(device, { 'color.hue': Math.round(hue) }, 0);
}

/** With several lamps the hub decides what toggling means; a single one turns to the other side. */
export const onOff: Part = {
  set: setLight,
  commands: {
    toggle: (device) => setLight(device, { 'onOff.on': !device.is('onOff.on', true) }, 0).then(() => undefined),
  },
};

export const level: Part = { set: setLight, commands: { step: stepLevel, move: moveLevel, stop: stopLight } };

export const color: Part = { set: setLight, commands: { step: stepColor, move: stepColor, stop: stopLight } };

export const effect: Part = {
  commands: {
    async flash(device, args) {
      const before = device.values;
      const count = clamp(Math.round(numberOf(args, 'count', 3)), 1, 10);
      await new Promise<void>((resolve) => {
        device.start('light', async (sleep) => {
          for (let turn = 0; turn < count; turn += 1) {
            await device.show({ 'onOff.on': !(before['onOff.on'] as boolean) });
            await sleep(REPORT_EVERY_MS);
            await device.show({ 'onOff.on': before['onOff.on'] as boolean });
            if (turn < count - 1) await sleep(REPORT_EVERY_MS);
          }
          resolve();
        });
      });
    },
  },
};
