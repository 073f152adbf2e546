// Values as the core has them: a number as itself, everything else in the space of NaNs.

import type { Value } from '@lintel/model';
import type { StringTable } from '../strings.ts';

/** The upper halves of what is no number. */
export const UNKNOWN_HIGH = 0x7ffc_0000;
export const BOOLEAN_HIGH = 0x7ffd_0000;
export const TEXT_HIGH = 0x7ffe_0000;

/** Writes a value as the core has it: a number as itself, everything else in the space of NaNs. */
export function writeValue(view: DataView, at: number, value: Value, strings: StringTable): void {
  if (typeof value === 'number') return view.setFloat64(at, value + 0, true);
  const [low, high] = wordsOf(value, strings);
  view.setUint32(at, low, true);
  view.setUint32(at + 4, high, true);
}

function wordsOf(value: Exclude<Value, number>, strings: StringTable): readonly [number, number] {
  if (value === null) return [0, UNKNOWN_HIGH];
  if (typeof value === 'boolean') return [value ? 1 : 0, BOOLEAN_HIGH];
  return [strings.number(value), TEXT_HIGH];
}

export function readValue(view: DataView, at: number, strings: StringTable): Value {
  const high = view.getUint32(at + 4, true);
  if (high === UNKNOWN_HIGH) return null;
  if (high === BOOLEAN_HIGH) return view.getUint32(at, true) === 1;
  if (high === TEXT_HIGH) return strings.text(view.getUint32(at, true));
  return view.getFloat64(at, true);
}

export const align = (size: number): number => (size + 7) & ~7;
