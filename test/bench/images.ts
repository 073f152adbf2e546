// Images, starts and edits of a home with 10,000 rules.

import { compile, createEngine } from '@lintel/engine';
import type { Engine } from '@lintel/engine';
import { HOME, PROPERTY, START, device, manyRules, ruleOf } from './large-home.ts';
import { median } from './statistics.ts';

const RULES = 10_000;
const ROUNDS = 200;
const FEW_ROUNDS = 9;

export interface ImageFigures {
  readonly kibibytes: number;
  /** Into a given buffer, without a check sum. */
  readonly snapshotUs: number;
  readonly restoreUs: number;
  /** Copying as many bytes, as the least that a snapshot can take. */
  readonly copyUs: number;
  readonly sealedSnapshotUs: number;
  readonly sealedRestoreUs: number;
  /** `createEngine({ compiled })` and `restore` of a sealed image. */
  readonly coldMs: number;
  /** One rule of 10,000 edited while each of them waits. */
  readonly swapMs: number;
  readonly kept: number;
}

function timed(rounds: number, once: () => void): number {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    once();
    samples.push((performance.now() - from) * 1000);
  }
  return median(samples);
}

/** Every rule has seen its property cross the threshold once. */
async function prepare(waits: boolean): Promise<Engine> {
  const engine = await createEngine({ rules: manyRules(RULES, waits), home: HOME, startAt: START });
  for (const [index, value] of [10, 30].entries()) {
    const events = Array.from({ length: RULES }, (_, rule) => ({ device: device(rule), property: PROPERTY, value }));
    engine.step(START + index, events);
  }
  return engine;
}

async function measureCold(image: Uint8Array, hash: string): Promise<number> {
  const compiled = await compile({ rules: manyRules(RULES), home: HOME });
  const samples: number[] = [];
  for (let round = 0; round < FEW_ROUNDS; round += 1) {
    const from = performance.now();
    const engine = await createEngine({ compiled, startAt: START });
    engine.restore(image);
    samples.push(performance.now() - from);
    if (engine.stateHash() !== hash) throw new Error('the image did not come back');
    engine.close();
  }
  return median(samples);
}

async function measureSwap(): Promise<{ swapMs: number; kept: number }> {
  const engine = await prepare(true);
  const samples: number[] = [];
  let kept = 0;
  for (let round = 0; round < FEW_ROUNDS; round += 1) {
    const rules = manyRules(RULES, true);
    rules[round] = ruleOf(RULES + round, true);
    const from = performance.now();
    const result = engine.replaceRules(rules);
    samples.push(performance.now() - from);
    kept = result.kept;
    if (result.kept + result.finished + result.cancelled < RULES) throw new Error('a wait was lost');
  }
  engine.close();
  return { swapMs: median(samples), kept };
}

export async function measureImages(): Promise<ImageFigures> {
  const engine = await prepare(false);
  const hash = engine.stateHash();
  const sealed = engine.snapshot();
  const plain = engine.snapshot(undefined, { seal: false });
  const into = new Uint8Array(plain.length);
  const figures = {
    kibibytes: Math.round(plain.length / 1024),
    snapshotUs: timed(ROUNDS, () => engine.snapshot(into, { seal: false })),
    restoreUs: timed(ROUNDS, () => engine.restore(plain)),
    copyUs: timed(ROUNDS, () => into.set(plain)),
    sealedSnapshotUs: timed(ROUNDS, () => engine.snapshot(into)),
    sealedRestoreUs: timed(ROUNDS, () => engine.restore(sealed)),
  };
  if (engine.stateHash() !== hash) throw new Error('the image did not come back');
  engine.close();
  return { ...figures, coldMs: await measureCold(sealed, hash), ...(await measureSwap()) };
}

if (import.meta.main) console.log(await measureImages());
