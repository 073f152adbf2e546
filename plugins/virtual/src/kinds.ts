// What a virtual device of each kind can do, and what it shows when it is new.

import * as can from '@lintel/sdk';
import type { CapabilityDescription, DeviceKind, Values } from '@lintel/sdk';

/** The hub's kinds, and four names for sensors and doors that people think of first. */
export const VIRTUAL_KINDS = [
  'light',
  'switch',
  'plug',
  'sensor',
  'button',
  'thermostat',
  'lock',
  'cover',
  'fan',
  'valve',
  'alarm',
  'siren',
  'media',
  'appliance',
  'vacuum',
  'camera',
  'doorbell',
  'meter',
  'solar',
  'storage',
  'evse',
  'heatPump',
  'airPurifier',
  'humidifier',
  'weather',
  'bridge',
  'other',
  'motion',
  'garage',
  'contact',
  'temperature',
] as const;
export type VirtualKind = (typeof VIRTUAL_KINDS)[number];

export interface KindSpec {
  /** The hub's kind, where it has another name. */
  readonly kind?: DeviceKind;
  readonly capabilities: () => readonly CapabilityDescription[];
  readonly initial: Values;
}

const ENERGY = { commands: [] };
const battery = (): CapabilityDescription => can.battery({ properties: ['level', 'low'] });
const BATTERY: Values = { 'battery.low': false };
const coverOf = (...properties: ('position' | 'tilt' | 'moving' | 'target' | 'state' | 'obstructed')[]) =>
  can.cover({ properties });
const CLOSED: Values = { 'cover.position': 0, 'cover.target': 0, 'cover.state': 'closed', 'cover.moving': 'stopped' };
const powerOnly = (): CapabilityDescription => can.power({ properties: ['power', 'voltage', 'current'] });

const LIGHT: KindSpec = {
  capabilities: () => [
    can.onOff(),
    can.level(),
    can.color({ temperature: [2000, 6500], hue: true, xy: true }),
    can.effect(['flash']),
    can.identify(),
  ],
  initial: {
    'onOff.on': false,
    'level.level': 0.8,
    'color.mode': 'temperature',
    'color.temperature': 2700,
    'color.hue': 30,
    'color.saturation': 0.5,
    'color.x': 0.4599,
    'color.y': 0.4106,
    'effect.effect': 'none',
  },
};

export const KINDS: Readonly<Record<VirtualKind, KindSpec>> = {
  light: LIGHT,
  switch: { capabilities: () => [can.onOff()], initial: { 'onOff.on': false } },
  plug: {
    capabilities: () => [can.onOff(), powerOnly(), can.energy({ properties: ['imported'], ...ENERGY })],
    initial: { 'onOff.on': true },
  },
  sensor: {
    capabilities: () => [
      can.occupancy(),
      can.contact(),
      can.temperature(),
      can.humidity(),
      can.illuminance(),
      battery(),
    ],
    initial: { ...BATTERY, 'occupancy.occupied': false, 'contact.open': false },
  },
  motion: {
    kind: 'sensor',
    capabilities: () => [can.occupancy(), can.illuminance(), battery()],
    initial: { ...BATTERY, 'occupancy.occupied': false },
  },
  contact: {
    kind: 'sensor',
    capabilities: () => [can.contact(), battery()],
    initial: { ...BATTERY, 'contact.open': false },
  },
  temperature: { kind: 'sensor', capabilities: () => [can.temperature(), can.humidity(), battery()], initial: BATTERY },
  button: {
    capabilities: () => [
      can.button({ buttons: ['1', '2'], actions: ['single', 'double', 'hold', 'release'] }),
      battery(),
    ],
    initial: BATTERY,
  },
  thermostat: {
    capabilities: () => [
      can.thermostat({
        properties: ['mode', 'heatingSetpoint', 'running', 'valve', 'preset', 'childLock'],
        limits: { heatingSetpoint: [5, 30] },
        values: { mode: ['off', 'heat', 'auto'], preset: ['none', 'comfort', 'eco', 'away'] },
      }),
      can.temperature(),
      battery(),
    ],
    initial: {
      ...BATTERY,
      'thermostat.mode': 'heat',
      'thermostat.heatingSetpoint': 20,
      'thermostat.preset': 'none',
      'thermostat.childLock': false,
    },
  },
  lock: {
    capabilities: () => [can.lock({ commands: ['lock', 'unlock', 'unlatch'] }), battery()],
    initial: { ...BATTERY, 'lock.state': 'locked' },
  },
  cover: {
    capabilities: () => [coverOf('position', 'tilt', 'moving', 'target', 'state')],
    initial: { ...CLOSED, 'cover.tilt': 0 },
  },
  garage: {
    kind: 'cover',
    capabilities: () => [coverOf('position', 'moving', 'target', 'state', 'obstructed')],
    initial: { ...CLOSED, 'cover.obstructed': false },
  },
  fan: {
    capabilities: () => [
      can.fan({ values: { mode: ['auto', 'low', 'medium', 'high'], direction: ['forward', 'reverse'] } }),
      can.onOff(),
    ],
    initial: { 'onOff.on': false, 'fan.speed': 0, 'fan.mode': 'auto', 'fan.direction': 'forward' },
  },
  valve: { capabilities: () => [can.valve()], initial: { 'valve.open': false, 'valve.flow': 0 } },
  alarm: { capabilities: () => [can.alarm()], initial: { 'alarm.state': 'disarmed' } },
  siren: {
    capabilities: () => [can.siren(), battery()],
    initial: { ...BATTERY, 'siren.on': false, 'siren.volume': 0.8, 'siren.duration': 180 },
  },
  media: {
    capabilities: () => [can.media({ values: { source: ['Radio', 'Library', 'Line in'] } })],
    initial: { 'media.playback': 'stopped', 'media.volume': 0.3, 'media.muted': false, 'media.source': 'Library' },
  },
  appliance: {
    capabilities: () => [
      can.appliance({ values: { program: ['Eco 50', 'Intensive 70', 'Quick 30'] } }),
      powerOnly(),
      can.energy({ properties: ['imported'], ...ENERGY }),
    ],
    initial: { 'appliance.state': 'stopped', 'appliance.program': 'Eco 50' },
  },
  vacuum: {
    capabilities: () => [can.vacuum({ values: { mode: ['quiet', 'standard', 'strong'] } }), battery()],
    initial: {
      ...BATTERY,
      'vacuum.state': 'docked',
      'vacuum.mode': 'standard',
      'vacuum.areas': '["Living room","Kitchen"]',
    },
  },
  camera: { capabilities: () => [can.camera(), can.occupancy()], initial: { 'occupancy.occupied': false } },
  doorbell: { capabilities: () => [can.camera(), can.button({ actions: ['single'] }), battery()], initial: BATTERY },
  meter: { capabilities: () => [can.power(), can.energy(ENERGY)], initial: {} },
  solar: { capabilities: () => [powerOnly(), can.energy(ENERGY)], initial: {} },
  storage: { capabilities: () => [can.storage(), powerOnly()], initial: {} },
  evse: {
    capabilities: () => [
      can.evse({ limits: { limit: [6, 32] } }),
      powerOnly(),
      can.energy({ properties: ['imported'], ...ENERGY }),
    ],
    initial: { 'evse.state': 'plugged', 'evse.limit': 16 },
  },
  heatPump: {
    capabilities: () => [
      can.thermostat({
        properties: ['mode', 'heatingSetpoint', 'coolingSetpoint', 'running'],
        limits: { heatingSetpoint: [10, 30], coolingSetpoint: [16, 32] },
        values: { mode: ['off', 'heat', 'cool', 'auto'] },
      }),
      can.temperature(),
      powerOnly(),
    ],
    initial: { 'thermostat.mode': 'auto', 'thermostat.heatingSetpoint': 20, 'thermostat.coolingSetpoint': 25 },
  },
  airPurifier: {
    capabilities: () => [
      can.fan({ properties: ['speed', 'mode'], values: { mode: ['auto', 'low', 'high'] } }),
      can.onOff(),
      can.pm25(),
      can.filter(),
    ],
    initial: { 'onOff.on': false, 'fan.speed': 0, 'fan.mode': 'auto', 'filter.life': 0.74 },
  },
  humidifier: {
    capabilities: () => [can.onOff(), can.humidifier({ values: { mode: ['auto', 'sleep', 'boost'] } }), can.humidity()],
    initial: { 'onOff.on': false, 'humidifier.target': 45, 'humidifier.mode': 'auto' },
  },
  weather: {
    capabilities: () => [
      can.temperature(),
      can.humidity(),
      can.pressure(),
      can.windSpeed(),
      can.rain(),
      can.illuminance(),
    ],
    initial: {},
  },
  bridge: { capabilities: () => [can.identify()], initial: {} },
  other: { capabilities: () => [can.onOff(), can.identify()], initial: { 'onOff.on': false } },
};
