// The socket's place in the table: a request that is no upgrade is told what is wanted here.

import { HubError } from '@lintel/model';
import { LIVE_PATH } from '../guard.ts';
import { route, type Route } from '../routes.ts';

export const liveRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: LIVE_PATH,
    role: 'guest',
    summary: 'A WebSocket: first a snapshot, then every change in order, and commands with their results.',
    answers: { 101: null },
    handle: () => {
      throw new HubError('UPGRADE_REQUIRED', 'Open this address as a WebSocket.');
    },
  }),
];
