// Snapshots are copies of memory, and engines start from prepared rules by copying: both are held to what copying costs here and
// now, and a start to what compiling costs. The least of many rounds counts, which other work on the machine disturbs least.

import { compile, createEngine } from '@lintel/engine';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HOME, PROPERTY, START, device, manyRules } from './large-home.ts';

const RULES = 10_000;
const ROUNDS = 100;
const test = suite('images cost little more than copying');

async function leastMs(rounds: number, once: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await once();
    least = Math.min(least, performance.now() - from);
  }
  return least;
}

const rules = manyRules(RULES);
const began = performance.now();
const engine = await createEngine({ rules, home: HOME, startAt: START });
const compilingMs = performance.now() - began;
engine.step(
  START,
  rules.map((_, index) => ({ device: device(index), property: PROPERTY, value: 10 })),
);
const plain = engine.snapshot(undefined, { seal: false });
const sealed = engine.snapshot();
const into = new Uint8Array(plain.length);
const copyMs = await leastMs(ROUNDS, () => into.set(plain));

function held(name: string, most: number, once: () => unknown): void {
  test(`${name}: at most ${most} copies`, async () => {
    const ms = await leastMs(ROUNDS, once);
    assert.ok(ms <= copyMs * most, `${(ms / copyMs).toFixed(1)} copies of ${plain.length} bytes`);
  });
}

held('a snapshot without a seal', 5, () => engine.snapshot(into, { seal: false }));
held('a restore without a seal', 5, () => engine.restore(plain));
held('a sealed snapshot', 20, () => engine.snapshot(into));
held('a sealed restore', 20, () => engine.restore(sealed));

test('a start from prepared rules: at most a thirtieth of compiling them', async () => {
  const compiled = await compile({ rules, home: HOME });
  const ms = await leastMs(5, async () => {
    const other = await createEngine({ compiled, startAt: START });
    other.restore(sealed);
    assert.is(other.stateHash(), engine.stateHash());
    other.close();
  });
  assert.ok(ms <= compilingMs / 30, `${ms.toFixed(1)} ms against ${compilingMs.toFixed(0)} ms`);
});

test.run();
