// `count`, `names` and `avg`: functions over the devices of a set.

import type { DeviceSelector, Value } from '@lintel/model';
import type { Tree } from './expression-syntax.ts';
import { membersOf } from './selectors.ts';
import { valueOf } from './state.ts';
import type { State } from './state.ts';

type Call = Extract<Tree, { kind: 'call' }>;

const constantOf = (tree: Tree | undefined): Value => (tree?.kind === 'value' ? tree.value : null);

export function selectorOf(tree: Tree): DeviceSelector {
  const name = tree.kind === 'call' ? tree.name : 'home';
  const texts = tree.kind === 'call' ? tree.arguments.map((each) => String(constantOf(each))) : [];
  if (name === 'devices') return { devices: texts };
  const [id = '', kind] = name === 'home' ? ['', ...texts] : texts;
  const of = kind === undefined ? {} : { kind };
  if (name === 'room') return { room: id, ...of } as DeviceSelector;
  return (name === 'floor' ? { floor: id, ...of } : { home: true, ...of }) as DeviceSelector;
}

function compares(value: Value, operator: string, wanted: Value): boolean {
  if (value === null) return false;
  if (operator === '==') return value === wanted;
  if (typeof value !== 'number' || typeof wanted !== 'number') return false;
  if (operator === '<') return value < wanted;
  if (operator === '<=') return value <= wanted;
  return operator === '>' ? value > wanted : value >= wanted;
}

export const isOverSet = (name: string): boolean => name === 'count' || name === 'names' || name === 'avg';

export function valueOverSet(state: State, { name, arguments: [set, property, ...rest] }: Call): Value {
  const members = membersOf(state, selectorOf(set!));
  const valueIn = (device: string): Value => valueOf(state, device, String(constantOf(property)));
  if (name === 'avg') {
    const numbers = members.map(valueIn).filter((value) => typeof value === 'number');
    return numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  }
  const operator = rest.length === 2 ? String(constantOf(rest[0])) : '==';
  const wanted = rest.length === 0 ? true : constantOf(rest.at(-1));
  const holding = members.filter((device) => compares(valueIn(device), operator, wanted));
  if (name === 'count') return holding.length;
  return holding.map((id) => state.devices.find((device) => device.id === id)?.name ?? id).join(', ');
}
