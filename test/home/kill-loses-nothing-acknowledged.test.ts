// Whatever the hub acknowledged is there after a kill at any moment: rooms that were made, reports that were taken.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startHub, type Hub } from './harness.ts';

const test = suite('kill loses nothing acknowledged');
const ROUNDS = process.env['LINTEL_NIGHTLY'] === '1' ? 100 : 4;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** Makes rooms until the hub dies; answers the names that were acknowledged. */
async function makeRooms(hub: Hub, round: number): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let index = 0; ; index++) {
    const name = `Room ${round}.${index}`;
    try {
      const { status } = await hub.ask('POST', '/api/rooms', { name });
      if (status === 201) acknowledged.push(name);
      else if (status === 413) return acknowledged;
    } catch {
      return acknowledged;
    }
  }
}

test(`over ${ROUNDS} kills (SEED=${SEED})`, async () => {
  const moments = fc.sample(fc.integer({ min: 5, max: 400 }), { numRuns: ROUNDS, seed: SEED });
  const known: string[] = [];
  let hub = await startHub();
  await hub.claim();
  for (const [round, moment] of moments.entries()) {
    const making = makeRooms(hub, round);
    // The first is late enough for something to have been acknowledged.
    await new Promise((resolve) => setTimeout(resolve, round === 0 ? 500 + moment : moment));
    await hub.kill();
    known.push(...(await making));
    const { data, token } = hub;
    hub = await startHub({ data });
    hub.token = token;
    const { body } = await hub.ask('GET', '/api/rooms?limit=1000');
    const names = new Set(body.items.map(({ name }: { name: string }) => name));
    const lost = known.filter((name) => !names.has(name));
    assert.equal(lost, [], `replay with SEED=${SEED}`);
    assert.is((await hub.ask('GET', '/api/health')).body.status, 'ok');
  }
  assert.ok(known.length > 0);
  await hub.stop();
});

test.run();
