// Compiles conditions to jumping code. A condition becomes a tree of leaves first; `not` moves down to the leaves, where it
// means "is surely false", so what is unknown passes neither way.

import { readDuration } from '@lintel/model';
import type { Condition } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { parseTimeOfDay } from '../check/reader.ts';
import { SUN_EVENTS, WEEKDAYS } from '../check/triggers.ts';
import { below } from '../errors.ts';
import { ExpressionWriter } from './expressions.ts';
import type { RepeatScope } from './expressions.ts';
import type { Label, Members, Predicate } from './fragment.ts';
import { MODE_KEY, onlineKey, personKey, scheduleKey } from './fragment.ts';
import { listOf, membersOf, overOf, predicateOf } from './predicates.ts';
import type { FragmentWriter, InstructionFields } from './writer.ts';

type Node =
  | { readonly all: readonly Node[] }
  | { readonly any: readonly Node[] }
  | { readonly not: Node }
  | { readonly op: number; readonly fields: InstructionFields; readonly before?: () => void };

type PropertyCondition = Extract<Condition, { kind: 'property' }>;
type Place = { readonly pointer: string; readonly repeats: readonly RepeatScope[] };

const NO_TIME_OF_DAY = 0xffff_ffff;

/** Code apart that passes when all these conditions do; a failure is told by the condition's number. */
export function conditionsCode(
  writer: FragmentWriter,
  conditions: readonly Condition[],
  pointer: string,
  repeats: readonly RepeatScope[],
): Label {
  return writer.apart(() => {
    const fails: Label[] = [];
    for (const [index, condition] of conditions.entries()) {
      const next = writer.label();
      const fail = writer.label();
      const node = nodeOf(writer, condition, { pointer: below(pointer, index), repeats });
      writeNode(writer, node, false, next, fail, true);
      writer.place(next);
      fails.push(fail);
    }
    writer.emit(abi.OP_PASS);
    for (const [index, fail] of fails.entries()) {
      writer.place(fail);
      writer.emit(abi.OP_FAIL, { a: index });
    }
  });
}

/** Code apart for one condition. */
export function conditionCode(
  writer: FragmentWriter,
  condition: Condition,
  pointer: string,
  repeats: readonly RepeatScope[],
): Label {
  return writer.apart(() => {
    const pass = writer.label();
    const fail = writer.label();
    writeNode(writer, nodeOf(writer, condition, { pointer, repeats }), false, pass, fail, true);
    writer.place(pass);
    writer.emit(abi.OP_PASS);
    writer.place(fail);
    writer.emit(abi.OP_FAIL);
  });
}

/** Writes a node that goes to `pass` or `fail`, one of which comes next in the code. */
function writeNode(
  writer: FragmentWriter,
  node: Node,
  negated: boolean,
  pass: Label,
  fail: Label,
  passIsNext: boolean,
): void {
  if ('not' in node) return writeNode(writer, node.not, !negated, pass, fail, passIsNext);
  if ('op' in node) {
    node.before?.();
    writer.emit(node.op, { ...node.fields, negated, jumpsOnPass: !passIsNext, target: passIsNext ? fail : pass });
    return;
  }
  const conjunction = 'all' in node !== negated;
  const parts = 'all' in node ? node.all : node.any;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) return writeNode(writer, part, negated, pass, fail, passIsNext);
    const next = writer.label();
    if (conjunction) writeNode(writer, part, negated, next, fail, true);
    else writeNode(writer, part, negated, pass, next, false);
    writer.place(next);
  }
}

function nodeOf(writer: FragmentWriter, condition: Condition, place: Place): Node {
  switch (condition.kind) {
    case 'and':
      return { all: condition.conditions.map((each) => nodeOf(writer, each, place)) };
    case 'or':
      return { any: condition.conditions.map((each) => nodeOf(writer, each, place)) };
    case 'not':
      return { not: nodeOf(writer, condition.condition, place) };
    case 'property':
      return propertyNode(writer, condition);
    case 'time':
      return timeNode(condition);
    case 'sun':
      return sunNode(condition);
    case 'mode':
      return equalNode(writer, MODE_KEY, listOf(condition.is));
    case 'presence':
      return presenceNode(writer, condition);
    case 'online':
      return equalNode(writer, onlineKey(condition.device), [condition.is], condition.device);
    case 'schedule':
      return equalNode(writer, scheduleKey(condition.schedule), listOf(condition.is));
    case 'expression':
      return {
        op: abi.OP_TEST,
        fields: {},
        before: () => new ExpressionWriter(writer, place.repeats, place.pointer).write(condition.expression),
      };
    case 'trigger':
      return { op: abi.OP_TRIGGER_IS, fields: { a: { type: 'text', text: condition.is } } };
  }
}

function equalNode(
  writer: FragmentWriter,
  key: string,
  values: readonly (boolean | number | string)[],
  device: string | null = null,
): Node {
  writer.read({ type: 'one', key, device });
  return {
    any: values.map((value) => ({
      op: abi.OP_EQUAL_TO,
      fields: { a: { type: 'slot', key }, wide: { type: 'value', value } },
    })),
  };
}

function propertyNode(writer: FragmentWriter, condition: PropertyCondition): Node {
  const members = membersOf(condition.device, condition.property);
  writer.read(members);
  const over = overOf(condition.device, condition.match);
  const predicate = predicateOf(over, members, condition);
  if (condition.for !== undefined) return heldNode(writer, predicate, readDuration(condition.for) ?? 0);
  const isPlain = members.type === 'one' && condition.origin === undefined;
  if (!isPlain) return { op: abi.OP_STATEMENT, fields: { b: { type: 'predicate', predicate } } };
  return { all: comparisons(writer, condition, members) };
}

function comparisons(
  writer: FragmentWriter,
  condition: PropertyCondition,
  members: Members & { readonly type: 'one' },
): Node[] {
  const leaf = (op: number, wide: number): Node => ({ op, fields: { a: { type: 'slot', key: members.key }, wide } });
  const parts: Node[] = [];
  if (condition.is !== undefined) parts.push(equalNode(writer, members.key, listOf(condition.is), members.device));
  if (condition.above !== undefined) parts.push(leaf(abi.OP_ABOVE, condition.above));
  if (condition.below !== undefined) parts.push(leaf(abi.OP_BELOW, condition.below));
  if (condition.between !== undefined) {
    parts.push(leaf(abi.OP_AT_LEAST, condition.between[0]), leaf(abi.OP_AT_MOST, condition.between[1]));
  }
  if (condition.unknown === true) parts.push(leaf(abi.OP_IS_UNKNOWN, 0));
  if (condition.unknown === false) parts.push({ not: leaf(abi.OP_IS_UNKNOWN, 0) });
  return parts;
}

function heldNode(writer: FragmentWriter, predicate: Predicate, duration: number): Node {
  const each = predicate.over === abi.OVER_ANY;
  const hold = writer.hold({ predicate, each });
  if (!each) return { op: abi.OP_HELD, fields: { a: { type: 'hold', hold }, wide: duration } };
  return { op: abi.OP_ANY_HELD, fields: { a: { type: 'holds', hold }, wide: duration } };
}

export function weekdayMask(weekdays: readonly string[] | undefined): number {
  return (weekdays ?? []).reduce((mask, day) => mask | (1 << (WEEKDAYS as readonly string[]).indexOf(day)), 0);
}

function timeNode(condition: Extract<Condition, { kind: 'time' }>): Node {
  const seconds = (text: string | undefined): number =>
    text === undefined ? NO_TIME_OF_DAY : (parseTimeOfDay(text) ?? NO_TIME_OF_DAY);
  const fields = { a: seconds(condition.after), b: seconds(condition.before), aux: 0 };
  return { op: abi.OP_TIME, fields: { ...fields, wide: { type: 'words', low: weekdayMask(condition.weekdays) } } };
}

export function readSigned(text: string | undefined): number {
  if (text === undefined) return 0;
  const ms = readDuration(text.replace(/^[-+]/, '')) ?? 0;
  return text.startsWith('-') ? -ms : ms;
}

function sunNode(condition: Extract<Condition, { kind: 'sun' }>): Node {
  const number = (event: string | undefined): number =>
    event === undefined ? 0 : (SUN_EVENTS as readonly string[]).indexOf(event) + 1;
  return {
    op: abi.OP_SUN,
    fields: {
      a: readSigned(condition.offset) >>> 0,
      b: readSigned(condition.beforeOffset) >>> 0,
      wide: { type: 'words', low: number(condition.after) | (number(condition.before) << 8) },
    },
  };
}

function presenceNode(writer: FragmentWriter, condition: Extract<Condition, { kind: 'presence' }>): Node {
  const { person } = condition;
  if (person !== 'anyone' && person !== 'everyone') return equalNode(writer, personKey(person), [condition.is]);
  const members: Members = { type: 'persons' };
  writer.read(members);
  const predicate = predicateOf(person === 'anyone' ? abi.OVER_ANY : abi.OVER_ALL, members, { is: condition.is });
  return { op: abi.OP_STATEMENT, fields: { b: { type: 'predicate', predicate } } };
}
