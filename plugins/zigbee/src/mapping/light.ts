// Lamps and switches: on, level and color as one target.

import type { KnownValue, Value } from '@lintel/model';
import { hueSaturationOf, type HueSaturation } from '@lintel/sdk';

import { choice, clamp, isNumber, property, tidy } from './property.ts';
import type { CommandMapping, Expose, Message, Part, PropertyMapping } from './types.ts';

const BRIGHTNESS_MAX = 254;
const MIREDS_PER_KELVIN = 1e6;
const HUE = 'hue';

type Read = PropertyMapping['read'];
type Write = NonNullable<PropertyMapping['write']>;

const find = (expose: Expose, name: string): Expose | undefined => expose.features?.find((each) => each.name === name);

export function mapSwitch(expose: Expose): Part {
  const state = find(expose, 'state');
  if (state === undefined) return { properties: [] };
  return { properties: [onOff(state)], commands: { 'onOff.toggle': toggle }, kind: 'switch' };
}

/** A toggle is left to the device: it knows best what it is. */
const toggle: CommandMapping = () => ({ state: 'TOGGLE' });

const onOff = (state: Expose): PropertyMapping =>
  property('onOff.on', state, {
    read: (value) => (value === 'ON' ? true : value === 'OFF' ? false : undefined),
    write: (message, value) => {
      // With a level of its own the level says it: 0 is off.
      if (message['state'] === undefined) message['state'] = value === true ? 'ON' : 'OFF';
    },
  });

export function mapLight(expose: Expose): Part {
  const properties: PropertyMapping[] = [];
  const commands: Record<string, CommandMapping> = {};
  const [state, brightness] = [find(expose, 'state'), find(expose, 'brightness')];
  const temperature = find(expose, 'color_temp');
  const color = find(expose, 'color_xy') ?? find(expose, 'color_hs');
  if (state !== undefined) {
    properties.push(onOff(state));
    commands['onOff.toggle'] = toggle;
  }
  if (brightness !== undefined) {
    properties.push(level(brightness));
    Object.assign(commands, LEVEL_COMMANDS);
  }
  if (temperature !== undefined) properties.push(colorTemperature(temperature));
  if (color !== undefined) properties.push(...fullColor(color));
  if (temperature !== undefined || color !== undefined) {
    properties.push(colorMode(expose, color !== undefined, temperature !== undefined));
    Object.assign(commands, COLOR_COMMANDS);
  }
  return { properties, commands, kind: 'light' };
}

/** What the lamp has when it is on, so that nothing said while it goes out counts. */
const readLevel: Read = (value, payload, state) => {
  if (!isNumber(value) || value <= 0) return undefined;
  const isOff = (payload['state'] ?? state['state']) === 'OFF';
  return isOff && value <= 1
    ? undefined
    : Math.round((clamp(value, [0, BRIGHTNESS_MAX]) / BRIGHTNESS_MAX) * 1000) / 1000;
};

const writeLevel: Write = (message, value, all) => {
  if (value === 0 && all['onOff.on'] !== true) {
    message['state'] = 'OFF';
    return;
  }
  if (all['onOff.on'] === false) return;
  message['brightness'] = Math.max(1, Math.round(Number(value) * BRIGHTNESS_MAX));
};

const level = (brightness: Expose): PropertyMapping =>
  property('level.level', brightness, { read: readLevel, write: writeLevel });

/** A share as the converters' 0–254 a step or a second. */
const steps = (share: unknown): number => Math.round(clamp(Number(share ?? 0), [-1, 1]) * BRIGHTNESS_MAX);

const LEVEL_COMMANDS: Readonly<Record<string, CommandMapping>> = {
  'level.step': ({ by }) => ({ brightness_step_onoff: steps(by) }),
  'level.move': ({ rate }) => ({ brightness_move_onoff: steps(rate) }),
  'level.stop': () => ({ brightness_move: 0 }),
};

const COLOR_COMMANDS: Readonly<Record<string, CommandMapping>> = {
  'color.step': ({ by }, state) => ({ color_temp: stepOf(state, Number(by ?? 0)) }),
  'color.stop': () => ({ color_temp_move: 0 }),
};

/** A step in kelvin, as the mireds it ends at. */
function stepOf(state: Message, by: number): number {
  const now = isNumber(state['color_temp']) ? state['color_temp'] : 370;
  return Math.round(MIREDS_PER_KELVIN / Math.max(MIREDS_PER_KELVIN / now + by, 1000));
}

function colorTemperature(expose: Expose): PropertyMapping {
  const [low, high] = [expose.value_min ?? 153, expose.value_max ?? 500];
  const kelvin = (mireds: number): number => Math.round(MIREDS_PER_KELVIN / mireds);
  const limits = [kelvin(high), kelvin(low)] as const;
  return property('color.temperature', expose, {
    limits,
    read: (value) => (isNumber(value) && value > 0 ? clamp(kelvin(value), limits) : undefined),
    write: (message, value) => {
      message['color_temp'] = clamp(Math.round(MIREDS_PER_KELVIN / Number(value)), [low, high]);
    },
  });
}

const partOf =
  (name: string, scale: number): Read =>
  (value) => {
    const part = withHue(value as Record<string, unknown> | null)?.[name];
    return isNumber(part) ? tidy(part * scale) : undefined;
  };

/** The converters have saturation in percent. */
const percentOf = ({ hue, saturation }: HueSaturation): HueSaturation => ({ hue, saturation: saturation * 100 });

/** Many lamps say a point of color alone. */
function withHue(color: Record<string, unknown> | null): Record<string, unknown> | null {
  const { x, y, hue } = color ?? {};
  return hue === undefined && isNumber(x) && isNumber(y)
    ? { ...color, ...percentOf(hueSaturationOf({ x, y })) }
    : color;
}

/** Sets a pair; the half that is not given stays as the converters last heard it. */
const writePart =
  (name: string, scale: number, other: string, otherKey: string, otherScale: number): Write =>
  (message, value, all, state) => {
    const known = (state['color'] as Record<string, unknown> | undefined)?.[other];
    const given = all[otherKey];
    const rest = isNumber(given) ? given / otherScale : isNumber(known) ? known : DEFAULTS[other]!;
    message['color'] = { [name]: Number(value) / scale, [other]: rest };
  };

const DEFAULTS: Readonly<Record<string, number>> = { x: 0.3127, y: 0.329, hue: 0, saturation: 100 };

/** A lamp that takes points takes hues too: its converters compute one from the other. */
function fullColor(expose: Expose): PropertyMapping[] {
  const part = (
    key: 'x' | 'y' | 'hue' | 'saturation',
    scale: number,
    other: string,
    otherScale: number,
  ): PropertyMapping =>
    property(
      `color.${key}`,
      { ...expose, name: 'color' },
      {
        read: partOf(key, scale),
        write: writePart(key, scale, other, `color.${other}`, otherScale),
      },
    );
  return [
    part('x', 1, 'y', 1),
    part('y', 1, 'x', 1),
    part(HUE, 1, 'saturation', 0.01),
    part('saturation', 0.01, HUE, 1),
  ];
}

const MODES: Readonly<Record<string, string>> = { xy: 'xy', hs: 'hs', color_temp: 'temperature' };

function colorMode(expose: Expose, full: boolean, white: boolean): PropertyMapping {
  const values = [...(full ? ['xy', 'hs'] : []), ...(white ? ['temperature'] : [])];
  const source = expose.endpoint === undefined ? 'color_mode' : `color_mode_${expose.endpoint}`;
  const keep: Write = (message, value, _, state) => keepColor(message, value, state);
  return property(
    'color.mode',
    { ...expose, access: 3 },
    { source, values, read: (value) => known(MODES[String(value)], values), write: keep },
  );
}

const known = (mode: string | undefined, values: readonly string[]): Value | undefined =>
  mode !== undefined && values.includes(mode) ? mode : undefined;

/** Setting the mode alone shows the last color of that mode. */
function keepColor(message: Message, mode: KnownValue, state: Message): void {
  if (message['color'] !== undefined || message['color_temp'] !== undefined) return;
  if (mode === 'temperature') message['color_temp'] = state['color_temp'] ?? 370;
  else message['color'] = state['color'] ?? { x: DEFAULTS['x'], y: DEFAULTS['y'] };
}

/** `none` ends an effect; the converters have a word of their own for it. */
export function mapEffect(expose: Expose): Part {
  const own = (expose.values ?? []).map(String);
  const end = ['stop_effect', 'finish_effect', 'off'].find((value) => own.includes(value));
  const effects = own.filter((value) => value !== end && value !== 'finish_effect');
  const effect = property('effect.effect', expose, {
    values: ['none', ...effects.filter((value) => value !== 'none')],
    read: (value) => (effects.includes(String(value)) ? String(value) : 'none'),
    write: (message, value) => {
      message['effect'] = value === 'none' ? (end ?? 'none') : value;
    },
  });
  return { properties: [effect] };
}

export const mapPowerOn = (expose: Expose): Part => ({
  properties: [choice('onOff.powerOn', expose, { on: 'on', off: 'off', previous: 'previous', restore: 'previous' })],
});
