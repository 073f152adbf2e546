// Groups of devices, and commands to all of one.

import { z } from 'zod';
import type { Route } from '../routes.ts';
import { deviceRef, thingId, thingName } from '../schemas/fields.ts';
import { group } from '../schemas/views.ts';
import type { Services } from '../services.ts';
import { collectionRoutes } from './collections.ts';
import { commandRoute } from './outcomes.ts';

const devices = z.array(deviceRef).max(1_000);

export const groupRoutes = (services: Services): Route[] => [
  ...collectionRoutes({
    path: '/api/groups',
    one: 'group',
    read: 'resident',
    write: 'resident',
    view: group,
    create: z.strictObject({ id: thingId.optional(), name: thingName, devices }),
    change: z.strictObject({ name: thingName.optional(), devices: devices.optional() }),
    things: services.hub.groups,
  }),
  commandRoute(services, {
    path: '/api/groups/:id/commands',
    role: 'resident',
    summary: 'Commands all devices of a group.',
    target: (id) => ({ group: id }),
  }),
];
