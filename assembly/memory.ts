// Reading the header. What is kept in a Wasm global here is a cache: attach() loads it anew after the host wrote the memory.

import * as abi from './abi';

export let slots: u32 = 0;
export let slotTable: u32 = 0;
export let namedSlots: u32 = 0;
export let rules: u32 = 0;
export let ruleTable: u32 = 0;

/** Called by the host after it laid out, restored or replaced the memory. */
export function attach(): void {
  slots = word(abi.H_SLOTS);
  slotTable = word(abi.H_SLOT_TABLE);
  namedSlots = word(abi.H_NAMED_SLOTS);
  rules = word(abi.H_RULES);
  ruleTable = word(abi.H_RULE_TABLE);
}

@inline
export function word(at: u32): u32 {
  return load<u32>(at);
}

@inline
export function putWord(at: u32, value: u32): void {
  store<u32>(at, value);
}

@inline
export function now(): f64 {
  return load<f64>(abi.H_NOW);
}

@inline
export function slotAt(index: u32): u32 {
  return slots + index * abi.SLOT_SIZE;
}

@inline
export function valueOf(slot: u32): u64 {
  return load<u64>(slotAt(slot), abi.SLOT_VALUE);
}

@inline
export function ruleAt(index: u32): u32 {
  return rules + index * abi.RULE_SIZE;
}

@inline
export function codeAt(index: u32): u32 {
  return ruleTable + index * abi.CODE_SIZE;
}

@inline
export function triggerAt(index: u32): u32 {
  return word(abi.H_TRIGGERS) + index * abi.TRIGGER_SIZE;
}

/** What the rules attach to a slot, or 0 for a slot that no rule names. */
@inline
export function tableAt(slot: u32): u32 {
  return slot < namedSlots ? slotTable + slot * abi.TABLE_SIZE : 0;
}
