// Automations tried before they count: on what was recorded, and on the time to come.

import { z } from 'zod';
import { page, pageOf, pageQuery } from '../pages.ts';
import { ok, route, type Route } from '../routes.ts';
import { thingId, time } from '../schemas/fields.ts';
import { backtest, check, forecastEntry, imported } from '../schemas/rehearsals.ts';
import type { Services } from '../services.ts';

const ruleOrId = z.union([thingId, z.looseObject({})], 'expected an automation, or the id of one');
const backtestBody = z.strictObject({
  automation: ruleOrId,
  from: time,
  to: time,
  compare: ruleOrId.optional().describe('an older version; firings that only one of them has are marked'),
  closedLoop: z.boolean().optional().describe('what it sets takes effect, instead of what was recorded of it'),
});
const checkBody = z.strictObject({
  rules: z
    .array(z.looseObject({}))
    .optional()
    .describe('drafts; one with the id of a saved automation stands in its place'),
});
const mapped = z.union([
  z.strictObject({ device: z.string(), property: z.string().optional() }),
  z.strictObject({ person: z.string() }),
  z.strictObject({ scene: z.string() }),
  z.strictObject({ room: z.string() }),
  z.strictObject({ variable: z.string() }),
]);
const importBody = z.strictObject({
  format: z.literal('home-assistant'),
  yaml: z.string(),
  inputs: z.record(z.string(), z.unknown()).optional().describe('of a blueprint'),
  entities: z.record(z.string(), mapped).optional().describe('what entities, devices and areas are here, by their ids'),
});
const HOURS_MAX = 31 * 24;
const forecastQuery = pageQuery.extend({
  hours: z.coerce.number().positive().max(HOURS_MAX).optional().describe('24 by default'),
});

export const rehearsalRoutes = ({ hub: { automations } }: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/automations/check',
    role: 'resident',
    summary: 'Problems that automations have alone, together and with the home; the saved ones are included.',
    body: checkBody,
    answers: { 200: check },
    handle: async ({ body }) => ok(await automations.check(body)),
  }),
  route({
    method: 'POST',
    path: '/api/automations/import',
    role: 'resident',
    summary: 'Automations of Home Assistant as rules, with a report of what was lost; saves nothing.',
    body: importBody,
    answers: { 200: imported },
    handle: async ({ body }) => ok(await automations.import(body)),
  }),
  route({
    method: 'POST',
    path: '/api/automations/backtest',
    role: 'resident',
    summary: 'What an automation would have done with what was recorded; saves nothing.',
    body: backtestBody,
    answers: { 200: backtest },
    handle: async ({ body }) => ok(await automations.backtest(body)),
  }),
  route({
    method: 'GET',
    path: '/api/automations/forecast',
    role: 'resident',
    summary: 'What will run if nothing happens but time, the next first.',
    query: forecastQuery,
    answers: { 200: pageOf(forecastEntry) },
    handle: async ({ query: { hours, ...query } }) =>
      page(await automations.forecast(hours), query, ({ at, automation, run }) => `${at} ${automation} ${run}`),
  }),
];
