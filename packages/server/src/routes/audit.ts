// The log of what was done about the home's safety, and whether it still is as it was written.

import { z } from 'zod';
import { PAGE_ITEMS_DEFAULT } from '../limits.ts';
import { pageOf, pageQuery } from '../pages.ts';
import { ok, route, type Route } from '../routes.ts';
import { auditEntry } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const verdict = z.object({ ok: z.boolean(), entries: z.number(), broken: z.number().optional() });
const auditQuery = pageQuery.extend({
  after: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
});

export const auditRoutes = ({ audit }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/audit',
    role: 'admin',
    summary: "Who changed what about the home's safety, newest first.",
    query: auditQuery,
    answers: { 200: pageOf(auditEntry) },
    handle: async ({ query }) => ok(await audit.list(query.after ?? null, query.limit ?? PAGE_ITEMS_DEFAULT)),
  }),
  route({
    method: 'GET',
    path: '/api/audit/verify',
    role: 'admin',
    summary: 'Whether every entry is as it was written, and none is missing.',
    answers: { 200: verdict },
    handle: async () => ok(await audit.verify()),
  }),
];
