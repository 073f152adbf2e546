// The control of a process of devices over HTTP, for tests in other processes and for people at a prompt:
//
//   GET  /                        the devices, with their codes
//   GET  /tries                   how often anyone tried a code on any of them
//   GET  /devices/ID              its own state: the truth
//   GET  /subscriptions           the numbers of those that each device serves
//   POST /devices/ID/set          {endpoint?, values: {behaviour: {attribute: value}}}
//   POST /devices/ID/press        {endpoint?, gesture: "single" | "double" | "triple" | "hold" | "lock" | "unlock"}
//   POST /devices/ID/window       opens pairing again with the code on the box
//   POST /devices/ID/add          {id, label, under?: "main"}: another lamp behind the bridge
//   POST /devices/ID/remove       {endpoint}
//   POST /devices/ID/reset        to how it left the factory
//   POST /devices/ID/offline, /online   leaves the network and returns, without losing power
//   POST /freeze                  {seconds}: all of them are off the air for so long, as if asleep, and return
//   POST /cut                     the power plug of all of them; started again they have what they kept on the disk

import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { GESTURES } from './gestures.ts';
import type { State } from './kind.ts';
import { bridgedLamp } from './kinds/bridges.ts';
import { openWindow, setState, subscriptionsOf, viewOf, type DeviceNode } from './node.ts';

type Body = Readonly<Record<string, unknown>>;
type Devices = ReadonlyMap<string, DeviceNode>;

const endpointIn = (device: DeviceNode, body: Body) => device.part(String(body['endpoint'] ?? 'main'));

const ACTIONS: Readonly<Record<string, (device: DeviceNode, body: Body) => Promise<unknown>>> = {
  set: (device, body) => setState(endpointIn(device, body), body['values'] as State),
  press: async (device, body) => {
    const gesture = GESTURES[String(body['gesture'])];
    if (gesture === undefined) throw new Error(`no such gesture; there are ${Object.keys(GESTURES).join(', ')}`);
    await gesture(endpointIn(device, body));
  },
  window: ({ node }) => openWindow(node),
  add: (device, body) =>
    device.add(bridgedLamp(String(body['id']), String(body['label'])), String(body['under'] ?? 'main')),
  remove: (device, body) => device.remove(String(body['endpoint'])),
  reset: ({ node }) => node.erase(),
  offline: ({ node }) => node.cancel(),
  online: ({ node }) => node.start(),
};

const summary = ({ node, options }: DeviceNode) => {
  const { pairingCodes, commissioned } = node.state.commissioning;
  return { ...options, commissioned, qr: pairingCodes.qrPairingCode, manual: pairingCodes.manualPairingCode };
};

interface Served {
  readonly devices: Devices;
  readonly tries: () => number;
}

/** Long enough for the answer to leave. */
const ANSWERED_S = 0.1;

/** Someone else must wake a process that is stopped, and pull the plug of one that is to answer first. */
function shell(script: string): void {
  spawn('sh', ['-c', `sleep ${ANSWERED_S}; ${script}`], { stdio: 'ignore', detached: true }).unref();
}

const PROCESS: Readonly<Record<string, (body: Body) => void>> = {
  '/freeze': ({ seconds }) =>
    shell(`kill -STOP ${process.pid}; sleep ${Number(seconds) || 1}; kill -CONT ${process.pid}`),
  '/cut': () => shell(`kill -KILL ${process.pid}`),
};

async function perform({ devices, tries }: Served, method: string, path: string, body: Body): Promise<unknown> {
  if (method === 'GET' && path === '/') return [...devices.values()].map(summary);
  if (method === 'GET' && path === '/tries') return tries();
  if (method === 'GET' && path === '/subscriptions')
    return [...devices.values()].map(({ node }) => subscriptionsOf(node));
  if (method === 'POST' && Object.hasOwn(PROCESS, path)) return PROCESS[path]!(body);
  const [, id = '', action] = /^\/devices\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? [];
  const device = devices.get(id);
  if (device === undefined) throw new Error(`nothing at ${method} ${path}`);
  if (method === 'GET' && action === undefined) return viewOf(device);
  const run = ACTIONS[action ?? ''];
  if (method !== 'POST' || run === undefined) throw new Error(`nothing at ${method} ${path}`);
  return run(device, body);
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Body);
}

/** Matter counts in bigint here and there; a number is what tests compare with. */
const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

async function answer(
  act: (method: string, path: string, body: Body) => Promise<unknown>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? null, plain));
  };
  try {
    reply(200, await act(request.method ?? '', request.url ?? '/', await readBody(request)));
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** Serves `act` on loopback, on a free port, which it answers. */
export async function serve(act: (method: string, path: string, body: Body) => Promise<unknown>): Promise<number> {
  const server = createServer((request, response) => void answer(act, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export const serveDevices = (devices: Devices, tries: () => number): Promise<number> =>
  serve((method, path, body) => perform({ devices, tries }, method, path, body));
