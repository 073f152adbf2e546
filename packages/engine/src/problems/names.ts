// What rules name beyond the devices and values that every engine checks: commands of devices, rooms, people and the like, and
// all of it inside expressions, whose types are looked at too.

import type { Action, Rule } from '@lintel/model';
import { isExpression } from '../check/actions.ts';
import { isObject, show } from '../check/reader.ts';
import { devicesOf, type TypeFault } from '../check/types.ts';
import { below } from '../errors.ts';
import { parseExpression } from '../expression/parse.ts';
import type { SetTree, Tree } from '../expression/tree.ts';
import type { HomeMap } from '../link/members.ts';
import { TYPE_WORDS, constantText, typeOfExpression, type ValueType } from './expression-types.ts';
import { missing, missingIn, type KnownNames, type Thing } from './known-names.ts';

/** Devices count where they are known, anything else as far as it is. */
export function nameFaults(rule: Rule, map: HomeMap, names: KnownNames): TypeFault[] {
  const faults: TypeFault[] = [];
  const walk = (raw: unknown, pointer: string, isData = false): void => {
    if (typeof raw !== 'object' || raw === null) return;
    if (isObject(raw)) faults.push(...faultsAt(raw, pointer, isData, { map, names }));
    for (const [key, item] of Object.entries(raw)) walk(item, below(pointer, key), isData || DATA.has(key));
  };
  for (const part of ['triggers', 'conditions', 'actions'] as const) walk(rule[part] ?? [], `/${part}`);
  return faults;
}

/** Below these stand the author's own fields, which name nothing. */
const DATA: ReadonlySet<string> = new Set(['args', 'data']);

interface Known {
  readonly map: HomeMap;
  readonly names: KnownNames;
}

function faultsAt(
  raw: Readonly<Record<string, unknown>>,
  pointer: string,
  isData: boolean,
  known: Known,
): readonly TypeFault[] {
  const { kind, expression } = raw;
  if (typeof expression === 'string' && (kind === 'expression' || isExpression(raw))) {
    const wanted = kind === 'expression' ? 'boolean' : null;
    return expressionFaults(expression, wanted, below(pointer, 'expression'), known);
  }
  if (isData) return [];
  const faults = missingIn(raw, (field) => below(pointer, field), known.names);
  if (kind === 'set')
    return [...faults, ...setFaults(raw as unknown as SetAction, below(pointer, 'values'), known.map)];
  if (kind !== 'command' || !known.map.known) return faults;
  return [...faults, ...commandFaults(raw as unknown as Command, below(pointer, 'command'), known.map)];
}

function expressionFaults(text: string, wanted: ValueType | null, pointer: string, known: Known): TypeFault[] {
  const tree = parseExpression(text);
  const { type, faults } = typeOfExpression(tree, known.map);
  const misfits = type === null || wanted === null || type === wanted ? [] : [misfit(wanted, type)];
  return [
    ...named(tree).flatMap((each) => absent(each, pointer, known)),
    ...[...faults, ...misfits].map((message) => ({ code: 'type', pointer, message }) as const),
  ];
}

const misfit = (wanted: ValueType, type: ValueType): string =>
  `expected ${TYPE_WORDS[wanted]}; this gives ${TYPE_WORDS[type]}`;

type SetAction = Extract<Action, { kind: 'set' }>;

/** Values that are worked out, where their type is certain and not that of the property. */
function setFaults({ target, values }: SetAction, pointer: string, map: HomeMap): TypeFault[] {
  return Object.entries(values).flatMap(([property, value]) => {
    if (!isExpression(value)) return [];
    const { type } = typeOfExpression(parseExpression(value.expression), map);
    const wanted = devicesOf(target).flatMap((ref) => map.describe(ref, property)?.type ?? []);
    const unfit = type === null ? undefined : wanted.find((each) => each !== type);
    if (type === null || unfit === undefined) return [];
    const place = below(below(pointer, property), 'expression');
    return [{ code: 'type', pointer: place, message: `${property}: ${misfit(unfit, type)}` }];
  });
}

type Command = Extract<Action, { kind: 'command' }>;

/** A toggle is a set where the device has only that. */
const AS_SET: Readonly<Record<string, string>> = { 'onOff.toggle': 'onOff.on' };

function commandFaults({ target, command }: Command, pointer: string, map: HomeMap): TypeFault[] {
  return devicesOf(target)
    .filter((ref) => map.knows(ref) && !map.takes(ref, command) && !isSettable(map, ref, AS_SET[command]))
    .map((ref) => ({
      code: 'unknown-property',
      pointer,
      message: `${show(map.nameOf(ref))} has no command ${show(command)}`,
    }));
}

const isSettable = (map: HomeMap, ref: string, property: string | undefined): boolean =>
  property !== undefined && map.describe(ref, property)?.settable === true;

/** Something that an expression names outright: a device with its property, or another thing. */
type Named =
  | { readonly thing: 'device'; readonly id: string; readonly property: string | null }
  | { readonly thing: Thing; readonly id: string };

function absent(one: Named, pointer: string, { map, names }: Known): TypeFault[] {
  if (one.thing !== 'device') return missing(one.thing, one.id, pointer, names);
  if (!map.known) return [];
  const { id, property } = one;
  if (!map.knows(id)) return [{ code: 'unknown-device', pointer, message: `there is no device ${show(id)}` }];
  if (property === null || property === 'online' || map.describe(id, property) !== undefined) return [];
  const message = `${show(map.nameOf(id))} has no property ${show(property)}`;
  return [{ code: 'unknown-property', pointer, message }];
}

/** As far as the expression names things outright; of a set any member may have the property. */
function named(tree: Tree): Named[] {
  switch (tree.type) {
    case 'property': {
      const id = constantText(tree.device);
      const device = { thing: 'device', property: constantText(tree.property) } as const;
      return [...(id === null ? [] : [{ ...device, id }]), ...named(tree.device), ...named(tree.property)];
    }
    case 'since':
      return [{ thing: 'device', id: tree.device, property: tree.property }];
    case 'set':
      return namedBySet(tree.set);
    case 'variable':
    case 'schedule': {
      const id = constantText(tree.name);
      return id === null ? named(tree.name) : [{ thing: tree.type, id }];
    }
    case 'binary':
      return [...named(tree.left), ...named(tree.right)];
    case 'unary':
      return named(tree.operand);
    case 'call':
      return tree.operands.flatMap(named);
    case 'data':
      return named(tree.key);
    default:
      return [];
  }
}

function namedBySet({ over, ids }: SetTree): Named[] {
  if (over === 'devices') return ids.map((id) => ({ thing: 'device', id, property: null }));
  return over === 'home' ? [] : ids.map((id) => ({ thing: over, id }));
}
