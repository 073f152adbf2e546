// How long one event takes when it comes alone, a million times over: what spikes is what someone waits for. A loop that only
// counts for as long, timed the same way, tells what the machine itself adds.

import { createEngine } from '@lintel/engine';
import { HOME, PROPERTY, START, device, manyRules } from './large-home.ts';
import { percentile } from './statistics.ts';

const RULES = 1_000;
const WARM_UP = 200_000;

export interface Spread {
  readonly p50Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
}

export interface OneEventFigures {
  /** `step(now, [event])`: names in, objects out. */
  readonly named: Spread;
  /** `stepSlots` with one report. */
  readonly slot: Spread;
  /** A loop of the machine's own, as long as the median of `step`. */
  readonly machine: Spread;
}

function spread(once: (index: number) => void, events: number): Spread {
  for (let index = 0; index < WARM_UP; index += 1) once(index);
  const took = new Float64Array(events);
  for (let index = 0; index < events; index += 1) {
    const from = performance.now();
    once(WARM_UP + index);
    took[index] = (performance.now() - from) * 1000;
  }
  const sorted = took.toSorted();
  return { p50Us: percentile(sorted, 0.5), p99Us: percentile(sorted, 0.99), p999Us: percentile(sorted, 0.999) };
}

/** Every second event crosses its rule's threshold and sends a command. */
const valueOf = (index: number): number => (Math.floor(index / RULES) % 2 === 0 ? 10 : 30);

/** Rounds of a loop that take about so long. */
function roundsFor(us: number): number {
  const from = performance.now();
  spin(1_000_000);
  return Math.ceil((us / ((performance.now() - from) * 1000)) * 1_000_000);
}

let sink = 0;
function spin(rounds: number): void {
  for (let round = 0; round < rounds; round += 1) sink = (Math.imul(sink, 1_664_525) + 1_013_904_223) | 0;
}

export async function measureOneEvent(events: number): Promise<OneEventFigures> {
  const engine = await createEngine({ rules: manyRules(RULES), home: HOME, startAt: START });
  const named = Array.from({ length: RULES }, (_, index) => device(index));
  const slots = Int32Array.from(named, (name) => engine.slot(name, PROPERTY));
  let commands = 0;
  const byName = spread((index) => {
    const report = { device: named[index % RULES]!, property: PROPERTY, value: valueOf(index) };
    commands += engine.step(START + index, [report]).commands.length;
  }, events);
  const [slot, value] = [new Int32Array(1), new Float64Array(1)];
  let rows = 0;
  const bySlot = spread((index) => {
    slot[0] = slots[index % RULES]!;
    value[0] = valueOf(index);
    rows += engine.stepSlots(START + WARM_UP + events + index, slot, value, 1);
  }, events);
  if (commands !== rows) throw new Error(`${commands} commands by name, ${rows} by slot`);
  engine.close();
  spin(10_000_000);
  const rounds = roundsFor(byName.p50Us);
  return { named: byName, slot: bySlot, machine: spread(() => spin(rounds), events) };
}

if (import.meta.main) console.log(await measureOneEvent(1_000_000));
