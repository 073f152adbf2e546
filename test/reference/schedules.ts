// When a weekly schedule says something new.

import { hasWeekday } from './clock.ts';
import type { ReferenceHome } from './state.ts';
import { DAY, dateAt, firstInstant, readTimeOfDay } from './zone.ts';

/** The next instant after `after` at which a block begins whose value differs from the one before it. */
export function nextScheduleChange(home: ReferenceHome, id: string, after: number): number | null {
  const starts = blockStarts(home, id, after);
  const before = starts.findLast((each) => each.at <= after);
  let value = before?.value ?? null;
  for (const start of starts.filter((each) => each.at > after)) {
    if (value !== null && start.value !== value) return start.at;
    value = start.value;
  }
  return null;
}

function blockStarts(home: ReferenceHome, id: string, around: number) {
  const schedule = home.schedules?.find((each) => each.id === id || each.name === id);
  const today = dateAt(home.timeZone, around);
  const dates = Array.from({ length: 30 }, (_, index) => today - 14 + index);
  const starts = dates.flatMap((date) =>
    (schedule?.blocks ?? [])
      .filter((block) => hasWeekday(home, block.weekdays, date))
      .map((block) => ({ at: firstInstant(home.timeZone, date * DAY + readTimeOfDay(block.at)), value: block.value })),
  );
  return starts.toSorted((a, b) => a.at - b.at);
}
