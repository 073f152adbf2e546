// Rules that do something to the same devices: against one another, for nothing, or around another's guard.

import type { Rule, RuleProblem, Trigger } from '@lintel/model';
import { CHECKED_RIVALS_MAX } from '../../../../assembly/limits.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import { effectsOf, isLate, startsOf, type Effect } from './effects.ts';
import { isImpossible } from './facts.ts';

interface Doing {
  readonly rule: Rule;
  readonly index: number;
  readonly starts: readonly string[];
  readonly effects: readonly Effect[];
}

const nameOf = ({ id, name }: Rule): string => JSON.stringify(name ?? id);

const pairOf = (problem: RuleProblem): string => JSON.stringify([problem.rule, problem.with]);

export function overlaps(fragments: readonly Fragment[], map: HomeMap): RuleProblem[] {
  const doings = fragments.flatMap((fragment, index): Doing[] => {
    if (fragment.rule.enabled === false) return [];
    return [{ rule: fragment.rule, index, starts: startsOf(fragment), effects: effectsOf(fragment, map) }];
  });
  const clashes = conflicts(doings);
  // Where rules contradict each other it is not the one alone that is for nothing.
  const contradicts = new Set(clashes.map(pairOf));
  return [...clashes, ...shadowed(doings).filter((each) => !contradicts.has(pairOf(each))), ...bypasses(doings)];
}

interface Wish {
  readonly doing: Doing;
  readonly effect: Effect;
}

/** Whether an effect comes wherever the rule's own conditions hold, at once. */
const isPlainly = ({ guards, late, value }: Effect, { conditions = [] }: Rule): boolean =>
  !late && value !== undefined && guards.length === conditions.length;

const conditionsKey = ({ conditions = [] }: Rule): string => JSON.stringify(conditions);

/** Two rules under the same conditions that the same trigger starts, and that set one property to different values. */
function conflicts(doings: readonly Doing[]): RuleProblem[] {
  const found = new Map<string, RuleProblem>();
  const wishes = new Map<string, Wish[]>();
  for (const doing of doings) {
    for (const effect of doing.effects) {
      if (!isPlainly(effect, doing.rule)) continue;
      for (const start of doing.starts) {
        const key = `${start}\0${effect.key}\0${conditionsKey(doing.rule)}`;
        const before = wishes.get(key) ?? wishes.set(key, []).get(key)!;
        const against = before.find((wish) => wish.effect.value !== effect.value && wish.doing !== doing);
        if (against !== undefined) addConflict(found, against, { doing, effect });
        if (!before.some((wish) => wish.effect.value === effect.value)) before.push({ doing, effect });
      }
    }
  }
  return [...found.values()];
}

function addConflict(found: Map<string, RuleProblem>, one: Wish, other: Wish): void {
  const [{ rule }, { rule: against }] = [one.doing, other.doing];
  const key = JSON.stringify([rule.id, against.id]);
  if (found.has(key)) return;
  const message = `${nameOf(against)} sets ${one.effect.property} to something else on the same trigger`;
  found.set(key, {
    severity: 'warning',
    code: 'conflict',
    rule: rule.id,
    pointer: one.effect.pointer,
    message,
    with: against.id,
  });
}

/**
 * A rule all of whose effects another one, which the same triggers start under no more conditions, brings about anew or undoes
 * at the same instant.
 */
function shadowed(doings: readonly Doing[]): RuleProblem[] {
  const doers = new Map<string, Doing[]>();
  for (const doing of doings) {
    if (!isSure(doing)) continue;
    const keys = new Set(doing.effects.filter((effect) => isPlainly(effect, doing.rule)).map(({ key }) => key));
    for (const key of keys) {
      for (const start of doing.starts) {
        const place = `${start}\0${key}`;
        (doers.get(place) ?? doers.set(place, []).get(place)!).push(doing);
      }
    }
  }
  return doings.flatMap((doing) => {
    const [first] = doing.effects;
    if (first === undefined || !isOnlyInstant(doing)) return [];
    const candidates = doers.get(`${doing.starts[0]}\0${first.key}`) ?? [];
    const over = candidates
      .slice(-CHECKED_RIVALS_MAX)
      .find((other) => other.index > doing.index && covers(other, doing));
    if (over === undefined) return [];
    const message = `this does nothing that lasts: ${nameOf(over.rule)} sets all of it again at the same instant`;
    return [
      {
        severity: 'warning',
        code: 'shadowed',
        rule: doing.rule.id,
        pointer: '/actions',
        message,
        with: over.rule.id,
      } as const,
    ];
  });
}

/** A rule that always acts when it is triggered: none that may still be busy. */
const isSure = ({ rule }: Doing): boolean => !isLate(rule.actions) || rule.mode === 'restart';

/** Nothing but values that are set at once. */
const isOnlyInstant = ({ rule, effects }: Doing): boolean =>
  rule.actions.every(
    (action) => action.kind === 'set' && action.for === undefined && action.transition === undefined,
  ) && effects.every((effect) => isPlainly(effect, rule));

function covers(over: Doing, under: Doing): boolean {
  const asked = new Set((under.rule.conditions ?? []).map((condition) => JSON.stringify(condition)));
  if (!(over.rule.conditions ?? []).every((condition) => asked.has(JSON.stringify(condition)))) return false;
  if (!under.starts.every((start) => over.starts.includes(start))) return false;
  const done = new Set(over.effects.filter((effect) => isPlainly(effect, over.rule)).map(({ key }) => key));
  return under.effects.every(({ key }) => done.has(key));
}

const OPENS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'lock.state': (value) => value === 'unlocked' || value === 'unlatched',
  'alarm.state': (value) => value === 'disarmed',
  'cover.position': (value) => typeof value === 'number' && value > 0,
  'valve.open': (value) => value === true,
};
/** What makes a condition a guard of a door that sun and time alone open and close, too. */
const WATCHES =
  /"kind":"(?:presence|mode)"|"(?:lock\.state|alarm\.state|contact\.open|occupancy\.occupied|waterLeak\.leaking|smoke\.alarm)"/;

const opens = ({ property, value }: Effect): boolean => OPENS[property.split('@')[0]!]?.(value) === true;

function isGuarded({ guards, property }: Effect): boolean {
  const isStrict = property.startsWith('lock.') || property.startsWith('alarm.');
  return guards.some((guard) => isStrict || WATCHES.test(JSON.stringify(guard)));
}

/** A person who presses a button has decided. */
const isByHand = (trigger: Trigger): boolean =>
  trigger.kind === 'manual' || (trigger.kind === 'event' && trigger.event === 'button.pressed');

/**
 * A lock, alarm, cover or valve that one rule opens only under a condition, and another rule, which no person starts, under none.
 */
function bypasses(doings: readonly Doing[]): RuleProblem[] {
  const guarded = new Map<string, { doing: Doing; effect: Effect }>();
  const each = doings.flatMap((doing) => doing.effects.filter(opens).map((effect) => ({ doing, effect })));
  for (const one of each) {
    if (isGuarded(one.effect) && !isImpossible(one.effect.guards) && !guarded.has(one.effect.key))
      guarded.set(one.effect.key, one);
  }
  const told = new Set<string>();
  return each.flatMap(({ doing, effect }): RuleProblem[] => {
    const other = guarded.get(effect.key)?.doing.rule;
    if (other === undefined || other.id === doing.rule.id || isGuarded(effect)) return [];
    const place = `${doing.rule.id} ${effect.pointer}`;
    if (told.has(place) || doing.rule.triggers.every(isByHand)) return [];
    told.add(place);
    const message = `this sets ${effect.property} without asking what ${nameOf(other)} asks first`;
    return [
      {
        severity: 'warning',
        code: 'guard-bypass',
        rule: doing.rule.id,
        pointer: effect.pointer,
        message,
        with: other.id,
      },
    ];
  });
}
