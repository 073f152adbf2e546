// What a rule's command means for devices: targets and scenes resolved, and how long it may wait.

import type { DeviceCommand, DeviceKind, Target, Values } from '@lintel/model';
import type { Delivery } from '../journal/records.ts';
import { COMMAND_LIFETIME_MS, COMMAND_LIFETIME_SAFETY_MS } from '../limits.ts';
import type { Registry } from '../registry/registry.ts';
import type { CoreCommand } from '../state/core.ts';
import { kindOf } from '../state/device-view.ts';
import type { Parts } from '../state/parts.ts';
import { endpointFor, reach, split, toggleAsSet, type Reached } from './resolve.ts';

/** What there is and how it is, for targets and toggles. */
type Known = Pick<Parts, 'registry' | 'properties'>;

const DANGEROUS_KINDS: ReadonlySet<DeviceKind> = new Set([
  'lock',
  'alarm',
  'siren',
  'cover',
  'valve',
  'thermostat',
  'heatPump',
  'evse',
]);

/** Locks, alarms, heating, garages, sirens: better late than forgotten, and not at all rather than much too late. */
export function isDangerous(registry: Registry, { device }: Delivery): boolean {
  const record = registry.get('devices', device);
  return record !== null && DANGEROUS_KINDS.has(kindOf(record));
}

export const lifetimeOf = (registry: Registry, delivery: Delivery): number =>
  isDangerous(registry, delivery) ? COMMAND_LIFETIME_SAFETY_MS : COMMAND_LIFETIME_MS;

export function resolveCoreCommand(parts: Known, command: CoreCommand): readonly Delivery[] {
  if (command.kind === 'scene') return resolveScene(parts, command.scene, command.transition);
  if (command.kind === 'set') {
    const { values, transition } = command;
    return resolveTarget(parts, command.target, {
      set: values as Values,
      ...(transition !== undefined && { transition }),
    });
  }
  if (command.kind === 'command') {
    return resolveTarget(parts, command.target, {
      command: command.command,
      ...(command.args && { args: command.args }),
    });
  }
  if (command.kind === 'restore') {
    const { targets = [], transition } = command;
    return targets.flatMap(({ device, values }) => resolveValues(parts, device, values, transition));
  }
  return [];
}

export const resolveValues = (parts: Known, device: string, values: Values, transition?: number): readonly Delivery[] =>
  resolveTarget(parts, { device }, { set: values, ...(transition !== undefined && { transition }) });

export function resolveTarget(parts: Known, target: Target, command: DeviceCommand): readonly Delivery[] {
  const reached = reach(parts.registry, target);
  const settled = settleToggle(parts, reached, command);
  return reached.flatMap((each) => split(each, settled).deliveries);
}

/** A toggle whose present state is known goes out as a set, so that it can be sent twice without harm. */
export function settleToggle(
  { properties }: Known,
  reached: readonly Reached[],
  command: DeviceCommand,
): DeviceCommand {
  if (!('command' in command) || command.command !== 'onOff.toggle') return command;
  const value = ({ record, endpoint }: Reached) => {
    const first = endpointFor(record, 'onOff.on', null);
    const found = endpointFor(record, 'onOff.on', command.endpoint ?? endpoint);
    return properties.value(record.id, found === null || found === first ? 'onOff.on' : `onOff.on@${found.id}`);
  };
  if (reached.length === 1 && value(reached[0]!) === null) return command;
  const set = toggleAsSet(reached, (each) => value(each) === true);
  return command.endpoint === undefined ? set : { ...set, endpoint: command.endpoint };
}

export function resolveScene(parts: Known, id: string, transition?: number): readonly Delivery[] {
  const scene = parts.registry.get('scenes', id);
  return (scene?.targets ?? []).flatMap(({ device, values }) => resolveValues(parts, device, values, transition));
}
