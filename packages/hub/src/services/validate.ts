// Bodies of requests are parsed once, by a strict zod schema; what is wrong is named with a JSON pointer.

import { faultWords, HubError, readDuration } from '@lintel/model';
import { z } from 'zod';
import { NAME_HIDDEN, NAME_LENGTH_MAX, TRANSITION_MS_MAX } from '../limits.ts';

/** @throws HubError UNKNOWN_FIELD or BAD_VALUE with a pointer below `prefix` */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown, prefix = ''): z.output<Schema> {
  const result = schema.safeParse(body, { error: faultWords });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  const pointer = prefix + path.map((step) => `/${escapePointer(String(step))}`).join('');
  if (unknown !== undefined)
    throw new HubError('UNKNOWN_FIELD', `unknown field ${JSON.stringify(unknown)}`, { pointer });
  throw new HubError('BAD_VALUE', issue.message, { pointer });
}

export const escapePointer = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

export const nameSchema = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(NAME_LENGTH_MAX, `a name has at most ${NAME_LENGTH_MAX} characters`)
  .refine((text) => !NAME_HIDDEN.test(text), 'a name may not have control characters');

export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id has letters, digits, - and _, at most 64');

export const durationSchema = z
  .string()
  .refine((text) => readDuration(text) !== null, 'expected a duration such as "500ms", "90s" or "5m"');

export const transitionSchema = durationSchema
  .transform((text) => readDuration(text)!)
  .refine((ms) => ms <= TRANSITION_MS_MAX, 'a transition is at most "1h"');

export const valueSchema = z.union(
  [z.boolean(), z.number(), z.string().max(10_000), z.null()],
  'expected true, false, a number, text or null',
);
