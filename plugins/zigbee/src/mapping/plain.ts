// Sensors and meters: each thing the converters name, as the property it is.

import { flag, generic, property, scaled } from './property.ts';
import { isSettable, type Expose, type Part, type PropertyMapping } from './types.ts';

type Mapper = (expose: Expose) => PropertyMapping | undefined;

/** Multipliers to the table's unit; a unit that is not listed is a different quantity. */
const bySi =
  (key: Parameters<typeof scaled>[0], units: Readonly<Record<string, number>>, otherwise?: number): Mapper =>
  (expose) => {
    const scale = units[expose.unit ?? ''] ?? otherwise;
    return scale === undefined ? undefined : scaled(key, expose, scale);
  };

const is =
  (key: Parameters<typeof flag>[0], inverted = false): Mapper =>
  (expose) =>
    expose.type === 'binary' ? flag(key, expose, inverted) : undefined;

const VOLTS = { V: 1, mV: 0.001 };
const MICROGRAMS = { 'µg/m³': 1, 'ug/m³': 1, 'μg/m³': 1, 'mg/m³': 1000 };

/** A voltage in millivolts is a battery's. */
const voltage: Mapper = (expose) =>
  expose.unit === 'mV' ? scaled('battery.voltage', expose, 0.001) : bySi('power.voltage', VOLTS)(expose);

const MAPPERS: Readonly<Record<string, Mapper>> = {
  temperature: bySi('temperature.temperature', { '°C': 1 }, 1),
  humidity: bySi('humidity.humidity', { '%': 1 }, 1),
  soil_moisture: bySi('soilMoisture.soilMoisture', { '%': 1 }),
  pressure: bySi('pressure.pressure', { hPa: 1, kPa: 10, mbar: 1, Pa: 0.01 }),
  illuminance: bySi('illuminance.illuminance', { lx: 1 }),
  illuminance_lux: bySi('illuminance.illuminance', { lx: 1 }),
  co2: bySi('co2.co2', { ppm: 1 }),
  pm1: bySi('pm1.pm1', MICROGRAMS),
  pm25: bySi('pm25.pm25', MICROGRAMS),
  pm10: bySi('pm10.pm10', MICROGRAMS),
  voc: bySi('voc.voc', MICROGRAMS),
  formaldehyd: bySi('formaldehyde.formaldehyde', MICROGRAMS),
  formaldehyde: bySi('formaldehyde.formaldehyde', MICROGRAMS),
  hcho: bySi('formaldehyde.formaldehyde', MICROGRAMS),
  aqi: bySi('airQuality.airQuality', {}, 1),
  air_quality_index: bySi('airQuality.airQuality', {}, 1),
  target_distance: bySi('distance.distance', { m: 1, cm: 0.01 }),
  distance: bySi('distance.distance', { m: 1, cm: 0.01 }),
  wind_speed: bySi('windSpeed.windSpeed', { 'm/s': 1, 'km/h': 1 / 3.6 }),
  occupancy: is('occupancy.occupied'),
  presence: is('occupancy.occupied'),
  contact: is('contact.open', true),
  water_leak: is('waterLeak.leaking'),
  smoke: is('smoke.alarm'),
  carbon_monoxide: is('carbonMonoxide.alarm'),
  vibration: is('vibration.detected'),
  tamper: is('tamper.tampered'),
  battery: bySi('battery.level', { '%': 0.01 }),
  battery_low: is('battery.low'),
  battery_voltage: bySi('battery.voltage', VOLTS),
  voltage,
  power: bySi('power.power', { W: 1, kW: 1000 }),
  current: bySi('power.current', { A: 1, mA: 0.001 }),
  ac_frequency: bySi('power.frequency', { Hz: 1 }),
  power_factor: bySi('power.factor', {}, 1),
  energy: bySi('energy.imported', { kWh: 1, Wh: 0.001 }),
  produced_energy: bySi('energy.exported', { kWh: 1, Wh: 0.001 }),
  water_consumed: bySi('volume.consumed', { 'm³': 1, L: 0.001, l: 0.001 }),
  local_temperature: bySi('temperature.temperature', { '°C': 1 }, 1),
  fan_mode: (expose) => property('fan.mode', expose, { write: (message, value) => void (message['fan_mode'] = value) }),
  // A siren's own switch.
  alarm: (expose) => (expose.type === 'binary' && isSettable(expose) ? flag('siren.on', expose) : undefined),
  keypad_lockout: (expose) => (expose.type === 'enum' ? childLock(expose) : undefined),
};

/** A keypad's lock is a child lock in two words. */
function childLock(expose: Expose): PropertyMapping | undefined {
  const [off, on] = (expose.values ?? []).map(String);
  if (off !== 'unlock' || on === undefined) return undefined;
  return property('thermostat.childLock', expose, {
    read: (value) => value !== off,
    write: (message, value) => void (message[expose.name!] = value === true ? on : off),
  });
}

/** The table's property where there is one, else `generic.<name>`; nothing for what is no plain value. */
export function mapPlain(expose: Expose): Part {
  const mapper = Object.hasOwn(MAPPERS, expose.name ?? '') ? MAPPERS[expose.name!] : undefined;
  const mapped = mapper?.(expose) ?? generic(expose);
  return { properties: mapped === undefined ? [] : [mapped] };
}

const LOCK_STATES = {
  locked: 'locked',
  unlocked: 'unlocked',
  not_fully_locked: 'jammed',
  jammed: 'jammed',
  LOCK: 'locked',
  UNLOCK: 'unlocked',
};

export function mapLock(expose: Expose): Part {
  const features = expose.features ?? [];
  const shown = features.find((each) => each.name === 'lock_state') ?? features.find((each) => each.name === 'state');
  if (shown === undefined) return { properties: [] };
  const state = property('lock.state', shown, {
    settable: false,
    read: (value) => (LOCK_STATES as Record<string, string>)[String(value)] ?? 'unknown',
  });
  const commands = { 'lock.lock': () => ({ state: 'LOCK' }), 'lock.unlock': () => ({ state: 'UNLOCK' }) };
  return { properties: [state], commands, kind: 'lock' };
}
