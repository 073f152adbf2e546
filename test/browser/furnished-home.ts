// A believable home as plain data, for showing every kind of device to the UI without a hub.

import {
  describeCapability,
  type CapabilityName,
  type Device,
  type DeviceKind,
  type PropertyState,
  type Room,
  type Rule,
  type Value,
} from '@lintel/model';
import type { PluginView } from '@lintel/protocol';

export const ROOMS: readonly Room[] = [
  { id: 'hall', name: 'Hall', floor: 'Ground floor' },
  { id: 'living', name: 'Living room', floor: 'Ground floor' },
  { id: 'kitchen', name: 'Kitchen', floor: 'Ground floor' },
  { id: 'bedroom', name: 'Bedroom', floor: 'Upstairs' },
];

interface Furnishing {
  readonly id: string;
  readonly name: string;
  readonly room: string | null;
  readonly kind: DeviceKind;
  readonly has: readonly (CapabilityName | readonly [CapabilityName, ...string[]])[];
  readonly values: Readonly<Record<string, Value>>;
  readonly offline?: true;
  readonly stale?: true;
  readonly model?: string;
}

const COLOR = ['color', 'mode', 'hue', 'saturation', 'temperature', 'x', 'y'] as const;
const WHITE = ['color', 'mode', 'temperature'] as const;
const ONOFF = ['onOff', 'on'] as const;
const BATTERY = ['battery', 'level'] as const;
const HEATING = ['thermostat', 'mode', 'heatingSetpoint', 'running', 'valve'] as const;
const white = (level: number, kelvin: number): Record<string, Value> => ({
  'onOff.on': true,
  'level.level': level,
  'color.mode': 'temperature',
  'color.temperature': kelvin,
});

const FURNISHINGS: readonly Furnishing[] = [
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
      'thermostat.valve': 0.4,
      'temperature.temperature': 20.7,
      'battery.level': 0.5,
    },
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
    has: [['media', 'playback', 'volume', 'title', 'artist']],
    values: {
      'media.playback': 'playing',
      'media.volume': 0.25,
      'media.title': 'Morning Mood',
      'media.artist': 'Edvard Grieg',
    },
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
    has: [['appliance', 'state', 'phase']],
    values: { 'appliance.state': 'running', 'appliance.phase': 'Rinse' },
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
    has: [['vacuum', 'state']],
    values: { 'vacuum.state': 'docked' },
  },
];

function build(item: Furnishing, at: string): Device {
  const capabilities = item.has.map((each) =>
    typeof each === 'string' ? describeCapability(each) : describeCapability(each[0], each.slice(1)),
  );
  const properties: Record<string, PropertyState> = {};
  for (const { name, properties: members } of capabilities) {
    for (const member of members) {
      const value = item.values[`${name}.${member.name}`] ?? null;
      const seen = value === null ? null : at;
      properties[`${name}.${member.name}`] = {
        value,
        changedAt: seen,
        reportedAt: seen,
        origin: value === null ? null : { kind: 'device' },
      };
    }
  }
  return {
    id: `virtual:${item.id}`,
    name: item.name,
    room: item.room,
    plugin: 'virtual',
    kind: item.kind,
    manufacturer: 'Lintel',
    model: item.model ?? 'Virtual',
    firmware: '1.0.0',
    address: null,
    online: item.offline !== true,
    stale: item.stale === true,
    lastSeen: item.offline === true ? null : at,
    settings: {},
    endpoints: [{ id: '1', name: null, kind: null, room: null, capabilities }],
    properties,
  };
}

export const furnishedDevices = (at: string): Device[] => FURNISHINGS.map((each) => build(each, at));

/** A lamp as pairing finds it. */
export const foundLamp = (at: string): Device =>
  build(
    {
      id: 'lamp-found',
      name: 'LED bulb',
      room: null,
      kind: 'light',
      has: [ONOFF, 'level'],
      values: { 'onOff.on': true, 'level.level': 1 },
    },
    at,
  );

export const RULES: readonly Rule[] = [
  {
    id: 'hall-night-light',
    name: 'Hall night light',
    enabled: true,
    mode: 'restart',
    triggers: [
      { kind: 'property', id: 'motion', device: 'virtual:hall-motion', property: 'occupancy.occupied', becomes: true },
    ],
    conditions: [{ kind: 'sun', after: 'sunset', before: 'sunrise' }],
    actions: [
      { kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': true, 'level.level': 0.3 } },
      {
        kind: 'wait',
        until: {
          kind: 'property',
          device: 'virtual:hall-motion',
          property: 'occupancy.occupied',
          is: false,
          for: '5m',
        },
      },
      { kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': false } },
    ],
    version: 1,
  },
  {
    id: 'morning',
    name: 'Slow morning',
    enabled: false,
    triggers: [{ kind: 'time', at: '06:45', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }],
    conditions: [
      {
        kind: 'or',
        conditions: [
          { kind: 'mode', is: 'home' },
          { kind: 'presence', person: 'anyone', is: 'home' },
        ],
      },
    ],
    actions: [
      {
        kind: 'set',
        target: { device: 'virtual:bed-lamp' },
        values: { 'onOff.on': true, 'level.level': 0.2 },
        transition: '10m',
      },
      {
        kind: 'choose',
        choices: [{ if: { kind: 'mode', is: 'night' }, then: [{ kind: 'stop' }] }],
        else: [{ kind: 'delay', for: '15m' }],
      },
    ],
    version: 3,
  },
];

const permissions = { network: false, hosts: [], serial: false, addons: false };
const sandbox = { strength: 'partial', layers: ['process', 'permission'], open: ['network', 'signals'] } as const;
const health = {
  state: 'running',
  message: null,
  since: null,
  restarts: 0,
  lastError: null,
  memory: 18_400_000,
  cpu: 0.01,
};

export const PLUGINS: readonly PluginView[] = [
  {
    id: 'virtual',
    name: 'Virtual home',
    version: '0.1.0',
    enabled: true,
    status: 'running',
    sandbox,
    permissions,
    settingsSchema: {
      type: 'object',
      properties: {
        lamps: {
          type: 'integer',
          title: 'Lamps',
          description: 'How many lamps of a plain kind.',
          minimum: 0,
          maximum: 500,
          default: 0,
        },
        updatesPerSecond: { type: 'number', title: 'Updates per second', minimum: 0, maximum: 1000 },
        chatty: { type: 'boolean', title: 'Chatty', default: false },
        secret: { type: 'string', title: 'Secret', writeOnly: true },
        devices: {
          type: 'array',
          title: 'Devices',
          items: {
            type: 'object',
            title: 'Device',
            required: ['id', 'kind', 'name'],
            properties: {
              id: { type: 'string', title: 'Id', minLength: 1, maxLength: 96 },
              kind: { type: 'string', title: 'Kind', enum: ['light', 'motion', 'plug'] },
              name: { type: 'string', title: 'Name' },
            },
          },
        },
      },
    },
    settings: {
      lamps: 2,
      updatesPerSecond: 0,
      chatty: false,
      secret: '•••',
      devices: [{ id: 'extra', kind: 'light', name: 'Extra' }],
    },
    health,
  },
  {
    id: 'zigbee',
    name: 'Zigbee',
    version: '0.1.0',
    enabled: false,
    status: 'disabled',
    sandbox: { strength: 'none', layers: [], open: ['files', 'network'] },
    permissions: { ...permissions, serial: true, network: true },
    settingsSchema: {
      type: 'object',
      required: ['port'],
      properties: {
        port: {
          type: 'string',
          title: 'Port',
          description: 'Such as /dev/serial/by-id/… or tcp://host:port',
          minLength: 1,
        },
        adapter: { type: 'string', title: 'Adapter', enum: ['auto', 'zstack', 'ember', 'deconz'], default: 'auto' },
        channel: { type: 'integer', title: 'Channel', minimum: 11, maximum: 26, default: 11 },
      },
    },
    settings: {},
    health: { ...health, state: 'disabled', memory: null, cpu: null },
  },
];
