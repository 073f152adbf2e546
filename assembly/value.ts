// A value is 64 bits: a finite number is itself; everything else hides in the space of NaNs, so that equal values have
// equal bits. Numbers are stored without a negative zero and never as NaN, or hashes of the state would differ between hosts.

export const UNKNOWN: u64 = 0x7ffc000000000000;
export const FALSE: u64 = 0x7ffd000000000000;
export const TRUE: u64 = 0x7ffd000000000001;
export const TEXT: u64 = 0x7ffe000000000000;

/** Answers of three-valued logic. */
export const MAYBE: u32 = 0;
export const NO: u32 = 1;
export const YES: u32 = 2;

@inline
export function isNumber(value: u64): bool {
  return (value & 0x7ff0000000000000) != 0x7ff0000000000000;
}

@inline
export function isText(value: u64): bool {
  return value >>> 48 == 0x7ffe;
}

@inline
export function toNumber(value: u64): f64 {
  return reinterpret<f64>(value);
}

/** A number as a value; what is not finite is unknown. */
export function fromNumber(number: f64): u64 {
  return isFinite<f64>(number) ? reinterpret<u64>(number + 0.0) : UNKNOWN;
}

@inline
export function fromBoolean(yes: bool): u64 {
  return yes ? TRUE : FALSE;
}

/** A string by its number in the host's table; 0 is no string. */
@inline
export function fromText(id: u32): u64 {
  return id == 0 ? UNKNOWN : TEXT | <u64>id;
}

@inline
export function textOf(value: u64): u32 {
  return isText(value) ? <u32>value : 0;
}

@inline
export function fromAnswer(answer: u32): u64 {
  return answer == MAYBE ? UNKNOWN : answer == YES ? TRUE : FALSE;
}

@inline
export function toAnswer(value: u64): u32 {
  return value == TRUE ? YES : value == FALSE ? NO : MAYBE;
}

@inline
export function answerOf(yes: bool): u32 {
  return yes ? YES : NO;
}
