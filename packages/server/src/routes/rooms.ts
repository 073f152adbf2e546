// Rooms, and commands to all that is in one.

import { z } from 'zod';
import { maySeeRoom } from '../authorize.ts';
import type { Route } from '../routes.ts';
import { thingId, thingName } from '../schemas/fields.ts';
import { room } from '../schemas/views.ts';
import type { Services } from '../services.ts';
import { collectionRoutes } from './collections.ts';
import { commandRoute } from './outcomes.ts';

const fields = {
  name: thingName,
  floor: z.string().max(100).nullable().optional(),
  icon: z.string().max(100).nullable().optional(),
};

export const roomRoutes = (services: Services): Route[] => [
  ...collectionRoutes({
    path: '/api/rooms',
    one: 'room',
    read: 'guest',
    write: 'admin',
    view: room,
    create: z.strictObject({ ...fields, id: thingId.optional() }),
    change: z.strictObject({ ...fields, name: thingName.optional() }),
    things: services.hub.rooms,
    maySee: maySeeRoom,
  }),
  commandRoute(services, {
    path: '/api/rooms/:id/commands',
    role: 'resident',
    summary: 'Commands a room: its lights, for `set` of what lights have.',
    target: (id) => ({ room: id }),
  }),
];
