// Replaces the rules of an engine: a fresh layout beside the live one, the state moved over, then the swap.

import type { Rule } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { checkRule } from '../check/rule.ts';
import { checkTypes } from '../check/types.ts';
import type { Fragment } from '../compile/fragment.ts';
import { personKey } from '../compile/fragment.ts';
import { switchText } from '../compile/rule.ts';
import type { CoreModule } from '../core.ts';
import type { EngineParts } from '../engine.ts';
import { readDevices, readHome } from '../home.ts';
import { HomeMap } from '../link/members.ts';
import { UNKNOWN_HIGH } from '../link/values.ts';
import { isSameHome, isSameMembership } from '../link/same-home.ts';
import type { EngineDevice, EngineHome, ReplaceResult } from '../types.ts';
import { buildMachine } from './build.ts';
import { compileAll } from './compile-all.ts';
import type { CompiledRules } from './compile-all.ts';
import { Departure, stateOf } from './departure.ts';
import type { Machine } from './machine.ts';
import { Migration } from './migrate.ts';
import type { RuleMove } from './migrate.ts';
import { MovedSets } from './moved-sets.ts';
import { isRuleEnabled } from './peek.ts';
import { RuleSet } from './rule-set.ts';

/** Rules that were switched say so from now on. */
function adoptSwitches(rules: readonly Rule[], fragments: readonly Fragment[]): void {
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index]!;
    const fragment = fragments[index]!;
    if ((rule.enabled ?? true) !== (fragment.rule.enabled ?? true)) switchText(fragment, checkRule(rule));
  }
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
  const next = compileAll(rules, parts.rules.fragments, (rule) => isRuleEnabled(parts.machine, rule));
  const replaced = replace(module, parts, next, options);
  adoptSwitches(rules, next.fragments);
  return replaced;
}

/** Lays the memory out anew for the same rules, with room for so many slots more. */
export function makeRoom(module: CoreModule, parts: EngineParts, extraSlots: number): EngineParts {
  const { fragments } = parts.rules;
  const places = Int32Array.from(fragments.keys());
  return replace(module, parts, { fragments, places }, { extraSlots }).parts;
}

function replace(
  module: CoreModule,
  parts: EngineParts,
  next: CompiledRules,
  options: ReplaceOptions,
): { parts: EngineParts; result: ReplaceResult } {
  const rules = nextRules(parts.rules, next, options);
  const { home } = rules;
  const old = parts.machine;
  const departure = new Departure(old, next);
  const layout = {
    ghosts: departure.ghosts,
    persons: peoplePresent(old),
    carriedSlots: old.slotCount + (options.extraSlots ?? 0),
  };
  const machine = buildMachine(module, rules, layout, old.linked.rules);
  const moves = departure.moves(machine);
  new Migration(old, machine, departure, new MovedSets(parts.rules.map, rules.map)).run(moves);
  machine.strings.settle();
  machine.coverTime(home.timeZone, machine.now);
  machine.initialise();
  machine.commands.putAll(old.commands.all);
  machine.traces.putAll(old.traces.all);
  machine.traces.putAll(departure.traces);
  for (let index = 0; index < moves.length; index += 1) {
    const { to, whole } = moves[index]!;
    if (!whole) machine.core.startQueued(to);
  }
  machine.drive(machine.core.resume());
  const generations = nextGenerations(parts, moves);
  return { parts: { machine, rules, generations }, result: departure.result };
}

/** Those of whom it is known where they are. Others give their places back, unless a rule names them. */
function peoplePresent({ linked: { names, state }, memory }: Machine): string[] {
  const isKnown = (person: string): boolean => {
    const slot = names.find(personKey(person));
    return slot !== -1 && memory.word(state.slotsAt + slot * abi.SLOT_SIZE + abi.SLOT_VALUE + 4) !== UNKNOWN_HIGH;
  };
  return names.persons.filter(isKnown);
}

/** @throws RuleError where rules must fit the devices and one does not */
function nextRules(before: RuleSet, next: CompiledRules, options: ReplaceOptions): RuleSet {
  const { fragments, places } = next;
  const home = options.home === undefined ? before.home : readHome(options.home);
  const devices = readDevices(options.devices) ?? before.devices;
  const strict = options.strict ?? before.strict;
  const isSame = isSameHome(before.home, home) && isSameMembership(before.devices, devices);
  const map = isSame && !before.map.isWorn() ? before.map : new HomeMap(home, devices);
  const isNew = (fragment: Fragment, index: number): boolean => before.fragments[places[index]!] !== fragment;
  if (strict) checkTypes(isSame ? fragments.filter(isNew) : fragments, map);
  return RuleSet.of(fragments, home, devices, { strict, map });
}

/**
 * A rule that was deleted with all its runs counts them from 1 when one with its id comes again; the ids of its commands
 * then carry a generation, so that none is used twice.
 */
function nextGenerations(
  { generations, machine }: EngineParts,
  moves: readonly RuleMove[],
): ReadonlyMap<string, number> {
  const { rules } = machine.linked;
  const stays = new Uint8Array(rules.length);
  for (let move = 0; move < moves.length; move += 1) stays[moves[move]!.from] = 1;
  const next = new Map(generations);
  for (let rule = 0; rule < rules.length; rule += 1) {
    const { fragment, index, holder } = rules[rule]!;
    if (index !== holder || stays[index] === 1) continue;
    if (machine.memory.word(stateOf(machine, index) + abi.RULE_RUN_COUNTER) === 0) continue;
    const { id } = fragment.rule;
    next.set(id, (next.get(id) ?? 0) + 1);
  }
  return next;
}
