// The people of the home, and whether they are there.

import { z } from 'zod';
import type { Route } from '../routes.ts';
import { thingId, thingName } from '../schemas/fields.ts';
import { person } from '../schemas/household.ts';
import type { Services } from '../services.ts';
import { collectionRoutes } from './collections.ts';

const fields = {
  user: thingId.nullable().optional().describe('their account'),
  sources: z.array(z.string().max(240)).max(20).optional().describe('devices, or sources of plugins'),
};

export const peopleRoutes = ({ hub: { people } }: Services): Route[] =>
  collectionRoutes({
    path: '/api/people',
    one: 'person',
    many: 'people',
    read: 'resident',
    write: 'admin',
    view: person,
    create: z.strictObject({ id: thingId.optional(), name: thingName, ...fields }),
    change: z.strictObject({ name: thingName.optional(), ...fields }),
    things: people,
  });
