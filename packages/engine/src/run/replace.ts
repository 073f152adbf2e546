// Replaces the rules of an engine: a fresh layout beside the live one, the state moved over, then the swap.

import type { Rule } from '@lintel/model';
import * as abi from '../abi.ts';
import { checkRule } from '../check/rule.ts';
import { isObject, show } from '../check/reader.ts';
import { checkTypes } from '../check/types.ts';
import type { Fragment } from '../compile/fragment.ts';
import { compileRule, switchText } from '../compile/rule.ts';
import type { CoreModule } from '../core.ts';
import type { EngineParts } from '../engine.ts';
import { RuleError } from '../errors.ts';
import { readHome } from '../home.ts';
import { RULES_MAX } from '../limits.ts';
import { HomeMap } from '../link/members.ts';
import type { EngineDevice, EngineHome, ReplaceResult } from '../types.ts';
import { buildMachine } from './build.ts';
import { Departure, stateOf } from './departure.ts';
import type { Machine } from './machine.ts';
import { Migration } from './migrate.ts';
import { isRuleEnabled } from './peek.ts';
import { RuleSet } from './rule-set.ts';

/** Whether a rule is on now, whatever its text says; null for one that is not there. */
type IsOn = (rule: string) => boolean | null;

/**
 * Compiles rules, taking over what is already compiled of those that have not changed. A text that says of a rule that was
 * switched what has become so does not change it.
 */
export function compileAll(rules: unknown, known: readonly Fragment[], isOn: IsOn = () => null): Fragment[] {
  if (!Array.isArray(rules)) throw new RuleError('', '', `expected a list of rules, not ${show(rules)}`);
  if (rules.length > RULES_MAX) throw new RuleError('', '', `expected at most ${RULES_MAX} rules, not ${rules.length}`);
  const before = new Known(known);
  const ids = new Set<string>();
  return (rules as unknown[]).map((raw, index) => {
    const fragment = unchanged(raw, before.find(raw, index), isOn) ?? compileRule(checkRule(raw));
    const { id } = fragment.rule;
    if (ids.has(id)) throw new RuleError(id, '/id', `another rule has the id ${show(id)}`);
    ids.add(id);
    return fragment;
  });
}

/** Rules that are compiled already. Most stay in their places, so that is where each is looked for first. */
class Known {
  readonly #fragments: readonly Fragment[];
  #places: Map<string, Fragment> | null = null;

  constructor(fragments: readonly Fragment[]) {
    this.#fragments = fragments;
  }

  find(raw: unknown, index: number): Fragment | undefined {
    if (!isObject(raw) || typeof raw['id'] !== 'string') return undefined;
    const here = this.#fragments[index];
    if (here?.rule.id === raw['id']) return here;
    this.#places ??= new Map(this.#fragments.map((fragment) => [fragment.rule.id, fragment]));
    return this.#places.get(raw['id']);
  }
}

function unchanged(raw: unknown, fragment: Fragment | undefined, isOn: IsOn): Fragment | null {
  if (fragment === undefined) return null;
  if (isSameRule(raw, fragment.rule)) return fragment;
  const { enabled = true } = raw as Rule;
  if (enabled !== isOn(fragment.rule.id)) return null;
  return isSameRule({ ...(raw as Rule), enabled: true }, { ...fragment.rule, enabled: true }) ? fragment : null;
}

/** Rules that were switched say so from now on. */
function adoptSwitches(rules: readonly Rule[], fragments: readonly Fragment[]): void {
  for (const [index, rule] of rules.entries()) {
    const fragment = fragments[index]!;
    if ((rule.enabled ?? true) !== (fragment.rule.enabled ?? true)) switchText(fragment, checkRule(rule));
  }
}

/** Deep equality of what people wrote; what the hub adds to a rule does not count. */
function isSameRule(raw: unknown, rule: Rule): boolean {
  const { author, version } = raw as Rule;
  if (author === undefined && version === undefined) return deepEqual(raw, rule);
  const { author: _author, version: _version, ...written } = raw as Rule;
  return deepEqual(written, rule);
}

function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b);
  if (Array.isArray(b)) return false;
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  let left = 0;
  for (const key in one) {
    const value = one[key];
    if (value === undefined) continue;
    const there = other[key];
    if (there === undefined || (there !== value && !deepEqual(value, there)) || !Object.hasOwn(other, key))
      return false;
    left += 1;
  }
  for (const key in other) if (Object.hasOwn(other, key)) left -= 1;
  return left === 0;
}

function equalLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!deepEqual(a[index], b[index])) return false;
  return true;
}

interface ReplaceOptions {
  readonly devices?: readonly EngineDevice[];
  readonly home?: EngineHome;
  readonly strict?: boolean;
  readonly extraSlots?: number;
}

/** Exchanges the rules by what people wrote. */
export function replaceRules(
  module: CoreModule,
  parts: EngineParts,
  rules: readonly Rule[],
  options: ReplaceOptions,
): { parts: EngineParts; result: ReplaceResult } {
  const fragments = compileAll(rules, parts.rules.fragments, (rule) => isRuleEnabled(parts.machine, rule));
  const replaced = replace(module, parts, fragments, options);
  adoptSwitches(rules, fragments);
  return replaced;
}

export function replace(
  module: CoreModule,
  parts: EngineParts,
  fragments: readonly Fragment[],
  options: ReplaceOptions,
): { parts: EngineParts; result: ReplaceResult } {
  const { rules: before } = parts;
  const home = options.home === undefined ? before.home : readHome(options.home);
  const devices = options.devices ?? before.devices;
  const strict = options.strict ?? before.strict;
  const isSameHome = home === before.home && devices === before.devices;
  const map = isSameHome ? before.map : new HomeMap(home, devices);
  if (strict) checkTypes(isSameHome ? fragments.filter(isNewTo(before.fragments)) : fragments, map);
  const rules = RuleSet.of(fragments, home, devices, { strict, map });
  const old = parts.machine;
  const departure = new Departure(old, fragments);
  const layout = {
    ghosts: departure.ghosts,
    persons: old.linked.names.persons,
    carriedSlots: old.slotCount + (options.extraSlots ?? 0),
  };
  const machine = buildMachine(module, rules, layout);
  const migration = new Migration(old, machine, (run) => departure.stays(run));
  const moves = departure.moves(machine);
  migration.run(moves);
  machine.coverTime(home.timeZone, machine.now);
  machine.initialise();
  machine.commands.push(...old.commands);
  machine.traces.push(...old.traces, ...departure.traces);
  for (const { to, whole } of moves) if (!whole) machine.core.startQueued(to);
  machine.drive(machine.core.resume());
  const generations = nextGenerations(parts, machine);
  return { parts: { machine, rules, generations }, result: departure.result };
}

function isNewTo(known: readonly Fragment[]): (fragment: Fragment) => boolean {
  const before = new Set(known);
  return (fragment) => !before.has(fragment);
}

/**
 * A rule that was deleted with all its runs counts them from 1 when one with its id comes again; the ids of its commands
 * then carry a generation, so that none is used twice.
 */
function nextGenerations({ generations, machine: old }: EngineParts, machine: Machine): ReadonlyMap<string, number> {
  const next = new Map(generations);
  for (const { fragment, index, holder } of old.linked.rules) {
    const { id } = fragment.rule;
    if (
      index !== holder ||
      machine.linked.holderOf(id) !== -1 ||
      old.memory.word(stateOf(old, index) + abi.RULE_RUN_COUNTER) === 0
    )
      continue;
    next.set(id, (next.get(id) ?? 0) + 1);
  }
  return next;
}
