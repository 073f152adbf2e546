// Rules that may trigger themselves or one another, through devices, modes, variables and events.

import type { Action, KnownValue, ModeTrigger, PropertyTrigger, Rule, RuleProblem, Target } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { MODE_KEY, type Fragment } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import type { Plan } from '../link/plan.ts';
import { REPEATED, SlotTable, entriesOf } from '../link/slot-table.ts';
import { effectsOf } from './effects.ts';

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

/** When a trigger about one property, or about the mode, fires; null where that is not known. */
type Hearing = readonly Change[] | null;
type Change = Pick<PropertyTrigger, 'becomes' | 'from' | 'above' | 'below'>;

/** By slot, the rules whose triggers hear it. */
function hearers(plan: Plan, map: HomeMap): ReadonlyMap<number, ReadonlyMap<number, Hearing>> {
  const heard = new Map<number, Map<number, Hearing>>();
  const table = new SlotTable(plan);
  for (const rule of plan.rules) {
    const entries = new Map<number, number>();
    for (let entry = 0; entry < entriesOf(rule); entry += 1) {
      const slot = table.slotOfEntry(rule, entry);
      if (slot !== REPEATED) entries.set(slot, (entries.get(slot) ?? 0) + 1);
    }
    const triggers = Map.groupBy(propertyTriggers(rule.fragment.rule), ({ device, property }) =>
      plan.names.findExactly(map.key(device as string, property)),
    ) as Map<number, Change[]>;
    triggers.set(plan.names.findExactly(MODE_KEY), modeTriggers(rule.fragment.rule));
    for (const [slot, count] of entries) {
      const known = triggers.get(slot) ?? [];
      const rules = heard.get(slot) ?? heard.set(slot, new Map()).get(slot)!;
      rules.set(rule.index, known.length === count ? known : null);
    }
  }
  return heard;
}

const propertyTriggers = ({ triggers }: Rule): PropertyTrigger[] =>
  triggers.filter((trigger) => trigger.kind === 'property' && typeof trigger.device === 'string') as PropertyTrigger[];

const modeTriggers = ({ triggers }: Rule): ModeTrigger[] => triggers.filter((trigger) => trigger.kind === 'mode');

/**
 * The modes that actions, however deep, bring about; undefined where one is worked out. The one that every trigger says there is
 * already changes nothing.
 */
function modesOf({ triggers, actions }: Rule): readonly unknown[] | undefined {
  const walk = (raw: unknown): unknown[] => {
    if (typeof raw !== 'object' || raw === null) return [];
    const { kind, mode } = raw as { kind?: unknown; mode?: unknown };
    return kind === 'mode' ? [mode] : Object.values(raw).flatMap(walk);
  };
  const modes = walk(actions);
  if (modes.some((mode) => typeof mode !== 'string')) return undefined;
  return modes.filter((mode) => !triggers.every((each) => each.kind === 'mode' && each.becomes === mode));
}

/** Whether a property that is set to this may fire the trigger. */
function fires({ becomes, from, above, below: under }: Change, value: unknown): boolean {
  if (becomes !== undefined) return [becomes].flat().includes(value as KnownValue);
  if (above !== undefined || under !== undefined)
    return typeof value !== 'number' || (value > (above ?? -Infinity) && value < (under ?? Infinity));
  return from === undefined || ![from].flat().includes(value as KnownValue);
}

/** By slot, the values that a rule sets; null for a rule of which that is not known. */
function constants(fragment: Fragment, plan: Plan, map: HomeMap): ReadonlyMap<number, readonly unknown[]> | null {
  if (!isPlain(fragment.rule.actions)) return null;
  const set = new Map<number, unknown[]>();
  for (const { key, value, late } of effectsOf(fragment, map)) {
    const slot = plan.names.findExactly(key);
    if (slot === -1) continue;
    const values = set.get(slot) ?? set.set(slot, []).get(slot)!;
    if (late || !isSoAlready(fragment.rule, key, value, map)) values.push(value);
  }
  return set;
}

/** Every trigger says that the property has this value already, and what does not change fires nothing. */
const isSoAlready = ({ triggers }: Rule, key: string, value: unknown, map: HomeMap): boolean =>
  triggers.every(
    (trigger) =>
      trigger.kind === 'property' &&
      typeof trigger.device === 'string' &&
      trigger.becomes === value &&
      map.key(trigger.device, trigger.property) === key,
  );

/** Nothing is done to devices but plain values that stay. */
function isPlain(raw: unknown): boolean {
  if (Array.isArray(raw)) return raw.every(isPlain);
  if (typeof raw !== 'object' || raw === null) return true;
  const { kind, target } = raw as { kind?: unknown; target?: Target };
  if (kind === 'command' || kind === 'scene' || kind === 'restore') return false;
  if (kind === 'set') {
    const { values, for: held } = raw as Extract<Action, { kind: 'set' }>;
    const isConstant = Object.values(values).every((value) => typeof value !== 'object');
    return isConstant && held === undefined && target !== undefined && !('trigger' in target) && !('group' in target);
  }
  return Object.values(raw).every(isPlain);
}

/** By rule, those that it may trigger. */
function followers(fragments: readonly Fragment[], plan: Plan, map: HomeMap): Set<number>[] {
  const heard = hearers(plan, map);
  const modeSlot = plan.names.findExactly(MODE_KEY);
  return changes(plan).map((slots, index) => {
    const set = constants(fragments[index]!, plan, map);
    const next = new Set<number>();
    for (const slot of slots) {
      const values = slot === modeSlot ? modesOf(fragments[index]!.rule) : set?.get(slot);
      for (const [rule, triggers] of heard.get(slot) ?? []) {
        const never = triggers !== null && values?.every((value) => triggers.every((each) => !fires(each, value)));
        if (never !== true) next.add(rule);
      }
    }
    return next;
  });
}

export function loops(fragments: readonly Fragment[], plan: Plan, map: HomeMap): RuleProblem[] {
  const next = followers(fragments, plan, map);
  return fragments.flatMap(({ rule }, index) => {
    const through = pathBack(next, index);
    if (through === null) return [];
    const other = through === index ? {} : { with: fragments[through]!.rule.id };
    const { id, name } = fragments[through]!.rule;
    const message =
      through === index
        ? 'this rule may trigger itself'
        : `this rule and ${JSON.stringify(name ?? id)} may trigger one another`;
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
