// What an expression says now. Unknown spreads, except where `&&` and `||` are decided without it.

import type { Value } from '@lintel/model';
import type { Asker } from './conditions.ts';
import { isOverSet, valueOverSet } from './expression-sets.ts';
import { parse } from './expression-syntax.ts';
import type { Tree } from './expression-syntax.ts';
import { memoryOf, valueOf } from './state.ts';
import type { State, TriggerContext } from './state.ts';
import { azimuthAt, elevationAt } from './sun.ts';
import { HOUR, localAt, timeOfDay, weekdayOf } from './zone.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const trees = new Map<string, Tree>();

export function evaluate(state: State, expression: string, asker: Asker): Value {
  const tree = trees.get(expression) ?? parse(expression);
  trees.set(expression, tree);
  return valueOfTree(state, tree, asker);
}

const known = (value: number): Value => (Number.isFinite(value) ? value : null);

function valueOfTree(state: State, tree: Tree, asker: Asker): Value {
  const inner = (each: Tree): Value => valueOfTree(state, each, asker);
  switch (tree.kind) {
    case 'value':
      return tree.value;
    case 'name':
      return named(state, tree.path, asker);
    case 'not':
      return negated(inner(tree.of));
    case 'minus': {
      const value = inner(tree.of);
      return typeof value === 'number' ? -value : null;
    }
    case 'call':
      if (isOverSet(tree.name)) return valueOverSet(state, tree);
      return called(state, tree.name, tree.arguments.map(inner));
    case 'property':
      return propertyOf(state, tree, asker);
    case 'operator':
      if (tree.operator === '&&' || tree.operator === '||')
        return joined(tree.operator, inner(tree.left), inner(tree.right));
      if (tree.operator === '==' || tree.operator === '!=') return equal(tree, inner(tree.left), inner(tree.right));
      return combined(tree.operator, inner(tree.left), inner(tree.right));
  }
}

const negated = (value: Value): Value => (typeof value === 'boolean' ? !value : null);

function joined(operator: string, left: Value, right: Value): Value {
  const decides = operator === '||';
  if (left === decides || right === decides) return decides;
  return typeof left === 'boolean' && typeof right === 'boolean' ? !decides : null;
}

/** Against the word `unknown` it asks whether the other side is unknown. */
function equal(tree: Extract<Tree, { kind: 'operator' }>, left: Value, right: Value): Value {
  const asksUnknown = [tree.left, tree.right].some((side) => side.kind === 'value' && side.isUnknown);
  if (!asksUnknown && (left === null || right === null)) return null;
  return (left === right) === (tree.operator === '==');
}

function combined(operator: string, left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return `${left}${right}`;
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  switch (operator) {
    case '+':
      return known(left + right);
    case '-':
      return known(left - right);
    case '*':
      return known(left * right);
    case '/':
      return known(left / right);
    case '%':
      return known(left % right);
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function contextField(context: TriggerContext | null, [field = '', key = '']: readonly string[]): Value {
  if (context === null) return null;
  if (field === 'data') return context.data[key] ?? null;
  if (field === 'origin') return context.origin?.kind ?? null;
  return context[field as 'id' | 'device' | 'value' | 'action'];
}

function named(state: State, path: readonly string[], asker: Asker): Value {
  const local = localAt(state.home.timeZone, state.at);
  const { trigger, run, round } = asker;
  if (path[0] === 'trigger') return contextField(trigger, path.slice(1));
  switch (path.slice(0, 2).join('.')) {
    case 'now':
      return state.at;
    case 'hour':
      return Math.floor(timeOfDay(local) / HOUR);
    case 'weekday':
      return WEEKDAYS[weekdayOf(Math.floor(local / (24 * HOUR)))]!;
    case 'sun.elevation':
      return elevationAt(state.home, state.at);
    case 'sun.azimuth':
      return azimuthAt(state.home, state.at);
    case 'wait.timedOut':
      return run?.timedOut ?? null;
    case 'wait.event':
      return path[2] === undefined
        ? (run?.event?.action ?? run?.event?.id ?? null)
        : contextField(run?.event ?? null, path.slice(2));
    case 'repeat.index':
      return round?.index ?? null;
    case 'repeat.item':
      return round?.item ?? null;
    default:
      throw new Error(`unknown name ${path.join('.')}`);
  }
}

function propertyOf(state: State, tree: Extract<Tree, { kind: 'property' }>, asker: Asker): Value {
  const name = String(valueOfTree(state, tree.name, asker));
  if (tree.of.kind === 'name') return named(state, [...tree.of.path, name], asker);
  if (tree.of.kind !== 'call' || tree.of.name !== 'device') throw new Error('only a device has properties');
  const [device] = tree.of.arguments.map((each) => valueOfTree(state, each, asker));
  return valueOf(state, String(device), name);
}

function called(state: State, name: string, values: readonly Value[]): Value {
  const [first = null, second = null] = values;
  switch (name) {
    case 'variable':
      return state.variables[String(first)] ?? null;
    case 'schedule':
      return state.schedules[String(first)] ?? null;
    case 'since': {
      const memory = memoryOf(state, String(first), String(second));
      return memory === undefined || memory.value === null ? null : state.at - memory.changedAt;
    }
    case 'text':
      return typeof first === 'number' && typeof second === 'number' ? first.toFixed(second) : null;
    default:
      return calculated(name, values);
  }
}

function calculated(name: string, values: readonly Value[]): Value {
  if (!values.every((value) => typeof value === 'number')) return null;
  const [first, low, high] = values as readonly number[];
  switch (name) {
    case 'min':
      return known(Math.min(...(values as number[])));
    case 'max':
      return known(Math.max(...(values as number[])));
    case 'abs':
      return Math.abs(first!);
    case 'round':
      return Math.round(first!);
    case 'clamp':
      return Math.min(high!, Math.max(low!, first!));
    default:
      throw new Error(`unknown function ${name}`);
  }
}
