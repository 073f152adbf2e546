// The values of the home.

import * as abi from './abi';
import { now, slotAt, tableAt } from './memory';
import { updateHold } from './predicates';
import { UNKNOWN } from './value';

/** Puts a value where the one before it was, with when and whence it came. */
@inline
export function putValue(slot: u32, value: u64, at: f64, origin: u32): void {
  store<u64>(slot, value, abi.SLOT_VALUE);
  if (value != UNKNOWN) store<u64>(slot, value, abi.SLOT_KNOWN);
  store<f64>(slot, at, abi.SLOT_CHANGED);
  store<u32>(slot, origin, abi.SLOT_ORIGIN);
}

/** Stores a value and brings the holds over it up to date; false when it is the one that was there. */
export function changeSlot(index: u32, value: u64, origin: u32): bool {
  const slot = slotAt(index);
  if (load<u64>(slot, abi.SLOT_VALUE) == value) return false;
  putValue(slot, value, now(), origin);
  const table = tableAt(index);
  if (table == 0) return true;
  const holds = load<u32>(table, abi.TABLE_HOLDS);
  const count = load<u32>(table, abi.TABLE_HOLD_COUNT);
  for (let i: u32 = 0; i < count; i++) updateHold(load<u32>(holds + i * 4));
  return true;
}

@inline
export function lastKnown(index: u32): u64 {
  return load<u64>(slotAt(index), abi.SLOT_KNOWN);
}
