// The description of all routes, this one included.

import { z } from 'zod';
import { describeApi } from '../openapi.ts';
import { ok, route, type Route } from '../routes.ts';
import type { Services } from '../services.ts';

/** @param all the whole table, asked for once it is complete */
export function openApiRoutes({ hub }: Services, all: () => readonly Route[]): Route[] {
  let description: Record<string, unknown> | null = null;
  return [
    route({
      method: 'GET',
      path: '/api/openapi.json',
      role: 'guest',
      summary: 'This description.',
      answers: { 200: z.record(z.string(), z.unknown()) },
      handle: () => ok((description ??= describeApi(all(), hub.health().version))),
    }),
  ];
}
