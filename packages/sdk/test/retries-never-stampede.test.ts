import { PluginError, poll, retry } from '@lintel/sdk';
import { fakeClock } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

test('waits grow, up to the last attempt', async () => {
  const clock = fakeClock(0);
  const at: number[] = [];
  const failing = retry(
    async () => {
      at.push(clock.now());
      throw new Error('no');
    },
    { clock, attempts: 5, first: 100, longest: 400, random: () => 1 },
  ).catch((error: Error) => error.message);
  await clock.advance(10_000);
  assert.is(await failing, 'no');
  assert.equal(at, [0, 100, 300, 700, 1_100]);
});

test('an error that another attempt cannot mend is not tried again', async () => {
  let count = 0;
  const attempt = async (): Promise<never> => {
    count += 1;
    throw new PluginError('BAD_SETTINGS', 'wrong');
  };
  await retry(attempt, { clock: fakeClock() }).catch(() => undefined);
  assert.is(count, 1);
});

test('polling starts somewhere in the interval, keeps its pace, and slows while it fails', async () => {
  const clock = fakeClock(0);
  const stop = new AbortController();
  const at: number[] = [];
  let failing = false;
  const round = async (): Promise<void> => {
    at.push(clock.now());
    await clock.sleep(200);
    if (failing) throw new Error('away');
  };
  const polling = poll(round, { clock, signal: stop.signal, every: 1_000, random: () => 0.5 });
  await clock.advance(3_000);
  assert.equal(at, [500, 1_500, 2_500]);
  failing = true;
  await clock.advance(60_000);
  const gaps = at.slice(1).map((time, index) => time - at[index]!);
  assert.is(Math.max(...gaps), 16_000);
  stop.abort();
  await clock.advance(0);
  await polling;
});

test.run();
