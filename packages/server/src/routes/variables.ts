// The home's own values.

import { z } from 'zod';
import type { Route } from '../routes.ts';
import { value } from '../schemas/fields.ts';
import { variable } from '../schemas/household.ts';
import type { Services } from '../services.ts';
import { collectionRoutes } from './collections.ts';

const fields = {
  min: z.number().nullable().optional(),
  max: z.number().nullable().optional(),
  value: value.optional().describe('null is unknown'),
};

export const variableRoutes = ({ hub: { variables } }: Services): Route[] =>
  collectionRoutes({
    path: '/api/variables',
    one: 'variable',
    read: 'resident',
    write: 'admin',
    view: variable,
    create: z.strictObject({
      name: z.string().max(64),
      type: z.enum(['boolean', 'number', 'string']).optional().describe('that of the value, where one is given'),
      ...fields,
    }),
    change: z.strictObject(fields),
    things: variables,
  });
