// Fields that many bodies share.

import { readDuration } from '@lintel/model';
import { z } from 'zod';
import { NAME_CHARACTERS_MAX, PASSWORD_CHARACTERS_MAX } from '../limits.ts';

const THING_NAME_CHARACTERS_MAX = 100;
/** Control characters, and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

const plainName = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'a name is needed')
    .max(most, `at most ${most} characters`)
    .refine((text) => !INVISIBLE.test(text), 'no control characters');

export const personName = plainName(NAME_CHARACTERS_MAX);
export const thingName = plainName(THING_NAME_CHARACTERS_MAX);
export const password = z.string().max(PASSWORD_CHARACTERS_MAX * 4, 'this password is too long');
export const thingId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected letters, digits, - and _, at most 64');
export const deviceRef = z
  .string()
  .regex(
    /^[a-z0-9-]{1,32}:[A-Za-z0-9_.:-]{1,96}(\/[A-Za-z0-9_-]{1,32})?$/,
    'expected a device id such as "virtual:hall-lamp", or one with /endpoint',
  );
export const duration = z
  .string()
  .refine(
    (text) => readDuration(text) !== null,
    'expected a duration such as "90s", "5m" or "1h30m", at most 366 days',
  );
export const time = z.iso.datetime({ offset: true, message: 'expected a time such as "2026-11-21T18:00:00Z"' });
export const value = z.union([z.boolean(), z.number(), z.string(), z.null()]);
export const propertyName = z
  .string()
  .regex(/^[A-Za-z0-9]{1,48}\.[A-Za-z0-9_-]{1,64}(@[A-Za-z0-9_-]{1,32})?$/, 'expected a property such as "onOff.on"');
export const values = z.record(propertyName, value);
export const roles = z.enum(['guest', 'resident', 'admin', 'owner']);
export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);
export const timeZone = z.string().max(64).refine(isTimeZone, 'expected a time zone such as "Europe/Berlin"');

/** Offsets such as "+02:00" are understood by some places and know no summer time. */
function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
