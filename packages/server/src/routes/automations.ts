// Automations: the rules people write, their versions and their runs. The engine judges the rule itself.

import { z } from 'zod';
import { originOf } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, ok, route, type Route } from '../routes.ts';
import { thingId } from '../schemas/fields.ts';
import { rule, ruleVersion, runDetail, trace } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const part = z.record(z.string(), z.unknown());
/** The outer shape alone; what is inside is refused by the engine, with a pointer into the rule. */
const ruleBody = z
  .looseObject({
    id: thingId.optional(),
    triggers: z.array(part),
    conditions: z.array(part).optional(),
    actions: z.array(part),
  })
  .describe('a rule; `author` and `version` are ignored');

export const automationRoutes = (services: Services): Route[] => [
  ...collection(services),
  ...actions(services),
  ...past(services),
];

const collection = ({ hub: { automations } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/automations',
    role: 'resident',
    summary: 'All automations.',
    query: pageQuery,
    answers: { 200: pageOf(rule) },
    handle: ({ query }) => page(automations.list(), query, ({ id }) => id),
  }),
  route({
    method: 'POST',
    path: '/api/automations',
    role: 'resident',
    summary: 'Adds an automation, which acts with the rights of whoever adds it.',
    body: ruleBody,
    answers: { 201: rule },
    handle: async ({ identity, body }) => created(await automations.create(body, identity.user.id, originOf(identity))),
  }),
  route({
    method: 'GET',
    path: '/api/automations/:id',
    role: 'resident',
    summary: 'One automation.',
    answers: { 200: rule },
    handle: ({ param }) => ok(automations.get(param('id'))),
  }),
  route({
    method: 'PUT',
    path: '/api/automations/:id',
    role: 'resident',
    summary: 'Replaces an automation; what is running follows its `onEdit`.',
    body: ruleBody,
    answers: { 200: rule },
    handle: async ({ identity, body, param }) =>
      ok(await automations.replace(param('id'), body, identity.user.id, originOf(identity))),
  }),
  route({
    method: 'DELETE',
    path: '/api/automations/:id',
    role: 'resident',
    summary: 'Removes an automation.',
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await automations.remove(param('id'), originOf(identity));
      return noContent;
    },
  }),
];

const actions = ({ hub: { automations } }: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/automations/:id/run',
    role: 'resident',
    summary: 'Runs an automation now, whatever its triggers; its conditions are asked.',
    answers: { 200: z.object({ run: z.number().nullable() }) },
    handle: async ({ identity, param }) => ok(await automations.run(param('id'), originOf(identity))),
  }),
  ...([true, false] as const).map((enabled) =>
    route({
      method: 'POST',
      path: `/api/automations/:id/${enabled ? 'enable' : 'disable'}`,
      role: 'resident',
      summary: `Switches an automation ${enabled ? 'on' : 'off'}.`,
      answers: { 200: rule },
      handle: async ({ identity, param }) => ok(await automations.enable(param('id'), enabled, originOf(identity))),
    }),
  ),
];

const past = ({ hub: { automations } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/automations/:id/runs',
    role: 'resident',
    summary: 'What an automation did lately, newest first, with causes.',
    query: pageQuery,
    answers: { 200: pageOf(trace) },
    handle: ({ query, param }) => page(automations.runs(param('id')), query, ({ run }) => String(run)),
  }),
  route({
    method: 'GET',
    path: '/api/automations/:id/runs/:run',
    role: 'resident',
    summary: 'One run: what it did, what it waits for, and what led to it.',
    answers: { 200: runDetail },
    handle: ({ param }) => ok(automations.runOf(param('id'), numberOf(param('run')))),
  }),
  route({
    method: 'GET',
    path: '/api/automations/:id/versions',
    role: 'resident',
    summary: 'Every version of an automation, with who wrote it.',
    query: pageQuery,
    answers: { 200: pageOf(ruleVersion) },
    handle: async ({ query, param }) =>
      page(await automations.versions(param('id')), query, ({ version }) => String(version)),
  }),
  route({
    method: 'POST',
    path: '/api/automations/:id/versions/:version/restore',
    role: 'resident',
    summary: 'Makes an old version the current one.',
    answers: { 200: rule },
    handle: async ({ identity, param }) => {
      const version = numberOf(param('version'));
      return ok(await automations.restore(param('id'), version, identity.user.id, originOf(identity)));
    },
  }),
];

/** Runs and versions count from 1; what is no number is none of them. */
const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
