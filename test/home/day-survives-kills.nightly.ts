// A kill behind every record of a scripted day with 200 rules; a shorter sweep runs with the other tests.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RULES } from './day-rules.ts';
import { dayKilledAt, liveDay } from './kill-sweep.ts';
import { scriptedDay } from './scripted-day.ts';

const test = suite('day survives every kill');
const HAPPENINGS = 400;

test('a kill behind every record changes nothing of the day', async () => {
  assert.is(RULES.length, 200);
  const day = await liveDay(scriptedDay(HAPPENINGS));
  const wrong: string[] = [];
  for (let record = 1; record <= day.records.length && wrong.length < 5; record += 1) {
    const torn = record % 3 === 0 ? 0 : (record * 7) % 60;
    await dayKilledAt(day, record, torn).catch((error: Error) => wrong.push(error.message));
  }
  console.log(`${day.records.length} records, ${day.told.length} commands`);
  assert.equal(wrong, []);
});

test.run();
