// A recorded day played again, in whatever runs JavaScript: what comes out must be the same to the bit, wherever it is played.

import { createEngine } from '@lintel/engine';
import type { EngineCommand } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { HOME, PROPERTY, START, device, ruleOf } from './large-home.ts';

export interface Replayed {
  readonly stateHash: string;
  /** FNV-1a over all commands as JSON, and over the rows of the batches. */
  readonly commandsHash: string;
  readonly commands: number;
  readonly rows: number;
  readonly eventsPerSecond: number;
}

const RULES = 1_000;
const BATCH = 4_096;
const BATCH_MS = 20_000;

/** Rules whose outcome hangs on floating point, texts, the sun, randomness and waits. */
const mean = `(device("${device(1)}")["${PROPERTY}"] + 0.1) * 1.1 / 3`;
const delicate: readonly Rule[] = [
  {
    id: 'dusk',
    triggers: [{ kind: 'sun', event: 'sunset', offset: '-15m' }],
    actions: [{ kind: 'notify', message: 'dusk' }],
  },
  { id: 'cron', triggers: [{ kind: 'cron', cron: '*/7 * * * *' }], actions: [{ kind: 'mode', mode: 'away' }] },
  {
    id: 'sums',
    mode: 'queued',
    triggers: [{ kind: 'every', every: '90s' }],
    actions: [
      { kind: 'variable', name: 'mean', value: { expression: mean } },
      { kind: 'delay', for: { expression: 'random(1000, 60000)' } },
      {
        kind: 'notify',
        message: { expression: '"mean " + text(variable("mean"), 6) + " at " + text(sun.elevation, 9)' },
      },
    ],
  },
];

const rules: readonly Rule[] = [
  ...delicate,
  ...Array.from({ length: RULES }, (_, index) => ruleOf(index, index % 10 === 0)),
];

function fnv(hash: number, text: string): number {
  let mixed = hash;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x0100_0193);
  return mixed;
}

/** A linear congruential generator (Numerical Recipes). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ;) yield (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

function recorded(slotOf: Int32Array): { slots: Int32Array; values: Float64Array } {
  const random = numbers(11);
  const slots = Int32Array.from({ length: BATCH * 16 }, () => slotOf[Math.floor(random.next().value * RULES)]!);
  return { slots, values: Float64Array.from(slots, () => Math.floor(random.next().value * 400) / 10) };
}

/** Plays batches of reports with single named reports between them. */
export async function replay(batches: number): Promise<Replayed> {
  const engine = await createEngine({ rules, home: HOME, startAt: START, seed: 5 });
  const slotOf = Int32Array.from({ length: RULES }, (_, index) => engine.slot(device(index), PROPERTY));
  const { slots, values } = recorded(slotOf);
  let [hash, commands, rows, spent] = [0x811c_9dc5, 0, 0, 0];
  const take = (told: readonly EngineCommand[]): void => {
    commands += told.length;
    hash = fnv(hash, JSON.stringify(told));
  };
  for (let batch = 0; batch < batches; batch += 1) {
    const [now, from] = [START + batch * BATCH_MS, (batch % 16) * BATCH];
    const started = performance.now();
    rows += engine.stepSlots(now, slots.subarray(from, from + BATCH), values.subarray(from, from + BATCH), BATCH);
    spent += performance.now() - started;
    hash = fnv(hash, engine.out.rules.join());
    const value = (batch % 50) / 3;
    take(engine.step(now + BATCH_MS / 2, [{ device: `virtual:new-${batch % 9}`, property: PROPERTY, value }]).commands);
  }
  const stateHash = engine.stateHash();
  engine.close();
  const commandsHash = (hash >>> 0).toString(16);
  return { stateHash, commandsHash, commands, rows, eventsPerSecond: (batches * BATCH * 1000) / spent };
}
