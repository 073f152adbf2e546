// Who is at home, and what a weekly schedule says now.

import type { Value } from '@lintel/model';
import { hasWeekday } from './clock.ts';
import type { State } from './state.ts';
import { DAY, dateAt, firstInstant, readTimeOfDay } from './zone.ts';

/** `home`, `away`, or null when unknown; `anyone` and `everyone` are statements over the people who are known. */
export function presenceOf(state: State, person: string): 'home' | 'away' | null {
  if (person !== 'anyone' && person !== 'everyone') return state.presence[person] ?? null;
  const known = Object.values(state.presence);
  if (known.length === 0) return null;
  const isHome = (each: string): boolean => each === 'home';
  return (person === 'anyone' ? known.some(isHome) : known.every(isHome)) ? 'home' : 'away';
}

/** The value of the block that began last, looking back over eight days; null without one. */
export function scheduleValue(state: State, id: string): Value {
  const schedule = state.home.schedules?.find((each) => each.id === id || each.name === id);
  const zone = state.home.timeZone;
  const today = dateAt(zone, state.at);
  let latest = Number.NEGATIVE_INFINITY;
  let value: Value = null;
  for (let date = today - 8; date <= today; date += 1) {
    for (const block of schedule?.blocks ?? []) {
      if (!hasWeekday(state.home, block.weekdays, date)) continue;
      const begins = firstInstant(zone, date * DAY + readTimeOfDay(block.at));
      if (begins <= state.at && begins >= latest) [latest, value] = [begins, block.value];
    }
  }
  return value;
}
