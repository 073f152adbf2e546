import { HubError } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { TimeZonePort } from '../../src/plugins/types.ts';
import { systemScheduler } from '../../src/clock.ts';
import { START_ANSWER_MAX_MS } from '../../src/plugins/limits.ts';
import { Bench } from './harness.ts';

const Plugin = suite('a plugin in a process of its own');
let timeZone = 'Europe/Berlin';
const movers = new Set<(to: string) => void>();
const zone: TimeZonePort = {
  now: () => timeZone,
  subscribe(listener) {
    movers.add(listener);
    return () => movers.delete(listener);
  },
};
const bench = new Bench(['lamp', 'careful'], { timeZone: zone });

const fault = async (promise: Promise<unknown>): Promise<HubError> => {
  const error: unknown = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  assert.instance(error, HubError);
  return error as HubError;
};

Plugin('describes its settings before it ever runs', async () => {
  await bench.host.described();
  const info = bench.host.get('lamp');
  assert.is(info.name, 'Test lamps');
  assert.is(info.version, '1.2.3');
  assert.is(info.status, 'disabled');
  assert.equal(info.pairing, { maximumSeconds: 100, takes: [] });
  const schema = info.settingsSchema as { properties: { lamps: unknown } };
  assert.equal(schema.properties.lamps, { default: 1, type: 'integer', minimum: 0, maximum: 5 });
});

Plugin('settings get defaults, and faults a pointer and their limit', async () => {
  assert.equal(await bench.host.validate('lamp', {}), { lamps: 1 });
  const tooMany = await fault(bench.host.validate('lamp', { lamps: 6 }));
  assert.is(tooMany.code, 'BAD_SETTINGS');
  assert.is(tooMany.pointer, '/settings/lamps');
  assert.match(tooMany.message, 'at most 5');
  assert.is((await fault(bench.host.validate('lamp', { lamp: 1 }))).pointer, '/settings/lamp');
  assert.match((await fault(bench.host.validate('lamp', { lamps: 1.5 }))).message, 'whole number');
  assert.match((await fault(bench.host.validate('lamp', { port: 'x'.repeat(21) }))).message, 'at most 20 characters');
});

Plugin('commands before the start are offline, and pairing says what to do', async () => {
  const [outcome] = await bench.host.send('lamp', [{ id: 'lamp-1', command: { set: {} }, deadline: 100 }]);
  assert.is(outcome!.status, 'offline');
  assert.is((await fault(bench.host.request('lamp', 'echo', null))).code, 'PLUGIN_NOT_RUNNING');
});

Plugin('starts, adds its devices, and answers commands with what it reports', async () => {
  const info = await bench.host.start('lamp', { lamps: 2 });
  assert.is(info.status, 'running', bench.log.map(({ text }) => text).join('\n'));
  assert.equal([...bench.devices.keys()], ['lamp:lamp-1', 'lamp:lamp-2']);
  assert.is(bench.devices.get('lamp:lamp-1')!.room, 'Hall');
  const set = { 'onOff.on': true, 'level.level': 0.5 };
  assert.equal(await bench.host.send('lamp', [{ id: 'lamp-1', command: { set }, deadline: 5_000 }]), [
    { status: 'done' },
  ]);
  assert.equal(bench.reports.at(-1), { plugin: 'lamp', device: 'lamp-1', values: set, endpoint: undefined });
});

Plugin('each command of a batch has its own outcome and deadline', async () => {
  const heard: string[] = [];
  const outcomes = await bench.host.send(
    'lamp',
    [
      { id: 'lamp-1', command: { set: { 'level.level': 0.66 } }, deadline: 600 },
      { id: 'lamp-2', command: { set: { 'level.level': 0.2 } }, deadline: 5_000 },
      { id: 'lamp-2', command: { command: 'toggle' }, deadline: 5_000 },
    ],
    (at, { status }) => heard.push(`${at} ${status}`),
  );
  assert.equal(
    outcomes.map(({ status }) => status),
    ['timeout', 'done', 'offline'],
  );
  assert.is(heard.at(-1), '0 timeout');
});

Plugin('pairs until it is stopped, removes, and hears of settings', async () => {
  const steps: unknown[] = [];
  const pairing = bench.host.pair('lamp', { seconds: 50, code: 'x' }, (step) => {
    steps.push(step);
    pairing.stop();
  });
  await pairing.done;
  assert.equal(steps, [{ address: 'a', step: 'found', message: 'x' }]);
  assert.throws(() => bench.host.pair('lamp', { seconds: 101 }, () => undefined), /at most 100/);
  await bench.host.deviceSettings('lamp', 'lamp-1', { occupancyTimeout: 5 });
  await bench.until(() => bench.logged('settings of lamp-1: {"occupancyTimeout":5} {"occupancyTimeout":5}'));
  await bench.host.removeDevice('lamp', 'lamp-2');
  const answer = (await bench.host.request('lamp', 'echo', 7)) as { known: string[]; starts: number; z: string };
  assert.equal(answer.known, ['lamp-1']);
  assert.is(answer.z, 'function');
});

Plugin('knows where the home is, and where it moves to', async () => {
  const known = async () => ((await bench.host.request('lamp', 'echo', null)) as { timeZone: string }).timeZone;
  assert.is(await known(), 'Europe/Berlin');
  timeZone = 'America/New_York';
  for (const move of movers) move(timeZone);
  assert.is(await known(), 'America/New_York');
  assert.is(movers.size, 1, 'who is gone is told no more');
});

Plugin('settings are tried without being taken over', async () => {
  const wrong = await fault(bench.host.test('lamp', { port: 'wrong' }));
  assert.equal([wrong.pointer, wrong.message], ['/settings/port', 'no such port']);
  await bench.host.test('lamp', { port: 'right' });
  await bench.host.stop('lamp');
  assert.is(bench.host.get('lamp').status, 'disabled');
  assert.ok(bench.logged('stopped'));
  const absent = await fault(bench.host.test('lamp', { port: 'absent' }));
  assert.is(absent.code, 'PLUGIN_FAILED');
  assert.match(absent.message, 'no answer from the port');
  assert.is((await fault(bench.host.test('lamp', { port: 'wrong' }))).pointer, '/settings/port');
  assert.is(bench.store.all.get('lamp/starts'), 1);
});

Plugin('a definition with a test of its own is not set up to be tried, and answers while it runs too', async () => {
  const said = (): string[] => bench.log.filter(({ plugin }) => plugin === 'careful').map(({ text }) => text);
  await bench.host.test('careful', { port: 'right' });
  const wrong = await fault(bench.host.test('careful', { port: 'wrong' }));
  assert.equal([wrong.pointer, wrong.message], ['/settings/port', 'no such port']);
  assert.equal(said(), ['trying right', 'trying wrong']);
  await bench.host.start('careful', { port: 'right' });
  assert.is((await fault(bench.host.test('careful', { port: 'wrong' }))).code, 'BAD_SETTINGS');
  assert.equal(said().slice(2), ['set up with right', 'trying wrong']);
});

Plugin('a plugin whose radio is away is failed, tries again, and comes back', async () => {
  const info = await bench.host.start('lamp', { port: 'absent' });
  assert.is(info.status, 'failed');
  assert.match(info.health.message!, 'no answer from the port');
  await bench.until(() => bench.host.get('lamp').health.restarts >= 2);
  assert.is((await bench.host.start('lamp', {})).status, 'running');
  assert.is(bench.host.get('lamp').health.restarts, 0);
});

Plugin('who starts a plugin that takes for ever to set up is told so in the end, and it can be stopped', async () => {
  const after = (ms: number, run: () => void) => systemScheduler.after(ms === START_ANSWER_MAX_MS ? 50 : ms, run);
  const slow = new Bench(['careful'], { scheduler: { ...systemScheduler, after } });
  assert.is((await slow.host.start('careful', { port: 'slow' })).status, 'starting');
  await slow.host.stop('careful');
  assert.is(slow.host.get('careful').status, 'disabled');
  await slow.close();
});

Plugin('a secret is never shown, and survives being sent back as its mask', () => {
  assert.equal(bench.host.masked('lamp', { lamps: 1, secret: 's' }), { lamps: 1, secret: '•••' });
  assert.equal(bench.host.unmasked('lamp', { secret: '•••' }, { secret: 's' }), { secret: 's' });
  assert.equal(bench.host.unmasked('lamp', { secret: 'new' }, { secret: 's' }), { secret: 'new' });
});

Plugin('after a restart the plugin knows its devices and what it stored', async () => {
  await bench.host.start('lamp', { lamps: 2 });
  const before = (await bench.host.request('lamp', 'echo', null)) as { starts: number };
  await bench.host.restart('lamp');
  const after = (await bench.host.request('lamp', 'echo', null)) as { starts: number; known: string[] };
  assert.is(after.starts, before.starts + 1);
  assert.equal(after.known, ['lamp-1', 'lamp-2']);
});

Plugin('a device removed while its plugin is away is removed when it is back', async () => {
  await bench.host.stop('lamp');
  bench.log.length = 0;
  await bench.host.removeDevice('lamp', 'lamp-2');
  await bench.host.start('lamp', { lamps: 2 });
  await bench.until(() => bench.logged('removed lamp-2') && !bench.devices.has('lamp:lamp-2'));
  assert.ok(bench.devices.has('lamp:lamp-1'));
});

Plugin.after(() => bench.close());
Plugin.run();
