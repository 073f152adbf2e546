// `above` and `below` fire on crossing; equal is not beyond; hysteresis says when they are armed again.

import type { Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { begin, rule, warmer } from './story.ts';

/** Which of the values made the trigger fire. */
async function firings(trigger: Trigger, values: readonly (number | null)[]): Promise<(number | null)[]> {
  const story = await begin(rule('fired', trigger));
  return values.filter((value) => story.temperature(value).heard().length > 0);
}

const cooler = (than: number, more: object = {}): Trigger => {
  const { above, ...rest } = warmer(than, more) as Trigger & { above: number };
  return { ...rest, below: above } as Trigger;
};

test('`above` fires when the value crosses, not while it stays beyond', async () => {
  assert.equal(await firings(warmer(25), [24, 26, 27, 28, 24, 25.1]), [26, 25.1]);
});

test('equal is not beyond', async () => {
  assert.equal(await firings(warmer(25), [24, 25, 25.001]), [25.001]);
  assert.equal(await firings(cooler(25), [26, 25, 24.999]), [24.999]);
});

test('a first value that is beyond already is no crossing', async () => {
  assert.equal(await firings(warmer(25), [30, 31, 20, 26]), [26]);
});

test('unknown between two values beyond is no crossing', async () => {
  assert.equal(await firings(warmer(25), [24, 26, null, 26, null, 24, null, 27]), [26, 27]);
});

test('both `above` and `below`: entering the band, from either side', async () => {
  assert.equal(await firings(warmer(20, { below: 25 }), [19, 22, 24, 26, 23, 25, 20, 24.9]), [22, 23, 24.9]);
});

test('jumping across the band is no entering', async () => {
  assert.equal(await firings(warmer(20, { below: 25 }), [19, 30, 10]), []);
});

test('hysteresis: after firing, armed again at or below above − h', async () => {
  assert.equal(await firings(warmer(25, { hysteresis: 2 }), [24, 26, 24, 26, 23, 26]), [26, 26]);
  const story = await begin(rule('fired', warmer(25, { hysteresis: 2 })));
  for (const value of [24, 26, 24, 26]) story.temperature(value);
  assert.is(story.heard().length, 1, 'not armed again at 24');
});

test('hysteresis for `below`: armed again at or above below + h', async () => {
  assert.equal(await firings(cooler(18, { hysteresis: 1 }), [20, 17, 18.5, 17.5, 19, 17.9]), [17, 17.9]);
});

test('hysteresis: armed from the start when the first known value is not beyond', async () => {
  assert.equal(await firings(warmer(25, { hysteresis: 5 }), [24.5, 25.5]), [25.5]);
});

test('hysteresis: a first value beyond must come back as far before it arms', async () => {
  assert.equal(await firings(warmer(25, { hysteresis: 2 }), [26, 24, 26, 23, 25.5]), [25.5]);
});

test.run();
