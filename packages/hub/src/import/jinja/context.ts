// What templates know of the moment: the clock, the trigger, the last wait.

import type { Scope } from '../scope.ts';
import { constant, whole, type Piece } from './piece.ts';
import type { Tree } from './tree.ts';

const NOW: Readonly<Record<string, Piece>> = {
  hour: whole('hour'),
  weekday: whole('weekday', { is: 'weekday' }),
  isoweekday: whole('weekday', { is: 'isoWeekday' }),
};

export const nowMember = (name: string): Piece | null => (Object.hasOwn(NOW, name) ? NOW[name]! : null);

const DATA = new Set(['json', 'data', 'query']);

export function triggerMember([first = '', second, third, fourth]: readonly string[], scope: Scope): Piece | null {
  if (first === 'id' || first === 'idx') return whole('trigger.id', { is: 'trigger' });
  if (first === 'entity_id') return whole('trigger.device', { is: 'device' });
  if (first === 'to_state' && second === 'entity_id') return whole('trigger.device', { is: 'device' });
  if (first === 'to_state' && second === 'state')
    return whole('trigger.value', scope.triggered === null ? { is: 'triggered' } : { meaning: scope.triggered });
  if (first === 'event' && second === 'data' && third !== undefined && fourth === undefined) return dataOf(third);
  return DATA.has(first) && second !== undefined && third === undefined ? dataOf(second) : null;
}

const dataOf = (key: string): Piece => whole(`trigger.data[${JSON.stringify(key)}]`);

export function waitMember([first]: readonly string[]): Piece | null {
  return first === 'completed' || first === 'trigger' ? whole('!wait.timedOut', { level: 6 }) : null;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};

/** `timedelta(minutes=5)` in milliseconds; null for one that is worked out. */
export function spanOf(named: ReadonlyMap<string, Tree>): Piece | null {
  let ms = 0;
  for (const [unit, value] of named) {
    const each = Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
    if (each === undefined || value.type !== 'constant' || typeof value.value !== 'number') return null;
    ms += each * value.value;
  }
  return { ...constant(ms), is: 'span' };
}
