// Links rules: gives every slot, rule, trigger and instruction its address and copies the rules' forms into the tables that the
// core runs on.

import type { Fragment } from '../compile/fragment.ts';
import { maxRuns } from '../compile/rule.ts';
import { blankState } from './blank.ts';
import { layOutRings, layOutState } from './layout.ts';
import type { RingLayout, StateLayout } from './layout.ts';
import type { SlotNames } from './names.ts';
import { Plan } from './plan.ts';
import type { PlanInput, PlannedRule } from './plan.ts';
import { SlotTable } from './slot-table.ts';
import type { StringTable } from '../strings.ts';
import { TableWriter } from './table-writer.ts';
import type { TableAddresses } from './table-writer.ts';

export interface LinkInput extends PlanInput {
  /** Old versions of rules that still run, and how many runs and strands they have. */
  readonly ghosts: readonly { readonly fragment: Fragment; readonly runs: number; readonly strands: number }[];
  readonly holidays: readonly number[];
  /** Slots of the layout before that no rule names any more. */
  readonly carriedSlots: number;
}

/** Everything about a rule set in its place: the tables' bytes and what the host must know of them. */
export interface Linked {
  readonly names: SlotNames;
  readonly strings: StringTable;
  readonly state: StateLayout;
  readonly rings: RingLayout;
  readonly tablesAt: number;
  readonly tablesSize: number;
  readonly addresses: TableAddresses;
  /** The state of rules, cells, holds and chains before anything has happened. */
  readonly blank: Uint8Array;
  readonly namedSlots: number;
  readonly holidays: number;
  readonly ruleCount: number;
  /** The rules in their places; a rule set that was prepared as bytes is planned anew when these are asked for. */
  readonly rules: readonly PlannedRule[];
  /** Writes the words of all tables to where they are zero. */
  writeTables(words: Uint32Array): void;
  fragment(rule: number): Fragment;
  /** The rule of an id, or −1. */
  ruleOf(id: string): number;
  /** Where the runs are of a rule that was deleted while it ran, or −1. */
  deletedOf(id: string): number;
  /** The rule in whose list the runs of a rule of this id are, be it one that has been deleted; or −1. */
  holderOf(id: string): number;
}

export function link(input: LinkInput): Linked {
  const plan = new Plan(input);
  const { names, rules } = plan;
  const namedSlots = names.count;
  const slots = new SlotTable(plan);
  const counts = {
    namedSlots,
    rules: rules.length,
    cells: plan.cellCount,
    holds: plan.holdCount,
    chains: slots.chainCount,
  };
  const state = layOutState({ ...counts, ...runCounts(input, plan) }, namedSlots + input.carriedSlots);
  const writer = new TableWriter(plan, slots, state, input.holidays);
  const deleted = deletedOf(rules.slice(rules.length - input.ghosts.length));
  return {
    names,
    strings: plan.strings,
    state,
    rings: layOutRings(state.end + writer.size),
    tablesAt: state.end,
    tablesSize: writer.size,
    addresses: writer.addresses,
    blank: blankState(plan, state),
    namedSlots,
    holidays: input.holidays.length,
    ruleCount: rules.length,
    rules,
    writeTables: (words) => writer.write(words),
    fragment: (rule) => rules[rule]!.fragment,
    ruleOf: (id) => plan.ruleOf(id),
    deletedOf: (id) => deleted.get(id) ?? -1,
    holderOf: (id) => deleted.get(id) ?? plan.ruleOf(id),
  };
}

/** Where the runs of rules are that were deleted while they ran. */
function deletedOf(ghosts: readonly PlannedRule[]): ReadonlyMap<string, number> {
  const deleted = ghosts.filter(({ holder, index }) => holder === index);
  return new Map(deleted.map(({ fragment, index }) => [fragment.rule.id, index]));
}

function runCounts({ ghosts }: LinkInput, plan: Plan): { runs: number; strands: number } {
  let { runs, strands } = plan;
  const first = plan.rules.length - ghosts.length;
  const queues = new Set<PlannedRule>();
  for (const [index, ghost] of ghosts.entries()) {
    const { form, holder } = plan.rules[first + index]!;
    runs += ghost.runs;
    strands += ghost.strands + ghost.runs * form.strands;
    queues.add(plan.rules[holder]!);
  }
  // A rule that is over at once needs no runs, unless they queue behind those of an older version.
  for (const { form, fragment, ghost } of queues) {
    if (ghost || !fragment.instant) continue;
    runs += maxRuns(fragment.rule);
    strands += maxRuns(fragment.rule) * form.strands;
  }
  return { runs, strands };
}
