// Each route does its own work: what it asks of the hub, what it answers, and what the others hear of it.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeDevice } from './fake-things.ts';
import { openHouse, Socket, type Answer, type House } from './harness.ts';

let house: House;
let token: string;

test.before.each(async () => {
  house = await openHouse();
  token = await house.claim();
  house.hub.addDevice(makeDevice('virtual:lamp-1', null));
});
test.after.each(() => house.close());

const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
  house.ask(method, path, { token, ...(body !== undefined && { body }) });
const statusOf = async (method: string, path: string, body?: unknown): Promise<number> =>
  (await ask(method, path, body)).status;
const lastAsked = (): { on: unknown; body: unknown; by: unknown } => house.hub.asked.at(-1)![1] as never;
const RULE = { triggers: [{ kind: 'start' }], actions: [{ kind: 'stop' }] };

test('rooms and groups are commanded as a whole, by the person who asks', async () => {
  const room = (await ask('POST', '/api/rooms', { name: 'Hall', floor: null })).json.id;
  const group = (await ask('POST', '/api/groups', { name: 'All', devices: ['virtual:lamp-1/2'] })).json.id;
  assert.is(await statusOf('POST', `/api/rooms/${room}/commands`, { command: 'onOff.toggle' }), 200);
  assert.equal(lastAsked().on, { room });
  assert.is(
    await statusOf('POST', `/api/groups/${group}/commands`, { set: { 'level.level': 0.5 }, transition: '2s' }),
    200,
  );
  assert.equal([lastAsked().on, lastAsked().body], [{ group }, { set: { 'level.level': 0.5 }, transition: '2s' }]);
  const { id, name } = (await ask('GET', '/api/me')).json;
  assert.equal(lastAsked().by, { kind: 'user', id, name });
});

test('scenes are made, captured, recalled and removed', async () => {
  const targets = [{ device: 'virtual:lamp-1', values: { 'onOff.on': true } }];
  const scene = (await ask('POST', '/api/scenes', { name: 'Evening', targets })).json.id;
  assert.is(await statusOf('POST', `/api/scenes/${scene}/recall`), 200);
  assert.is(await statusOf('POST', `/api/scenes/${scene}/recall`, { transition: '3s' }), 200);
  assert.is(await statusOf('POST', '/api/scenes/capture', { name: 'Now', devices: ['virtual:lamp-1'] }), 201);
  assert.is(await statusOf('DELETE', `/api/scenes/${scene}`), 204);
  assert.is(await statusOf('POST', `/api/scenes/${scene}/recall`), 404);
});

test('automations are made, run, switched, restored and removed, in the name of their author', async () => {
  const made = await ask('POST', '/api/automations', { ...RULE, id: 'mine', name: 'Mine' });
  assert.equal([made.status, made.json.author], [201, (await ask('GET', '/api/me')).json.id]);
  assert.is((await ask('PUT', '/api/automations/mine', { ...RULE, name: 'Ours' })).json.name, 'Ours');
  assert.equal((await ask('POST', '/api/automations/mine/run')).json, { run: 1 });
  assert.is((await ask('POST', '/api/automations/mine/disable')).json.enabled, false);
  assert.is((await ask('POST', '/api/automations/mine/enable')).json.enabled, true);
  assert.equal((await ask('GET', '/api/automations/mine/runs')).json, { items: [], next: null });
  assert.is((await ask('GET', '/api/automations/mine/versions')).json.items.length, 1);
  assert.is(await statusOf('POST', '/api/automations/mine/versions/1/restore'), 200);
  assert.is(await statusOf('DELETE', '/api/automations/mine'), 204);
  assert.is(await statusOf('GET', '/api/automations/mine'), 404);
});

test('devices are found by kind, named, and removed', async () => {
  house.hub.addDevice(makeDevice('virtual:door', null, 'lock', 'locked'));
  assert.is((await ask('GET', '/api/devices?kind=lock')).json.items[0].id, 'virtual:door');
  assert.is(await statusOf('GET', '/api/devices?kind=spaceship'), 422);
  assert.is((await ask('PATCH', '/api/devices/virtual:door', { name: 'Front door' })).json.name, 'Front door');
  assert.is(await statusOf('PATCH', '/api/devices/virtual:door/endpoints/1', { name: null }), 200);
  assert.is(await statusOf('DELETE', '/api/devices/virtual:door?force=true'), 204);
  assert.is(await statusOf('GET', '/api/devices/virtual:door'), 404);
});

test('plugins are set up, tried, restarted and paired with', async () => {
  assert.is(
    (await ask('PUT', '/api/plugins/zigbee', { enabled: true, settings: { port: 'tcp://x:1' } })).json.enabled,
    true,
  );
  assert.equal((await ask('POST', '/api/plugins/zigbee/test', { settings: {} })).json, { ok: true });
  assert.is(await statusOf('POST', '/api/plugins/zigbee/restart'), 200);
  assert.is(await statusOf('POST', '/api/plugins/zigbee/pairing'), 201);
  assert.is(await statusOf('POST', '/api/plugins/zigbee/pairing', { seconds: 30, device: 'zigbee:0x1' }), 201);
  assert.is(await statusOf('GET', '/api/plugins/zigbee/pairing'), 200);
  assert.is(await statusOf('DELETE', '/api/plugins/zigbee/pairing'), 204);
  assert.is(await statusOf('GET', '/api/plugins/zigbee/map'), 200);
  const report = { device: 'virtual:lamp-1', values: { 'onOff.on': true } };
  assert.is(await statusOf('POST', '/api/plugins/virtual/report', report), 200);
  assert.equal(house.hub.asked.at(-1), ['report', { id: 'virtual', body: report }]);
});

test('a run and a pairing are told under the names that the web reads', async () => {
  const socket = Socket.as(house, token);
  await socket.snapshot();
  const trace = { run: 4, at: '2026-11-21T12:00:00.000Z', trigger: '0', outcome: 'finished', cause: 9, commands: [] };
  house.hub.tell({ topic: 'run', automation: 'mine', value: trace });
  const run = await socket.frame(({ topic }) => topic === 'run');
  assert.equal([run.automation, run.run, run.status, run.cause, run.trace], ['mine', 4, 'finished', 9, trace]);
  const pairing = { id: 'p', plugin: 'zigbee', until: '2026-11-21T12:00:00.000Z', open: true, devices: [] };
  house.hub.tell({ topic: 'pairing', value: pairing });
  const change = await socket.frame(({ topic }) => topic === 'pairing');
  assert.equal([change.plugin, change.pairing], ['zigbee', pairing]);
});

test('figures for a monitoring system stand in its format', async () => {
  const { text, headers } = await ask('GET', '/metrics');
  assert.match(headers['content-type']!, /^text\/plain; version=0\.0\.4/);
  assert.match(text, /^process_resident_memory_bytes [1-9]\d{6,}$/m);
  assert.match(text, /^lintel_devices 1$/m);
  assert.match(text, /^lintel_http_requests_total\{status="2xx"\} \d+$/m);
  for (const line of text.trimEnd().split('\n')) assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? [\d.e+-]+)$/);
});

test.run();
