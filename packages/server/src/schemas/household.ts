// What the API answers about people, variables, schedules and notifications.

import { z } from 'zod';
import { value } from './fields.ts';
import { origin } from './views.ts';

const textOrNull = z.string().nullable();

export const person = z
  .object({
    id: z.string(),
    name: z.string(),
    user: textOrNull.optional(),
    sources: z.array(z.string()),
    presence: z.enum(['home', 'away']).nullable().describe('null while no source knows'),
    since: textOrNull,
  })
  .meta({ id: 'Person' });

export const variable = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(['boolean', 'number', 'string']),
    min: z.number().optional(),
    max: z.number().optional(),
    value,
  })
  .meta({ id: 'Variable' });

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'workday', 'holiday'] as const;

export const block = z.strictObject({
  weekdays: z.array(z.enum(WEEKDAYS)),
  at: z.string().describe('local time, "HH:MM" or "HH:MM:SS"'),
  value: z.union([z.boolean(), z.number(), z.string()]),
});

export const schedule = z
  .object({ id: z.string(), name: z.string(), blocks: z.array(block), value: value.describe('what it says now') })
  .meta({ id: 'Schedule' });

export const notification = z
  .object({
    id: z.string(),
    at: z.string(),
    title: z.string().optional(),
    text: z.string(),
    actions: z.array(z.object({ id: z.string(), title: z.string() })),
    critical: z.boolean(),
    tag: z.string().optional(),
    to: z.array(z.string()).optional(),
    automation: z.string().optional(),
    answered: z.object({ action: z.string(), at: z.string(), by: origin }).optional(),
  })
  .meta({ id: 'Notification' });
