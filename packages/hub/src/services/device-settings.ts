// The settings that devices have of their own: those every device of a kind may have, and those its plugin lists.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import type { DeviceRecord } from '../registry/registry.ts';
import { durationSchema, escapePointer, parseBody } from './validate.ts';

/** A duration such as `"90s"`, or so many seconds. */
const timeSchema = z.union([durationSchema, z.number().min(0).max(86_400)], 'expected a duration such as "90s"');

const KNOWN: Readonly<Record<string, z.ZodType>> = {
  onReturn: z.enum(['roomTarget', 'asItWas', 'none']),
  occupancyTimeout: timeSchema,
  invert: z.boolean(),
  travelTime: timeSchema,
  volumeLimit: z.number('expected a share from 0 to 1').min(0).max(1),
  sensor: z.strictObject({ device: z.string(), property: z.string().max(100) }),
};

/**
 * A device's settings after a change; null takes a setting back to its default.
 * @throws HubError UNKNOWN_FIELD or BAD_VALUE with a pointer under `/settings`
 */
export function changeSettings({ settings, description }: DeviceRecord, change: Readonly<Record<string, unknown>>) {
  const next: Record<string, unknown> = { ...settings };
  for (const [key, value] of Object.entries(change)) {
    const pointer = `/settings/${escapePointer(key)}`;
    const known = Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined;
    if (known === undefined && !Object.hasOwn(description.settings ?? {}, key))
      throw new HubError('UNKNOWN_FIELD', `this device has no setting ${JSON.stringify(key)}`, { pointer });
    if (value === null) delete next[key];
    else next[key] = known === undefined ? value : parseBody(known, value, pointer);
  }
  return next;
}
