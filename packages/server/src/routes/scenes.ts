// Scenes: what several devices should be at once.

import { z } from 'zod';
import { originOf } from '../authorize.ts';
import { created, ok, route, type Route } from '../routes.ts';
import { deviceRef, duration, thingId, thingName, values } from '../schemas/fields.ts';
import { outcome, scene } from '../schemas/views.ts';
import type { Services } from '../services.ts';
import { collectionRoutes } from './collections.ts';
import { outcomeAnswer } from './outcomes.ts';

const targets = z.array(z.strictObject({ device: deviceRef, values })).max(1_000);
const capture = z.strictObject({
  name: thingName,
  devices: z.array(deviceRef).max(1_000).optional(),
  room: thingId.optional(),
});

export const sceneRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/scenes/capture',
    role: 'resident',
    summary: 'Makes a scene of what the given devices, or those of a room, are now.',
    body: capture,
    answers: { 201: scene },
    handle: async ({ identity, body }) => created(await hub.scenes.capture(body, originOf(identity))),
  }),
  ...collectionRoutes({
    path: '/api/scenes',
    one: 'scene',
    read: 'resident',
    write: 'resident',
    view: scene,
    create: z.strictObject({ id: thingId.optional(), name: thingName, targets, transition: duration.optional() }),
    change: z.strictObject({
      name: thingName.optional(),
      targets: targets.optional(),
      transition: duration.optional(),
    }),
    things: hub.scenes,
  }),
  route({
    method: 'POST',
    path: '/api/scenes/:id/recall',
    role: 'resident',
    summary: 'Recalls a scene.',
    body: z.strictObject({ transition: duration.optional() }).optional(),
    answers: { 200: outcome, 503: outcome, 504: outcome },
    handle: async ({ identity, body, param }) =>
      outcomeAnswer(await hub.scenes.recall(param('id'), body ?? {}, originOf(identity))),
  }),
  route({
    method: 'POST',
    path: '/api/scenes/:id/revert',
    role: 'resident',
    summary: 'Undoes the last recall of a scene.',
    answers: { 200: outcome, 503: outcome, 504: outcome },
    handle: async ({ identity, param }) => outcomeAnswer(await hub.scenes.revert(param('id'), originOf(identity))),
  }),
  route({
    method: 'GET',
    path: '/api/scenes/:id/difference',
    role: 'resident',
    summary: 'The devices that are not what the scene says.',
    answers: { 200: z.object({ devices: z.array(z.string()) }) },
    handle: ({ param }) => ok({ devices: hub.scenes.difference(param('id')) }),
  }),
];
