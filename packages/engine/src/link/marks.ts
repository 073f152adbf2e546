// Which slots a command is about to change, so that chains of rules through the devices' own reports are seen.

import type { Fragment, Marks, SlotKey } from '../compile/fragment.ts';
import { setOf } from '../compile/predicates.ts';
import type { HomeMap } from './members.ts';
import type { Plan } from './plan.ts';

/** Slots that a command changes and a trigger listens to: through them rules may cause one another. */
export function chainSlots(plan: Plan): Map<number, number> {
  const heard = new Set<number>();
  for (const entry of plan.entries) if (entry.compiled !== null) heard.add(entry.slot);
  const chains = new Map<number, number>();
  for (const rule of plan.rules) {
    for (const { b } of rule.fragment.instructions) {
      if (typeof b !== 'object' || b.type !== 'marks') continue;
      for (const slot of markedSlots(plan, rule.fragment, b.marks)) {
        if (heard.has(slot) && !chains.has(slot)) chains.set(slot, chains.size);
      }
    }
  }
  return chains;
}

/** Named slots that a command to this target is about to change. */
export function markedSlots(plan: Plan, fragment: Fragment, marks: Marks): number[] {
  const slots: number[] = [];
  for (const key of markedKeys(plan, fragment, marks)) {
    const slot = plan.names.findExactly(key);
    if (slot !== -1) slots.push(slot);
  }
  for (const property of marks.properties) {
    if (!property.endsWith('.')) continue;
    for (const device of markedDevices(plan, fragment, marks)) slots.push(...slotsOf(plan, device, property));
  }
  return slots;
}

const known = new WeakMap<Marks, { readonly home: HomeMap; readonly keys: readonly SlotKey[] }>();

/** The keys of the properties that a command names; for one home they stay the same. */
function markedKeys(plan: Plan, fragment: Fragment, marks: Marks): readonly SlotKey[] {
  const { home } = plan;
  const before = known.get(marks);
  if (before?.home === home) return before.keys;
  const properties = marks.properties.filter((property) => !property.endsWith('.'));
  const devices = properties.length === 0 ? [] : markedDevices(plan, fragment, marks);
  const keys = devices.flatMap((device) => properties.map((property) => home.key(device, property)));
  known.set(marks, { home, keys });
  return keys;
}

function slotsOf(plan: Plan, device: string, capability: string): number[] {
  return plan.slotsOfDevice(device).filter((slot) => plan.names.key(slot).split('\0')[2]!.startsWith(capability));
}

function markedDevices(plan: Plan, fragment: Fragment, { target }: Marks): readonly string[] {
  if ('device' in target) return [target.device];
  if ('devices' in target) return target.devices;
  if ('room' in target || 'floor' in target || 'home' in target)
    return plan.home.members({ ...setOf(target), kind: null });
  if (!('trigger' in target)) return [];
  const named = fragment.triggers.flatMap(({ predicate }) =>
    predicate === null ? [] : plan.resolve(predicate.members).devices,
  );
  return named.filter((device) => device !== null);
}
