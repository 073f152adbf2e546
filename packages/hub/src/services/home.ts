// The home itself: its name, place, mode and habits.

import { parseDate } from '@lintel/engine';
import { capabilitySpec, describeProperty, HubError, type Home, type Origin } from '@lintel/model';
import { z } from 'zod';
import type { Kernel } from '../kernel.ts';
import { HOME_ID } from '../registry/registry.ts';
import { nameSchema, parseBody } from './validate.ts';

const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'expected an IANA time zone such as "Europe/Berlin"');

const placeShape = {
  name: nameSchema,
  latitude: z.number('expected degrees from -90 to 90').min(-90, 'at least -90').max(90, 'at most 90'),
  longitude: z.number('expected degrees from -180 to 180').min(-180, 'at least -180').max(180, 'at most 180'),
  timeZone: timeZoneSchema,
};

const createSchema = z.strictObject({
  ...placeShape,
  units: z.enum(['metric', 'imperial']).default('metric'),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag such as "en"')
    .default('en'),
});

const changeSchema = z
  .strictObject({
    ...placeShape,
    units: z.enum(['metric', 'imperial']),
    language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag such as "en"'),
    mode: z.string().regex(/^[\p{L}\p{N} _-]{1,40}$/u, 'a mode is a word such as "home", "away" or "night"'),
    confirm: z.array(z.string().refine(isCommandable, 'expected a command such as "lock.unlock"')).max(50),
    holidays: z
      .array(z.string().refine((date) => parseDate(date) !== null, 'expected a date such as "2027-12-24" or "12-24"'))
      .max(1_000),
  })
  .partial();

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export function homeService(kernel: Kernel) {
  const { registry } = kernel.machine;
  const current = (): Home => {
    if (registry.home === null)
      throw new HubError('UNCLAIMED', 'this hub has no home yet: open it in a browser to set it up');
    const { id: _, ...home } = registry.home;
    return home;
  };
  const put = async (home: Home, by: Origin): Promise<Home> => {
    await kernel.commit([{ collection: 'home', id: HOME_ID, value: { id: HOME_ID, ...home } }], by);
    return current();
  };
  return {
    home: (): Home | null => (registry.home === null ? null : current()),
    createHome: (body: unknown, by: Origin, pointer = ''): Promise<Home> => {
      const asked = parseBody(createSchema, body, pointer);
      return put({ ...asked, mode: 'home', confirm: [], holidays: [] }, by);
    },
    changeHome: (body: unknown, by: Origin): Promise<Home> => {
      const asked = Object.fromEntries(
        Object.entries(parseBody(changeSchema, body)).filter(([, value]) => value !== undefined),
      );
      return put({ ...current(), ...asked }, by);
    },
  };
}

/** A command, or a property that can be set. */
function isCommandable(name: string): boolean {
  const [capability = '', part = ''] = name.split('.');
  return capabilitySpec(capability)?.commands?.includes(part) === true || describeProperty(name)?.settable === true;
}
