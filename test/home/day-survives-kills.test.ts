// Killed behind any record of a day with 200 rules, the home ends the day as if nothing had been: every command told once,
// every run, wait, queue, counter, revert and variable as it would have been. Every step is in the nightly run.

import { suite } from 'uvu';
import { dayKilledAt, liveDay } from './kill-sweep.ts';
import { scriptedDay } from './scripted-day.ts';

const test = suite('day survives kills');
const HAPPENINGS = 120;
const KILLS = 24;

test('a kill behind any record changes nothing of the day', async () => {
  const day = await liveDay(scriptedDay(HAPPENINGS));
  const step = Math.floor(day.records.length / KILLS);
  for (let record = 1 + (step >> 1); record <= day.records.length; record += step) {
    await dayKilledAt(day, record, record % 3 === 0 ? 0 : (record * 7) % 60);
  }
});

test.run();
