// From a command in our words to messages for the converters.

import { PluginError, type DeviceCommand, type Value } from '@lintel/sdk';

import type { ZigbeeDevice } from './device.ts';
import type { MappedEndpoint, Message } from './mapping/types.ts';

/** One message for the converters of one endpoint. */
export interface Outgoing {
  readonly endpoint: MappedEndpoint;
  readonly message: Message;
}

/** What a command asks of the converters, an endpoint at a time. Throws `UNSUPPORTED` and `BAD_VALUE`. */
export function translate(device: ZigbeeDevice, command: DeviceCommand): Outgoing[] {
  if ('set' in command) return translateSet(device, command);
  const endpoint = endpointOf(device, command.endpoint, (each) => each.commands.has(command.command));
  const mapped = endpoint?.commands.get(command.command);
  if (endpoint === undefined || mapped === undefined) throw unsupported(device, command.command);
  return [{ endpoint, message: mapped(command.args ?? {}, device.state) }];
}

const unsupported = (device: ZigbeeDevice, what: string): PluginError =>
  new PluginError('UNSUPPORTED', `${device.name} has no ${what}`);

function endpointOf(
  device: ZigbeeDevice,
  id: string | undefined,
  has: (endpoint: MappedEndpoint) => boolean,
): MappedEndpoint | undefined {
  const { endpoints } = device.mapping;
  return id === undefined ? endpoints.find(has) : endpoints.find((each) => each.id === id && has(each));
}

type SetCommand = Extract<DeviceCommand, { set: unknown }>;

function translateSet(device: ZigbeeDevice, command: SetCommand): Outgoing[] {
  const byEndpoint = new Map<MappedEndpoint, Record<string, Value>>();
  for (const [path, value] of Object.entries(command.set)) {
    const [key = path, suffix] = path.split('@');
    const endpoint = endpointOf(device, suffix ?? command.endpoint, (each) => each.properties.has(key));
    if (endpoint === undefined) throw unsupported(device, path);
    byEndpoint.set(endpoint, { ...byEndpoint.get(endpoint), [key]: value });
  }
  return [...byEndpoint].map(([endpoint, values]) => ({
    endpoint,
    message: buildMessage(device, endpoint, values, command),
  }));
}

function buildMessage(
  device: ZigbeeDevice,
  endpoint: MappedEndpoint,
  values: Readonly<Record<string, Value>>,
  { transition }: SetCommand,
): Message {
  const message: Message = {};
  // The level goes first, since it may say on and off by itself; the color's mode last.
  const keys = Object.keys(values).toSorted((a, b) => rank(a) - rank(b));
  for (const key of keys) {
    const value = values[key] ?? null;
    const property = endpoint.properties.get(key)!;
    if (property.write === undefined) throw new PluginError('UNSUPPORTED', `${key} of ${device.name} cannot be set`);
    if (value === null) throw new PluginError('BAD_VALUE', `${key} cannot be set to unknown`, `/set/${key}`);
    property.write(message, value, values, device.state);
  }
  if (transition !== undefined) message['transition'] = transition / 1000;
  return message;
}

const RANK = ['level.level', 'onOff.on', 'color.temperature', 'color.mode'];
const rank = (key: string): number => (RANK.includes(key) ? RANK.indexOf(key) - (key === 'color.mode' ? -10 : 5) : 0);

const FIRST = new Set(['state', 'brightness']);

/** A lamp is switched on before it gets its color, and off after. */
export function inOrder(message: Message): [string, unknown][] {
  const entries = Object.entries(message).filter(([key]) => key !== 'transition' || Object.keys(message).length === 1);
  const first = entries.filter(([key]) => FIRST.has(key));
  const rest = entries.filter(([key]) => !FIRST.has(key));
  return message['state'] === 'OFF' ? [...rest, ...first] : [...first, ...rest];
}
