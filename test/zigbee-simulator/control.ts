// The simulator over HTTP, for tests in other processes and for people at a prompt:
//
//   GET  /                         the link, the network and the devices
//   GET  /kinds                    what can be added
//   POST /devices                  {kind, ieee?}
//   GET  /devices/REF              its state; REF is an address, or a kind for the first of it
//   POST /devices/REF/join         {through?}          → {joined}
//   POST /devices/REF/leave        {rejoin?}
//   POST /devices/REF/announce     {readdress?}
//   POST /devices/REF/report       {values: {"cluster.attribute": value}, endpoint?}
//   POST /devices/REF/change       the same, reported as configured
//   POST /devices/REF/press        {name}
//   POST /devices/REF/mute         {how?: "noAck" | "silent" | "lost"}, /unmute, /sleep, /wake {ms?}
//   POST /link/drop                {ms?: returns by itself}, /link/restore
//   POST /faults                   {delay?, duplicate?, garble?, fragment?, coalesce?, early?}
//   POST /stick/replace
//   GET  /frames, DELETE /frames

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Ieee } from './bytes.ts';
import type { VirtualDevice } from './device.ts';
import { MODELS } from './models/index.ts';
import type { Simulator } from './simulator.ts';
import type { AttributeValue } from './zcl.ts';

const BODY_BYTES_MAX = 65_536;

type Body = Readonly<Record<string, unknown>>;
type Action = (simulator: Simulator, reference: string, body: Body) => unknown;

const values = (body: Body): Record<string, AttributeValue> => (body['values'] ?? {}) as Record<string, AttributeValue>;
const endpoint = (body: Body): number | undefined => body['endpoint'] as number | undefined;

const MUTES = ['noAck', 'silent', 'lost'] as const;

const DEVICE_ACTIONS: Readonly<Record<string, Action>> = {
  join: (simulator, reference, body) => ({ joined: simulator.join(reference, body['through'] as string | undefined) }),
  leave: (simulator, reference, body) => simulator.leave(reference, body['rejoin'] === true),
  announce: (simulator, reference, body) => simulator.announce(reference, body['readdress'] === true),
  report: (simulator, reference, body) => simulator.report(reference, values(body), endpoint(body)),
  change: (simulator, reference, body) => simulator.change(reference, values(body), endpoint(body)),
  press: (simulator, reference, body) => simulator.press(reference, String(body['name'])),
  mute: (simulator, reference, body) => simulator.mute(reference, MUTES.find((how) => how === body['how']) ?? 'noAck'),
  unmute: (simulator, reference) => simulator.unmute(reference),
  sleep: (simulator, reference) => simulator.sleep(reference),
  wake: (simulator, reference, body) => simulator.wake(reference, body['ms'] as number | undefined),
};

const ACTIONS: Readonly<Record<string, (simulator: Simulator, body: Body) => unknown>> = {
  'GET /': overview,
  'GET /kinds': () => Object.keys(MODELS),
  'GET /devices': (simulator) => simulator.devices.map(summary),
  'POST /devices': (simulator, body) => {
    const ieee = body['ieee'] as Ieee | undefined;
    return summary(simulator.add({ kind: String(body['kind']), ...(ieee !== undefined && { ieee }) }));
  },
  'POST /link/drop': (simulator, body) => simulator.drop(body['ms'] as number | undefined),
  'POST /link/restore': (simulator) => simulator.restore(),
  'POST /stick/replace': (simulator) => simulator.replaceStick(),
  'POST /faults': (simulator, body) => Object.assign(simulator.faults, body),
  'GET /frames': (simulator) => simulator.log.map((frame) => ({ ...frame, data: frame.data.toString('hex') })),
  'DELETE /frames': (simulator) => simulator.clearLog(),
};

function overview(simulator: Simulator): unknown {
  const { url, connected, permitsJoining, network } = simulator;
  return { url, connected, permitsJoining, network, devices: simulator.devices.map(summary) };
}

const summary = ({ ieee, address, model, muted }: VirtualDevice) => ({
  ieee,
  kind: model.key,
  manufacturer: model.manufacturer,
  model: model.model,
  joined: address !== null,
  address,
  muted,
});

/** Serves the control on loopback; `port` 0 takes a free one. */
export async function serveControl(simulator: Simulator, port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => void answer(simulator, request, response));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function answer(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body ?? { ok: true })}\n`);
  };
  try {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const found = find(`${request.method} ${path}`);
    if (found === null) reply(404, { error: `nothing at ${request.method} ${path}` });
    else reply(200, await found(simulator, await readBody(request)));
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function find(line: string): ((simulator: Simulator, body: Body) => unknown) | null {
  const action = ACTIONS[line];
  if (action !== undefined) return action;
  const [, method, reference, name] = /^(GET|POST) \/devices\/([^/]+)(?:\/([a-z]+))?$/.exec(line) ?? [];
  if (reference === undefined) return null;
  if (method === 'GET' && name === undefined) return (simulator) => detail(simulator.device(reference));
  const known = name === undefined || !Object.hasOwn(DEVICE_ACTIONS, name) ? undefined : DEVICE_ACTIONS[name];
  return method === 'POST' && known !== undefined ? (simulator, body) => known(simulator, reference, body) : null;
}

const detail = (device: VirtualDevice) => ({
  ...summary(device),
  state: device.state,
  bindings: device.bindings,
  gestures: Object.keys(device.model.gestures ?? {}),
});

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) throw new Error('the body is too long');
  }
  return text === '' ? {} : (JSON.parse(text) as Body);
}
