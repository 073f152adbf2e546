// Weekly schedules.

import { z } from 'zod';
import type { Route } from '../routes.ts';
import { thingId, thingName } from '../schemas/fields.ts';
import { block, schedule } from '../schemas/household.ts';
import type { Services } from '../services.ts';
import { collectionRoutes } from './collections.ts';

const blocks = z.array(block).max(200);

export const scheduleRoutes = ({ hub: { schedules } }: Services): Route[] =>
  collectionRoutes({
    path: '/api/schedules',
    one: 'schedule',
    read: 'resident',
    write: 'admin',
    view: schedule,
    create: z.strictObject({ id: thingId.optional(), name: thingName, blocks }),
    change: z.strictObject({ name: thingName.optional(), blocks: blocks.optional() }),
    things: schedules,
  });
