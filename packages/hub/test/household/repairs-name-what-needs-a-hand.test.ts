// What needs a hand is worked out from how the home is, and goes away when it is mended.

import type { Device } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PluginView } from '../../src/interface.ts';
import { createHomeClock } from '../../src/home-clock.ts';
import { createRegistry } from '../../src/registry/registry.ts';
import { repairService, repairTeller } from '../../src/services/repairs.ts';
import { createOffences } from '../../src/state/offences.ts';
import { testClock } from '../home.ts';

const test = suite('repairs');
const NOW = Date.parse('2026-11-22T12:00:00Z');
const BY = { kind: 'user', id: 'ada' } as const;

const plugin = (status: PluginView['status']): PluginView =>
  ({
    id: 'acme',
    name: 'Acme',
    status,
    health: { message: 'it fell over', since: '2026-11-22T11:00:00Z' },
  }) as PluginView;
const device = (more: object): Device =>
  ({
    id: 'acme:door',
    name: 'Door',
    online: true,
    lastSeen: '2026-11-22T11:59:00Z',
    properties: {},
    ...more,
  }) as Device;
const state = (value: unknown) => ({ value, changedAt: '2026-11-20T00:00:00Z', reportedAt: null, origin: null });

function repairs(plugins: PluginView[], devices: Device[], restarted: string[] = []) {
  const restart = async (id: string): Promise<void> => void restarted.push(id);
  const sources = { plugins: { list: () => plugins, restart }, devices: { list: () => devices } };
  const nothing = {
    machine: { offences: createOffences(), registry: createRegistry() },
    automations: { enable: async () => undefined, adopt: async () => undefined },
    clock: createHomeClock(testClock(NOW)),
    believeClock: async () => undefined,
  };
  return repairService({ ...sources, ...nothing });
}

test('a plugin that was stopped is named, and can be restarted from here', async () => {
  const restarted: string[] = [];
  const service = repairs([plugin('quarantined')], [], restarted);
  const [found] = service.list();
  assert.equal([found?.id, found?.plugin, found?.severity], ['plugin-acme', 'acme', 'error']);
  assert.match(found!.diagnosis, /Acme was stopped: it fell over/);
  await service.fix('plugin-acme', BY);
  assert.equal(restarted, ['acme']);
});

test('a plugin that runs, or waits for its radio, needs no one', () => {
  assert.equal(repairs([plugin('running'), plugin('reconnecting')], []).list(), []);
});

test('a low battery names the part to buy, and the hub cannot put it in', async () => {
  const properties = { 'battery.low': state(true), 'battery.type': state('CR2032') };
  const service = repairs([], [device({ properties })]);
  const [found] = service.list();
  assert.equal([found?.device, found?.part, found?.since], ['acme:door', 'CR2032', '2026-11-20T00:00:00Z']);
  try {
    await service.fix(found!.id, BY);
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code?: string }).code, 'UNSUPPORTED');
  }
});

test('a device that is away for a day is named, one that was just switched off is not', () => {
  const away = device({ online: false, lastSeen: '2026-11-21T11:00:00Z' });
  const off = device({ online: false });
  assert.equal(
    repairs([], [away, off])
      .list()
      .map(({ id }) => id),
    ['away-acme:door'],
  );
});

test('the live page is told when a repair comes, and once when it goes', () => {
  const tell = repairTeller();
  assert.equal(tell(plugin('running')), []);
  assert.is(tell(plugin('quarantined'))[0]?.topic, 'repair');
  assert.equal(tell(plugin('running')), [{ topic: 'repair', id: 'plugin-acme', value: null }]);
  assert.equal(tell(plugin('running')), []);
});

test.run();
