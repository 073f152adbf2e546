// Compiles expressions to stack code.

import type { Computed, Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { RULE_INSTRUCTIONS_MAX } from '../../../../assembly/limits.ts';
import { isExpression } from '../check/actions.ts';
import { parseExpression } from '../expression/parse.ts';
import { CONTEXT_FIELDS } from '../expression/tree.ts';
import type { BinaryOperator, ContextField, SimpleFunction, Tree } from '../expression/tree.ts';
import type { DeviceSet, Label, Members, Predicate } from './fragment.ts';
import { onlineKey, propertyKeyOf, scheduleKey, variableKey } from './fragment.ts';
import type { FragmentWriter } from './writer.ts';

/** The repeats around an expression, innermost last: where their counters are, and their values where they go over some. */
export interface RepeatScope {
  readonly local: number;
  readonly each: readonly Computed<Value>[] | null;
}

const BINARY: Readonly<Record<BinaryOperator, number>> = {
  '+': abi.OP_ADD,
  '-': abi.OP_SUBTRACT,
  '*': abi.OP_MULTIPLY,
  '/': abi.OP_DIVIDE,
  '%': abi.OP_REMAINDER,
  '==': abi.OP_EQ,
  '!=': abi.OP_NE,
  '<': abi.OP_LT,
  '<=': abi.OP_LE,
  '>': abi.OP_GT,
  '>=': abi.OP_GE,
  '&&': abi.OP_AND,
  '||': abi.OP_OR,
};
const SIMPLE: Readonly<Record<Exclude<SimpleFunction, 'text'>, number>> = {
  min: abi.OP_MIN,
  max: abi.OP_MAX,
  abs: abi.OP_ABS,
  round: abi.OP_ROUND,
  clamp: abi.OP_CLAMP,
  random: abi.OP_RANDOM,
};

export class ExpressionWriter {
  readonly #writer: FragmentWriter;
  readonly #repeats: readonly RepeatScope[];
  readonly #pointer: string;

  constructor(writer: FragmentWriter, repeats: readonly RepeatScope[], pointer: string) {
    this.#writer = writer;
    this.#repeats = repeats;
    this.#pointer = pointer;
  }

  write(text: string): void {
    this.#tree(parseExpression(text));
  }

  #tree(tree: Tree): void {
    switch (tree.type) {
      case 'constant':
        return void this.#writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value: tree.value } });
      case 'binary':
        if (this.#asksUnknown(tree)) return;
        this.#tree(tree.left);
        this.#tree(tree.right);
        return void this.#writer.emit(BINARY[tree.operator]);
      case 'unary':
        this.#tree(tree.operand);
        return void this.#writer.emit(tree.operator === '!' ? abi.OP_NOT : abi.OP_NEGATE);
      case 'call':
        return this.#call(tree.name, tree.operands);
      case 'property':
        return this.#property(tree.device, tree.property);
      case 'since':
        return this.#since(tree.device, tree.property);
      case 'variable':
      case 'schedule':
        return this.#named(tree.type, tree.name);
      case 'time':
        return this.#time(tree.what);
      case 'context':
        return this.#context(tree.of, tree.field);
      case 'data':
        this.#context(tree.of, 'data');
        this.#tree(tree.key);
        return this.#ask(abi.HOST_FIELD, 2);
      case 'timedOut':
        return void this.#writer.emit(abi.OP_TIMED_OUT);
      case 'repeat':
        return this.#repeat(tree.what);
      case 'set':
        return this.#set(tree);
    }
  }

  /** Against the word `unknown`, == asks whether the other side is unknown; against anything else that would be unknown. */
  #asksUnknown(tree: Tree & { readonly type: 'binary' }): boolean {
    const { operator, left, right } = tree;
    const isWord = (side: Tree): boolean => side.type === 'constant' && side.value === null;
    if ((operator !== '==' && operator !== '!=') || (!isWord(left) && !isWord(right))) return false;
    this.#tree(isWord(left) ? right : left);
    this.#writer.emit(abi.OP_NOT_KNOWN);
    if (operator === '!=') this.#writer.emit(abi.OP_NOT);
    return true;
  }

  #ask(request: number, count: number): void {
    this.#writer.emit(abi.OP_HOST, { a: request, b: count });
  }

  #call(name: SimpleFunction, operands: readonly Tree[]): void {
    for (const [index, operand] of operands.entries()) {
      this.#tree(operand);
      if (index > 0 && (name === 'min' || name === 'max')) this.#writer.emit(SIMPLE[name]);
    }
    if (name === 'text') this.#ask(abi.HOST_TEXT, 2);
    else if (name !== 'min' && name !== 'max') this.#writer.emit(SIMPLE[name]);
  }

  #load(members: Members & { readonly type: 'one' }): void {
    this.#writer.read(members);
    this.#writer.emit(abi.OP_LOAD, { a: { type: 'slot', key: members.key } });
  }

  /** A device named by a constant is a slot; one that is worked out is looked up by the host. */
  #property(device: Tree, property: Tree): void {
    const named = constantText(device);
    const of = constantText(property);
    if (named !== null && of === 'online') return this.#load({ type: 'one', key: onlineKey(named), device: named });
    if (named !== null && of !== null) return this.#load({ type: 'one', key: propertyKeyOf(named, of), device: named });
    if (of !== null) this.#writer.read({ type: 'set', set: { over: 'home', ids: [], kind: null }, property: of });
    this.#tree(device);
    this.#tree(property);
    this.#ask(abi.HOST_PROPERTY, 2);
  }

  #since(device: string, property: string): void {
    const members: Members = { type: 'one', key: propertyKeyOf(device, property), device };
    this.#writer.read(members);
    this.#writer.emit(abi.OP_SINCE, { a: { type: 'slot', key: members.key } });
  }

  #named(type: 'variable' | 'schedule', name: Tree): void {
    const text = constantText(name);
    const keyOf = type === 'variable' ? variableKey : scheduleKey;
    if (text !== null) return this.#load({ type: 'one', key: keyOf(text), device: null });
    this.#tree(name);
    this.#ask(type === 'variable' ? abi.HOST_VARIABLE : abi.HOST_SCHEDULE, 1);
  }

  #time(what: 'now' | 'hour' | 'weekday' | 'sun.elevation' | 'sun.azimuth'): void {
    if (what === 'now') this.#writer.emit(abi.OP_NOW);
    else if (what === 'hour') this.#writer.emit(abi.OP_HOUR);
    else if (what === 'weekday') this.#writer.emit(abi.OP_WEEKDAY);
    else this.#writer.emit(abi.OP_SUN_POSITION, { aux: what === 'sun.azimuth' ? 1 : 0 });
  }

  #context(of: 'trigger' | 'wait', field: ContextField): void {
    const aux = field === 'event' ? abi.CONTEXT_NAME : CONTEXT_FIELDS.indexOf(field);
    this.#writer.emit(of === 'trigger' ? abi.OP_CONTEXT : abi.OP_WAIT_CONTEXT, { aux });
  }

  #repeat(what: 'index' | 'item'): void {
    const around = this.#repeats.findLast((each) => what === 'index' || each.each !== null);
    if (around === undefined) return void this.#writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value: null } });
    const aux = around.local;
    if (what === 'index') return void this.#writer.emit(abi.OP_REPEAT_INDEX, { aux });
    const values = (around.each ?? []).filter((each): each is Value => !isExpression(each));
    if (values.length < around.each!.length) return this.#worked(around);
    this.#writer.emit(abi.OP_REPEAT_ITEM, { aux, a: { type: 'values', values }, b: values.length });
  }

  /** Where a repeat goes over values that are worked out, that of this round is, as it is asked for. */
  #worked(around: RepeatScope): void {
    const writer = this.#writer;
    const outer = this.#repeats.slice(0, this.#repeats.indexOf(around));
    const end = writer.label();
    for (const [index, value] of around.each!.entries()) {
      if (writer.instructions.length > RULE_INSTRUCTIONS_MAX)
        writer.fail(this.#pointer, 'this is worked out from too much');
      const next = writer.label();
      writer.emit(abi.OP_REPEAT_INDEX, { aux: around.local });
      writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value: index + 1 } });
      writer.emit(abi.OP_EQ);
      writer.emit(abi.OP_TEST, { target: next });
      if (isExpression(value)) new ExpressionWriter(writer, outer, this.#pointer).write(value.expression);
      else writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value } });
      writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value: true } });
      writer.emit(abi.OP_TEST, { jumpsOnPass: true, target: end });
      writer.place(next);
    }
    writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value: null } });
    writer.place(end);
  }

  #set(tree: Tree & { readonly type: 'set' }): void {
    const members: Members = { type: 'set', set: tree.set, property: tree.property };
    this.#writer.read(members);
    const predicate = setPredicate(members, tree);
    if (tree.what === 'names') {
      const at = this.#writer.emit(abi.OP_HOST, { a: abi.HOST_NAMES, b: 0 });
      this.#writer.names.set(at, { set: tree.set, predicate });
      return;
    }
    this.#writer.emit(tree.what === 'count' ? abi.OP_COUNT : abi.OP_AVERAGE, { b: { type: 'predicate', predicate } });
  }
}

function constantText(tree: Tree): string | null {
  return tree.type === 'constant' && typeof tree.value === 'string' && tree.value !== '' ? tree.value : null;
}

const TESTS: Readonly<Partial<Record<BinaryOperator, number>>> = {
  '>': abi.TEST_ABOVE,
  '<': abi.TEST_BELOW,
  '>=': abi.TEST_FROM,
  '<=': abi.TEST_TO,
};

/** The comparison behind the property of `count` and `names`. */
function setPredicate(
  members: Members & { readonly set: DeviceSet },
  tree: Tree & { readonly type: 'set' },
): Predicate {
  const base = { over: abi.OVER_ANY, members, low: 0, high: 0, origins: 0 };
  if (tree.what === 'avg') return { ...base, tests: 0, values: [] };
  if (tree.operator === '==') return { ...base, tests: abi.TEST_VALUES, values: [tree.value] };
  const limit = tree.value as number;
  return { ...base, tests: TESTS[tree.operator]!, values: [], low: limit, high: limit };
}

/** A value that code is to leave: worked out, or constant. */
export type Part =
  | { readonly text: string; readonly duration?: boolean }
  | { readonly constant: Value; readonly duration?: boolean };

/** Code apart that leaves the values of these parts. */
export function expressionCode(
  writer: FragmentWriter,
  parts: readonly Part[],
  repeats: readonly RepeatScope[],
  pointer: string,
): Label {
  return writer.apart(() => {
    for (const part of parts) {
      if ('constant' in part) writer.emit(abi.OP_CONSTANT, { wide: { type: 'value', value: part.constant } });
      else new ExpressionWriter(writer, repeats, pointer).write(part.text);
      if (part.duration === true) writer.emit(abi.OP_HOST, { a: abi.HOST_DURATION, b: 1 });
    }
    writer.end();
  });
}
