// What the services of each domain do here, on devices that are already found.

import type { Action, Computed, KnownValue, Value } from '@lintel/model';
import { Lost } from './notes.ts';
import { turnLightOn } from './light.ts';
import { isTemplate, numberOf, show, textOf } from './reading.ts';
import { stateValue } from './states.ts';
import { set, type Service, type Told } from './told.ts';
import { anyValue, numberValue } from './values.ts';

const command =
  (name: string, args?: (told: Told) => Readonly<Record<string, Computed<unknown>>>): Service =>
  (told) => {
    const given = args?.(told) ?? {};
    const { target } = told;
    return [{ kind: 'command', target, command: name, ...(Object.keys(given).length > 0 && { args: given }) }];
  };

/** On or off, of whatever boolean the entity is. */
const turn =
  (on: boolean, property = 'onOff.on'): Service =>
  (told) => {
    const own = told.property?.split('@')[0];
    const isOwn = own !== undefined && own !== property && stateValue(own, 'on', 1)?.value === true;
    return set(told, { [isOwn ? own : property]: on });
  };

const TOGGLE = command('onOff.toggle');
const SWITCH = { turn_on: turn(true), turn_off: turn(false), toggle: TOGGLE };

/** One number of the data becomes one property. */
const number =
  (field: string, property: string, scale = 1): Service =>
  (told) =>
    set(told, { [property]: numberValue(told.call.data.need(field), told.call.scope, scale) });

/** One word of the data becomes one property, in our words. */
const word =
  (field: string, property: string): Service =>
  (told) =>
    set(told, { [property]: wordValue(told, field, property) });

function wordValue({ call }: Told, field: string, property: string): Computed<KnownValue> {
  const source = call.data.need(field);
  if (isTemplate(source)) return anyValue(source, call.scope);
  const found = stateValue(property, textOf(source), 1);
  if (found === null) throw new Lost(source.line, `${show(textOf(source))} is no value of ${property}`);
  return found.value;
}

/** Open and closed in turn. */
function toggleCover({ target }: Told): Action[] {
  if (!('device' in target)) throw new Lost(0, 'several covers are not opened and closed in turn');
  const is = { kind: 'property', device: target.device, property: 'cover.state', is: 'closed' } as const;
  const tell = (name: string): Action[] => [{ kind: 'command', target, command: name }];
  return [{ kind: 'if', if: is, then: tell('cover.open'), else: tell('cover.close') }];
}

const TEMPERATURES: Readonly<Record<string, string>> = {
  temperature: 'thermostat.heatingSetpoint',
  target_temp_low: 'thermostat.heatingSetpoint',
  target_temp_high: 'thermostat.coolingSetpoint',
};

function setTemperature(told: Told): Action[] {
  const { data, scope, line } = told.call;
  const values: Record<string, Computed<Value>> = {};
  if (data.has('hvac_mode')) values['thermostat.mode'] = wordValue(told, 'hvac_mode', 'thermostat.mode');
  for (const [field, property] of Object.entries(TEMPERATURES)) {
    const source = data.take(field);
    if (source !== undefined) values[property] = numberValue(source, scope);
  }
  if (Object.keys(values).length === 0) throw new Lost(line, 'expected a temperature');
  return set(told, values);
}

const code = ({ call }: Told): Readonly<Record<string, Computed<unknown>>> => {
  const given = call.data.text('code');
  return given === undefined ? {} : { code: given };
};
const arm = (mode: string): Service => command('alarm.arm', (told) => ({ mode, ...code(told) }));

/** A value of whatever the entity was mapped to. */
function setOwn(told: Told, field: string): Action[] {
  const { property, call } = told;
  const source = call.data.need(field);
  if (property === null) throw new Lost(call.line, 'which property is set? Say it with the device: {device, property}');
  const [own = ''] = property.split('@');
  if (isTemplate(source)) return set(told, { [own]: anyValue(source, call.scope) });
  const found = stateValue(own, textOf(source), 1);
  if (found === null) throw new Lost(source.line, `${show(textOf(source))} is no value of ${own}`);
  return set(told, { [own]: found.value });
}

const LOCK = {
  lock: command('lock.lock', code),
  unlock: command('lock.unlock', code),
  open: command('lock.unlatch', code),
};

export const SERVICES: Readonly<Record<string, Readonly<Record<string, Service>>>> = {
  light: { turn_on: turnLightOn, turn_off: turn(false), toggle: TOGGLE },
  switch: SWITCH,
  input_boolean: SWITCH,
  group: SWITCH,
  humidifier: {
    ...SWITCH,
    set_humidity: number('humidity', 'humidifier.target'),
    set_mode: word('mode', 'humidifier.mode'),
  },
  fan: {
    ...SWITCH,
    turn_on: (told) => {
      const speed = told.call.data.take('percentage');
      const mode = told.call.data.has('preset_mode') ? { 'fan.mode': wordValue(told, 'preset_mode', 'fan.mode') } : {};
      if (speed === undefined && Object.keys(mode).length === 0) return turn(true)(told);
      return set(told, {
        ...(speed !== undefined && { 'fan.speed': numberValue(speed, told.call.scope, 100) }),
        ...mode,
      });
    },
    set_percentage: number('percentage', 'fan.speed', 100),
    set_preset_mode: word('preset_mode', 'fan.mode'),
    set_direction: word('direction', 'fan.direction'),
  },
  lock: LOCK,
  cover: {
    open_cover: command('cover.open'),
    close_cover: command('cover.close'),
    stop_cover: command('cover.stop'),
    toggle: toggleCover,
    set_cover_position: number('position', 'cover.position', 100),
    set_cover_tilt_position: number('tilt_position', 'cover.tilt', 100),
    open_cover_tilt: (told) => set(told, { 'cover.tilt': 1 }),
    close_cover_tilt: (told) => set(told, { 'cover.tilt': 0 }),
  },
  valve: {
    open_valve: (told) => set(told, { 'valve.open': true }),
    close_valve: (told) => set(told, { 'valve.open': false }),
  },
  siren: { turn_on: turn(true, 'siren.on'), turn_off: turn(false, 'siren.on') },
  climate: {
    set_temperature: setTemperature,
    set_hvac_mode: word('hvac_mode', 'thermostat.mode'),
    set_preset_mode: word('preset_mode', 'thermostat.preset'),
    turn_off: (told) => set(told, { 'thermostat.mode': 'off' }),
    turn_on: (told) => set(told, { 'thermostat.mode': 'heat' }),
  },
  media_player: {
    ...SWITCH,
    media_play: command('media.play'),
    media_pause: command('media.pause'),
    media_next_track: command('media.next'),
    media_previous_track: command('media.previous'),
    media_seek: command('media.seek', ({ call }) => ({
      position: numberOf(call.data.need('seek_position'), 'a position'),
    })),
    volume_set: number('volume_level', 'media.volume'),
    volume_mute: (told) => set(told, { 'media.muted': textOf(told.call.data.need('is_volume_muted')) === 'true' }),
    select_source: word('source', 'media.source'),
  },
  vacuum: {
    start: command('vacuum.start'),
    pause: command('vacuum.pause'),
    stop: command('vacuum.pause'),
    return_to_base: command('vacuum.dock'),
    locate: command('vacuum.locate'),
    set_fan_speed: word('fan_speed', 'vacuum.mode'),
  },
  alarm_control_panel: {
    alarm_arm_away: arm('away'),
    alarm_arm_home: arm('home'),
    alarm_arm_night: arm('night'),
    alarm_disarm: command('alarm.disarm', code),
    alarm_trigger: command('alarm.trigger'),
  },
  number: { set_value: (told) => setOwn(told, 'value') },
  input_number: { set_value: (told) => setOwn(told, 'value') },
  select: { select_option: (told) => setOwn(told, 'option') },
  input_select: { select_option: (told) => setOwn(told, 'option') },
  input_text: { set_value: (told) => setOwn(told, 'value') },
  update: { install: command('update.install') },
};
