// The body of a command: `{set, endpoint?, transition?}` or `{command, args?, endpoint?}`, checked against what devices have.

import {
  describeProperty,
  HubError,
  readDuration,
  type DeviceCommand,
  type PropertyDescription,
  type Values,
  TAKEN_BACK_BY,
} from '@lintel/model';
import { z } from 'zod';
import { checkValue } from '../dispatch/check-value.ts';
import { endpointFor } from '../dispatch/resolve.ts';
import type { DeviceRecord } from '../registry/registry.ts';
import { limitProperty, volumeLimitOf } from '../state/volume-limit.ts';
import { durationSchema, escapePointer, parseBody, transitionSchema, valueSchema } from './validate.ts';

const endpointSchema = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'expected the id of an endpoint');

const setSchema = z.strictObject({
  set: z
    .record(z.string().max(100), valueSchema)
    .refine((set) => Object.keys(set).length > 0, 'set at least one property'),
  endpoint: endpointSchema.optional(),
  transition: transitionSchema.optional(),
  for: durationSchema.optional(),
});
const commandSchema = z.strictObject({
  command: z.string().regex(/^[a-zA-Z0-9]+\.[a-zA-Z]+$/, 'expected a command such as "onOff.toggle"'),
  args: z.record(z.string().max(100), z.unknown()).optional(),
  endpoint: endpointSchema.optional(),
  for: durationSchema.optional(),
  confirm: z.string().max(200).optional(),
});

export function parseCommandBody(body: unknown): DeviceCommand {
  const isSet = typeof body === 'object' && body !== null && 'set' in body;
  const isCommand = typeof body === 'object' && body !== null && 'command' in body;
  if (!isSet && !isCommand) {
    throw new HubError('BAD_VALUE', 'expected {"set": {…}} or {"command": "…"}', { pointer: '' });
  }
  if (isSet) {
    const { for: _, ...set } = parseBody(setSchema, body);
    return withoutUndefined(set) as DeviceCommand;
  }
  const { confirm: _, for: lasting, ...command } = parseBody(commandSchema, body);
  if (lasting !== undefined && command.command !== 'onOff.toggle' && !Object.hasOwn(TAKEN_BACK_BY, command.command))
    throw new HubError('BAD_VALUE', `${command.command} cannot be taken back by itself`, { pointer: '/for' });
  return withoutUndefined(command) as DeviceCommand;
}

/** After how many milliseconds the devices go back to what they were; undefined where they stay. Asked of a parsed body. */
export function lastingOf(body: unknown): number | undefined {
  const { for: lasting } = body as { for?: string };
  return lasting === undefined ? undefined : (readDuration(lasting) ?? undefined);
}

const withoutUndefined = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/**
 * Checks a command against the one device it is for.
 * @throws HubError UNKNOWN_PROPERTY, UNKNOWN_COMMAND or BAD_VALUE with a pointer into the body; `prefix` is where the values stand
 */
export function checkForDevice(
  record: DeviceRecord,
  endpoint: string | null,
  command: DeviceCommand,
  prefix = '/set',
): void {
  if (command.endpoint !== undefined && !record.description.endpoints.some(({ id }) => id === command.endpoint)) {
    throw new HubError('BAD_VALUE', `${record.name} has no endpoint ${JSON.stringify(command.endpoint)}`, {
      pointer: '/endpoint',
    });
  }
  if (!('set' in command)) return checkNamed(record, command.endpoint ?? endpoint, command.command);
  for (const [key, value] of Object.entries(command.set)) {
    const [property = '', at] = key.split('@');
    const found = findProperty(record, at ?? command.endpoint ?? endpoint, property);
    const pointer = `${prefix}/${escapePointer(key)}`;
    if (found === null)
      throw new HubError('UNKNOWN_PROPERTY', `${record.name} has no ${JSON.stringify(key)}`, { pointer });
    checkValue(found, property, value, pointer);
  }
}

function checkNamed(record: DeviceRecord, endpoint: string | null, command: string): void {
  const [capability = '', name = ''] = command.split('.');
  const has = endpointFor(record, command, endpoint)?.capabilities.find((each) => each.name === capability);
  if (has?.commands.includes(name) === true) return;
  throw new HubError('UNKNOWN_COMMAND', `${record.name} cannot do ${JSON.stringify(command)}`, { pointer: '/command' });
}

function findProperty(record: DeviceRecord, endpoint: string | null, property: string): PropertyDescription | null {
  const [capability = '', name = ''] = property.split('.');
  const has = endpointFor(record, property, endpoint)?.capabilities.find((each) => each.name === capability);
  const found = has?.properties.find((each) => each.name === name) ?? null;
  const limit = volumeLimitOf(record);
  return found === null || limit === null ? found : limitProperty(limit, capability, found);
}

/** Checks the values of a set for many devices against the capability table alone; each device is then asked what it has. */
export function checkAgainstTable(values: Values): void {
  for (const [key, value] of Object.entries(values)) {
    const [property = ''] = key.split('@');
    const pointer = `/set/${escapePointer(key)}`;
    const found = describeProperty(property);
    if (found !== null) checkValue(found, property, value, pointer);
    else if (!property.startsWith('generic.')) {
      throw new HubError('UNKNOWN_PROPERTY', `there is no property ${JSON.stringify(key)}`, { pointer });
    }
  }
}
