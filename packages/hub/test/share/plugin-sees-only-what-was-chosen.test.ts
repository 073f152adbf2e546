// What reaches a plugin that stands for other ecosystems: the devices people chose, every change of them, and nothing else.

import { button, lock, endpoint, onOff, type HomeChange } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { commandService } from '../../src/services/commands.ts';
import { createHomePort } from '../../src/share/share.ts';
import type { HomeShare } from '../../src/plugins/types.ts';
import { openHome, type TestHome } from '../home.ts';

const test = suite('plugin sees only what was chosen');

let home: TestHome;
let share: HomeShare;
let heard: HomeChange[];

const open = (choice: unknown, plugin = 'matter'): HomeShare => {
  heard = [];
  const port = createHomePort(home.kernel, commandService(home.kernel, home.outbox));
  share = port.open(plugin, choice, (changes) => void heard.push(...changes));
  return share;
};
const valuesHeard = (): HomeChange[] => heard.filter(({ type }) => type === 'values');
const ids = (): string[] => share.devices().map(({ id }) => id);
const refusal = async (device: string, command: object, by = 'Apple Home'): Promise<string> => {
  try {
    await share.command(device, command, by);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.before.each(async () => {
  home = await openHome();
});
test.after.each(async () => {
  share.close();
  await home.close();
});

test('nothing is chosen by default, nor while it is switched off', () => {
  for (const choice of [undefined, {}, { enabled: true }, { enabled: false, include: { all: true } }]) {
    open(choice);
    assert.equal(ids(), [], JSON.stringify(choice));
    share.close();
  }
});

test('chosen devices are shown with their values, the others not at all', () => {
  home.report('virtual:lamp', { 'onOff.on': true, 'level.level': 0.4 });
  open({ enabled: true, include: { devices: ['virtual:lamp'] } });
  const [lamp] = share.devices();
  assert.equal(ids(), ['virtual:lamp']);
  assert.equal(lamp!.values['1']!['level.level'], 0.4);
  home.report('virtual:lamp2', { 'onOff.on': true });
  home.report('virtual:motion', { 'occupancy.occupied': true });
  assert.equal(heard, []);
  home.report('virtual:lamp', { 'onOff.on': false });
  assert.equal(valuesHeard(), [{ type: 'values', id: 'virtual:lamp', endpoint: '1', values: { 'onOff.on': false } }]);
});

test('what is kept back stays hidden though all are chosen', () => {
  open({ enabled: true, include: { all: true }, exclude: { devices: ['virtual:motion'] } });
  assert.not.ok(ids().includes('virtual:motion'));
  assert.ok(ids().includes('virtual:lamp'));
});

test('a room brings its devices, also one that moves in, and one that moves out is gone', async () => {
  const { kernel } = home;
  await kernel.commit([{ collection: 'rooms', id: 'hall', value: { id: 'hall', name: 'Hall' } }], { kind: 'system' });
  open({ enabled: true, include: { rooms: ['hall'] } });
  assert.equal(ids(), []);
  const record = kernel.machine.registry.get('devices', 'virtual:lamp')!;
  const move = (room: string | null): Promise<void> =>
    kernel.commit([{ collection: 'devices', id: record.id, value: { ...record, room } }], { kind: 'system' });
  await move('hall');
  assert.equal(
    heard.map((change) => (change.type === 'device' ? [change.device.id, change.device.room] : [])),
    [['virtual:lamp', 'Hall']],
  );
  await move(null);
  assert.equal(heard.at(-1), { type: 'gone', id: 'virtual:lamp' });
});

test('a lock needs a word of its own', async () => {
  await home.sink.device('virtual', { id: 'door', name: 'Door', kind: 'lock', endpoints: [endpoint(lock())] });
  const all = { enabled: true, include: { all: true, devices: ['virtual:door'] } };
  open(all);
  assert.not.ok(ids().includes('virtual:door'));
  assert.is(await refusal('virtual:door', { command: 'lock.unlock' }), 'FORBIDDEN');
  share.choose({ ...all, locks: true });
  assert.ok(ids().includes('virtual:door'));
  share.choose(all);
  assert.equal(heard.at(-1), { type: 'gone', id: 'virtual:door' });
});

test('a plugin is not shown its own devices', () => {
  open({ enabled: true, include: { all: true } }, 'virtual');
  assert.equal(ids(), []);
});

test('one endpoint of two may be chosen', async () => {
  const endpoints = [endpoint(onOff()), { ...endpoint(onOff()), id: '2' }];
  await home.sink.device('virtual', { id: 'gangs', name: 'Gangs', kind: 'switch', endpoints });
  open({ enabled: true, include: { devices: ['virtual:gangs/2'] } });
  home.report('virtual:gangs', { 'onOff.on': true, 'onOff.on@2': true });
  assert.equal(valuesHeard(), [{ type: 'values', id: 'virtual:gangs', endpoint: '2', values: { 'onOff.on': true } }]);
  assert.is(await refusal('virtual:gangs', { set: { 'onOff.on': false }, endpoint: '1' }), 'FORBIDDEN');
});

test('a press of a button is heard at its endpoint, where that was chosen', async () => {
  const gang = (id: string) => endpoint({ id }, button({ actions: ['single'] }));
  const named = endpoint({ id: 'remote' }, button({ buttons: ['up', 'down'] }));
  await home.sink.device('virtual', {
    id: 'pad',
    name: 'Pad',
    kind: 'button',
    endpoints: [gang('1'), gang('2'), named],
  });
  open({ enabled: true, include: { devices: ['virtual:pad/2', 'virtual:pad/remote'] } });
  const press = (data: object, at?: string): void =>
    home.sink.event('virtual', 'pad', 'button.pressed', data as Record<string, unknown>, at, () => {});
  press({ action: 'single' }, '1');
  press({ action: 'single' }, '2');
  press({ action: 'hold', button: 'down', detail: { steps: 2 } });
  const event = { type: 'event', id: 'virtual:pad', event: 'button.pressed' };
  assert.equal(heard, [
    { ...event, endpoint: '2', data: { button: '2', action: 'single' } },
    { ...event, endpoint: 'remote', data: { detail: { steps: 2 }, button: 'down', action: 'hold' } },
  ]);
});

test('a command carries who asked for it, into the journal and into why', async () => {
  open({ enabled: true, include: { devices: ['virtual:lamp'] } });
  assert.is(await refusal('virtual:lamp', { set: { 'onOff.on': true }, transition: 400 }), 'done');
  assert.equal(home.told, [
    { device: 'virtual:lamp', command: { set: { 'onOff.on': true }, endpoint: '1', transition: 400 } },
  ]);
  const on = home.kernel.machine.properties.device('virtual:lamp')!.properties.get('onOff.on')!;
  assert.equal(on.origin, { kind: 'matter', name: 'Apple Home' });
});

test('what was not chosen cannot be commanded, and what a device cannot do is refused by name', async () => {
  open({ enabled: true, include: { devices: ['virtual:lamp'] } });
  assert.is(await refusal('virtual:lamp2', { set: { 'onOff.on': true } }), 'FORBIDDEN');
  assert.is(await refusal('virtual:nothing', { set: { 'onOff.on': true } }), 'FORBIDDEN');
  assert.is(await refusal('virtual:lamp', { set: { 'level.level': 7 } }), 'BAD_VALUE');
  assert.equal(home.told, []);
});

test.run();
