// What the calendar and the sun did while the hub was down: skipped, or done once at the start, and as ever from then on.

import type { Rule, Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openHome, testClock, type TestHome } from '../home.ts';
import { addRule } from './rules.ts';

const test = suite('the wall clock passes while the hub is down');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Two rules by one trigger: one that is to run though it was missed, one that is not. */
async function homeAt(time: string, trigger: Trigger): Promise<TestHome> {
  const home = await openHome({ clock: testClock(Date.parse(time)) });
  for (const missed of ['skip', 'run'] as const) {
    const actions: Rule['actions'] = [{ kind: 'notify', message: missed }];
    await addRule(home, { id: missed, triggers: [trigger], actions, missed });
  }
  return home;
}

/** Which rules ran when, in UTC without the year. */
const ranAt = ({ kernel }: TestHome): string[] => {
  const { list } = kernel.machine.registry;
  return list('notifications').map(({ at, text }) => `${at.slice(5, 19).replace('T', ' ')} ${text}`);
};
const nextAt = ({ kernel }: TestHome): string => new Date(kernel.machine.wakeAt!).toISOString();

const CASES: readonly {
  readonly what: string;
  readonly trigger: Trigger;
  /** Before the time; how long the hub is then down; and what is missed, then what comes next. */
  readonly from: string;
  readonly downFor: number;
  readonly missedAt: string;
  readonly next: string;
}[] = [
  {
    what: 'a time in the hour that is skipped in spring',
    trigger: { kind: 'time', at: '02:30' },
    from: '2027-03-28T00:30:00Z',
    downFor: 45 * MINUTE,
    missedAt: '03-28 01:15:00',
    next: '2027-03-29T00:30:00',
  },
  {
    what: 'a time in the hour that comes twice in autumn',
    trigger: { kind: 'time', at: '02:30' },
    from: '2026-10-25T00:15:00Z',
    downFor: 30 * MINUTE,
    missedAt: '10-25 00:45:00',
    // Not at 01:30 UTC, when it is half past two again.
    next: '2026-10-26T01:30:00',
  },
  {
    what: 'the whole hour that comes twice',
    trigger: { kind: 'every', every: '1h' },
    from: '2026-10-24T23:30:00Z',
    downFor: 3 * HOUR,
    missedAt: '10-25 02:30:00',
    next: '2026-10-25T03:00:00',
  },
  {
    what: 'the leap day',
    trigger: { kind: 'cron', cron: '0 12 29 2 *' },
    from: '2028-02-28T12:00:00Z',
    downFor: 2 * DAY,
    missedAt: '03-01 12:00:00',
    next: '2032-02-29T11:00:00',
  },
  {
    what: 'sunrise',
    trigger: { kind: 'sun', event: 'sunrise' },
    from: '2026-06-21T00:00:00Z',
    downFor: 6 * HOUR,
    missedAt: '06-21 06:00:00',
    next: '2026-06-22T02:4',
  },
];

for (const { what, trigger, from, downFor, missedAt, next } of CASES) {
  test(`${what} is skipped, or run once at the start where it is to`, async () => {
    let home = await homeAt(from, trigger);
    home = await home.killed({ downFor });
    assert.equal(ranAt(home), [`${missedAt} run`]);
    assert.ok(nextAt(home).startsWith(next), nextAt(home));
    home = await home.killed({ downFor: MINUTE });
    assert.equal(ranAt(home), [`${missedAt} run`]);
    await home.close();
  });
}

test.run();
