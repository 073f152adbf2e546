// The capability table: what a device can be asked and can tell, in SI units, whatever radio it speaks.
// Names and meanings follow Matter's application clusters where Matter has them.

import type { CapabilityDescription, PropertyDescription } from './devices.ts';

interface PropertySpec {
  readonly type: 'boolean' | 'number' | 'string';
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly settable?: true;
}

interface CapabilitySpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly commands?: readonly string[];
  readonly events?: readonly string[];
}

const flag = (settable?: true): PropertySpec => ({ type: 'boolean', ...(settable && { settable }) });
const text = (settable?: true): PropertySpec => ({ type: 'string', ...(settable && { settable }) });
const choice = (values: readonly string[], settable?: true): PropertySpec => ({
  type: 'string',
  values,
  ...(settable && { settable }),
});
const number = (unit: string, min?: number, max?: number, settable?: true): PropertySpec => ({
  type: 'number',
  unit,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  ...(settable && { settable }),
});
/** A share from 0 to 1. */
const share = (settable?: true): PropertySpec => number('', 0, 1, settable);
const measured = (property: string, spec: PropertySpec): CapabilitySpec => ({ properties: { [property]: spec } });

const MICROGRAMS = 'µg/m³';
const IDENTIFY: CapabilitySpec = { properties: {}, commands: ['identify'] };

export const CAPABILITIES = {
  onOff: {
    properties: { on: flag(true), powerOn: choice(['on', 'off', 'previous'], true) },
    commands: ['toggle'],
  },
  level: { properties: { level: share(true) }, commands: ['step', 'move', 'stop'] },
  color: {
    properties: {
      mode: choice(['xy', 'hs', 'temperature'], true),
      x: share(true),
      y: share(true),
      hue: number('°', 0, 360, true),
      saturation: share(true),
      temperature: number('K', 1000, 20_000, true),
    },
    commands: ['step', 'move', 'stop'],
  },
  effect: { properties: { effect: text(true) }, commands: ['flash'] },
  contact: measured('open', flag()),
  occupancy: measured('occupied', flag()),
  waterLeak: measured('leaking', flag()),
  smoke: measured('alarm', flag()),
  carbonMonoxide: measured('alarm', flag()),
  vibration: measured('detected', flag()),
  tamper: measured('tampered', flag()),
  temperature: measured('temperature', number('°C', -273.15)),
  humidity: measured('humidity', number('%', 0, 100)),
  pressure: measured('pressure', number('hPa', 0)),
  illuminance: measured('illuminance', number('lx', 0)),
  co2: measured('co2', number('ppm', 0)),
  pm1: measured('pm1', number(MICROGRAMS, 0)),
  pm25: measured('pm25', number(MICROGRAMS, 0)),
  pm10: measured('pm10', number(MICROGRAMS, 0)),
  voc: measured('voc', number(MICROGRAMS, 0)),
  formaldehyde: measured('formaldehyde', number(MICROGRAMS, 0)),
  airQuality: measured('airQuality', number('', 0)),
  soilMoisture: measured('soilMoisture', number('%', 0, 100)),
  distance: measured('distance', number('m', 0)),
  windSpeed: measured('windSpeed', number('m/s', 0)),
  rain: measured('rain', number('mm', 0)),
  filter: measured('life', share()),
  humidifier: { properties: { target: number('%', 0, 100, true), mode: text(true) } },
  camera: { properties: {}, events: ['person', 'vehicle', 'package', 'doorbell'] },
  power: {
    properties: {
      power: number('W'),
      voltage: number('V', 0),
      current: number('A'),
      frequency: number('Hz', 0),
      factor: number('', -1, 1),
    },
  },
  energy: { properties: { imported: number('kWh', 0), exported: number('kWh', 0) }, commands: ['reset'] },
  volume: { properties: { consumed: number('m³', 0) }, commands: ['reset'] },
  storage: { properties: { charge: share(), state: choice(['charging', 'discharging', 'idle']) } },
  evse: {
    properties: { state: choice(['unplugged', 'plugged', 'charging', 'error']), limit: number('A', 0, 1000, true) },
  },
  battery: { properties: { level: share(), low: flag(), voltage: number('V', 0), type: text() } },
  thermostat: {
    properties: {
      mode: choice(['off', 'heat', 'cool', 'auto', 'dry', 'fan'], true),
      heatingSetpoint: number('°C', 0, 100, true),
      coolingSetpoint: number('°C', 0, 100, true),
      running: choice(['idle', 'heating', 'cooling']),
      preset: text(true),
      valve: share(),
      windowOpen: flag(),
      calibration: number('K', -20, 20, true),
      holdUntil: text(true),
      childLock: flag(true),
      schedule: text(true),
    },
  },
  fan: { properties: { speed: share(true), mode: text(true), direction: text(true) } },
  lock: {
    properties: { state: choice(['locked', 'unlocked', 'unlatched', 'jammed', 'unknown']) },
    commands: ['lock', 'unlock', 'unlatch', 'setCode', 'clearCode', 'setUser'],
    events: ['lock.operated'],
  },
  cover: {
    properties: {
      position: share(true),
      tilt: share(true),
      moving: choice(['opening', 'closing', 'stopped']),
      target: share(),
      state: choice(['open', 'closed', 'between']),
      obstructed: flag(),
    },
    commands: ['open', 'close', 'stop', 'calibrate'],
  },
  valve: { properties: { open: flag(true), flow: number('L/min', 0) } },
  alarm: {
    properties: {
      state: choice(['disarmed', 'arming', 'armedHome', 'armedAway', 'armedNight', 'pending', 'triggered']),
      until: text(),
    },
    commands: ['arm', 'disarm', 'trigger'],
    events: ['alarm.requested'],
  },
  siren: { properties: { on: flag(true), volume: share(true), duration: number('s', 0) } },
  media: {
    properties: {
      playback: choice(['playing', 'paused', 'stopped', 'idle']),
      volume: share(true),
      muted: flag(true),
      source: text(true),
      title: text(),
      artist: text(),
      position: number('s', 0),
      duration: number('s', 0),
    },
    commands: ['play', 'pause', 'next', 'previous', 'seek'],
  },
  appliance: {
    properties: {
      state: choice(['stopped', 'running', 'paused', 'delayed', 'error', 'finished']),
      program: text(true),
      phase: text(),
      finishesAt: text(),
      error: text(),
    },
    commands: ['start', 'pause', 'resume', 'stop'],
  },
  vacuum: {
    properties: {
      state: choice(['docked', 'cleaning', 'returning', 'paused', 'error']),
      mode: text(true),
      areas: text(),
      currentArea: text(),
    },
    commands: ['start', 'pause', 'dock', 'locate'],
  },
  button: { properties: {}, events: ['button.pressed'] },
  update: {
    properties: {
      installed: text(),
      available: text(),
      state: choice(['idle', 'available', 'downloading', 'installing', 'failed']),
      progress: share(),
    },
    commands: ['check', 'install'],
  },
  link: { properties: { quality: share(), rssi: number('dBm') } },
  identify: IDENTIFY,
} as const satisfies Readonly<Record<string, CapabilitySpec>>;

/**
 * A row of the capability table.
 * @example const name: CapabilityName = 'thermostat';
 */
export type CapabilityName = keyof typeof CAPABILITIES;

/** The actions a button can report. */
export const BUTTON_ACTIONS = [
  'single',
  'double',
  'triple',
  'quadruple',
  'many',
  'hold',
  'release',
  'press',
  'rotateLeft',
  'rotateRight',
  'shake',
  'tap',
  'slide',
] as const;

const table: Readonly<Record<string, CapabilitySpec>> = CAPABILITIES;

/** The table's entry for a capability such as `"level"`, or null when there is none. */
export function capabilitySpec(name: string): CapabilitySpec | null {
  return Object.hasOwn(table, name) ? table[name]! : null;
}

/** The table's description of one property such as `"level.level"`, or null when the table has none. */
export function describeProperty(key: string): PropertyDescription | null {
  const [capability = '', property = ''] = key.split('.');
  const properties = capabilitySpec(capability)?.properties;
  const spec = properties !== undefined && Object.hasOwn(properties, property) ? properties[property]! : null;
  if (spec === null) return null;
  return {
    name: property,
    type: spec.type,
    unit: spec.unit ?? null,
    min: spec.min ?? null,
    max: spec.max ?? null,
    values: spec.values ?? null,
    settable: spec.settable === true,
  };
}

/** A whole capability as the table has it; `only` keeps the properties a device really has. */
export function describeCapability(name: CapabilityName, only?: readonly string[]): CapabilityDescription {
  const spec: CapabilitySpec = CAPABILITIES[name];
  const properties = Object.keys(spec.properties).filter((each) => only === undefined || only.includes(each));
  return {
    name,
    properties: properties.map((each) => describeProperty(`${name}.${each}`)!),
    commands: spec.commands ?? [],
    ...(spec.events && {
      events: spec.events.map((event) => ({ event: event.includes('.') ? event : `${name}.${event}` })),
    }),
  };
}
