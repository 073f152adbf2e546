// Variables, people, schedules, notifications, history and what is to go back: asked over HTTP of a real hub, which is then killed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, startHub, type Hub } from './harness.ts';

const test = suite('household survives kill -9');
const LAMP = 'virtual:lamp';
const DEVICES = [{ id: 'lamp', kind: 'light', name: 'Hall lamp', room: 'Hall' }];
const RULE = {
  id: 'guests',
  triggers: [{ kind: 'expression', expression: 'variable("guests") > 2' }],
  actions: [
    { kind: 'variable', name: 'welcomed', value: true },
    { kind: 'notify', message: 'Guests are here', actions: [{ id: 'ok', title: 'Fine' }] },
    { kind: 'wait', event: { kind: 'webhook', webhook: 'doorbell-7f3a' } },
    { kind: 'emit', event: 'rung' },
  ],
};

async function ok(hub: Hub, method: string, path: string, body?: unknown) {
  const answer = await hub.ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const lampIs = (hub: Hub, on: boolean): Promise<unknown> =>
  eventually(
    () => hub.ask('GET', `/api/devices/${LAMP}`),
    ({ body }) => body?.properties?.['onOff.on']?.value === on,
    `the lamp is ${on ? 'on' : 'off'}`,
    30_000,
  );

/** Long enough that the hub is up again, also on a busy machine, before it is over. */
const HOLD = '15s';

test('all of it is there again, and goes on', async () => {
  const first = await startHub();
  await first.claim();
  await ok(first, 'PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  await eventually(
    () => first.ask('GET', '/api/devices'),
    ({ body }) => body.items.length === 1,
    'a lamp',
  );
  await ok(first, 'POST', '/api/variables', { name: 'guests', type: 'number', min: 0, max: 50, value: 0 });
  await ok(first, 'POST', '/api/people', { id: 'ada', name: 'Ada', sources: [LAMP] });
  const blocks = [{ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], at: '00:00', value: 'day' }];
  await ok(first, 'POST', '/api/schedules', { id: 'quiet', name: 'Quiet', blocks });
  await ok(first, 'POST', '/api/automations', RULE);
  await ok(first, 'PATCH', '/api/variables/guests', { value: 3 });
  await ok(first, 'POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': false } });
  await ok(first, 'POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': true }, for: HOLD });
  await lampIs(first, true);
  await first.kill();

  const hub = await startHub({ data: first.data });
  hub.token = first.token;
  const items = async (path: string) => (await ok(hub, 'GET', path)).items;
  assert.is((await ok(hub, 'GET', '/api/variables/welcomed')).value, true);
  assert.is((await items('/api/people'))[0].presence, 'home');
  assert.is((await items('/api/schedules'))[0].value, 'day');
  const [notification] = await items('/api/notifications');
  assert.is(notification.text, 'Guests are here');
  const pending = (await items('/api/pending')).map(({ kind }: { kind: string }) => kind);
  assert.equal(pending.toSorted(), ['revert', 'run']);
  await lampIs(hub, false);
  await ok(hub, 'POST', `/api/notifications/${notification.id}/actions/ok`);
  await ok(hub, 'POST', '/api/webhooks/doorbell-7f3a', { floor: 2 });
  assert.is((await hub.ask('POST', '/api/webhooks/other')).status, 404);
  assert.is((await items('/api/automations/guests/runs'))[0].outcome, 'finished');
  const { points } = await ok(hub, 'GET', `/api/history?device=${LAMP}&property=onOff.on`);
  const values = points.map(([, value]: [string, boolean]) => value);
  const changes = values.filter((value: boolean, index: number) => index === 0 || value !== values[index - 1]);
  assert.equal(changes.slice(-2), [true, false]);
  const why = await ok(hub, 'GET', `/api/why?device=${LAMP}&property=onOff.on`);
  assert.equal([why.value, why.chain[0].origin.name], [false, 'Ada']);
  assert.is(await hub.stop(), 0);
});

test.run();
