// Rules are looked at before they run, and come along from another hub: over the API of a real hub.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, startHub } from './harness.ts';

const test = suite('rules are checked and imported');

const LAMP = 'virtual:lamp';
const METER = 'virtual:meter';
const DEVICES = [
  { id: 'lamp', kind: 'light', name: 'Lamp', room: 'Hall' },
  { id: 'meter', kind: 'temperature', name: 'Meter', room: 'Hall' },
];

const hub = await startHub();
await hub.claim();
await hub.ask('PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
await eventually(
  () => hub.ask('GET', '/api/devices'),
  ({ body }) => body.items.length === 2,
  'two devices',
);
test.after(async () => void (await hub.stop()));

async function measure(temperature: number): Promise<void> {
  const values = { 'temperature.temperature': temperature };
  assert.is((await hub.ask('POST', '/api/plugins/virtual/report', { device: METER, values })).status, 200);
}

test('rules are looked at together with the saved ones, and a draft in the place of the one it would replace', async () => {
  const start = { kind: 'time', at: '07:00' };
  const set = (on: boolean, device = LAMP): object => ({
    triggers: [start],
    actions: [{ kind: 'set', target: { device }, values: { 'onOff.on': on } }],
  });
  await hub.ask('POST', '/api/automations', { id: 'morning', ...set(true) });
  const ask = (body: object) => hub.ask('POST', '/api/automations/check', body);
  assert.equal((await ask({})).body, { problems: [] });
  const { status, body } = await ask({ rules: [set(false), set(true, 'virtual:gone')] });
  assert.is(status, 200, JSON.stringify(body));
  assert.equal(
    body.problems.map(({ code, rule, with: other }: Record<string, string>) => [code, rule, other]),
    [
      ['unknown-device', 'draft-2', undefined],
      ['conflict', 'morning', 'draft'],
    ],
  );
  assert.equal((await ask({ rules: [{ id: 'morning', ...set(false) }] })).body.problems, []);
  const wrong = await ask({ rules: [set(true), { triggers: [start], actions: [{ kind: 'dance' }] }] });
  assert.equal([wrong.status, wrong.body.code, wrong.body.pointer], [422, 'BAD_RULE', '/rules/1/actions/0/kind']);
  assert.is((await hub.ask('GET', '/api/automations')).body.items.length, 1, 'nothing was saved');
});

test('whatever a rule names that the home has not is told with its place', async () => {
  const { body: room } = await hub.ask('POST', '/api/rooms', { name: 'Cellar', floor: 'below' });
  const rule = (target: object, scene: string, automation: string) => ({
    triggers: [{ kind: 'presence', person: 'anyone', becomes: 'home' }],
    actions: [
      { kind: 'set', target, values: { 'onOff.on': true } },
      { kind: 'scene', scene },
      { kind: 'automation', automation, do: 'enable' },
    ],
  });
  const ask = async (draft: object): Promise<string[]> =>
    (await hub.ask('POST', '/api/automations/check', { rules: [draft] })).body.problems.map(
      ({ code, pointer }: Record<string, string>) => `${code} ${pointer}`,
    );
  const { body: scene } = await hub.ask('POST', '/api/scenes', {
    name: 'Dusk',
    targets: [{ device: LAMP, values: { 'onOff.on': true } }],
  });
  assert.equal(await ask(rule({ room: room.id }, scene.id, 'morning')), []);
  assert.equal(await ask(rule({ floor: 'below' }, scene.id, 'morning')), []);
  assert.equal(await ask(rule({ room: 'attic' }, 'dawn', 'evening')), [
    'unknown-room /actions/0/target/room',
    'unknown-scene /actions/1/scene',
    'unknown-automation /actions/2/automation',
  ]);
});

test('the name of a rule is bounded as any other, wherever one is sent', async () => {
  const { body: rule } = await hub.ask('POST', '/api/automations', {
    name: 'x'.repeat(100),
    triggers: [{ kind: 'start' }],
    actions: [{ kind: 'stop' }],
  });
  const { author: _author, version: _version, ...written } = rule;
  for (const name of ['x'.repeat(101), 'Hall\u202Elight', 'Hall\nlight']) {
    const body = { ...written, name };
    const answers = [
      await hub.ask('PUT', `/api/automations/${rule.id}`, body),
      await hub.ask('POST', '/api/automations', { ...body, id: 'other' }),
      await hub.ask('POST', '/api/automations/check', { rules: [body] }),
    ];
    assert.equal(
      answers.map(({ status, body: told }) => [status, told.pointer]),
      [
        [422, '/name'],
        [422, '/name'],
        [422, '/rules/0/name'],
      ],
    );
  }
  assert.is((await hub.ask('DELETE', `/api/automations/${rule.id}`)).status, 204);
});

const HALL_LIGHT = `
- alias: Hall light
  trigger:
    - platform: numeric_state
      entity_id: sensor.hall_temperature
      above: 20
  action:
    - service: light.turn_on
      target: {entity_id: light.hall}
      data: {brightness_pct: 40}
`;

test('an automation of Home Assistant is imported, saved, and does here what it did there', async () => {
  const entities = { 'sensor.hall_temperature': { device: METER }, 'light.hall': { device: LAMP } };
  const ask = (body: object) =>
    hub.ask('POST', '/api/automations/import', { format: 'home-assistant', entities, ...body });
  const { status, body } = await ask({ yaml: HALL_LIGHT });
  assert.equal([status, body.report], [200, []], JSON.stringify(body));
  assert.is((await hub.ask('GET', '/api/automations')).body.items.length, 1, 'nothing is saved yet');
  await measure(18);
  assert.is((await hub.ask('POST', '/api/automations', body.rules[0])).status, 201);
  await measure(21);
  await eventually(
    () => hub.ask('GET', `/api/devices/${LAMP}`),
    ({ body: lamp }) => lamp.properties['onOff.on'].value === true && lamp.properties['level.level'].value === 0.4,
    'the lamp at 40%',
  );
  const lost = await ask({ yaml: HALL_LIGHT, entities: { 'light.hall': { device: LAMP } } });
  assert.equal([lost.body.rules[0].enabled, lost.body.report[0].line], [false, 5]);
  const broken = await ask({ yaml: 'a: 1\nb: !secret x' });
  assert.equal([broken.status, broken.body.code, broken.body.line], [400, 'BAD_YAML', 2]);
  assert.equal((await ask({ yaml: 'a: 1', entities: { x: { planet: 1 } } })).body.pointer, '/entities/x');
  assert.is((await ask({ yaml: 'a: 1', format: 'other' })).status, 422);
});

test.run();
