// Since when the conditions with a `for` have held: asked anew after every change of the home.

import type { Rule } from '@lintel/model';
import { predicatesNow } from './conditions.ts';
import { membersOf } from './selectors.ts';
import { memoryOf } from './state.ts';
import type { PropertyCondition, State } from './state.ts';

/** Every property condition with a `for` anywhere in a part of a rule; what a run waits for as an event is none. */
function conditionsWithFor(part: unknown): PropertyCondition[] {
  if (Array.isArray(part)) return part.flatMap(conditionsWithFor);
  if (typeof part !== 'object' || part === null) return [];
  if ('kind' in part && part.kind === 'property') return 'for' in part ? [part as PropertyCondition] : [];
  return Object.entries(part).flatMap(([key, value]) => (key === 'event' ? [] : conditionsWithFor(value)));
}

const found = new WeakMap<Rule, PropertyCondition[]>();

export function heldConditionsOf(rule: Rule): PropertyCondition[] {
  let conditions = found.get(rule);
  if (conditions === undefined) {
    conditions = conditionsWithFor([rule.conditions, rule.actions]);
    found.set(rule, conditions);
  }
  return conditions;
}

/** Every version of a rule that is in use: the present ones and those of runs that began before an edit. */
function versionsInUse(state: State): Set<Rule> {
  const runs = state.rules.flatMap((memory) => [...memory.runs, ...memory.queue]);
  return new Set([...state.rules.map((memory) => memory.rule), ...runs.map((run) => run.rule)]);
}

function updateCondition(state: State, condition: PropertyCondition, sinceWhen: (name: string) => number): void {
  const before = state.held.get(condition) ?? {};
  const after: Record<string, number> = {};
  for (const [name, truth] of Object.entries(predicatesNow(state, condition))) {
    if (truth === true) after[name] = before[name] ?? sinceWhen(name);
  }
  state.held.set(condition, after);
}

export function updateHeld(state: State): void {
  for (const rule of versionsInUse(state)) {
    for (const condition of heldConditionsOf(rule)) updateCondition(state, condition, () => state.at);
  }
}

/** Who comes into a set has held for as long as it is so; what is said of a whole set holds from now on. */
export function holdFromMoved(state: State): void {
  for (const rule of versionsInUse(state)) {
    for (const condition of heldConditionsOf(rule)) {
      const since = (name: string): number => memoryOf(state, name, condition.property)?.changedAt ?? state.at;
      updateCondition(state, condition, (name) => (name === '' ? state.at : since(name)));
    }
  }
}

/** A condition that an edit adds has held at least since the last change of what it asks. */
export function holdFromKnown(state: State, rule: Rule): void {
  for (const condition of heldConditionsOf(rule)) {
    updateCondition(state, condition, (name) => {
      const devices = name === '' ? membersOf(state, condition.device) : [name];
      const memories = devices.map((device) => memoryOf(state, device, condition.property));
      return Math.max(...memories.map((memory) => memory?.changedAt ?? Number.NEGATIVE_INFINITY));
    });
  }
}
