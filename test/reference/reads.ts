// Which inputs a condition or an expression reads. A change that an action makes at once comes round as an input of its own,
// and only there is asked again what reads it.

import type { Condition, DeviceSelector } from '@lintel/model';
import { parse } from './expression-syntax.ts';
import type { Tree } from './expression-syntax.ts';
import { isOverSet, selectorOf } from './expression-sets.ts';
import { membersOf } from './selectors.ts';
import type { HomeEvent, State } from './state.ts';

const textOf = (tree: Tree | undefined): string | null => (tree?.kind === 'value' ? String(tree.value) : null);

function isProperty(event: HomeEvent, device: string | null, property: string | null): boolean {
  if ('online' in event) return property === 'online' && event.device === device;
  return 'property' in event && event.device === device && event.property === property;
}

/** A device whose name is worked out may be any. */
function devicesIn(state: State, { arguments: [device] }: Extract<Tree, { kind: 'call' }>): readonly string[] {
  const named = textOf(device);
  return named === null ? state.devices.map(({ id }) => id) : [named];
}

function callReads(state: State, tree: Extract<Tree, { kind: 'call' }>, event: HomeEvent): boolean {
  const [first, second] = tree.arguments;
  if (isOverSet(tree.name))
    return membersOf(state, selectorOf(first!)).some((device) => isProperty(event, device, textOf(second)));
  if (tree.name === 'variable') return 'variable' in event && event.variable === textOf(first);
  if (tree.name === 'schedule') return 'schedule' in event && event.schedule === textOf(first);
  if (tree.name === 'since') return isProperty(event, textOf(first), textOf(second));
  return tree.arguments.some((each) => treeReads(state, each, event));
}

function treeReads(state: State, tree: Tree, event: HomeEvent): boolean {
  switch (tree.kind) {
    case 'value':
    case 'name':
      return false;
    case 'call':
      return callReads(state, tree, event);
    case 'property':
      return (
        tree.of.kind === 'call' && devicesIn(state, tree.of).some((id) => isProperty(event, id, textOf(tree.name)))
      );
    case 'not':
    case 'minus':
      return treeReads(state, tree.of, event);
    case 'operator':
      return treeReads(state, tree.left, event) || treeReads(state, tree.right, event);
  }
}

export const expressionReads = (state: State, expression: string, event: HomeEvent): boolean =>
  treeReads(state, parse(expression), event);

/** The sets of devices that an expression goes over. */
export const setsIn = (expression: string): readonly DeviceSelector[] => setsOf(parse(expression));

function setsOf(tree: Tree): readonly DeviceSelector[] {
  switch (tree.kind) {
    case 'call':
      if (isOverSet(tree.name)) return [selectorOf(tree.arguments[0]!)];
      return tree.arguments.flatMap(setsOf);
    case 'not':
    case 'minus':
      return setsOf(tree.of);
    case 'operator':
      return [...setsOf(tree.left), ...setsOf(tree.right)];
    default:
      return [];
  }
}

export function conditionReads(state: State, condition: Condition, event: HomeEvent): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.some((each) => conditionReads(state, each, event));
    case 'not':
      return conditionReads(state, condition.condition, event);
    case 'property':
      return membersOf(state, condition.device).some((device) => isProperty(event, device, condition.property));
    case 'mode':
      return 'mode' in event;
    case 'presence':
      return 'presence' in event && ['anyone', 'everyone', event.person].includes(condition.person);
    case 'online':
      return 'online' in event && event.device === condition.device;
    case 'schedule':
      return 'schedule' in event && event.schedule === condition.schedule;
    case 'expression':
      return expressionReads(state, condition.expression, event);
    default:
      return false;
  }
}
