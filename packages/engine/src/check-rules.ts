// Looks at rules together, before any runs: what does not fit the home, loops, contradictions, rules that never fire.

import type { Rule, RuleProblem } from '@lintel/model';
import { checkTypes } from './check/types.ts';
import type { CompiledTrigger, Fragment } from './compile/fragment.ts';
import * as abi from './abi.ts';
import { RuleError } from './errors.ts';
import { readHome } from './home.ts';
import { HomeMap } from './link/members.ts';
import { Plan } from './link/plan.ts';
import { SlotTable } from './link/slot-table.ts';
import { compileAll } from './run/compile-all.ts';
import type { EngineDevice, EngineHome } from './types.ts';

export type Problem = RuleProblem;

/**
 * Problems that rules have together or with the home.
 *
 * @throws RuleError for a rule that is none, EngineError `BAD_HOME` for a home that is none
 */
export function check(input: {
  readonly rules: readonly Rule[];
  readonly home: EngineHome;
  readonly devices?: readonly EngineDevice[];
}): { problems: Problem[] } {
  const map = new HomeMap(readHome(input.home), input.devices);
  const { fragments } = compileAll(input.rules);
  const plan = new Plan({ fragments, ghosts: [], home: map, persons: [] });
  return {
    problems: [
      ...fragments.flatMap((fragment) => typeProblems(fragment, map)),
      ...neverFires(fragments),
      ...loops(fragments, plan),
      ...conflicts(fragments),
    ],
  };
}

function typeProblems(fragment: Fragment, map: HomeMap): Problem[] {
  try {
    checkTypes([fragment], map);
    return [];
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const { rule, pointer, message } = error;
    const code = message.startsWith('there is no device')
      ? 'unknown-device'
      : message.includes('has no property')
        ? 'unknown-property'
        : 'type';
    return [{ severity: 'error', code, rule, pointer, message }];
  }
}

/** Only a person or another rule starts a rule whose triggers are all by hand. */
function neverFires(fragments: readonly Fragment[]): Problem[] {
  const started = new Set(
    fragments.flatMap(({ instructions }) =>
      instructions.flatMap(({ a }) => (typeof a === 'object' && a.type === 'rule' ? [a.rule] : [])),
    ),
  );
  return fragments.flatMap(({ rule }) => {
    if (started.has(rule.id) || rule.triggers.some((trigger) => trigger.kind !== 'manual')) return [];
    const message = 'nothing starts this rule by itself: all its triggers are by hand';
    return [{ severity: 'warning', code: 'never-fires', rule: rule.id, pointer: '/triggers', message } as const];
  });
}

/** The slots that each rule's actions may change, events of one's own included. */
function changes({ rules, marked, names }: Plan): Set<number>[] {
  const changed = rules.map(({ fragment }) => {
    const keys = fragment.instructions.flatMap(({ op, b }) => {
      if (typeof b !== 'object') return [];
      const isSet = b.type === 'slot' && (op === abi.OP_VARIABLE || op === abi.OP_MODE);
      return isSet || b.type === 'slotIfNamed' ? [b.key] : [];
    });
    return new Set(keys.map((key) => names.findExactly(key)));
  });
  for (const { rule, slots } of marked) for (const slot of slots) changed[rule]!.add(slot);
  return changed;
}

/** By slot, the rules whose triggers hear it. */
function hearers(plan: Plan): ReadonlyMap<number, ReadonlySet<number>> {
  const heard = new Map<number, Set<number>>();
  const table = new SlotTable(plan);
  for (const rule of plan.rules)
    table.eachEntry(rule, (slot) => void heard.set(slot, (heard.get(slot) ?? new Set()).add(rule.index)));
  return heard;
}

function loops(fragments: readonly Fragment[], plan: Plan): Problem[] {
  const heard = hearers(plan);
  const next = changes(plan).map((slots) => new Set([...slots].flatMap((slot) => [...(heard.get(slot) ?? [])])));
  return fragments.flatMap(({ rule }, index) => {
    const through = pathBack(next, index);
    if (through === null) return [];
    const other = through === index ? {} : { with: fragments[through]!.rule.id };
    const message =
      through === index
        ? 'this rule may trigger itself'
        : `this rule and ${JSON.stringify(fragments[through]!.rule.id)} may trigger one another`;
    return [{ severity: 'warning', code: 'loop', rule: rule.id, pointer: '/actions', message, ...other } as const];
  });
}

/** The first rule on a way from a rule back to itself, or null. */
function pathBack(next: readonly ReadonlySet<number>[], from: number): number | null {
  for (const first of next[from]!) {
    const seen = new Set([first]);
    const queue = [first];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (at === from) return first;
      for (const each of next[at]!) {
        if (seen.has(each)) continue;
        seen.add(each);
        queue.push(each);
      }
    }
  }
  return null;
}

const triggerKey = ({ id: _id, index: _index, ...rest }: CompiledTrigger): string =>
  JSON.stringify(rest, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

interface Wish {
  readonly fragment: Fragment;
  readonly value: unknown;
}

/** Two rules without conditions that the same trigger starts, and that set one property to different values. */
function conflicts(fragments: readonly Fragment[]): Problem[] {
  const found = new Map<string, Problem>();
  const wishes = new Map<string, Wish[]>();
  for (const fragment of fragments) {
    if (fragment.conditionsAt !== -1 || fragment.rule.enabled === false) continue;
    for (const { property, key, value } of constantWishes(fragment)) {
      const before = wishes.get(key) ?? wishes.set(key, []).get(key)!;
      const against = before.find((wish) => wish.value !== value && wish.fragment !== fragment);
      if (against !== undefined) addConflict(found, against.fragment, fragment, property);
      if (!before.some((wish) => wish.value === value)) before.push({ fragment, value });
    }
  }
  return [...found.values()];
}

function addConflict(found: Map<string, Problem>, one: Fragment, other: Fragment, property: string): void {
  const key = JSON.stringify([one.rule.id, other.rule.id]);
  if (found.has(key)) return;
  const message = `${JSON.stringify(other.rule.id)} sets ${property} to something else on the same trigger`;
  found.set(key, {
    severity: 'warning',
    code: 'conflict',
    rule: one.rule.id,
    pointer: '/actions',
    message,
    with: other.rule.id,
  });
}

/** What a rule sets, by trigger, target and property. */
function* constantWishes({ rule, triggers }: Fragment): Generator<{ property: string; key: string; value: unknown }> {
  const starts = new Set(triggers.filter(({ waits }) => !waits).map(triggerKey));
  for (const action of rule.actions) {
    if (action.kind !== 'set') continue;
    const target = JSON.stringify(action.target);
    for (const [property, value] of Object.entries(action.values)) {
      for (const start of starts) yield { property, key: `${start}\0${target}\0${property}`, value };
    }
  }
}
