// Machines that carry out a command over time: locks, covers, vacuums, appliances and the like.

import type { Value, Values } from '@lintel/sdk';
import { PluginError } from '@lintel/sdk';

import type { VirtualDevice } from '../device.ts';
import { clamp, round } from '../random.ts';
import { textOf, without } from './part.ts';
import type { Arguments, Part } from './part.ts';

const BOLT_MS = 400;
const COVER_TRAVEL_MS = 12_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

async function turnBolt(device: VirtualDevice, state: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    device.start('bolt', async (sleep) => {
      await sleep(BOLT_MS).catch((error: unknown) => {
        reject(new PluginError('SUPERSEDED', 'the lock was told otherwise meanwhile'));
        throw error;
      });
      await device.show({ 'lock.state': state });
      resolve();
    });
  });
  await device.event('lock.operated', { by: 'remote' });
}

export const lock: Part = {
  commands: {
    lock: (device) => turnBolt(device, 'locked'),
    unlock: (device) => turnBolt(device, 'unlocked'),
    unlatch: (device) => turnBolt(device, 'unlatched'),
  },
};

const coverState = (position: number): string => (position <= 0 ? 'closed' : position >= 1 ? 'open' : 'between');

/** Accepted and under way: the position follows second by second. */
async function travel(device: VirtualDevice, to: number): Promise<void> {
  const from = device.number('cover.position');
  if (Math.abs(to - from) < 0.005) return stopCover(device);
  await device.show({ 'cover.target': to, 'cover.moving': to > from ? 'opening' : 'closing' });
  device.start('cover', async (sleep) => {
    const ms = Math.abs(to - from) * COVER_TRAVEL_MS;
    for (let passed = SECOND_MS; passed < ms; passed += SECOND_MS) {
      await sleep(SECOND_MS);
      await device.show({ 'cover.position': round(from + ((to - from) * passed) / ms, 2), 'cover.state': 'between' });
    }
    await sleep(ms % SECOND_MS || SECOND_MS);
    await device.show({ 'cover.position': to, 'cover.state': coverState(to), 'cover.moving': 'stopped' });
  });
}

async function stopCover(device: VirtualDevice): Promise<void> {
  device.stop('cover');
  const position = device.number('cover.position');
  await device.show({ 'cover.moving': 'stopped', 'cover.target': position, 'cover.state': coverState(position) });
}

export const cover: Part = {
  async set(device, values) {
    const { 'cover.position': position, 'cover.tilt': tilt } = values;
    if (typeof tilt === 'number') await device.show({ 'cover.tilt': tilt });
    if (typeof position === 'number') await travel(device, position);
    return without(values, 'cover');
  },
  commands: {
    open: (device) => travel(device, 1),
    close: (device) => travel(device, 0),
    stop: stopCover,
    calibrate: async (device) => travel(device, device.number('cover.position') < 0.5 ? 1 : 0),
  },
};

/** What the thermostat does about the temperature it measures. */
function runningOf(device: VirtualDevice, values: Values): string {
  const read = (property: string): Value | undefined => values[property] ?? device.values[property];
  const [mode, measured] = [read('thermostat.mode'), read('temperature.temperature')];
  if (typeof measured !== 'number') return 'idle';
  const [heating, cooling] = [read('thermostat.heatingSetpoint'), read('thermostat.coolingSetpoint')];
  const heats = (mode === 'heat' || mode === 'auto') && typeof heating === 'number' && measured < heating - 0.2;
  const cools = (mode === 'cool' || mode === 'auto') && typeof cooling === 'number' && measured > cooling + 0.2;
  return heats ? 'heating' : cools ? 'cooling' : 'idle';
}

export const thermostat: Part = {
  async set(device, values) {
    const rest = without(values, 'thermostat');
    const mine = Object.fromEntries(Object.entries(values).filter(([property]) => !(property in rest)));
    if (Object.keys(mine).length > 0) await device.show({ ...mine, 'thermostat.running': runningOf(device, mine) });
    return rest;
  },
  measure: (device) => {
    const running = runningOf(device, {});
    return { 'thermostat.running': running, 'thermostat.valve': running === 'heating' ? 0.6 : 0 };
  },
};

/** A speed turns the fan on, none turns it off, and turning it on gives the last speed back. */
export const fan: Part = {
  async set(device, values) {
    const { 'fan.speed': speed, 'onOff.on': on } = values;
    if (typeof speed === 'number') return { ...values, ...(on === undefined && { 'onOff.on': speed > 0 }) };
    if (on === true && device.number('fan.speed') === 0) return { ...values, 'fan.speed': 0.5 };
    return values;
  },
};

export const valve: Part = {
  async set(device, values) {
    const open = values['valve.open'];
    if (typeof open === 'boolean') await device.show({ 'valve.open': open, 'valve.flow': open ? 8.5 : 0 });
    return without(values, 'valve');
  },
};

/** A siren ends by itself after its duration. */
export const siren: Part = {
  async set(device, values) {
    device.stop('siren');
    const rest = without(values, 'siren');
    const mine = Object.fromEntries(Object.entries(values).filter(([property]) => !(property in rest)));
    await device.show(mine);
    if (mine['siren.on'] === true) {
      device.start('siren', async (sleep) => {
        await sleep(device.number('siren.duration', 180) * SECOND_MS);
        await device.show({ 'siren.on': false });
      });
    }
    return rest;
  },
};

const ARMED: Readonly<Record<string, string>> = { home: 'armedHome', away: 'armedAway', night: 'armedNight' };
const EXIT_DELAY_MS = 30_000;

async function arm(device: VirtualDevice, args: Arguments): Promise<void> {
  const mode = textOf(args, 'mode', 'away')
    .replace(/^armed/, '')
    .toLowerCase();
  const state = ARMED[mode];
  if (state === undefined) throw new PluginError('BAD_VALUE', 'expected the mode home, away or night', '/args/mode');
  if (mode !== 'away') return device.show({ 'alarm.state': state, 'alarm.until': null });
  await device.show({ 'alarm.state': 'arming', 'alarm.until': new Date(device.now + EXIT_DELAY_MS).toISOString() });
  device.start('alarm', async (sleep) => {
    await sleep(EXIT_DELAY_MS);
    await device.show({ 'alarm.state': state, 'alarm.until': null });
  });
}

const setAlarm =
  (state: string) =>
  async (device: VirtualDevice): Promise<void> => {
    device.stop('alarm');
    await device.show({ 'alarm.state': state, 'alarm.until': null });
  };

export const alarm: Part = { commands: { arm, disarm: setAlarm('disarmed'), trigger: setAlarm('triggered') } };

const CLEANING_MS = 25 * MINUTE_MS;
const RETURN_MS = MINUTE_MS;

async function driveHome(device: VirtualDevice): Promise<void> {
  await device.show({ 'vacuum.state': 'returning', 'vacuum.currentArea': null });
  device.start('vacuum', async (sleep) => {
    await sleep(RETURN_MS);
    await device.show({ 'vacuum.state': 'docked' });
  });
}

async function clean(device: VirtualDevice, args: Arguments): Promise<void> {
  const areas = Array.isArray(args['areas']) ? args['areas'].filter((area) => typeof area === 'string') : [];
  await device.show({ 'vacuum.state': 'cleaning', 'vacuum.currentArea': areas[0] ?? 'Living room' });
  device.start('vacuum', async (sleep) => {
    await sleep(CLEANING_MS);
    await driveHome(device);
  });
}

export const vacuum: Part = {
  commands: {
    start: clean,
    async pause(device) {
      device.stop('vacuum');
      await device.show({ 'vacuum.state': 'paused' });
    },
    dock: driveHome,
    locate: async (device) => device.start('locate', (sleep) => sleep(5 * SECOND_MS)),
  },
};

const PHASES = ['washing', 'rinsing', 'drying'] as const;
const PHASE_MS = 20 * MINUTE_MS;

async function runProgram(device: VirtualDevice, from: number): Promise<void> {
  const finishesAt = new Date(device.now + (PHASES.length - from) * PHASE_MS).toISOString();
  await device.show({
    'appliance.state': 'running',
    'appliance.phase': PHASES[from]!,
    'appliance.finishesAt': finishesAt,
  });
  device.start('program', async (sleep) => {
    for (let phase = from; phase < PHASES.length; phase += 1) {
      await device.show({ 'appliance.phase': PHASES[phase]! });
      await sleep(PHASE_MS);
    }
    await device.show({ 'appliance.state': 'finished', 'appliance.phase': null, 'appliance.finishesAt': null });
  });
}

const phaseOf = (device: VirtualDevice): number =>
  clamp(PHASES.indexOf(device.values['appliance.phase'] as (typeof PHASES)[number]), 0, PHASES.length - 1);

export const appliance: Part = {
  commands: {
    start: (device) => runProgram(device, 0),
    async pause(device) {
      device.stop('program');
      await device.show({ 'appliance.state': 'paused', 'appliance.finishesAt': null });
    },
    resume: (device) => runProgram(device, phaseOf(device)),
    async stop(device) {
      device.stop('program');
      await device.show({ 'appliance.state': 'stopped', 'appliance.phase': null, 'appliance.finishesAt': null });
    },
  },
};
