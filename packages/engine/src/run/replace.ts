// Replaces the rules of an engine: a fresh layout beside the live one, the state moved over, then the swap.

import type { Rule } from '@lintel/model';
import * as abi from '../abi.ts';
import { checkRule } from '../check/rule.ts';
import { isObject, show } from '../check/reader.ts';
import { checkTypes } from '../check/types.ts';
import type { Fragment } from '../compile/fragment.ts';
import { compileRule, sourceOf } from '../compile/rule.ts';
import type { CoreModule } from '../core.ts';
import type { EngineParts } from '../engine.ts';
import { RuleError } from '../errors.ts';
import { readHome } from '../home.ts';
import { RULES_MAX } from '../limits.ts';
import { HomeMap } from '../link/members.ts';
import type { EngineDevice, EngineHome, EngineTrace, ReplaceResult } from '../types.ts';
import { buildMachine } from './build.ts';
import type { Ghost } from './build.ts';
import type { Machine } from './machine.ts';
import { Migration } from './migrate.ts';
import type { RuleMove } from './migrate.ts';

/** Compiles rules, taking over what is already compiled of those that have not changed. */
export function compileAll(rules: unknown, known: readonly Fragment[]): Fragment[] {
  if (!Array.isArray(rules)) throw new RuleError('', '', `expected a list of rules, not ${show(rules)}`);
  if (rules.length > RULES_MAX) throw new RuleError('', '', `expected at most ${RULES_MAX} rules, not ${rules.length}`);
  const before = new Map(known.map((fragment) => [fragment.rule.id, fragment]));
  const ids = new Set<string>();
  return (rules as unknown[]).map((raw) => {
    const fragment = unchanged(raw, before) ?? compileRule(checkRule(raw));
    const { id } = fragment.rule;
    if (ids.has(id)) throw new RuleError(id, '/id', `another rule has the id ${show(id)}`);
    ids.add(id);
    return fragment;
  });
}

function unchanged(raw: unknown, before: ReadonlyMap<string, Fragment>): Fragment | null {
  const fragment = isObject(raw) && typeof raw['id'] === 'string' ? before.get(raw['id']) : undefined;
  if (fragment === undefined) return null;
  const source = sourceOf(raw as unknown as Rule);
  return source === fragment.source || deepEqual(JSON.parse(source), fragment.rule) ? fragment : null;
}

function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return false;
  }
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && deepEqual(one[key], other[key]))
  );
}

interface ReplaceOptions {
  readonly devices?: readonly EngineDevice[];
  readonly home?: EngineHome;
  readonly extraSlots?: number;
}

export function replace(
  module: CoreModule,
  parts: EngineParts,
  fragments: readonly Fragment[],
  options: ReplaceOptions,
): { parts: EngineParts; result: ReplaceResult } {
  const home = options.home === undefined ? parts.home : readHome(options.home);
  const devices = options.devices ?? parts.devices;
  const isSameHome = home === parts.home && devices === parts.devices;
  const map = isSameHome ? parts.map : new HomeMap(home, devices);
  const { strict } = parts;
  if (strict) checkTypes(isSameHome ? fragments.filter(isNewTo(parts.fragments)) : fragments, map);
  const old = parts.machine;
  const leaving = leavingRuns(old, fragments);
  const layout = {
    ghosts: leaving.ghosts.map((each) => each.ghost),
    persons: old.linked.plan.persons,
    carriedSlots: old.slotCount + (options.extraSlots ?? 0),
  };
  const machine = buildMachine(module, fragments, map, home, layout);
  const moves = [
    ...liveMoves(old, fragments),
    ...leaving.ghosts.map(({ from }, index) => ghostMove(from, fragments.length + index)),
  ];
  new Migration(old, machine).run(moves);
  const retired = moveCounters(old, machine, parts.retired, fragments);
  machine.coverTime(home.timeZone, machine.now);
  machine.initialise();
  machine.commands.push(...old.commands);
  machine.traces.push(...old.traces, ...leaving.traces);
  const result = { kept: countKept(old, fragments), finished: leaving.finished, cancelled: leaving.traces.length };
  return { parts: { machine, fragments, home, devices, strict, map, retired }, result };
}

function isNewTo(known: readonly Fragment[]): (fragment: Fragment) => boolean {
  const before = new Set(known);
  return (fragment) => !before.has(fragment);
}

const ghostMove = (from: number, to: number): RuleMove => ({ from, to, whole: true });

const stateOf = (machine: Machine, rule: number): number => machine.linked.state.rulesAt + rule * abi.RULE_SIZE;

export function runsOf(machine: Machine, rule: number): number[] {
  const runs: number[] = [];
  for (
    let run = machine.memory.word(stateOf(machine, rule) + abi.RULE_FIRST);
    run !== 0;
    run = machine.memory.word(run + abi.RUN_NEXT)
  ) {
    runs.push(run);
  }
  return runs;
}

function liveMoves(old: Machine, fragments: readonly Fragment[]): RuleMove[] {
  return fragments.flatMap((fragment, to) => {
    const from = old.linked.ruleIndex.get(fragment.rule.id);
    return from === undefined ? [] : [{ from, to, whole: old.linked.rules[from]!.fragment === fragment }];
  });
}

function countKept(old: Machine, fragments: readonly Fragment[]): number {
  const moves = liveMoves(old, fragments).filter((move) => move.whole);
  return moves.reduce((sum, { from }) => sum + old.memory.word(stateOf(old, from) + abi.RULE_RUNNING), 0);
}

interface Leaving {
  readonly ghosts: readonly { readonly from: number; readonly ghost: Ghost }[];
  readonly traces: readonly EngineTrace[];
  readonly finished: number;
}

/** Runs whose rule has changed or gone: they finish on their old code, or end now, as the rule said when they started. */
function leavingRuns(old: Machine, fragments: readonly Fragment[]): Leaving {
  const staying = new Set(fragments);
  const ghosts: { from: number; ghost: Ghost }[] = [];
  const traces: EngineTrace[] = [];
  let finished = 0;
  for (const { fragment, index, ghost } of old.linked.rules) {
    if (!ghost && staying.has(fragment)) continue;
    const runs = runsOf(old, index);
    if (runs.length === 0) continue;
    if (!ghost && fragment.rule.onEdit === 'cancel')
      traces.push(...runs.map((run) => cancelledTrace(old, fragment, run)));
    else ghosts.push({ from: index, ghost: { fragment, runs: runs.length, strands: countStrands(old, runs) } });
    if (!ghost && fragment.rule.onEdit !== 'cancel') finished += runs.length;
  }
  return { ghosts, traces, finished };
}

function countStrands(machine: Machine, runs: readonly number[]): number {
  let count = 0;
  for (const run of runs) {
    for (
      let each = machine.memory.word(run + abi.RUN_STRANDS);
      each !== 0;
      each = machine.memory.word(each + abi.STRAND_NEXT)
    )
      count += 1;
  }
  return count;
}

function cancelledTrace(machine: Machine, fragment: Fragment, run: number): EngineTrace {
  return {
    rule: fragment.rule.id,
    run: machine.memory.word(run + abi.RUN_ID),
    at: machine.now,
    trigger: machine.strings.text(machine.memory.word(run + abi.RUN_CONTEXT + abi.CONTEXT_TRIGGER)),
    outcome: 'cancelled',
  };
}

/** A rule that comes back under an old id goes on counting its runs where it stopped, so that ids stay unique. */
function moveCounters(
  old: Machine,
  machine: Machine,
  retired: ReadonlyMap<string, number>,
  fragments: readonly Fragment[],
): Map<string, number> {
  const counters = new Map(retired);
  for (const [id, index] of old.linked.ruleIndex) {
    const count = old.memory.word(stateOf(old, index) + abi.RULE_RUN_COUNTER);
    if (!machine.linked.ruleIndex.has(id) && count > 0) counters.set(id, count);
  }
  for (const [index, { rule }] of fragments.entries()) {
    const count = counters.get(rule.id);
    if (count === undefined) continue;
    machine.memory.putWord(stateOf(machine, index) + abi.RULE_RUN_COUNTER, count);
    counters.delete(rule.id);
  }
  return counters;
}
