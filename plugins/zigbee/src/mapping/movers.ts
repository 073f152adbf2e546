// Covers, thermostats, fans and sirens.

import { choice, clamp, flag, isNumber, property, scaled, tidy } from './property.ts';
import type { CommandMapping, Expose, Part, PropertyMapping } from './types.ts';

const feature = (expose: Expose, ...names: string[]): Expose | undefined =>
  expose.features?.find((each) => names.includes(each.name ?? ''));

/** Places are 0–1 with 1 open, which is how the converters have it in percent. */
const share = (key: 'cover.position' | 'cover.tilt', expose: Expose): PropertyMapping =>
  property(key, expose, {
    read: (value) => (isNumber(value) ? tidy(clamp(value / 100, [0, 1])) : undefined),
    write: (message, value) => {
      message[expose.name!] = Math.round(Number(value) * 100);
    },
  });

export function mapCover(expose: Expose): Part {
  const [state, position, tilt] = [feature(expose, 'state'), feature(expose, 'position'), feature(expose, 'tilt')];
  const moving = feature(expose, 'moving');
  const properties: PropertyMapping[] = [];
  if (position !== undefined) properties.push(share('cover.position', position));
  if (tilt !== undefined) properties.push(share('cover.tilt', tilt));
  if (state !== undefined) properties.push(coverState(state, position !== undefined));
  if (moving !== undefined) {
    properties.push(choice('cover.moving', moving, { UP: 'opening', DOWN: 'closing', STOP: 'stopped' }));
  }
  const commands: Record<string, CommandMapping> = {
    'cover.open': () => ({ state: 'OPEN' }),
    'cover.close': () => ({ state: 'CLOSE' }),
    'cover.stop': () => ({ state: 'STOP' }),
  };
  return { properties, commands, kind: 'cover' };
}

/** The converters call everything that is not closed open; with a position it is known better. */
const coverState = (state: Expose, hasPosition: boolean): PropertyMapping =>
  property('cover.state', state, {
    settable: false,
    read: (value, payload) => {
      const position = payload['position'];
      if (hasPosition && isNumber(position)) return position >= 100 ? 'open' : position <= 0 ? 'closed' : 'between';
      return value === 'OPEN' ? 'open' : value === 'CLOSE' ? 'closed' : undefined;
    },
  });

const SYSTEM_MODES = {
  off: 'off',
  heat: 'heat',
  cool: 'cool',
  auto: 'auto',
  dry: 'dry',
  fan_only: 'fan',
  emergency_heating: 'heat',
};
const RUNNING = { idle: 'idle', heat: 'heating', cool: 'cooling', fan_only: 'idle' };

type Mapper = (expose: Expose) => PropertyMapping;

const CLIMATE: Readonly<Record<string, Mapper>> = {
  local_temperature: (expose) => scaled('temperature.temperature', expose),
  occupied_heating_setpoint: (expose) => scaled('thermostat.heatingSetpoint', expose),
  current_heating_setpoint: (expose) => scaled('thermostat.heatingSetpoint', expose),
  occupied_cooling_setpoint: (expose) => scaled('thermostat.coolingSetpoint', expose),
  system_mode: (expose) => choice('thermostat.mode', expose, SYSTEM_MODES),
  running_state: (expose) => choice('thermostat.running', expose, RUNNING),
  preset: (expose) =>
    property('thermostat.preset', expose, {
      values: (expose.values ?? []).map(String),
      write: (message, value) => void (message['preset'] = value),
    }),
  pi_heating_demand: (expose) => scaled('thermostat.valve', expose, 0.01),
  local_temperature_calibration: (expose) => scaled('thermostat.calibration', expose),
  child_lock: (expose) => flag('thermostat.childLock', expose),
  window_open: (expose) => flag('thermostat.windowOpen', expose),
  open_window: (expose) => flag('thermostat.windowOpen', expose),
  window_detection: (expose) => flag('thermostat.windowOpen', { ...expose, access: 1 }),
};

/** Exposes that belong to a thermostat although they stand beside it. */
export const isClimateExtra = (expose: Expose): boolean =>
  ['child_lock', 'window_open', 'open_window', 'local_temperature_calibration', 'pi_heating_demand', 'preset'].includes(
    expose.name ?? '',
  ) && expose.type !== 'text';

export function mapClimate(expose: Expose): Part {
  const properties = (expose.features ?? [expose]).flatMap((each) => {
    const mapper = Object.hasOwn(CLIMATE, each.name ?? '') ? CLIMATE[each.name!] : undefined;
    return mapper === undefined ? [] : [mapper(each)];
  });
  return { properties, kind: 'thermostat' };
}

export function mapFan(expose: Expose): Part {
  const [state, mode, speed] = [feature(expose, 'state'), feature(expose, 'mode'), feature(expose, 'speed')];
  const properties: PropertyMapping[] = [];
  if (state !== undefined) {
    properties.push(
      property('onOff.on', state, {
        read: (value) => (value === 'ON' ? true : value === 'OFF' ? false : undefined),
        write: (message, value) => void (message[state.name!] = value === true ? 'ON' : 'OFF'),
      }),
    );
  }
  if (mode !== undefined) {
    const key = mode.property ?? 'fan_mode';
    const values = (mode.values ?? []).map(String);
    properties.push(property('fan.mode', mode, { values, write: (message, value) => void (message[key] = value) }));
  }
  if (speed !== undefined) properties.push(scaled('fan.speed', speed, 1 / (speed.value_max ?? 254)));
  return { properties, kind: 'fan' };
}

/** Sounds until it is told to stop, or for the half hour that the protocol allows. */
const SIREN_SECONDS = 1800;

export function mapWarning(expose: Expose): Part {
  const on = property(
    'siren.on',
    { ...expose, access: 3 },
    {
      read: (value) => {
        const mode = (value as { mode?: unknown } | null)?.mode;
        return mode === undefined ? undefined : mode !== 'stop';
      },
      write: (message, value) => {
        const strobe = { strobe: value === true, strobe_duty_cycle: 5 };
        message['warning'] = {
          mode: value === true ? 'emergency' : 'stop',
          level: 'high',
          duration: SIREN_SECONDS,
          ...strobe,
        };
      },
    },
  );
  return { properties: [on], kind: 'siren' };
}
