// Devices: what they are, what people call them, and commands to one.

import { DEVICE_KINDS } from '@lintel/model';
import { z } from 'zod';
import { maySee, originOf, requireVisible } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { noContent, ok, route, type Route } from '../routes.ts';
import { thingId, thingName } from '../schemas/fields.ts';
import { device } from '../schemas/views.ts';
import type { Services } from '../services.ts';
import { commandRoute } from './outcomes.ts';

const listQuery = pageQuery.extend({
  room: z.string().max(64).optional(),
  kind: z.enum(DEVICE_KINDS).optional(),
  plugin: z.string().max(32).optional(),
});
const deviceChange = z.strictObject({
  name: thingName.optional(),
  room: thingId.nullable().optional(),
  settings: z.record(z.string().max(64), z.unknown()).optional(),
});
const endpointChange = z.strictObject({
  name: thingName.nullable().optional(),
  room: thingId.nullable().optional(),
  kind: z.enum(DEVICE_KINDS).nullable().optional(),
});
const removeQuery = z.strictObject({ force: z.enum(['true', 'false']).optional() });

export const deviceRoutes = (services: Services): Route[] => [
  ...readRoutes(services),
  ...changeRoutes(services),
  commandRoute(services, {
    path: '/api/devices/:id/commands',
    role: 'guest',
    summary: 'Commands a device, or one endpoint of it (`id/2`, percent-encoded), and waits for the outcome.',
    target: (id) => ({ device: id }),
  }),
];

const readRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/devices',
    role: 'guest',
    summary: 'All devices, or those of a room, a kind or a plugin.',
    query: listQuery,
    answers: { 200: pageOf(device) },
    handle: ({ identity, query }) => {
      const { room, kind, plugin } = query;
      const filter = {
        ...(room !== undefined && { room }),
        ...(kind !== undefined && { kind }),
        ...(plugin !== undefined && { plugin }),
      };
      return page(
        hub.devices.list(filter).filter((each) => maySee(identity, each)),
        query,
        ({ id }) => id,
      );
    },
  }),
  route({
    method: 'GET',
    path: '/api/devices/:id',
    role: 'guest',
    summary: 'One device.',
    answers: { 200: device },
    handle: ({ identity, param }) => ok(requireVisible(identity, param('id'), (id) => hub.devices.get(id))),
  }),
];

const changeRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'PATCH',
    path: '/api/devices/:id',
    role: 'admin',
    summary: 'Renames a device, moves it to a room, changes its settings.',
    body: deviceChange,
    answers: { 200: device },
    handle: async ({ identity, body, param }) => ok(await hub.devices.change(param('id'), body, originOf(identity))),
  }),
  route({
    method: 'PATCH',
    path: '/api/devices/:id/endpoints/:endpoint',
    role: 'admin',
    summary: 'Gives one endpoint of a device a name, a room or a kind of its own.',
    body: endpointChange,
    answers: { 200: device },
    handle: async ({ identity, body, param }) =>
      ok(await hub.devices.changeEndpoint(param('id'), param('endpoint'), body, originOf(identity))),
  }),
  route({
    method: 'POST',
    path: '/api/devices/:id/share',
    role: 'admin',
    summary: 'Lets another ecosystem in to a Matter device: answers the code to enter there, good until then.',
    answers: { 200: z.object({ qr: z.string(), manual: z.string(), until: z.string() }).meta({ id: 'DeviceShare' }) },
    handle: async ({ param }) => ok(await hub.devices.share(param('id'))),
  }),
  route({
    method: 'DELETE',
    path: '/api/devices/:id',
    role: 'admin',
    summary: 'Removes a device from its network; refused while rules, scenes or groups name it, unless forced.',
    query: removeQuery,
    answers: { 204: null },
    handle: async ({ identity, query, param }) => {
      await hub.devices.remove(param('id'), query.force === 'true', originOf(identity));
      return noContent;
    },
  }),
];
