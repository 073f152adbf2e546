// Answers what the core asks for: everything to do with text.

import { readDuration } from '@lintel/model';
import type { Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { MADE_TEXT_CHARACTERS_MAX } from '../../../../assembly/limits.ts';
import { parseTimeOfDay } from '../check/reader.ts';
import type { Predicate } from '../compile/fragment.ts';
import { propertyKeyOf, scheduleKey, variableKey } from '../compile/fragment.ts';
import { define } from '../compile/templates.ts';
import { codeStart } from './peek.ts';
import { readValue, writeValue } from '../link/values.ts';
import type { OutputHost } from './output.ts';

export interface AnswerHost extends OutputHost {
  /** The slot of a value, or −1 where there is none. */
  find(key: string): number;
}

/** Writes the answer to the request at the end of the memo. */
export function answer(host: AnswerHost): void {
  const { memory, linked, strings } = host;
  const count = memory.word(abi.H_MEMO_COUNT);
  const memo = linked.rings.memoAt + count * abi.MEMO_SIZE;
  const place = memory.word(memo + 4);
  const args: Value[] = [];
  for (let i = 0; i < memory.word(memo + 8); i += 1) {
    args.push(readValue(memory.view, memory.word(memo + 12) + i * 8, strings));
  }
  writeValue(memory.view, memo + 40, reply(host, memory.word(memo), place, args), strings);
  memory.putWord(abi.H_MEMO_COUNT, count + 1);
}

function reply(host: AnswerHost, request: number, place: number, args: readonly Value[]): Value {
  const [first = null, second = null] = args;
  switch (request) {
    case abi.HOST_JOIN:
      return clip(`${String(first)}${String(second)}`);
    case abi.HOST_TEXT:
      return textOf(first, second);
    case abi.HOST_NAMES:
      return namesOf(host, place);
    case abi.HOST_FIELD:
      return fieldOf(first, second);
    case abi.HOST_DATA:
      return dataOf(host, place, args);
    case abi.HOST_DURATION:
      return durationOf(first);
    case abi.HOST_TIME_OF_DAY:
      return timeOf(first);
    case abi.HOST_PROPERTY:
      return typeof first === 'string' && typeof second === 'string' ? read(host, propertyKeyOf(first, second)) : null;
    case abi.HOST_VARIABLE:
      return typeof first === 'string' ? read(host, variableKey(first)) : null;
    case abi.HOST_SCHEDULE:
      return typeof first === 'string' ? read(host, scheduleKey(first)) : null;
    default:
      return null;
  }
}

function clip(text: string): string {
  return text.length > MADE_TEXT_CHARACTERS_MAX ? text.slice(0, MADE_TEXT_CHARACTERS_MAX) : text;
}

function textOf(value: Value, digits: Value): Value {
  if (typeof value !== 'number' || typeof digits !== 'number') return null;
  return value.toFixed(Math.max(0, Math.min(20, Math.round(digits))));
}

function fieldOf(data: Value, key: Value): Value {
  if (typeof data !== 'string' || typeof key !== 'string') return null;
  try {
    const parsed = JSON.parse(data) as Readonly<Record<string, Value>>;
    return typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, key) ? parsed[key]! : null;
  } catch {
    return null;
  }
}

function durationOf(value: Value): Value {
  if (typeof value === 'number') return Math.max(0, Math.round(value));
  return typeof value === 'string' ? readDuration(value) : null;
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[-+]\d{2}:\d{2})$/;

/** Milliseconds since midnight of a time of day, or since 1970 of a whole instant. */
function timeOf(value: Value): Value {
  if (typeof value === 'number') return value >= 86_400_000 ? value : null;
  if (typeof value !== 'string') return null;
  const seconds = parseTimeOfDay(value);
  if (seconds !== null) return seconds * 1000;
  return ISO_INSTANT.test(value) ? Date.parse(value) : null;
}

function read(host: AnswerHost, key: string): Value {
  const slot = host.find(key);
  return slot === -1
    ? null
    : readValue(host.memory.view, host.linked.state.slotsAt + slot * abi.SLOT_SIZE, host.strings);
}

/** The rule and instruction at an address. */
function locate(host: AnswerHost, place: number): { rule: number; instruction: number } {
  let low = 0;
  let high = host.linked.ruleCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (codeStart(host, middle) <= place) low = middle;
    else high = middle - 1;
  }
  return { rule: low, instruction: (place - codeStart(host, low)) / abi.OP_SIZE };
}

function dataOf(host: AnswerHost, place: number, args: readonly Value[]): Value {
  const { rule, instruction } = locate(host, place);
  const keys = host.linked.fragment(rule).dataKeys.get(instruction) ?? [];
  const data: Record<string, unknown> = {};
  for (const [index, key] of keys.entries()) define(data, key, args[index] ?? null);
  return JSON.stringify(data);
}

function namesOf(host: AnswerHost, place: number): Value {
  const { rule, instruction } = locate(host, place);
  const names = host.linked.fragment(rule).names.get(instruction);
  if (names === undefined) return null;
  const { slots, devices } = host.linked.names.resolve(names.predicate.members);
  const holding = devices.filter((_, index) => {
    const at = host.linked.state.slotsAt + slots[index]! * abi.SLOT_SIZE;
    return holds(names.predicate, readValue(host.memory.view, at, host.strings));
  });
  return clip(holding.map((device) => host.linked.names.home.nameOf(device ?? '')).join(', '));
}

function holds(predicate: Predicate, value: Value): boolean {
  if (value === null) return false;
  if (predicate.tests === abi.TEST_VALUES) return predicate.values.includes(value);
  if (typeof value !== 'number') return false;
  if (predicate.tests === abi.TEST_ABOVE) return value > predicate.low;
  if (predicate.tests === abi.TEST_BELOW) return value < predicate.high;
  return predicate.tests === abi.TEST_FROM ? value >= predicate.low : value <= predicate.high;
}
