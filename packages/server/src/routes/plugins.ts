// Plugins: their settings, their health, and pairing through them.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import { originOf } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, ok, route, type Route } from '../routes.ts';
import { deviceRef, values } from '../schemas/fields.ts';
import { catalogueItem, pairing, plugin, pluginLogEntry } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const settings = z.record(z.string().max(200), z.unknown());
const pairingBody = z
  .strictObject({
    seconds: z.number().int().min(1).optional(),
    code: z.string().min(1).max(500).optional(),
    installCode: z.string().min(1).max(500).optional(),
    device: deviceRef.optional(),
    insecure: z.boolean().optional(),
  })
  .optional();
const point = z.string();
const map = z
  .looseObject({
    nodes: z.array(z.looseObject({ address: point, role: z.string(), device: z.string().optional() })),
    links: z.array(z.looseObject({ from: point, to: point })),
  })
  .meta({ id: 'NetworkMap' });

export const pluginRoutes = (services: Services): Route[] => [
  ...configuration(services),
  ...packages(services),
  ...pairingRoutes(services),
  ...requests(services),
  ...matterBridge(services),
];

const configuration = ({ hub: { plugins } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/plugins',
    role: 'admin',
    summary: 'All plugins with their health and the form of their settings.',
    query: pageQuery,
    answers: { 200: pageOf(plugin) },
    handle: ({ query }) => page(plugins.list(), query, ({ id }) => id),
  }),
  route({
    method: 'GET',
    path: '/api/plugins/:id',
    role: 'admin',
    summary: 'One plugin.',
    answers: { 200: plugin },
    handle: ({ param }) => ok(plugins.get(param('id'))),
  }),
  route({
    method: 'PUT',
    path: '/api/plugins/:id',
    role: 'admin',
    summary: 'Enables or disables a plugin with these settings (what is left out stays); answers once it has started.',
    body: z.strictObject({ enabled: z.boolean().optional(), settings: settings.optional() }),
    answers: { 200: plugin },
    handle: async ({ identity, body, param }) => ok(await plugins.configure(param('id'), body, originOf(identity))),
  }),
  route({
    method: 'POST',
    path: '/api/plugins/:id/restart',
    role: 'admin',
    summary: 'Restarts a plugin; its crashes are forgiven.',
    answers: { 200: plugin },
    handle: async ({ identity, param }) => ok(await plugins.restart(param('id'), originOf(identity))),
  }),
  route({
    method: 'POST',
    path: '/api/plugins/:id/test',
    role: 'admin',
    summary: 'Tries settings without saving them.',
    body: z.strictObject({ settings }),
    answers: { 200: z.object({ ok: z.literal(true) }) },
    handle: async ({ body, param }) => ok(await plugins.test(param('id'), body)),
  }),
];

const packages = ({ hub: { plugins } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/plugin-catalogue',
    role: 'admin',
    summary: "Plugins that Lintel's catalogue lists, to be brought by their source.",
    query: pageQuery,
    answers: { 200: pageOf(catalogueItem) },
    handle: ({ query }) => page(plugins.catalogue(), query, ({ source }) => source),
  }),
  route({
    method: 'POST',
    path: '/api/plugins',
    role: 'owner',
    summary: 'Brings a plugin from npm, or links a folder; it is not enabled.',
    body: z.strictObject({ source: z.string().max(4_096).describe('"npm:NAME" or "file:/FOLDER"') }),
    answers: { 201: plugin },
    handle: async ({ identity, body }) => created(await plugins.install(body, originOf(identity))),
  }),
  route({
    method: 'DELETE',
    path: '/api/plugins/:id',
    role: 'owner',
    summary: 'Takes a plugin away that was brought; its devices are kept, unless they are to be removed.',
    query: z.strictObject({ devices: z.enum(['keep', 'remove']).optional() }),
    answers: { 204: null },
    handle: async ({ identity, query, param }) => {
      await plugins.remove(param('id'), query.devices ?? 'keep', originOf(identity));
      return noContent;
    },
  }),
  route({
    method: 'POST',
    path: '/api/plugins/:id/update',
    role: 'owner',
    summary:
      'Goes over to the newest version from npm; one that does not fit changes nothing, one that asks for more is left disabled.',
    answers: { 200: plugin },
    handle: async ({ identity, param }) => ok(await plugins.update(param('id'), originOf(identity))),
  }),
  route({
    method: 'POST',
    path: '/api/plugins/:id/rollback',
    role: 'owner',
    summary: 'Goes back to the version before the last update.',
    answers: { 200: plugin },
    handle: async ({ identity, param }) => ok(await plugins.rollBack(param('id'), originOf(identity))),
  }),
  route({
    method: 'GET',
    path: '/api/plugins/:id/log',
    role: 'admin',
    summary: "The last lines of a plugin's log, oldest first; at most 500 are kept.",
    query: pageQuery,
    answers: { 200: pageOf(pluginLogEntry) },
    handle: ({ query, param }) => page(plugins.log(param('id')), query, ({ number }) => String(number)),
  }),
];

const pairingRoutes = ({ hub: { plugins }, audit }: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/plugins/:id/pairing',
    role: 'admin',
    summary: "Looks for new devices, 60 s unless told; replaces the plugin's pairing under way.",
    body: pairingBody,
    answers: { 201: pairing },
    handle: async ({ identity, body, param }) => {
      // Whoever lets a device in that cannot show who made it is remembered for that, before it is let in.
      const action = `insecure pairing through ${param('id')}`;
      if (body?.insecure === true) await audit.note({ identity, address: null, action, status: 200 });
      return created(await plugins.startPairing(param('id'), body ?? {}, originOf(identity)));
    },
  }),
  route({
    method: 'GET',
    path: '/api/plugins/:id/pairing',
    role: 'admin',
    summary: 'The latest pairing of a plugin, with each device on its way in.',
    answers: { 200: pairing },
    handle: ({ param }) => {
      plugins.get(param('id'));
      const found = plugins.pairing(param('id'));
      if (found === null) throw new HubError('NOT_FOUND', 'This plugin is not looking for devices.');
      return ok(found);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/plugins/:id/pairing',
    role: 'admin',
    summary: 'Stops looking for devices.',
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await plugins.stopPairing(param('id'), originOf(identity));
      return noContent;
    },
  }),
];

const requests = ({ hub: { plugins } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/plugins/:id/map',
    role: 'admin',
    summary: "The radio network's map.",
    answers: { 200: map },
    handle: async ({ param }) => ok(await plugins.map(param('id'))),
  }),
  route({
    method: 'POST',
    path: '/api/plugins/virtual/report',
    role: 'admin',
    summary: 'Makes a virtual device report values, or tell of an event such as `button.pressed`, as a real one would.',
    body: z.strictObject({
      device: deviceRef,
      values: values.optional(),
      event: z.string().optional(),
      data: z.record(z.string(), z.unknown()).optional(),
    }),
    answers: { 200: z.unknown() },
    handle: async ({ body }) => ok((await plugins.request('virtual', 'report', body)) ?? {}),
  }),
];

const fabric = z.looseObject({ index: z.number(), label: z.string(), vendor: z.number() });
const bridge = z
  .looseObject({
    qr: z.string(),
    manual: z.string(),
    window: z.object({ open: z.literal(true), until: z.string().nullable() }).nullable(),
    fabrics: z.array(fabric),
    endpoints: z.array(
      z.looseObject({ device: z.string(), name: z.string(), number: z.number(), uniqueId: z.string() }),
    ),
  })
  .meta({ id: 'MatterBridge' });

const matterBridge = ({ hub: { plugins } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/plugins/matter/bridge',
    role: 'admin',
    summary: 'The home as a Matter bridge: its code, who is connected, and which devices it shows.',
    answers: { 200: bridge },
    handle: async () => ok(await plugins.request('matter', 'bridge', null)),
  }),
  route({
    method: 'POST',
    path: '/api/plugins/matter/bridge/window',
    role: 'admin',
    summary: 'Lets another ecosystem connect, 900 s unless told, with the same code.',
    body: z.strictObject({ seconds: z.number().int().min(1).max(900).optional() }).optional(),
    answers: { 200: bridge },
    handle: async ({ body }) => ok(await plugins.request('matter', 'bridge/window', body ?? {})),
  }),
  route({
    method: 'DELETE',
    path: '/api/plugins/matter/bridge/fabrics/:index',
    role: 'admin',
    summary: 'Disconnects an ecosystem from the bridge.',
    answers: { 204: null },
    handle: async ({ param }) => {
      await plugins.request('matter', 'bridge/fabrics', { index: Number(param('index')) });
      return noContent;
    },
  }),
];
