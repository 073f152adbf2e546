// Setting the clock back: everything that counts from an instant moves with it, so that what waits goes on waiting as long as
// it had to. Clock triggers fire at their next times from then on.

import * as abi from '../../../../assembly/abi.ts';
import type { CoreModule } from '../core.ts';
import type { EngineParts } from '../engine.ts';
import { handOver, type HandedCell, type HandedRule, type HandedRun, type Handover } from './handover.ts';
import { takeOver } from './takeover.ts';

export function setBack(module: CoreModule, parts: EngineParts, now: number): EngineParts {
  const next = takeOver(module, parts, shifted(handOver(parts), now - parts.machine.now));
  next.machine.setClocksAnew();
  return next;
}

/** The state as it would be, had all of it happened so many milliseconds later; less than 0 for earlier. */
function shifted(handover: Handover, by: number): Handover {
  const move = (at: number): number => (at > 0 && at < abi.NO_TIME ? Math.max(1, at + by) : at);
  const moveIf = (at: number | null): number | null => (at === null ? null : move(at));
  const cell = (each: HandedCell): HandedCell => ({
    ...each,
    forAt: moveIf(each.forAt),
    recheckAt: moveIf(each.recheckAt),
  });
  const run = (each: HandedRun): HandedRun => ({
    ...each,
    startedAt: move(each.startedAt),
    strands: each.strands.map((strand) => ({ ...strand, timeout: moveIf(strand.timeout), cell: cell(strand.cell) })),
  });
  const rule = (each: HandedRule): HandedRule => ({
    ...each,
    runs: each.runs.map(run),
    cells: each.cells.map(cell),
    holds: each.holds.map(([hold, key, since, state]) => [hold, key, move(since), state]),
  });
  const slots = handover.slots.map((slot) => ({
    ...slot,
    changedAt: move(slot.changedAt),
    ...(slot.chain && { chain: [move(slot.chain[0]), move(slot.chain[1]), slot.chain[2]] as const }),
  }));
  const rules = Object.fromEntries(Object.entries(handover.rules).map(([id, each]) => [id, rule(each)]));
  return { ...handover, now: handover.now + by, slots, rules };
}
