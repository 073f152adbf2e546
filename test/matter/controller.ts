// An ecosystem that is not ours: a Matter controller with a fabric of its own, over HTTP:
//
//   node test/matter/controller.ts '{"folder": "/tmp/apple", "interface": "lo", "label": "Apple Home", "vendor": 4937}'
//
//   POST /commission              {code: QR text or manual code} → {peer}
//   GET  /peers/ID                its endpoints as this ecosystem sees them
//   POST /peers/ID/command        {endpoint, cluster, command, args?}
//   POST /peers/ID/set            {endpoint, values: {behaviour: {attribute: value}}}
//   POST /peers/ID/toggle         {endpoint, rounds} → milliseconds from each command to the device's answer
//   POST /peers/ID/leave          takes the device out of this fabric
//   POST /peers/ID/group          {group} lets the device hear messages to this group
//   POST /groupcast               {group, cluster, command, args?} to all members of the group at once
//   GET  /changes                 every change and event it heard of, with the time at which it did
//   POST /changes/clear

import { setTimeout as wait } from 'node:timers/promises';

import {
  ControllerBehavior,
  Environment,
  Lifecycle,
  Logger,
  Seconds,
  ServerNode,
  VendorId,
  type Endpoint,
} from '@matter/main';
import { ChangeNotificationService, type ClientNode } from '@matter/main/node';
import { ManualPairingCodeCodec, QrPairingCodeCodec } from '@matter/main/types';

import { serve } from './control.ts';
import { groupcast, prepareGroup } from './groups.ts';
import { setState, type PeerView } from './node.ts';
import type { State } from './kind.ts';

export interface ControllerOptions {
  readonly folder: string;
  readonly interface: string;
  /** What the fabric is called: the ecosystem's name. */
  readonly label: string;
  readonly vendor: number;
}

export interface ChangeSeen {
  /** `Date.now()` of this machine. */
  readonly at: number;
  readonly endpoint: number;
  readonly behavior: string;
  /** Of an event: its name, and what it says in `values`. */
  readonly event?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const COMMISSION_SECONDS_MAX = 60;
const REBUILD_LIMIT_MS = 10_000;
const CHANGES_MAX = 50_000;

const options = JSON.parse(process.argv[2] ?? '{}') as ControllerOptions;
const { vars } = Environment.default;
vars.set('storage.path', options.folder);
vars.set('mdns.networkInterface', options.interface);
vars.set('runtime.exitcode', false);
Logger.level = process.env['MATTER_LOG'] ?? 'error';

const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
  id: 'ecosystem',
  commissioning: { enabled: false },
  controller: { adminFabricLabel: options.label, ble: false },
  network: { port: 0, timing: { defaultConnectionTimeout: Seconds(5) } },
  basicInformation: { vendorId: VendorId(options.vendor), vendorName: options.label, productName: 'Ecosystem' },
});
const changes: ChangeSeen[] = [];
const notifications = node.env.get(ChangeNotificationService);
function keep(change: ChangeSeen): void {
  changes.push(change);
  if (changes.length > CHANGES_MAX) changes.shift();
}
notifications.change.on((change) => {
  if (change.kind === 'delete' || change.endpoint === (node as Endpoint)) return;
  const { endpoint, behavior } = change;
  const seen = { at: Date.now(), endpoint: endpoint.number, behavior: behavior.id };
  if (change.kind === 'event') {
    const values = (change.payload ?? {}) as Record<string, unknown>;
    return keep({ ...seen, event: change.event.propertyName, values });
  }
  if (change.properties === undefined) return;
  const state = (endpoint.state as Record<string, Record<string, unknown>>)[behavior.id] ?? {};
  keep({ ...seen, values: Object.fromEntries(change.properties.map((name) => [name, state[name]])) });
});
await node.start();

function readCode(code: string): { passcode: number; longDiscriminator?: number; shortDiscriminator?: number } {
  if (!code.startsWith('MT:')) {
    const { passcode, shortDiscriminator } = ManualPairingCodeCodec.decode(code);
    return { passcode, ...(shortDiscriminator !== undefined && { shortDiscriminator }) };
  }
  const [read] = QrPairingCodeCodec.decode(code);
  return { passcode: read!.passcode, longDiscriminator: read!.discriminator };
}

async function commission(code: string): Promise<{ peer: string }> {
  const found = { ...readCode(code), timeout: Seconds(COMMISSION_SECONDS_MAX), onAttestationFailure: true };
  const peer = await node.peers.commission(found as Parameters<typeof node.peers.commission>[0]);
  return { peer: peer.id };
}

function peerOf(id: string): ClientNode {
  const peer = node.peers.get(id);
  if (peer === undefined) throw new Error(`no peer ${id}`);
  return peer;
}

function viewOf(peer: ClientNode): PeerView {
  const endpoints: Record<number, PeerView['endpoints'][number]> = {};
  peer.visit((endpoint) => {
    // One that is being made or taken away has no state to tell.
    if (!endpoint.lifecycle.isReady || endpoint.construction.status !== Lifecycle.Status.Active) return;
    const state = endpoint.state as unknown as Record<string, Record<string, unknown>>;
    const owner = endpoint.owner as Endpoint | undefined;
    const types = (state['descriptor']?.['deviceTypeList'] ?? []) as readonly { deviceType: number }[];
    endpoints[endpoint.number] = {
      parent: (endpoint as Endpoint) === (peer as Endpoint) ? null : (owner?.number ?? null),
      deviceTypes: types.map(({ deviceType }) => deviceType),
      state,
    };
  });
  return { endpoints };
}

function endpointOf(peer: ClientNode, number: number): Endpoint {
  let found: Endpoint | undefined;
  peer.visit((endpoint) => {
    if (endpoint.number === number) found = endpoint as Endpoint;
  });
  if (found === undefined) throw new Error(`no endpoint ${number}`);
  return found;
}

/** While its device tells more of what it is, an endpoint is built anew, maybe more than once, and takes no command for a moment. */
async function builtEndpoint(peer: ClientNode, number: number): Promise<Endpoint> {
  const until = performance.now() + REBUILD_LIMIT_MS;
  for (;;) {
    const endpoint = endpointOf(peer, number);
    if (endpoint.construction.status === Lifecycle.Status.Active || performance.now() > until) return endpoint;
    await wait(20);
  }
}

type Commands = Record<string, Record<string, (args?: unknown) => Promise<unknown>>>;

async function command(peer: ClientNode, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { cluster, command: name, args } = body;
  const { commands } = (await builtEndpoint(peer, Number(body['endpoint']))) as unknown as { commands: Commands };
  const run = commands[String(cluster)]?.[String(name)];
  if (run === undefined) throw new Error(`no command ${String(cluster)}.${String(name)}`);
  return (await (args === undefined ? run() : run(args))) ?? null;
}

/** Measured here, beside no one's HTTP. */
async function toggle(peer: ClientNode, { endpoint, rounds }: Readonly<Record<string, unknown>>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const from = performance.now();
    await command(peer, { endpoint, cluster: 'onOff', command: round % 2 === 0 ? 'on' : 'off' });
    times.push(performance.now() - from);
  }
  return times;
}

const PEER_ACTIONS: Readonly<Record<string, (peer: ClientNode, body: Readonly<Record<string, unknown>>) => unknown>> = {
  'GET ': (peer) => viewOf(peer),
  'POST command': command,
  'POST toggle': toggle,
  'POST set': (peer, body) => setState(endpointOf(peer, Number(body['endpoint'])), body['values'] as State),
  'POST group': (peer, body) => prepareGroup(node, peer, body),
  'POST leave': (peer) => peer.decommission(),
};

async function perform(method: string, path: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  if (method === 'POST' && path === '/commission') return commission(String(body['code']));
  if (method === 'POST' && path === '/groupcast') return groupcast(node, body);
  if (method === 'GET' && path === '/changes') return changes;
  if (method === 'POST' && path === '/changes/clear') return void changes.splice(0);
  if (method === 'GET' && path === '/peers') {
    return [...node.peers].filter(({ lifecycle }) => lifecycle.isCommissioned).map(({ id }) => ({ id }));
  }
  const [, id = '', action = ''] = /^\/peers\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? [];
  const run = PEER_ACTIONS[`${method} ${action}`];
  if (run === undefined || id === '') throw new Error(`nothing at ${method} ${path}`);
  return run(peerOf(id), body);
}

process.once('SIGTERM', () => void Promise.race([node.close(), wait(1_000)]).then(() => process.exit(0)));
console.log(`control ${await serve(perform)}`);
