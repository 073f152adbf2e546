// The fake hub's answers about plugins: bringing, configuring, updating and taking them away, their logs and pairing.

import type { PluginView } from '@lintel/protocol';
import { created, EMPTY, list, ok, problem, type Answer, type Request } from './fake-answers.ts';
import type { FakeHub } from './fake-hub.ts';
import { PLUGINS } from './furnished-plugins.ts';

const BAD_PORT = problem(422, 'BAD_SETTINGS', 'No stick at this port.', '/settings/port');

function put(hub: FakeHub, id: string, plugin: PluginView | null): Answer {
  if (plugin === null) hub.plugins.delete(id);
  else hub.plugins.set(id, plugin);
  hub.broadcast({ topic: 'plugin', id, plugin });
  return plugin === null ? EMPTY : ok(plugin);
}

function bring(hub: FakeHub, source: string): Answer {
  if (source === 'npm:taken') return problem(409, 'CONFLICT', 'A plugin “virtual” is there already.');
  if (source === 'npm:missing') return problem(422, 'BAD_VALUE', 'npm knows no package of this name.', '/source');
  const plugin: PluginView = {
    ...PLUGINS[1]!,
    id: 'acme',
    name: 'Acme lamps',
    version: '1.2.0',
    enabled: false,
    status: 'disabled',
    source,
    grants: [
      'Uses your network to reach acme.example.',
      'Keeps settings, secrets and files of its own, and nothing else.',
    ],
    quality: 'silver',
    listing: { state: 'unlisted', reason: null },
  };
  put(hub, plugin.id, plugin);
  return created(plugin);
}

function configure({ hub, body }: Request, before: PluginView): Answer {
  if (body.settings?.port === 'bad') return BAD_PORT;
  const enabled = body.enabled as boolean;
  return put(hub, before.id, {
    ...before,
    enabled,
    settings: body.settings ?? before.settings,
    status: enabled ? 'running' : 'disabled',
  });
}

/** The codes that let another ecosystem in. */
export const CODES = { qr: 'MT:Y.K90SO527JA0648G00', manual: '34970112332' };

/** Which ecosystems the Matter bridge is shared with. */
function bridge({ hub, method, path }: Request): Answer {
  if (method === 'DELETE') hub.fabrics = hub.fabrics.filter(({ index }) => String(index) !== path[4]);
  if (method !== 'GET') return EMPTY;
  const endpoints = [...hub.devices.values()]
    .slice(0, 2)
    .map(({ id, name }, at) => ({ device: id, name, number: at + 2 }));
  return ok({ ...CODES, window: null, fabrics: hub.fabrics, endpoints });
}

function pairing({ hub, method, body }: Request, id: string): Answer | null {
  if (method === 'POST' && body.code === '123') return problem(422, 'BAD_VALUE', 'The check digit is wrong.', '/code');
  if (method === 'POST') return created(hub.startPairing(id, body));
  if (method === 'GET') return hub.pairings.has(id) ? ok(hub.pairings.get(id)) : null;
  hub.stopPairing(id);
  return EMPTY;
}

const LOG = [
  { number: 1, at: new Date(Date.now() - 60_000).toISOString(), level: 'info', text: 'Up with 12 lamps' },
  {
    number: 2,
    at: new Date(Date.now() - 30_000).toISOString(),
    level: 'warn',
    text: 'Lamp <b>3</b> is slow to answer',
  },
  { number: 3, at: new Date().toISOString(), level: 'deprecation', text: 'old() is to go' },
];

const MAP = {
  nodes: [
    { address: '0x00', role: 'coordinator', lqi: null },
    { address: '0x01', role: 'router', device: 'virtual:sofa', lqi: 210 },
    { address: '0x02', role: 'router', device: 'virtual:counter', lqi: 160 },
    { address: '0x03', role: 'endDevice', device: 'virtual:leak', lqi: 40 },
    { address: '0x04', role: 'endDevice', device: 'virtual:bed-window', lqi: 120 },
  ],
  links: [
    { from: '0x01', to: '0x00', lqi: 210, kind: 'sibling' },
    { from: '0x02', to: '0x00', lqi: 160, kind: 'sibling' },
    { from: '0x02', to: '0x01', lqi: 190, kind: 'sibling' },
    { from: '0x03', to: '0x02', lqi: 40, kind: 'child' },
    { from: '0x04', to: '0x01', lqi: 120, kind: 'child' },
  ],
};

function plugins(request: Request): Answer | null {
  const { hub, method, path, query, body } = request;
  const [, id, verb] = path;
  if (id === undefined) return method === 'POST' ? bring(hub, body.source as string) : list(hub.plugins.values());
  const before = hub.plugins.get(id);
  if (before === undefined) return null;
  switch (verb) {
    case 'bridge':
      return bridge(request);
    case 'pairing':
      return pairing(request, id);
    case 'test':
      return body.settings?.port === 'bad' ? BAD_PORT : ok({ ok: true });
    case 'restart':
      return put(hub, id, { ...before, status: 'running', health: { ...before.health, lastError: null } });
    case 'update':
      return put(hub, id, { ...before, version: '1.3.0', previousVersion: before.version });
    case 'rollback':
      return put(hub, id, { ...before, version: before.previousVersion!, previousVersion: null });
    case 'map':
      return ok(id === 'zigbee' ? MAP : { nodes: [], links: [] });
    case 'log':
      return list(LOG);
    default:
  }
  if (method === 'DELETE') {
    hub.removedWith = query.get('devices');
    return put(hub, id, null);
  }
  return method === 'PUT' ? configure(request, before) : ok(before);
}

const CATALOGUE = [
  { source: 'npm:acme', id: 'acme', name: 'Acme lamps', description: 'Lamps by Acme, over the local network.' },
  { source: 'npm:virtual', id: 'virtual', name: 'Virtual home', description: 'Devices in software.' },
];

export const PLUGIN_ROUTES: Readonly<Record<string, (request: Request) => Answer | null>> = {
  plugins,
  'plugin-catalogue': () => list(CATALOGUE),
};
