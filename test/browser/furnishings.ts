// What stands in the furnished home: a device of every kind, as plain data.

import type { CapabilityName, DeviceKind, Value } from '@lintel/model';

export interface Furnishing {
  readonly id: string;
  readonly name: string;
  readonly room: string | null;
  readonly kind: DeviceKind;
  readonly has: readonly (CapabilityName | readonly [CapabilityName, ...string[]])[];
  readonly values: Readonly<Record<string, Value>>;
  /** The closed lists that this model has, by property. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  readonly offline?: true;
  readonly stale?: true;
  readonly model?: string;
}

const COLOR = ['color', 'mode', 'hue', 'saturation', 'temperature', 'x', 'y'] as const;
const WHITE = ['color', 'mode', 'temperature'] as const;
export const ONOFF = ['onOff', 'on'] as const;
const BATTERY = ['battery', 'level'] as const;
const HEATING = ['thermostat', 'mode', 'heatingSetpoint', 'running', 'preset', 'valve', 'holdUntil'] as const;
const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const white = (level: number, kelvin: number): Record<string, Value> => ({
  'onOff.on': true,
  'level.level': level,
  'color.mode': 'temperature',
  'color.temperature': kelvin,
});

export const FURNISHINGS: readonly Furnishing[] = [
  {
    id: 'hall-lamp',
    name: 'Hall lamp',
    room: 'hall',
    kind: 'light',
    has: [ONOFF, 'level', WHITE],
    values: { ...white(0.4, 2700), 'onOff.on': false },
    model: 'TRADFRI bulb E27',
  },
  {
    id: 'hall-motion',
    name: 'Hall motion',
    room: 'hall',
    kind: 'sensor',
    has: ['occupancy', 'illuminance', BATTERY],
    values: { 'occupancy.occupied': false, 'illuminance.illuminance': 14, 'battery.level': 0.82 },
  },
  {
    id: 'front-door',
    name: 'Front door',
    room: 'hall',
    kind: 'lock',
    has: ['lock', BATTERY],
    values: { 'lock.state': 'locked', 'battery.level': 0.64 },
  },
  {
    id: 'door-contact',
    name: 'Door contact',
    room: 'hall',
    kind: 'sensor',
    has: ['contact'],
    values: { 'contact.open': false },
  },
  {
    id: 'ceiling',
    name: 'Ceiling light',
    room: 'living',
    kind: 'light',
    has: [ONOFF, 'level', WHITE],
    values: white(0.72, 3000),
  },
  {
    id: 'sofa',
    name: 'Sofa lamp',
    room: 'living',
    kind: 'light',
    has: [ONOFF, 'level', COLOR],
    values: {
      'onOff.on': true,
      'level.level': 0.45,
      'color.mode': 'hs',
      'color.hue': 286,
      'color.saturation': 0.72,
      'color.temperature': 2700,
      'color.x': null,
      'color.y': null,
    },
    model: 'Hue Play',
  },
  {
    id: 'shelf',
    name: 'Shelf strip',
    room: 'living',
    kind: 'light',
    has: [ONOFF, 'level', COLOR],
    values: {
      'onOff.on': true,
      'level.level': 0.3,
      'color.mode': 'hs',
      'color.hue': 24,
      'color.saturation': 0.9,
      'color.temperature': 2200,
      'color.x': null,
      'color.y': null,
    },
  },
  {
    id: 'heating',
    name: 'Radiator',
    room: 'living',
    kind: 'thermostat',
    has: [HEATING, 'temperature', BATTERY],
    values: {
      'thermostat.mode': 'heat',
      'thermostat.heatingSetpoint': 21.5,
      'thermostat.running': 'heating',
      'thermostat.preset': 'comfort',
      'thermostat.valve': 0.4,
      'temperature.temperature': 20.7,
      'battery.level': 0.5,
    },
    choices: { 'thermostat.mode': ['off', 'heat', 'auto'], 'thermostat.preset': ['comfort', 'eco', 'away'] },
  },
  {
    id: 'blind',
    name: 'Terrace blind',
    room: 'living',
    kind: 'cover',
    has: [['cover', 'position', 'moving']],
    values: { 'cover.position': 0.65, 'cover.moving': 'stopped' },
  },
  {
    id: 'speaker',
    name: 'Speaker',
    room: 'living',
    kind: 'media',
    has: [['media', 'playback', 'volume', 'muted', 'source', 'title', 'artist', 'position', 'duration']],
    values: {
      'media.playback': 'playing',
      'media.volume': 0.25,
      'media.title': 'Morning Mood',
      'media.artist': 'Edvard Grieg',
      'media.muted': false,
      'media.source': 'Library',
      'media.position': 41,
      'media.duration': 233,
    },
    choices: { 'media.source': ['Radio', 'Library', 'Line in'] },
  },
  {
    id: 'counter',
    name: 'Counter light',
    room: 'kitchen',
    kind: 'light',
    has: [ONOFF, 'level'],
    values: { 'onOff.on': true, 'level.level': 1 },
  },
  {
    id: 'kettle',
    name: 'Kettle plug',
    room: 'kitchen',
    kind: 'plug',
    has: [ONOFF, ['power', 'power', 'voltage'], ['energy', 'imported']],
    values: { 'onOff.on': true, 'power.power': 1840, 'power.voltage': 231, 'energy.imported': 128.42 },
  },
  {
    id: 'fridge',
    name: 'Fridge plug',
    room: 'kitchen',
    kind: 'plug',
    has: [ONOFF, ['power', 'power'], ['energy', 'imported']],
    values: { 'onOff.on': true, 'power.power': 62, 'energy.imported': 402.1 },
  },
  {
    id: 'climate',
    name: 'Kitchen climate',
    room: 'kitchen',
    kind: 'sensor',
    has: ['temperature', 'humidity', 'co2'],
    values: { 'temperature.temperature': 22.4, 'humidity.humidity': 51, 'co2.co2': 640 },
  },
  {
    id: 'leak',
    name: 'Sink leak',
    room: 'kitchen',
    kind: 'sensor',
    has: ['waterLeak', BATTERY],
    values: { 'waterLeak.leaking': false, 'battery.level': 0.9 },
    stale: true,
  },
  {
    id: 'washer',
    name: 'Washing machine',
    room: 'kitchen',
    kind: 'appliance',
    has: [['appliance', 'state', 'program', 'phase', 'finishesAt', 'error']],
    values: {
      'appliance.state': 'running',
      'appliance.program': 'Cotton 40',
      'appliance.phase': 'Rinse',
      'appliance.finishesAt': minutesFromNow(41.5),
    },
    choices: { 'appliance.program': ['Cotton 40', 'Wool', 'Quick 30'] },
  },
  {
    id: 'bed-lamp',
    name: 'Bed lamp',
    room: 'bedroom',
    kind: 'light',
    has: [ONOFF, 'level', WHITE],
    values: { ...white(0.2, 2200), 'onOff.on': false },
  },
  {
    id: 'bed-window',
    name: 'Window',
    room: 'bedroom',
    kind: 'sensor',
    has: ['contact', 'temperature'],
    values: { 'contact.open': true, 'temperature.temperature': 18.9 },
  },
  {
    id: 'fan',
    name: 'Ceiling fan',
    room: 'bedroom',
    kind: 'fan',
    has: [ONOFF, ['fan', 'speed']],
    values: { 'onOff.on': false, 'fan.speed': 0.5 },
  },
  {
    id: 'remote',
    name: 'Bedside remote',
    room: 'bedroom',
    kind: 'button',
    has: ['button', BATTERY],
    values: { 'battery.level': 0.31 },
  },
  {
    id: 'porch',
    name: 'Porch lamp',
    room: null,
    kind: 'light',
    has: [ONOFF, 'level'],
    values: { 'onOff.on': null, 'level.level': null },
    offline: true,
  },
  {
    id: 'vacuum',
    name: 'Robot',
    room: null,
    kind: 'vacuum',
    has: [['vacuum', 'state', 'mode', 'areas', 'currentArea'], BATTERY, 'update'],
    values: {
      'update.state': 'idle',
      'vacuum.state': 'docked',
      'vacuum.mode': 'standard',
      'vacuum.areas': '["Living room","Kitchen","Hall"]',
      'battery.level': 1,
    },
    choices: { 'vacuum.mode': ['quiet', 'standard', 'strong'] },
  },
  {
    id: 'wallbox',
    name: 'Car charger',
    room: 'hall',
    kind: 'evse',
    has: ['evse', ['power', 'power'], ['energy', 'imported']],
    values: { 'evse.state': 'charging', 'evse.limit': 16, 'power.power': 3680, 'energy.imported': 812.6 },
  },
  {
    id: 'storage',
    name: 'House battery',
    room: 'hall',
    kind: 'storage',
    has: ['storage', ['power', 'power'], ['energy', 'imported', 'exported']],
    values: {
      'storage.charge': 0.62,
      'storage.state': 'discharging',
      'power.power': -840,
      'energy.imported': 1204.5,
      'energy.exported': 1071.2,
    },
  },
];
