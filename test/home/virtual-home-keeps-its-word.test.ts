// The `virtual` plugin as scripts and other people's tests use it: over HTTP, by the ids and settings that are promised.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually, startHub, type Answer, type Hub } from './harness.ts';

const Virtual = suite('the virtual plugin');
let hub: Hub;

const configure = (settings: object): Promise<Answer> =>
  hub.ask('PUT', '/api/plugins/virtual', { enabled: true, settings });
const idsOf = async (): Promise<string[]> => {
  const { items } = (await hub.ask('GET', '/api/devices?plugin=virtual&limit=1000')).body;
  return items.map(({ id }: { id: string }) => id);
};
const count = (ids: readonly string[], prefix: string): number => ids.filter((id) => id.startsWith(prefix)).length;

hub = await startHub();
await hub.claim();
Virtual.after(async () => void (await hub?.stop()));

const KINDS = ['light', 'motion', 'garage', 'contact', 'temperature', 'lock', 'thermostat', 'cover'];
const NAME = '<img src=x onerror=alert(1)> \u202E "; DROP TABLE devices; --';

Virtual('has the lamps, sensors and devices it is set to, by their promised ids, of any name', async () => {
  const devices = KINDS.map((kind) => ({
    id: `my-${kind}`,
    kind,
    name: NAME,
    room: 'Hall',
    manufacturer: 'A',
    model: 'B',
  }));
  const { status, body } = await configure({ lamps: 3, sensors: 2, devices, updatesPerSecond: 0 });
  assert.equal([status, body.status], [200, 'running'], JSON.stringify(body));
  const ids = await idsOf();
  assert.ok(
    ['virtual:lamp-1', 'virtual:lamp-3', 'virtual:sensor-1', 'virtual:sensor-2'].every((id) => ids.includes(id)),
  );
  assert.equal([count(ids, 'virtual:lamp-'), count(ids, 'virtual:sensor-')], [3, 2]);
  assert.ok(KINDS.every((kind) => ids.includes(`virtual:my-${kind}`)));
  const { body: garage } = await hub.ask('GET', '/api/devices/virtual:my-garage');
  assert.equal([garage.name, garage.manufacturer, garage.model], [NAME, 'A', 'B']);
});

Virtual('refuses what is out of range, with the field at fault', async () => {
  const cases: [object, string][] = [
    [{ lamps: 501 }, '/settings/lamps'],
    [{ sensors: -1 }, '/settings/sensors'],
    [{ updatesPerSecond: 1_001 }, '/settings/updatesPerSecond'],
    [{ devices: [{ id: 'x', kind: 'spaceship', name: 'X' }] }, '/settings/devices/0/kind'],
    [{ lamp: 1 }, '/settings/lamp'],
  ];
  for (const [settings, pointer] of cases) {
    const { status, body } = await configure(settings);
    assert.equal([status, body.pointer], [422, pointer], JSON.stringify(body));
  }
});

Virtual('keeps its secret to itself', async () => {
  await configure({ lamps: 1, secret: 'open sesame' });
  const { body } = await hub.ask('GET', '/api/plugins/virtual');
  assert.is(body.settings.secret, '•••');
  assert.not.match(JSON.stringify(body), 'sesame');
});

Virtual('makes a device report what a script says, and nothing it cannot have', async () => {
  const report = (device: string, values: object): Promise<Answer> =>
    hub.ask('POST', '/api/plugins/virtual/report', { device, values });
  await configure({ lamps: 1, devices: [{ id: 'door', kind: 'contact', name: 'Door' }] });
  assert.is((await report('virtual:lamp-1', { 'onOff.on': true })).status, 200);
  const { body } = await hub.ask('GET', '/api/devices/virtual:lamp-1');
  assert.is(body.properties['onOff.on'].value, true);
  assert.is((await report('virtual:lamp-1', { 'level.level': 2 })).status, 422);
  assert.is((await report('virtual:nothing', { 'onOff.on': true })).status, 404);
});

Virtual('pairing finds one new lamp', async () => {
  const before = await idsOf();
  const { status, body } = await hub.ask('POST', '/api/plugins/virtual/pairing', { seconds: 30 });
  assert.is(status, 201, JSON.stringify(body));
  const fresh = async (): Promise<string[]> => (await idsOf()).filter((id) => !before.includes(id));
  const found = await eventually(fresh, ({ length }) => length === 1, 'one new lamp');
  assert.is((await hub.ask('GET', `/api/devices/${found[0]}`)).body.kind, 'light');
  await hub.ask('DELETE', '/api/plugins/virtual/pairing');
  assert.is((await idsOf()).length, before.length + 1);
});

Virtual('without any of its settings is a furnished home of several rooms', async () => {
  const { status } = await configure({});
  assert.is(status, 200);
  const { items } = (await hub.ask('GET', '/api/devices?plugin=virtual&limit=1000')).body;
  const kinds = new Set(items.map(({ kind }: { kind: string }) => kind));
  const rooms = new Set(items.map(({ room }: { room: string | null }) => room));
  assert.ok(kinds.size >= 10 && rooms.size >= 3, `${kinds.size} kinds, ${rooms.size} rooms`);
});

Virtual.run();
