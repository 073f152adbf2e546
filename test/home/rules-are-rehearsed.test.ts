// A rule is tried on what was recorded, against another version of itself, and the home on the time to come: over the API of a
// real hub, also after a kill.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, startHub, type Hub } from './harness.ts';

const test = suite('rules are rehearsed');

const LAMP = 'virtual:lamp';
const METER = 'virtual:meter';
const DEVICES = [
  { id: 'lamp', kind: 'light', name: 'Lamp', room: 'Hall' },
  { id: 'meter', kind: 'temperature', name: 'Meter', room: 'Hall' },
];

const above = (limit: number, extra: object = {}): object => ({
  triggers: [{ kind: 'property', device: METER, property: 'temperature.temperature', above: limit }],
  actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  ...extra,
});

async function openHub(): Promise<Hub> {
  const hub = await startHub();
  await hub.claim();
  const enabled = await hub.ask('PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  assert.is(enabled.status, 200, JSON.stringify(enabled.body));
  await eventually(
    () => hub.ask('GET', '/api/devices'),
    ({ body }) => body.items.length === 2,
    'two devices',
  );
  return hub;
}

async function measure(hub: Hub, temperature: number): Promise<void> {
  const values = { 'temperature.temperature': temperature };
  const { status } = await hub.ask('POST', '/api/plugins/virtual/report', { device: METER, values });
  assert.is(status, 200);
  await eventually(
    () => hub.ask('GET', `/api/devices/${METER}`),
    ({ body }) => body.properties['temperature.temperature'].value === temperature,
    `${temperature} degrees`,
  );
}

test('a backtest finds what a rule would have done, and where two versions part', async () => {
  let hub = await openHub();
  const from = new Date().toISOString();
  for (const temperature of [18, 21, 18, 24, 18]) await measure(hub, temperature);
  const data = hub.data;
  await hub.kill();
  const token = hub.token;
  hub = await startHub({ data });
  hub.token = token;
  const to = new Date(Date.now() + 1).toISOString();
  const ask = (body: object) => hub.ask('POST', '/api/automations/backtest', { from, to, ...body });
  const alone = await ask({ automation: above(20) });
  assert.is(alone.status, 200, JSON.stringify(alone.body));
  assert.is(alone.body.firings.length, 2);
  assert.is(alone.body.divergesAt, null);
  const [first] = alone.body.firings;
  assert.equal(first.commands[0].values, { 'onOff.on': true });
  assert.ok(first.cause > 0 && first.at >= from && first.at <= to);
  const saved = await hub.ask('POST', '/api/automations', { id: 'warm', ...above(23) });
  assert.is(saved.status, 201);
  const both = await ask({ automation: above(20), compare: 'warm' });
  assert.equal(
    both.body.firings.map(({ only }: { only?: string }) => only),
    ['new', undefined],
  );
  assert.is(both.body.divergesAt, first.at);
  assert.is((await ask({ automation: 'nothing' })).status, 404);
  const wrong = await ask({ automation: above(1, { actions: [{ kind: 'dance' }] }) });
  assert.equal([wrong.status, wrong.body.code, wrong.body.pointer], [422, 'BAD_RULE', '/automation/actions/0/kind']);
  assert.equal((await ask({ automation: above(1), from: to, to: from })).body.pointer, '/from');
  await hub.stop();
});

test('a forecast tells what waits and what the clock brings, and touches nothing; a run tells what led to it', async () => {
  const hub = await openHub();
  await measure(hub, 18);
  const waits = [
    { kind: 'delay', for: '2h' },
    { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true, 'level.level': 0.5 } },
  ];
  const follow = { triggers: [{ kind: 'property', device: LAMP, property: 'onOff.on', becomes: true }] };
  await hub.ask('POST', '/api/automations', { id: 'later', ...above(20, { name: 'Later', actions: waits }) });
  const say = [{ kind: 'notify', message: 'the lamp is on' }];
  await hub.ask('POST', '/api/automations', { id: 'follow', ...follow, actions: say });
  const hourly = { triggers: [{ kind: 'every', every: '1h' }], actions: [{ kind: 'emit', event: 'ding' }] };
  await hub.ask('POST', '/api/automations', { id: 'hourly', ...hourly });
  await measure(hub, 22);
  const { body: runs } = await hub.ask('GET', '/api/automations/later/runs');
  assert.equal([runs.items[0].run, runs.items[0].outcome], [1, 'running']);
  const { body: run } = await hub.ask('GET', '/api/automations/later/runs/1');
  assert.equal([run.trigger, run.waits[0].pointer, run.causes[0].kind], ['0', '/actions/0', 'report']);
  assert.is((await hub.ask('GET', '/api/automations/later/runs/2')).status, 404);
  const { status, body } = await hub.ask('GET', '/api/automations/forecast?hours=3');
  assert.is(status, 200, JSON.stringify(body));
  const told = body.items.map(({ automation, text }: { automation: string; text: string }) => [automation, text]);
  assert.equal(told.filter(([automation]: string[]) => automation === 'hourly').length, 3);
  assert.equal(
    told.filter(([automation]: string[]) => automation !== 'hourly'),
    [
      ['later', 'Lamp: on, 50%'],
      ['follow', 'notify: the lamp is on'],
    ],
  );
  const lamp = await hub.ask('GET', `/api/devices/${LAMP}`);
  assert.is(lamp.body.properties['onOff.on'].value, false);
  assert.is((await hub.ask('GET', '/api/automations/forecast?hours=x')).status, 422);
  await hub.stop();
});

test.run();
