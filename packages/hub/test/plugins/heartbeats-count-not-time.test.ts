import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { Pulse } from '../../src/plugins/pulse.ts';
import { Bench } from './harness.ts';

/** Beats until something is wrong, at most `max`. */
function beatsUntilFault(pulse: Pulse, max: number, isHeldUp = false, isPairing = false): [number, string | null] {
  const from = pulse.beat;
  for (let beats = 1; beats <= max; beats += 1) {
    const fault = pulse.check(from, isHeldUp, isPairing);
    if (fault !== null) return [beats, fault];
  }
  return [max, null];
}

test('a running plugin may miss three beats of half a second, and is ended at the fourth', () => {
  const pulse = new Pulse();
  pulse.check(0, false);
  pulse.started();
  assert.is(pulse.check(0, false), null);
  assert.is(pulse.check(0, false), null);
  assert.is(pulse.check(0, false), null);
  assert.match(pulse.check(0, false)!, '2 s');
});

test('any answer to the last beat starts the count anew', () => {
  const pulse = new Pulse();
  pulse.started();
  for (let round = 0; round < 100; round += 1) {
    pulse.check(0, false);
    pulse.check(0, false);
    assert.is(pulse.check(pulse.beat, false), null);
  }
});

test('one that loads has half a minute, one that sets up two minutes, one held up all the time it takes', () => {
  assert.equal(beatsUntilFault(new Pulse(), 1_000), [61, 'it hung: no heartbeat for 30 s']);
  const slow = new Pulse();
  let fault: string | null = null;
  while (fault === null) fault = slow.check(slow.beat, false);
  assert.match(fault, 'setup took more than 120 s');
  const heldUp = new Pulse();
  heldUp.started();
  assert.equal(beatsUntilFault(heldUp, 1_000, true), [1_000, null]);
});

test('one that takes in a new device has half a minute, and the usual patience again after', () => {
  const pulse = new Pulse();
  pulse.started();
  assert.equal(beatsUntilFault(pulse, 50, false, true), [50, null]);
  assert.is(pulse.check(pulse.beat, false), null);
  assert.equal(beatsUntilFault(pulse, 100), [5, 'it hung: no heartbeat for 2 s']);
  assert.equal(beatsUntilFault(pulse, 1_000, false, true)[1], 'it hung: no heartbeat for 30 s');
});

test('starts and stops at once make one process, and the last of them counts', async () => {
  const bench = new Bench(['lamp']);
  await bench.host.described();
  const { host } = bench;
  await Promise.all([
    host.start('lamp', { lamps: 1 }),
    host.start('lamp', { lamps: 2 }),
    host.start('lamp', { lamps: 3 }),
  ]);
  const { known } = (await host.request('lamp', 'echo', null)) as { known: string[] };
  assert.ok(known.includes('lamp-3'));
  await Promise.all([host.start('lamp', {}), host.stop('lamp')]);
  assert.is(host.get('lamp').status, 'disabled');
  await bench.close();
});

test('a plugin with a thousand devices starts again, though they do not fit into one small message', async () => {
  const bench = new Bench([`${import.meta.dirname}/../../../../plugins/virtual`]);
  await bench.host.described();
  await bench.host.start('virtual', { lamps: 500, sensors: 500 });
  assert.is(bench.devices.size, 1_000);
  await bench.host.restart('virtual');
  assert.is(bench.host.get('virtual').status, 'running', bench.host.get('virtual').health.lastError ?? '');
  await bench.close();
});

test.run();
