// Backups of the whole home, and the way back to one.

import { z } from 'zod';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, ok, route, type Route } from '../routes.ts';
import { backup } from '../schemas/views.ts';
import type { Services } from '../services.ts';

export const backupRoutes = ({ hub, restore }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/backups',
    role: 'admin',
    summary: 'The backups in the data folder, newest first.',
    query: pageQuery,
    answers: { 200: pageOf(backup) },
    handle: async ({ query }) => page(await hub.backups.list(), query, ({ id }) => id),
  }),
  route({
    method: 'POST',
    path: '/api/backups',
    role: 'admin',
    summary: 'Makes a backup, and tries whether it brings the home back.',
    answers: { 201: backup },
    handle: async () => created(await hub.backups.make()),
  }),
  route({
    method: 'GET',
    path: '/api/backups/:id',
    role: 'admin',
    summary: 'Downloads a backup. It holds the keys of the home: keep it where only you can read it.',
    answers: { 200: z.string() },
    type: 'application/gzip',
    audit: true,
    handle: ({ param }) => ({
      status: 200,
      file: hub.backups.path(param('id')),
      headers: {
        'content-type': 'application/gzip',
        'content-disposition': `attachment; filename="${param('id')}.lintel-backup"`,
      },
    }),
  }),
  route({
    method: 'POST',
    path: '/api/restore',
    role: 'owner',
    summary: 'Tries a backup, then puts it in the place of the home, whose folder is kept aside; the hub starts anew.',
    body: z.strictObject({ backup: z.string().max(100).describe('the id of one in the list') }),
    answers: { 202: z.object({ status: z.literal('restarting') }) },
    handle: async ({ body }) => {
      await restore(hub.backups.path(body.backup));
      return { ...ok({ status: 'restarting' }), status: 202 };
    },
  }),
];
