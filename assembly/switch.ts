// Switching rules on and off. A rule that is off hears nothing; switched on it arms on what is known then, as a new one does.

import * as abi from './abi';
import { initialiseTrigger } from './entries';
import { codeAt, ruleAt, word } from './memory';
import { clearCell } from './runs';

@inline
function cellOf(code: u32, index: u32): u32 {
  return word(abi.H_CELLS) + (load<u32>(code, abi.CODE_CELLS) + index) * abi.CELL_SIZE;
}

@inline
function ownerOf(code: u32, index: u32): u32 {
  return load<u32>(word(abi.H_CELL_OWNERS) + (load<u32>(code, abi.CODE_CELLS) + index) * 4);
}

function forget(cell: u32): void {
  const member = load<u32>(cell, abi.CELL_MEMBER);
  clearCell(cell);
  store<u32>(cell, member, abi.CELL_MEMBER);
}

export function switchOff(rule: u32): void {
  const code = codeAt(rule);
  const count = load<u32>(code, abi.CODE_CELL_COUNT);
  for (let i: u32 = 0; i < count; i++) forget(cellOf(code, i));
  store<u32>(ruleAt(rule), 0, abi.RULE_ENABLED);
}

/** STEP_NEEDS when the host must answer first; it is then done again from the start. */
export function switchOn(rule: u32): u32 {
  const code = codeAt(rule);
  const count = load<u32>(code, abi.CODE_CELL_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    forget(cellOf(code, i));
    if (initialiseTrigger(ownerOf(code, i), cellOf(code, i)) == abi.STEP_NEEDS) return abi.STEP_NEEDS;
  }
  store<u32>(ruleAt(rule), 1, abi.RULE_ENABLED);
  return abi.UNIT_DONE;
}

/** Makes a rule on or off, if it is not; STEP_NEEDS when the host must answer first. */
export function switchTo(rule: u32, on: bool): u32 {
  if (on == (load<u32>(ruleAt(rule), abi.RULE_ENABLED) != 0)) return abi.UNIT_DONE;
  if (on) return switchOn(rule);
  switchOff(rule);
  return abi.UNIT_DONE;
}
