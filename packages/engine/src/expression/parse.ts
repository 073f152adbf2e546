// Parses an expression: `device("zigbee:0x1")["temperature.temperature"] > 20 && hour < 22`.

import {
  EXPRESSION_ARGUMENTS_MAX,
  EXPRESSION_CHARACTERS_MAX,
  EXPRESSION_DEPTH_MAX,
} from '../../../../assembly/limits.ts';
import { ExpressionError, tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';
import { CONTEXT_FIELDS } from './tree.ts';
import type { BinaryOperator, ContextField, SetTree, SimpleFunction, Tree } from './tree.ts';

export { ExpressionError } from './tokens.ts';

const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const OPERANDS: Readonly<Record<SimpleFunction, readonly [number, number]>> = {
  min: [1, EXPRESSION_ARGUMENTS_MAX],
  max: [1, EXPRESSION_ARGUMENTS_MAX],
  abs: [1, 1],
  round: [1, 1],
  clamp: [3, 3],
  random: [2, 2],
  text: [2, 2],
};
const NAMES =
  'device, variable, schedule, since, count, names, avg, min, max, abs, round, clamp, text, random, now, hour, weekday, sun, trigger, wait, repeat';

/** @throws ExpressionError with the column at fault */
export function parseExpression(text: string): Tree {
  if (text.length > EXPRESSION_CHARACTERS_MAX) {
    throw new ExpressionError(`an expression has at most ${EXPRESSION_CHARACTERS_MAX} characters`, 1);
  }
  return new Parser(tokenize(text)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Tree {
    const tree = this.#binary(0);
    if (this.#peek().type !== 'end') this.#fail('expected the end of the expression or an operator');
    return tree;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(): Token {
    return this.#tokens[this.#next++] ?? this.#tokens.at(-1)!;
  }

  #fail(message: string, token = this.#peek()): never {
    const found = token.type === 'end' ? 'the end' : JSON.stringify(token.text);
    throw new ExpressionError(`${message}, found ${found}`, token.column);
  }

  #is(symbol: string): boolean {
    return this.#peek().type === 'symbol' && this.#peek().text === symbol;
  }

  #expect(symbol: string): void {
    if (!this.#is(symbol)) this.#fail(`expected ${symbol}`);
    this.#next += 1;
  }

  #binary(level: number): Tree {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#peek().type === 'symbol' && operators.includes(this.#peek().text as BinaryOperator)) {
      const operator = this.#take().text as BinaryOperator;
      this.#deepen();
      left = { type: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  /** Each operator and bracket counts once, so that neither the parser nor the core's stack can be exhausted. */
  #deepen(): void {
    this.#depth += 1;
    if (this.#depth > EXPRESSION_DEPTH_MAX * 4)
      this.#fail(`an expression has at most ${EXPRESSION_DEPTH_MAX * 4} operators`);
  }

  #unary(): Tree {
    if (this.#is('!') || this.#is('-')) {
      const operator = this.#take().text as '!' | '-';
      this.#deepen();
      const operand = this.#unary();
      if (operator === '-' && operand.type === 'constant' && typeof operand.value === 'number') {
        return { type: 'constant', value: 0 - operand.value };
      }
      return { type: 'unary', operator, operand };
    }
    return this.#primary();
  }

  #primary(): Tree {
    const token = this.#take();
    if (token.type === 'number') return { type: 'constant', value: Number(token.text) };
    if (token.type === 'text') return { type: 'constant', value: token.text };
    if (token.type === 'name') return this.#named(token);
    if (token.type !== 'symbol' || token.text !== '(') this.#fail('expected a value', token);
    this.#deepen();
    const inner = this.#binary(0);
    this.#expect(')');
    return inner;
  }

  #named(token: Token): Tree {
    switch (token.text) {
      case 'true':
      case 'false':
        return { type: 'constant', value: token.text === 'true' };
      case 'unknown':
        return { type: 'constant', value: null };
      case 'now':
      case 'hour':
      case 'weekday':
        return { type: 'time', what: token.text };
      case 'sun':
        return { type: 'time', what: `sun.${this.#member(['elevation', 'azimuth'])}` };
      case 'trigger':
        return this.#context('trigger', this.#member(CONTEXT_FIELDS));
      case 'wait':
        return this.#wait();
      case 'repeat':
        return { type: 'repeat', what: this.#member(['index', 'item']) };
      default:
        return this.#call(token);
    }
  }

  #member<T extends string>(names: readonly T[]): T {
    this.#expect('.');
    const token = this.#take();
    return names.find((each) => each === token.text) ?? this.#fail(`expected ${names.join(', ')}`, token);
  }

  #wait(): Tree {
    if (this.#member(['timedOut', 'event']) === 'timedOut') return { type: 'timedOut' };
    return this.#is('.')
      ? this.#context('wait', this.#member(CONTEXT_FIELDS))
      : { type: 'context', of: 'wait', field: 'event' };
  }

  #context(of: 'trigger' | 'wait', field: ContextField): Tree {
    if (field === 'data' && this.#is('[')) return { type: 'data', of, key: this.#index() };
    if (field !== 'data' || !this.#is('.')) return { type: 'context', of, field };
    this.#next += 1;
    const token = this.#take();
    if (token.type !== 'name') this.#fail('expected the name of a field', token);
    return { type: 'data', of, key: { type: 'constant', value: token.text } };
  }

  #index(): Tree {
    this.#expect('[');
    this.#deepen();
    const inner = this.#binary(0);
    this.#expect(']');
    return inner;
  }

  #operands(): Tree[] {
    this.#expect('(');
    this.#deepen();
    const operands: Tree[] = [];
    while (!this.#is(')')) {
      if (operands.length > 0) this.#expect(',');
      operands.push(this.#binary(0));
    }
    this.#expect(')');
    return operands;
  }

  #call(token: Token): Tree {
    if (token.text === 'count' || token.text === 'names' || token.text === 'avg') return this.#set(token.text);
    if (!this.#is('(')) this.#fail(`unknown name; there are ${NAMES}`, token);
    const operands = this.#operands();
    switch (token.text) {
      case 'device':
        this.#count(token, operands, 1, 1);
        return { type: 'property', device: operands[0]!, property: this.#index() };
      case 'variable':
      case 'schedule':
        this.#count(token, operands, 1, 1);
        return { type: token.text, name: operands[0]! };
      case 'since':
        this.#count(token, operands, 2, 2);
        return {
          type: 'since',
          device: this.#constant(operands[0]!, token),
          property: this.#constant(operands[1]!, token),
        };
      default:
        return this.#simple(token, operands);
    }
  }

  #simple(token: Token, operands: Tree[]): Tree {
    const range = Object.hasOwn(OPERANDS, token.text) ? OPERANDS[token.text as SimpleFunction] : undefined;
    if (range === undefined) this.#fail(`unknown function; there are ${NAMES}`, token);
    this.#count(token, operands, range[0], range[1]);
    return { type: 'call', name: token.text as SimpleFunction, operands };
  }

  #count(token: Token, operands: readonly Tree[], least: number, most: number): void {
    if (operands.length >= least && operands.length <= most) return;
    const expected = least === most ? `${least}` : `${least} to ${most}`;
    this.#fail(`${token.text} takes ${expected} operands, not ${operands.length}`, token);
  }

  #constant(tree: Tree, token: Token): string {
    if (tree.type === 'constant' && typeof tree.value === 'string' && tree.value !== '') return tree.value;
    return this.#fail(`${token.text} takes texts in quotation marks`, token);
  }

  /** `count(room("kitchen", "light"), "onOff.on")`, with a value or a comparison behind the property. */
  #set(what: 'count' | 'names' | 'avg'): Tree {
    const start = this.#peek();
    this.#expect('(');
    const set = this.#setTree();
    this.#expect(',');
    const property = this.#take();
    if (property.type !== 'text' || property.text === '')
      this.#fail('expected a property in quotation marks', property);
    const rest: Token[] = [];
    let operator: BinaryOperator = '==';
    let value: boolean | number | string = true;
    while (this.#is(',')) {
      this.#next += 1;
      rest.push(this.#peek());
      const tree = this.#binary(0);
      if (tree.type !== 'constant' || tree.value === null) this.#fail('expected a constant', rest.at(-1)!);
      if (rest.length === 1 && typeof tree.value === 'string' && isComparison(tree.value) && this.#is(','))
        operator = tree.value;
      else value = tree.value;
    }
    this.#expect(')');
    if (rest.length > 2 || (what === 'avg' && rest.length > 0)) this.#fail(`${what} has too many operands`, start);
    if (operator !== '==' && (operator === '!=' || typeof value !== 'number'))
      this.#fail(`${what} compares with ==, or with <, <=, >, >= and a number`, start);
    return { type: 'set', what, set, property: property.text, operator, value };
  }

  #setTree(): SetTree {
    const token = this.#take();
    const over = (['devices', 'room', 'floor', 'home'] as const).find((each) => each === token.text);
    if (over === undefined) this.#fail('expected a set: devices("id", …), room("id"), floor("id") or home', token);
    const operands = this.#is('(') ? this.#operands().map((tree) => this.#constant(tree, token)) : [];
    if (over === 'devices') return { over, ids: operands, kind: null };
    const ids = over === 'home' ? [] : operands.slice(0, 1);
    const kind = operands[ids.length] ?? null;
    if ((over !== 'home' && ids.length === 0) || operands.length > ids.length + 1)
      this.#fail(`expected ${over}("id", "kind")`, token);
    return { over, ids, kind };
  }
}

function isComparison(text: string): text is BinaryOperator {
  return ['==', '!=', '<', '<=', '>', '>='].includes(text);
}
