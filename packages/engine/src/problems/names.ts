// What rules name beyond the devices and values that every engine checks: commands of devices, and devices inside expressions.

import type { Action, Rule } from '@lintel/model';
import { isExpression } from '../check/actions.ts';
import { isObject, show } from '../check/reader.ts';
import { devicesOf, type TypeFault } from '../check/types.ts';
import { below } from '../errors.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Tree } from '../expression/tree.ts';
import type { HomeMap } from '../link/members.ts';

/** None where devices are not known. */
export function nameFaults(rule: Rule, map: HomeMap): TypeFault[] {
  if (!map.known) return [];
  const faults: TypeFault[] = [];
  const walk = (raw: unknown, pointer: string): void => {
    if (typeof raw !== 'object' || raw === null) return;
    faults.push(...(isObject(raw) ? faultsAt(raw, pointer, map) : []));
    for (const [key, item] of Object.entries(raw)) walk(item, below(pointer, key));
  };
  for (const part of ['triggers', 'conditions', 'actions'] as const) walk(rule[part] ?? [], `/${part}`);
  return faults;
}

function faultsAt(raw: Readonly<Record<string, unknown>>, pointer: string, map: HomeMap): TypeFault[] {
  const { kind, expression } = raw;
  if (kind === 'command') return commandFaults(raw as unknown as Command, below(pointer, 'command'), map);
  if (typeof expression !== 'string' || (kind !== 'expression' && !isExpression(raw))) return [];
  return readings(parseExpression(expression)).flatMap(([device, property]) =>
    readingFaults(device, property, below(pointer, 'expression'), map),
  );
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

function readingFaults(device: string, property: string | null, pointer: string, map: HomeMap): TypeFault[] {
  if (!map.knows(device)) return [{ code: 'unknown-device', pointer, message: `there is no device ${show(device)}` }];
  if (property === null || map.describe(device, property) !== undefined) return [];
  const message = `${show(map.nameOf(device))} has no property ${show(property)}`;
  return [{ code: 'unknown-property', pointer, message }];
}

type Reading = readonly [device: string, property: string | null];

/** The devices and properties that an expression names, as far as it names them outright; of a set any member may have the property. */
function readings(tree: Tree): Reading[] {
  switch (tree.type) {
    case 'property': {
      const [device, property] = [constant(tree.device), constant(tree.property)];
      return [
        ...(device === null ? [] : [[device, property] as const]),
        ...readings(tree.device),
        ...readings(tree.property),
      ];
    }
    case 'since':
      return [[tree.device, tree.property]];
    case 'set':
      return tree.set.over === 'devices' ? tree.set.ids.map((id) => [id, null]) : [];
    case 'binary':
      return [...readings(tree.left), ...readings(tree.right)];
    case 'unary':
      return readings(tree.operand);
    case 'call':
      return tree.operands.flatMap(readings);
    case 'variable':
    case 'schedule':
      return readings(tree.name);
    case 'data':
      return readings(tree.key);
    default:
      return [];
  }
}

const constant = (tree: Tree): string | null =>
  tree.type === 'constant' && typeof tree.value === 'string' ? tree.value : null;
