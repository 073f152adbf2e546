// Rules act with their author's rights: over HTTP of a real hub, which is killed between.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, startHub, type Hub } from './harness.ts';

const test = suite("rules act with their author's rights");
const LAMP = 'virtual:lamp';
const DEVICES = [
  { id: 'lamp', kind: 'light', name: 'Hall lamp', room: 'Hall' },
  { id: 'button', kind: 'button', name: 'Button', room: 'Hall' },
];
const PASSWORD = 'a green door in the garden';

async function ok(hub: Hub, method: string, path: string, body?: unknown) {
  const answer = await hub.ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const ruleThat = (id: string, before: readonly unknown[] = []) => ({
  id,
  name: id,
  triggers: [{ kind: 'manual' }, { kind: 'webhook', webhook: `go-${id}` }],
  actions: [...before, { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
});

async function asPerson<T>(hub: Hub, token: string, work: () => Promise<T>): Promise<T> {
  const owner = hub.token;
  hub.token = token;
  try {
    return await work();
  } finally {
    hub.token = owner;
  }
}

const outcomeOf = async (hub: Hub, rule: string): Promise<string> => {
  const [run] = (await ok(hub, 'GET', `/api/automations/${rule}/runs`)).items;
  return JSON.stringify((await ok(hub, 'GET', `/api/automations/${rule}/runs/${run.run}`)).commands);
};

const isOn = async (hub: Hub): Promise<boolean> =>
  (await ok(hub, 'GET', `/api/devices/${LAMP}`)).properties['onOff.on'].value;

async function refused(hub: Hub, rule: string): Promise<void> {
  await ok(hub, 'POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': false } });
  await ok(hub, 'POST', `/api/automations/${rule}/run`);
  await eventually(
    () => outcomeOf(hub, rule),
    (commands) => commands.includes('FORBIDDEN'),
    `${rule} is refused`,
  );
  assert.is(await isOn(hub), false);
}

async function acts(hub: Hub, rule: string): Promise<void> {
  await ok(hub, 'POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': false } });
  await ok(hub, 'POST', `/api/automations/${rule}/run`);
  await eventually(
    () => isOn(hub),
    (on) => on,
    `${rule} turns the lamp on`,
  );
}

test('a person who is lowered to a guest, raised again and deleted: rules follow at once, and after a kill', async () => {
  let hub = await startHub();
  await hub.claim();
  await ok(hub, 'PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  await eventually(
    () => hub.ask('GET', '/api/devices'),
    ({ body }) => body.items.length === 2,
    'devices',
  );
  const bo = await ok(hub, 'POST', '/api/users', { name: 'Bo', password: PASSWORD, role: 'resident' });
  const { token } = await ok(hub, 'POST', '/api/sessions', { name: 'Bo', password: PASSWORD });
  await asPerson(hub, token, async () => {
    await ok(hub, 'POST', '/api/automations', ruleThat('bos'));
    const wait = { kind: 'wait', event: { kind: 'webhook', webhook: 'later' } };
    await ok(hub, 'POST', '/api/automations', ruleThat('waits', [wait]));
  });
  await ok(hub, 'POST', '/api/automations', ruleThat('owners'));
  await acts(hub, 'bos');

  await ok(hub, 'PATCH', `/api/users/${bo.id}`, { role: 'guest' });
  await refused(hub, 'bos');
  await acts(hub, 'owners');
  await ok(hub, 'PATCH', `/api/users/${bo.id}`, { role: 'resident' });
  await acts(hub, 'bos');

  await ok(hub, 'POST', '/api/automations/waits/run');
  await ok(hub, 'DELETE', `/api/users/${bo.id}`);
  await hub.kill();
  const before = hub;
  hub = await startHub({ data: before.data });
  hub.token = before.token;
  await eventually(
    () => hub.ask('GET', `/api/devices/${LAMP}`),
    ({ body }) => body?.online === true,
    'the lamp',
  );
  await ok(hub, 'POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': false } });
  await ok(hub, 'POST', '/api/webhooks/later');
  await eventually(
    () => outcomeOf(hub, 'waits'),
    (commands) => commands.includes('FORBIDDEN'),
    'the wait ends refused',
  );
  await refused(hub, 'bos');

  const repairs = (await ok(hub, 'GET', '/api/repairs')).items.map(({ id }: { id: string }) => id);
  assert.equal(repairs, ['author-bos', 'author-waits']);
  const activity = (await ok(hub, 'GET', '/api/activity')).items;
  assert.ok(activity.some(({ text }: { text: string }) => text.startsWith('bos was not allowed to')));
  await ok(hub, 'POST', '/api/repairs/author-bos/fix');
  await acts(hub, 'bos');
  await ok(hub, 'PUT', '/api/automations/waits', ruleThat('waits'));
  await acts(hub, 'waits');
  assert.equal((await ok(hub, 'GET', '/api/repairs')).items, []);
  assert.is(await hub.stop(), 0);
});

test('a deletion that a crash cut in two is told to the home at the next start', async () => {
  const first = await startHub();
  await first.claim();
  await ok(first, 'PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  await eventually(
    () => first.ask('GET', '/api/devices'),
    ({ body }) => body.items.length === 2,
    'devices',
  );
  const bo = await ok(first, 'POST', '/api/users', { name: 'Bo', password: PASSWORD, role: 'admin' });
  const { token } = await ok(first, 'POST', '/api/sessions', { name: 'Bo', password: PASSWORD });
  await asPerson(first, token, () => ok(first, 'POST', '/api/automations', ruleThat('bos')));
  await first.kill();
  const { DatabaseSync } = await import('node:sqlite');
  const { DATABASE_FILE } = await import('../../packages/hub/src/store/messages.ts');
  const database = new DatabaseSync(`${first.data}/${DATABASE_FILE}`);
  database.prepare('DELETE FROM users WHERE id = ?').run(bo.id);
  const note = JSON.stringify({ name: 'Bo', number: 1 });
  database.prepare('INSERT INTO settings (key, value) VALUES (?, ?)').run(`standing:${bo.id}`, note);
  database.close();

  const hub = await startHub({ data: first.data });
  hub.token = first.token;
  await eventually(
    () => hub.ask('GET', `/api/devices/${LAMP}`),
    ({ body }) => body?.online === true,
    'the lamp',
  );
  await refused(hub, 'bos');
  assert.is(await hub.stop(), 0);
});

test.run();
