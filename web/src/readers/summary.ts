// One line that says what a device or a room is doing.

import type { Device, Value } from '@lintel/model';
import { t } from '../strings/index.ts';
import { describe, has, isLight, isOn, property } from './devices.ts';
import { clockTime, formatValue, percent, temperature, type Units } from './format.ts';
import type { Shown } from './color.ts';

/** Readings a tile may show, the most telling first. */
const READINGS = [
  'occupancy.occupied',
  'contact.open',
  'waterLeak.leaking',
  'smoke.alarm',
  'carbonMonoxide.alarm',
  'siren.on',
  'valve.open',
  'temperature.temperature',
  'humidity.humidity',
  'co2.co2',
  'pm25.pm25',
  'illuminance.illuminance',
  'pressure.pressure',
  'soilMoisture.soilMoisture',
  'vibration.detected',
  'power.power',
  'energy.imported',
  'volume.consumed',
  'storage.charge',
  'evse.state',
  'windSpeed.windSpeed',
  'rain.rain',
];

const READINGS_SHOWN = 2;

const asNumber = (value: Value): number | null => (typeof value === 'number' ? value : null);

/** What the tile says under the name: "On · 60%", "21.4 °C · 48%", "Locked". */
export function stateText(device: Device, shown: Shown, units: Units): string {
  const parts = stateParts(device, shown, units).filter((part) => part !== '');
  if (parts.length > 0) return parts.join(' · ');
  const reads = READINGS.some((key) => describe(device, key) !== undefined) || has(device, 'onOff');
  return reads ? t.noReading : t.kindName(device.kind);
}

function stateParts(device: Device, shown: Shown, units: Units): string[] {
  if (has(device, 'lock')) return [t.valueName('lock.state', shown('lock.state') ?? 'unknown')];
  if (has(device, 'thermostat')) return thermostatParts(shown, units);
  if (has(device, 'cover')) return coverParts(shown);
  if (has(device, 'media'))
    return [t.valueName('media.playback', shown('media.playback') ?? 'idle'), text(shown('media.title'))];
  if (has(device, 'appliance')) return applianceParts(shown);
  for (const key of ['vacuum.state', 'alarm.state']) {
    const value = shown(key);
    if (typeof value === 'string') return [t.valueName(key, value)];
  }
  if (has(device, 'onOff')) return switchParts(device, shown, units);
  return readingParts(device, shown, units);
}

const text = (value: Value): string => (typeof value === 'string' ? value : '');

/** A clock time and not what is left: a tile is drawn when something changes, not each minute. */
function applianceParts(shown: Shown): string[] {
  const [state, at] = [shown('appliance.state'), shown('appliance.finishesAt')];
  const ends = state === 'running' && typeof at === 'string' && !Number.isNaN(Date.parse(at));
  return [state === null ? '' : t.valueName('appliance.state', state), ends ? t.until(clockTime(at)) : ''];
}

function switchParts(device: Device, shown: Shown, units: Units): string[] {
  const on = shown('onOff.on');
  if (on === null) return [];
  if (on !== true) return [t.off];
  const level = asNumber(shown('level.level'));
  const power = asNumber(shown('power.power'));
  return [
    t.on,
    level === null ? '' : percent(level),
    power === null ? '' : formatValue('power.power', power, 'W', units),
  ];
}

function thermostatParts(shown: Shown, units: Units): string[] {
  const measured = asNumber(shown('temperature.temperature'));
  const target = asNumber(shown('thermostat.heatingSetpoint'));
  return [
    measured === null ? '' : temperature(measured, units),
    target === null ? '' : t.setTo(temperature(target, units)),
  ];
}

function coverParts(shown: Shown): string[] {
  const moving = shown('cover.moving');
  if (moving === 'opening' || moving === 'closing') return [t.valueName('cover.moving', moving)];
  const position = asNumber(shown('cover.position'));
  if (position === null) return [t.valueName('cover.state', shown('cover.state') ?? 'unknown')];
  if (position <= 0) return [t.closed];
  return position >= 1 ? [t.open] : [t.openBy(percent(position))];
}

function readingParts(device: Device, shown: Shown, units: Units): string[] {
  const known = READINGS.filter((key) => shown(key) !== null && describe(device, key) !== undefined);
  return known
    .slice(0, READINGS_SHOWN)
    .map((key) => formatValue(key, shown(key), describe(device, key)?.unit ?? null, units));
}

/** What wants attention: an open door, a leak, an alarm, motion. */
export function isAlert(device: Device): boolean {
  return ['waterLeak.leaking', 'smoke.alarm', 'carbonMonoxide.alarm'].some((key) => property(device, key) === true);
}

/** True where a sensor's tile is drawn as active: motion, an open door. */
export function isActive(device: Device): boolean {
  return isOn(device) || property(device, 'occupancy.occupied') === true || property(device, 'contact.open') === true;
}

/** "2 lights on · 21.4 °C", for the head of a room. */
export function roomText(devices: readonly Device[], units: Units): string {
  const on = devices.filter((each) => isLight(each) && isOn(each)).length;
  const warm = average(devices, 'temperature.temperature');
  const parts = [
    on > 0 ? t.lightsOn(on) : '',
    warm === null ? '' : temperature(warm, units),
    devices.some((each) => property(each, 'occupancy.occupied') === true)
      ? t.valueName('occupancy.occupied', true)
      : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function average(devices: readonly Device[], key: string): number | null {
  const values = devices.map((each) => asNumber(property(each, key))).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
