// A guest reaches what the grant says, in its hours, and nothing after; codes are not to be guessed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInside, type GuestWindow } from '../src/identity/guest-window.ts';
import { makeDevice } from './fake-things.ts';
import { HandClock, openHouse, Socket, type Answer, type House, type Json } from './harness.ts';

const test = suite('guests');
const HOUR_MS = 3_600_000;
let house: House;
let clock: HandClock;
let owner: string;
let room: string;

test.before.each(async () => {
  clock = new HandClock();
  house = await openHouse({ clock });
  owner = await house.claim();
  room = (await house.ask('POST', '/api/rooms', { token: owner, body: { name: 'Hall' } })).json.id;
  house.hub.addDevice(makeDevice('virtual:lamp-1', room));
  house.hub.addDevice(makeDevice('virtual:lock-1', room, 'lock', 'locked'));
  house.hub.addDevice(makeDevice('virtual:lamp-2', null));
  house.hub.outcome = { id: 'c1', status: 'done' };
});
test.after.each(() => house.close());

const iso = (ms: number): string => new Date(clock.now() + ms).toISOString();
const invite = (more: Record<string, unknown> = {}): Promise<Answer> =>
  house.ask('POST', '/api/guests', {
    token: owner,
    body: { name: 'Sitter', rooms: [room], commands: ['onOff', 'lock.lock'], until: iso(HOUR_MS), ...more },
  });
const redeem = (code: string, from?: string): Promise<Answer> =>
  house.ask('POST', '/api/guests/redeem', { body: { code }, ...(from !== undefined && { from }) });
const letIn = async (more: Record<string, unknown> = {}): Promise<string> =>
  (await redeem((await invite(more)).json.code)).json.token;
const command = async (token: string, device: string, body: unknown): Promise<number> =>
  (await house.ask('POST', `/api/devices/${device}/commands`, { token, body })).status;
const devicesOf = async (token: string): Promise<string[]> =>
  (await house.ask('GET', '/api/devices', { token })).json.items.map(({ id }: { id: string }) => id);
const ON = { set: { 'onOff.on': true } };

test('a guest sees the rooms granted, and does there what was granted', async () => {
  const token = await letIn();
  assert.equal(await devicesOf(token), ['virtual:lamp-1', 'virtual:lock-1']);
  const me = (await house.ask('GET', '/api/me', { token })).json;
  assert.is(me.role, 'guest');
  assert.equal(me.may, ['onOff', 'lock.lock'], 'the page offers that and no more');
  assert.is((await house.ask('GET', '/api/me', { token: owner })).json.may, undefined);
  assert.is(await command(token, 'virtual:lamp-1', ON), 200);
  assert.is(await command(token, 'virtual:lock-1', { command: 'lock.lock' }), 200);
  assert.is(await command(token, 'virtual:lock-1', { command: 'lock.unlock' }), 403);
  assert.is(await command(token, 'virtual:lamp-2', ON), 404);
  assert.is((await house.ask('GET', '/api/groups', { token })).status, 403);
});

test('what a guest may do for a while is what the guest may also take back', async () => {
  const unlock = { command: 'lock.unlock', for: '5m' };
  assert.is(await command(await letIn({ commands: ['lock.unlock'] }), 'virtual:lock-1', unlock), 403);
  assert.is(await command(await letIn({ commands: ['lock.unlock', 'lock.lock'] }), 'virtual:lock-1', unlock), 200);
  assert.is(await command(await letIn({ commands: ['lock'] }), 'virtual:lock-1', unlock), 200);
});

test('of a device in two rooms, a guest commands the part in its own', async () => {
  const two = makeDevice('virtual:two-gang', null);
  const [first] = two.endpoints;
  house.hub.addDevice({ ...two, endpoints: [first!, { ...first!, id: '2', room }] });
  const token = await letIn();
  assert.is(await command(token, 'virtual:two-gang%2F2', ON), 200);
  assert.is(await command(token, 'virtual:two-gang', { ...ON, endpoint: '2' }), 200);
  assert.is(await command(token, 'virtual:two-gang', ON), 403);
});

test('before its time and after, a guest reaches nothing', async () => {
  const token = await letIn({ from: iso(10_000), until: iso(60_000) });
  assert.equal(await devicesOf(token), []);
  clock.advance(10_000);
  assert.is(await command(token, 'virtual:lamp-1', ON), 200);
  clock.advance(50_000);
  assert.equal(await devicesOf(token), []);
  assert.not.equal(await command(token, 'virtual:lamp-1', ON), 200);
});

test('an open socket follows the hours, and shows no device outside them', async () => {
  const socket = Socket.as(house, await letIn({ from: iso(10_000), until: iso(20_000) }));
  assert.equal((await socket.snapshot()).devices, []);
  clock.advance(10_000);
  const open: Json = await socket.frame(({ type, devices }) => type === 'snapshot' && devices.length > 0);
  assert.is(open.devices.length, 2);
  socket.frames.length = 0;
  clock.advance(10_000);
  assert.equal((await socket.snapshot()).devices, []);
  socket.say({ type: 'command', id: 'x', device: 'virtual:lamp-1', ...ON });
  assert.is((await socket.frame(({ id }) => id === 'x')).ok, false);
});

test('a guest who is sent away is out at once, on sockets too', async () => {
  const { id, code } = (await invite()).json;
  const { token } = (await redeem(code)).json;
  const socket = Socket.as(house, token);
  await socket.snapshot();
  assert.is((await house.ask('DELETE', `/api/guests/${id}`, { token: owner })).status, 204);
  assert.is((await socket.closed).code, 1008);
  assert.is((await house.ask('GET', '/api/me', { token })).status, 401);
  assert.is((await redeem(code)).status, 401);
  assert.is((await house.ask('DELETE', `/api/guests/${id}`, { token: owner })).status, 404);
});

test('the list keeps the code to itself, and guests are no accounts', async () => {
  const { code, link } = (await invite({ weekdays: ['sat'], after: '08:00', before: '20:00' })).json;
  assert.ok(link.endsWith(`#guest=${code}`));
  const list = await house.ask('GET', '/api/guests', { token: owner });
  assert.is(list.json.items.length, 1);
  assert.not.ok(list.text.includes(code));
  const users = (await house.ask('GET', '/api/users', { token: owner })).json.items as { name: string }[];
  assert.equal(
    users.map(({ name }) => name),
    ['Ada'],
  );
  assert.is((await invite()).status, 201, 'two may have one name');
});

test('a bad grant is refused at its field', async () => {
  for (const [more, pointer] of [
    [{ rooms: ['none'] }, '/rooms/0'],
    [{ commands: ['onOff', 'fly'] }, '/commands/1'],
    [{ until: iso(-1) }, '/until'],
    [{ from: iso(2 * HOUR_MS) }, '/until'],
    [{ weekdays: ['someday'] }, '/weekdays/0'],
    [{ after: '25:00' }, '/after'],
    [{ extra: 1 }, '/extra'],
  ] as const) {
    const { status, json } = await invite(more);
    assert.equal([status, json.pointer], [422, pointer]);
  }
});

test('codes are not to be guessed: soon nobody may try', async () => {
  const { code } = (await invite()).json;
  const statuses: number[] = [];
  for (let address = 1; address <= 10; address += 1)
    for (let each = 0; each < 3; each += 1) statuses.push((await redeem('WRONG', `127.0.1.${address}`)).status);
  assert.ok(statuses.includes(429));
  const refused = await redeem(code, '127.0.2.1');
  assert.is(refused.status, 429);
  assert.ok(Number(refused.headers['retry-after']) > 0);
});

test('hours are local, and those past midnight belong to the day they begin on', () => {
  const window: GuestWindow = {
    from: 0,
    until: Date.parse('2027-01-01T00:00:00Z'),
    weekdays: ['fri'],
    after: '22:00',
    before: '06:00',
  };
  const at = (text: string): boolean => isInside(window, Date.parse(text), 'Europe/Berlin');
  assert.is(at('2026-11-20T20:59:00Z'), false, 'Friday 21:59');
  assert.is(at('2026-11-20T21:00:00Z'), true, 'Friday 22:00');
  assert.is(at('2026-11-21T04:59:00Z'), true, 'Saturday 05:59');
  assert.is(at('2026-11-21T05:00:00Z'), false, 'Saturday 06:00');
  assert.is(at('2026-11-21T21:30:00Z'), false, 'Saturday 22:30');
});

test.run();
