// Values of the wrong type inside expressions, which are unknown when they are worked out. Only what is certain is told:
// what a variable, a schedule or a trigger will hold may be anything.

import type { PropertyDescription } from '@lintel/model';
import { show } from '../check/reader.ts';
import type { BinaryOperator, Tree } from '../expression/tree.ts';
import type { HomeMap } from '../link/members.ts';

export type ValueType = 'boolean' | 'number' | 'string';

export const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
};

export interface Typed {
  /** Null where it may be anything. */
  readonly type: ValueType | null;
  /** What does not fit inside, first to last. */
  readonly faults: readonly string[];
}

export function typeOfExpression(tree: Tree, map: HomeMap): Typed {
  const typer = new Typer(map);
  return { type: typer.type(tree), faults: typer.faults };
}

const LOGICAL: readonly BinaryOperator[] = ['&&', '||'];
const EQUAL: readonly BinaryOperator[] = ['==', '!='];
const ORDER: readonly BinaryOperator[] = ['<', '<=', '>', '>='];

const isNothing = (tree: Tree): boolean => tree.type === 'constant' && tree.value === null;
/** The text that stands there outright; null for anything else. */
export const constantText = (tree: Tree): string | null =>
  tree.type === 'constant' && typeof tree.value === 'string' ? tree.value : null;

class Typer {
  readonly faults: string[] = [];
  readonly #map: HomeMap;

  constructor(map: HomeMap) {
    this.#map = map;
  }

  type(tree: Tree): ValueType | null {
    switch (tree.type) {
      case 'constant':
        return tree.value === null ? null : (typeof tree.value as ValueType);
      case 'binary':
        return this.#binary(tree.operator, tree.left, tree.right);
      case 'unary':
        return this.#operands(tree.operator, tree.operator === '!' ? 'boolean' : 'number', [tree.operand]);
      case 'call':
        this.#operands(tree.name, 'number', tree.operands);
        return tree.name === 'text' ? 'string' : 'number';
      case 'property':
        this.#operands('device', 'string', [tree.device, tree.property]);
        return this.#property(tree)?.type ?? (constantText(tree.property) === 'online' ? 'boolean' : null);
      case 'variable':
      case 'schedule':
        this.#operands(tree.type, 'string', [tree.name]);
        return null;
      case 'data':
        this.#operands(`${tree.of}.data`, 'string', [tree.key]);
        return null;
      case 'context':
        return tree.field === 'value' ? null : 'string';
      case 'time':
        return tree.what === 'weekday' ? 'string' : 'number';
      case 'set':
        return tree.what === 'names' ? 'string' : 'number';
      case 'since':
        return 'number';
      case 'timedOut':
        return 'boolean';
      case 'repeat':
        return tree.what === 'index' ? 'number' : null;
    }
  }

  #binary(operator: BinaryOperator, left: Tree, right: Tree): ValueType | null {
    if (LOGICAL.includes(operator)) return this.#operands(operator, 'boolean', [left, right]);
    if (EQUAL.includes(operator)) return this.#equal(operator, left, right);
    if (operator === '+') return this.#sum(left, right);
    this.#operands(operator, 'number', [left, right]);
    return ORDER.includes(operator) ? 'boolean' : 'number';
  }

  /** What an operator or function takes of one type alone, which is its own type too unless it says otherwise. */
  #operands(taker: string, wanted: ValueType, operands: readonly Tree[]): ValueType {
    for (const operand of operands) this.#expect(taker, wanted, operand, this.type(operand));
    return wanted;
  }

  #expect(taker: string, wanted: ValueType, operand: Tree, type: ValueType | null): void {
    if (type === null || type === wanted) return;
    this.faults.push(`${taker} goes with ${TYPE_WORDS[wanted]}; ${this.#say(operand)} is ${TYPE_WORDS[type]}`);
  }

  /** A text joins with anything. */
  #sum(left: Tree, right: Tree): ValueType | null {
    const [one, other] = [this.type(left), this.type(right)];
    if (one === 'string' || other === 'string') return 'string';
    if (one === null || other === null) return null;
    this.#expect('+', 'number', left, one);
    this.#expect('+', 'number', right, other);
    return 'number';
  }

  #equal(operator: BinaryOperator, left: Tree, right: Tree): 'boolean' {
    const [one, other] = [this.type(left), this.type(right)];
    if (isNothing(left) || isNothing(right)) return 'boolean';
    const isNever = one !== null && other !== null && one !== other;
    if (isNever)
      this.faults.push(
        `${operator} compares ${this.#say(left)}, ${TYPE_WORDS[one]}, with ${this.#say(right)}, ${TYPE_WORDS[other]}`,
      );
    else this.#listed(left, right);
    return 'boolean';
  }

  /** A property that has one of a few values is compared with one of them. */
  #listed(left: Tree, right: Tree): void {
    for (const [property, value] of [
      [left, constantText(right)],
      [right, constantText(left)],
    ] as const) {
      const values = property.type === 'property' ? (this.#property(property)?.values ?? null) : null;
      if (value === null || values === null || values.includes(value)) continue;
      this.faults.push(`${this.#say(property)} is one of ${values.join(', ')}, never ${show(value)}`);
    }
  }

  #property({ device, property }: Tree & { readonly type: 'property' }): PropertyDescription | undefined {
    const [ref, name] = [constantText(device), constantText(property)];
    return ref === null || name === null ? undefined : this.#map.describe(ref, name);
  }

  #say(tree: Tree): string {
    switch (tree.type) {
      case 'constant':
        return show(tree.value);
      case 'property': {
        const [ref, name] = [constantText(tree.device), constantText(tree.property)];
        return ref === null || name === null ? 'the property' : `${name} of ${show(this.#map.nameOf(ref))}`;
      }
      case 'since':
        return 'since(…)';
      case 'call':
        return `${tree.name}(…)`;
      case 'set':
        return `${tree.what}(…)`;
      case 'time':
        return tree.what;
      case 'context':
        return `${tree.of}.${tree.field}`;
      case 'unary':
      case 'binary':
        return `what ${tree.operator} gives`;
      case 'timedOut':
        return 'wait.timedOut';
      default:
        return 'it';
    }
  }
}
