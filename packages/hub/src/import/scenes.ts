// Scenes as lists of states: `light.hall: {state: on, brightness: 120}`.

import type { Action, Computed, Value } from '@lintel/model';
import { hueOf, numbersOf } from './colors.ts';
import { Lost } from './notes.ts';
import { FieldReader, show, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Entry, Source } from './source.ts';
import { stateText } from './state-triggers.ts';
import { ATTRIBUTES, stateValue } from './states.ts';

type Values = Record<string, Computed<Value>>;

/** One `set` a device. */
export function sceneSets(source: Source, scope: Scope): Action[] {
  return new FieldReader(source, 'the entities of a scene').rest().flatMap(([entity, entry]): Action[] => {
    const action = scope.notes.attempt(() => setOf(entity, entry, scope));
    return action === null ? [] : [action];
  });
}

/** Attributes that tell what a device can, not how it is. */
const TOLD = new Set([
  'friendly_name',
  'supported_features',
  'supported_color_modes',
  'color_mode',
  'icon',
  'effect_list',
]);

function setOf(entity: string, { line, value }: Entry, scope: Scope): Action {
  const device = scope.entities.device(entity, line);
  const state = value.type === 'map' ? value.entries.get('state')?.value : value;
  const values: Values = {};
  if (state !== undefined) put(values, entity, line, stateText(state), scope);
  if (value.type === 'map') {
    for (const [name, { line: at, value: given }] of value.entries) {
      if (name === 'state' || TOLD.has(name) || name.startsWith('min_') || name.startsWith('max_')) continue;
      if (!attribute(values, name, given)) scope.notes.warn(at, `${show(name)} of a scene is not taken`);
    }
  }
  if (values['onOff.on'] === false) return { kind: 'set', target: { device }, values: { 'onOff.on': false } };
  if (Object.keys(values).length === 0) throw new Lost(line, `nothing of ${show(entity)} can be set`);
  return { kind: 'set', target: { device }, values };
}

function put(values: Values, entity: string, line: number, state: string, { entities }: Scope): void {
  const { property, scale } = entities.meaning(entity, line);
  const found = stateValue(property, state, scale);
  if (found === null) throw new Lost(line, `${show(state)} is no state of ${property}`);
  if (found.property === 'cover.state') values['cover.position'] ??= found.value === 'open' ? 1 : 0;
  else if (found.property === 'lock.state') throw new Lost(line, 'a lock is told, not set; say it as an action');
  else values[found.property] = found.value;
}

function attribute(values: Values, name: string, source: Source): boolean {
  if (name === 'rgb_color' || name === 'hs_color' || name === 'xy_color') return color(values, name, source);
  if (source.type !== 'scalar' || source.value === null) return source.type === 'scalar';
  const [property, scale] = (Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined) ?? [];
  if (property === undefined) return false;
  const found = stateValue(property, textOf(source), scale!);
  if (found === null) return false;
  values[property] = found.value;
  return true;
}

/** A lamp is told one colour: the temperature, where it has both. */
function color(values: Values, name: string, source: Source): boolean {
  if ('color.temperature' in values || 'color.hue' in values) return true;
  if (name === 'xy_color') return true;
  const isRgb = name === 'rgb_color';
  const [a = 0, b = 0, c = 0] = numbersOf(source, isRgb ? [255, 255, 255] : [360, 100], name);
  const { hue, saturation } = isRgb ? hueOf(a, b, c) : { hue: a, saturation: b / 100 };
  values['color.hue'] = hue;
  values['color.saturation'] = saturation;
  return true;
}
