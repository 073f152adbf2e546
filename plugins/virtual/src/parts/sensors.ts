// What sensors measure: functions of the clock and the device's id, so that the same instant is always the same.

import type { Value, Values } from '@lintel/sdk';

import type { VirtualDevice } from '../device.ts';
import { chance, clamp, daily, round, wander } from '../random.ts';
import type { Part } from './part.ts';

const HOUR_MS = 3_600_000;
const MOTION_SLOT_MS = 240_000;

type Measure = (device: VirtualDevice) => Value;

const part = (properties: Readonly<Record<string, Measure>>): Part => ({
  measure: (device) => {
    const measured: Record<string, Value> = {};
    for (const [property, measure] of Object.entries(properties)) measured[property] = measure(device);
    return measured;
  },
});

/** A level that differs from device to device, a swing over the day, and slow wandering on top. */
const drift =
  (base: number, spread: number, swing: number, peak: number, noise: number, digits: number): Measure =>
  (device) => {
    const own = (chance(device.id, 7) - 0.5) * spread;
    const value = base + own + swing * daily(device.now, peak) + noise * wander(device.id, device.now, HOUR_MS);
    return round(value, digits);
  };

const atLeastZero =
  (measure: Measure): Measure =>
  (device) =>
    Math.max(0, measure(device) as number);

/** Someone passes by in some of the four-minute slots, more of them by day. */
function isOccupied(device: VirtualDevice): boolean {
  const slot = Math.floor(device.now / MOTION_SLOT_MS);
  const likely = 0.12 + 0.22 * Math.max(0, daily(device.now, 17));
  return chance(device.id, slot) < likely && device.now % MOTION_SLOT_MS < MOTION_SLOT_MS / 2;
}

const isOpen = (device: VirtualDevice): boolean => chance(device.id, Math.floor(device.now / HOUR_MS)) < 0.08;

function daylight(device: VirtualDevice): number {
  const sun = Math.max(0, daily(device.now, 12));
  return Math.round(3 + 8_000 * sun ** 2 * (0.6 + 0.4 * Math.abs(wander(device.id, device.now, HOUR_MS / 4))));
}

const indoorTemperature = drift(20.5, 2, 0.9, 16, 0.4, 1);
const outdoorTemperature = drift(9, 0, 5, 14, 1.5, 1);

/** A thermostat warms its own room; a weather station stands outside. */
function temperatureOf(device: VirtualDevice): number {
  if (device.has('windSpeed.windSpeed')) return outdoorTemperature(device) as number;
  if (!device.has('thermostat.heatingSetpoint')) return indoorTemperature(device) as number;
  const natural = indoorTemperature(device) as number;
  const wanted = device.number('thermostat.heatingSetpoint', 20);
  const isHeating = !device.is('thermostat.mode', 'off') && wanted > natural;
  return round(isHeating ? natural + (wanted - natural) * 0.9 : natural, 1);
}

const percent =
  (measure: Measure): Measure =>
  (device) =>
    clamp(measure(device) as number, 0, 100);

const batteryLevel: Measure = (device) => {
  const drained = (device.now / (400 * 24 * HOUR_MS) + chance(device.id, 3)) % 1;
  return round(1 - 0.8 * drained, 2);
};

export const SENSORS: Readonly<Record<string, Part>> = {
  occupancy: part({ 'occupancy.occupied': isOccupied }),
  contact: part({ 'contact.open': isOpen }),
  temperature: part({ 'temperature.temperature': temperatureOf }),
  humidity: part({ 'humidity.humidity': percent(drift(48, 14, -4, 16, 5, 0)) }),
  pressure: part({ 'pressure.pressure': drift(1013, 0, 1, 10, 12, 1) }),
  illuminance: part({ 'illuminance.illuminance': daylight }),
  co2: part({ 'co2.co2': drift(650, 200, 150, 20, 120, 0) }),
  pm25: part({ 'pm25.pm25': atLeastZero(drift(8, 6, 2, 19, 5, 1)) }),
  windSpeed: part({ 'windSpeed.windSpeed': atLeastZero(drift(3, 0, 1, 14, 3, 1)) }),
  rain: part({ 'rain.rain': atLeastZero(drift(-0.4, 0, 0, 0, 1.2, 1)) }),
  battery: part({ 'battery.level': batteryLevel }),
};

/** What differs from what the device last showed. */
export function changesOf(device: VirtualDevice): Values {
  const now = device.values;
  return Object.fromEntries(Object.entries(device.measure()).filter(([property, value]) => now[property] !== value));
}
