// light.turn_on: on, brightness, colour and effect in one.

import type { Action, Computed, Value } from '@lintel/model';
import { hueOf, namedColor, numbersOf, type Hue } from './colors.ts';
import { isTemplate, numberOf, textOf } from './reading.ts';
import { set, type Told } from './told.ts';
import { anyValue, numberValue } from './values.ts';

type Values = Record<string, Computed<Value>>;

export function turnLightOn(told: Told): Action[] {
  const { data } = told.call;
  const stepped = step(told);
  if (stepped !== null) return stepped;
  const flash = data.take('flash');
  if (flash !== undefined)
    return [
      {
        kind: 'command',
        target: told.target,
        command: 'effect.flash',
        args: { count: textOf(flash) === 'long' ? 5 : 1 },
      },
    ];
  const level = brightness(told);
  if (level === 0) return set(told, { 'onOff.on': false });
  return set(told, {
    'onOff.on': true,
    ...(level !== null && { 'level.level': level }),
    ...color(told),
    ...effect(told),
  });
}

function step({ target, call: { data } }: Told): Action[] | null {
  const [share, byte] = [data.take('brightness_step_pct'), data.take('brightness_step')];
  if (share === undefined && byte === undefined) return null;
  const by = share === undefined ? numberOf(byte!, 'a step') / 255 : numberOf(share, 'a step') / 100;
  return [{ kind: 'command', target, command: 'level.step', args: { by } }];
}

function brightness({ call: { data, scope } }: Told): Computed<number> | null {
  const [share, byte] = [data.take('brightness_pct'), data.take('brightness')];
  if (share !== undefined) return numberValue(share, scope, 100);
  return byte === undefined ? null : numberValue(byte, scope, 255);
}

function color({ call: { data, scope } }: Told): Values {
  const kelvin = data.take('color_temp_kelvin', 'kelvin');
  if (kelvin !== undefined) return { 'color.temperature': numberValue(kelvin, scope) };
  const mired = data.take('color_temp');
  if (mired !== undefined) {
    const value = numberValue(mired, scope);
    if (typeof value !== 'number') return { 'color.temperature': { expression: `1000000 / (${value.expression})` } };
    return { 'color.temperature': Math.round(1_000_000 / Math.max(1, value)) };
  }
  const xy = data.take('xy_color');
  if (xy !== undefined) {
    const [x = 0, y = 0] = numbersOf(xy, [1, 1], 'xy_color');
    return { 'color.x': x, 'color.y': y };
  }
  const hue = hueGiven(data);
  return hue === null ? {} : { 'color.hue': hue.hue, 'color.saturation': hue.saturation };
}

function hueGiven(data: Told['call']['data']): Hue | null {
  const rgb = data.take('rgb_color');
  if (rgb !== undefined) return hueOf(...(numbersOf(rgb, [255, 255, 255], 'rgb_color') as [number, number, number]));
  const name = data.take('color_name');
  if (name !== undefined) return namedColor(name);
  const hs = data.take('hs_color');
  if (hs === undefined) return null;
  const [hue = 0, saturation = 0] = numbersOf(hs, [360, 100], 'hs_color');
  return { hue, saturation: Number((saturation / 100).toFixed(4)) };
}

function effect({ call: { data, scope } }: Told): Values {
  const source = data.take('effect');
  if (source === undefined) return {};
  return { 'effect.effect': isTemplate(source) ? anyValue(source, scope) : textOf(source).toLowerCase() };
}
