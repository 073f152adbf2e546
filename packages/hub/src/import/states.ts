// How Home Assistant's states and attributes are said here: which property, which value, on which scale.

import { describeProperty } from '@lintel/model';
import type { KnownValue } from '@lintel/model';

/** What an entity's state is by its domain, where the domain alone tells. */
export const DOMAIN_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  light: ['onOff.on'],
  switch: ['onOff.on'],
  input_boolean: ['onOff.on'],
  group: ['onOff.on'],
  fan: ['onOff.on', 'fan.speed'],
  humidifier: ['onOff.on', 'humidifier.mode'],
  lock: ['lock.state'],
  cover: ['cover.state', 'cover.position'],
  climate: ['thermostat.mode'],
  media_player: ['media.playback', 'onOff.on'],
  vacuum: ['vacuum.state'],
  alarm_control_panel: ['alarm.state'],
  siren: ['siren.on'],
  valve: ['valve.open'],
  update: ['update.state'],
  number: ['level.level'],
};

/** What a sensor measures, by a word of its name. */
export const SENSOR_WORDS: readonly (readonly [RegExp, string])[] = [
  [/motion|occupan|presence|pir/, 'occupancy.occupied'],
  [/door|window|contact|opening|gate|garage/, 'contact.open'],
  [/leak|water|moisture|flood/, 'waterLeak.leaking'],
  [/smoke/, 'smoke.alarm'],
  [/carbon_?monoxide|(^|_)co(_|$)/, 'carbonMonoxide.alarm'],
  [/vibration/, 'vibration.detected'],
  [/tamper/, 'tamper.tampered'],
  [/battery_low|low_battery/, 'battery.low'],
  [/soil/, 'soilMoisture.soilMoisture'],
  [/humid/, 'humidity.humidity'],
  [/temp/, 'temperature.temperature'],
  [/illumin|lux|brightness|light_level/, 'illuminance.illuminance'],
  [/pressure/, 'pressure.pressure'],
  [/co2|carbon_dioxide/, 'co2.co2'],
  [/pm_?2_?5|pm25/, 'pm25.pm25'],
  [/pm_?10/, 'pm10.pm10'],
  [/voc/, 'voc.voc'],
  [/battery/, 'battery.level'],
  [/energy/, 'energy.imported'],
  [/voltage/, 'power.voltage'],
  [/current/, 'power.current'],
  [/power|watt/, 'power.power'],
  [/wind/, 'windSpeed.windSpeed'],
  [/rain|precip/, 'rain.rain'],
  [/distance/, 'distance.distance'],
];

/** Attribute → property, and how many of its units make one of ours. */
export const ATTRIBUTES: Readonly<Record<string, readonly [string, number]>> = {
  brightness: ['level.level', 255],
  color_temp_kelvin: ['color.temperature', 1],
  effect: ['effect.effect', 1],
  current_position: ['cover.position', 100],
  current_tilt_position: ['cover.tilt', 100],
  percentage: ['fan.speed', 100],
  direction: ['fan.direction', 1],
  volume_level: ['media.volume', 1],
  is_volume_muted: ['media.muted', 1],
  source: ['media.source', 1],
  media_title: ['media.title', 1],
  media_artist: ['media.artist', 1],
  temperature: ['thermostat.heatingSetpoint', 1],
  target_temp_low: ['thermostat.heatingSetpoint', 1],
  target_temp_high: ['thermostat.coolingSetpoint', 1],
  current_temperature: ['temperature.temperature', 1],
  current_humidity: ['humidity.humidity', 1],
  humidity: ['humidifier.target', 1],
  hvac_action: ['thermostat.running', 1],
  preset_mode: ['thermostat.preset', 1],
  fan_speed: ['vacuum.mode', 1],
  battery_level: ['battery.level', 100],
  battery: ['battery.level', 100],
};

/** How many of its units make one of ours, where the state itself is on another scale. */
export const scaleOfState = (property: string): number =>
  ['battery.level', 'cover.position', 'cover.tilt'].includes(property.split('@')[0]!) ? 100 : 1;

const TRUE = new Set(['on', 'true', 'yes', '1', 'open', 'opened', 'detected', 'wet', 'home']);
const FALSE = new Set(['off', 'false', 'no', '0', 'closed', 'clear', 'dry', 'not_home']);

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lock.state': { open: 'unlatched', opened: 'unlatched' },
  'cover.state': { opened: 'open' },
  'alarm.state': { armed_home: 'armedHome', armed_away: 'armedAway', armed_night: 'armedNight' },
  'thermostat.mode': { heat_cool: 'auto', fan_only: 'fan' },
  'thermostat.running': { off: 'idle' },
  'media.playback': { off: 'stopped', standby: 'idle' },
};

/** States that are a property of their own here. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, readonly [string, KnownValue]>>>> = {
  'cover.state': { opening: ['cover.moving', 'opening'], closing: ['cover.moving', 'closing'] },
  'media.playback': { on: ['onOff.on', true] },
};

/** A state as property and value; null where there is no such state. */
export function stateValue(
  property: string,
  state: string,
  scale: number,
): { property: string; value: KnownValue } | null {
  const [name = '', endpoint] = property.split('@');
  const elsewhere = ELSEWHERE[name]?.[state];
  if (elsewhere !== undefined)
    return { property: endpoint === undefined ? elsewhere[0] : `${elsewhere[0]}@${endpoint}`, value: elsewhere[1] };
  const value = valueOf(name, state, scale);
  return value === null ? null : { property, value };
}

function valueOf(name: string, state: string, scale: number): KnownValue | null {
  const described = describeProperty(name);
  if (described?.type === 'boolean') return TRUE.has(state) ? true : FALSE.has(state) ? false : null;
  if (described?.type === 'number') return numberValue(state, scale);
  const value = WORDS[name]?.[state] ?? state;
  if (described?.values && !described.values.includes(value)) return null;
  return described === null ? looseValue(value) : value;
}

function numberValue(state: string, scale: number): number | null {
  const number = state.trim() === '' ? Number.NaN : Number(state);
  return Number.isFinite(number) ? toOurs(number, scale) : null;
}

/** What no table knows is taken as it looks. */
function looseValue(state: string): KnownValue {
  if (state === 'on' || state === 'true') return true;
  if (state === 'off' || state === 'false') return false;
  return state.trim() !== '' && Number.isFinite(Number(state)) ? Number(state) : state;
}

/** One of its numbers on our scale. */
export const toOurs = (number: number, scale: number): number => number / scale;
