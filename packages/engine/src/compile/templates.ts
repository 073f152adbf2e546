// What an action looks like when it comes out: its fields as written, durations in ms, with holes where expressions stand.

import { readDuration } from '@lintel/model';
import type { Action } from '@lintel/model';
import { isExpression } from '../check/actions.ts';
import type { ActionTemplate } from './fragment.ts';

interface Hole {
  readonly path: readonly (string | number)[];
  readonly duration: boolean;
  readonly text: string;
}

export interface Template extends ActionTemplate {
  readonly holes: readonly Hole[];
}

const DURATIONS = ['transition', 'for'];

/** The template of an action; fields named in `omit` stay inside. */
export function templateOf(action: Action, pointer: string, omit: readonly string[] = []): Template {
  const holes: Hole[] = [];
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(action)) {
    if (key === 'kind' || omit.includes(key)) continue;
    const duration = DURATIONS.includes(key);
    fields[key] = duration && typeof value === 'string' ? readDuration(value) : copy(value, [key], duration, holes);
  }
  return { kind: action.kind, fields, holes, pointer };
}

function copy(raw: unknown, path: readonly (string | number)[], duration: boolean, holes: Hole[]): unknown {
  if (isExpression(raw)) {
    holes.push({ path, duration, text: raw.expression });
    return null;
  }
  if (Array.isArray(raw)) return raw.map((item, index) => copy(item, [...path, index], duration, holes));
  if (typeof raw !== 'object' || raw === null) return raw;
  const made: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(raw)) define(made, key, copy(item, [...path, key], duration, holes));
  return made;
}

/** Sets a member even where its name is one that objects treat specially. */
export function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}
