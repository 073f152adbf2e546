// Which slots hold booleans, for batches, which know only numbers.

import type { KnownValue } from '@lintel/model';
import type { Fragment } from '../compile/fragment.ts';
import type { Plan, PlannedEntry } from './plan.ts';

const NO_VALUES: readonly KnownValue[] = [];
const isBoolean = (value: KnownValue): boolean => typeof value === 'boolean';

/** Slots that hold booleans, as far as devices or rules tell. */
export function booleanSlots(plan: Plan): Set<number> {
  const slots = new Set<number>();
  const note = (entries: readonly PlannedEntry[]): void => {
    for (const { slot, compiled } of entries) {
      const values = compiled?.predicate?.values ?? NO_VALUES;
      const from = compiled?.from ?? NO_VALUES;
      if (values.length + from.length > 0 && values.every(isBoolean) && from.every(isBoolean)) slots.add(slot);
    }
  };
  note(plan.entries);
  for (const { fragment } of plan.rules) noteBooleans(plan, fragment, slots);
  if (!plan.home.known) return slots;
  for (const [slot, key] of plan.names.keysFrom(0).entries()) if (plan.typeOf(key) === 'boolean') slots.add(slot);
  return slots;
}

function noteBooleans(plan: Plan, fragment: Fragment, slots: Set<number>): void {
  for (const { a, wide } of fragment.instructions) {
    if (typeof wide !== 'object') continue;
    if (wide.type === 'rows') {
      for (const row of wide.rows) if (typeof row.value === 'boolean') slots.add(plan.slot(row.key));
    } else if (wide.type === 'value' && typeof wide.value === 'boolean' && typeof a === 'object' && a.type === 'slot') {
      slots.add(plan.slot(a.key));
    }
  }
}
