import { describeCapability, type Device } from '@lintel/model';
import type { ChangeFrame, SnapshotFrame } from '@lintel/protocol';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyChange, applySnapshot, emptyState } from './state.ts';
import { Store } from './store.ts';

const AT = '2027-01-02T03:04:05.000Z';

const lamp = (id: string, on: boolean | null = false): Device => ({
  id,
  name: `Lamp ${id}`,
  room: null,
  plugin: 'virtual',
  kind: 'light',
  manufacturer: null,
  model: null,
  firmware: null,
  address: null,
  online: true,
  stale: true,
  lastSeen: null,
  settings: {},
  endpoints: [{ id: '1', name: null, kind: null, room: null, capabilities: [describeCapability('onOff', ['on'])] }],
  properties: { 'onOff.on': { value: on, changedAt: null, reportedAt: null, origin: null } },
});

const snapshot = (devices: readonly Device[]): SnapshotFrame => ({
  type: 'snapshot',
  sequence: 1,
  home: {
    name: 'Home',
    latitude: 0,
    longitude: 0,
    timeZone: 'UTC',
    units: 'metric',
    language: 'en',
    mode: 'home',
    confirm: [],
    holidays: [],
  },
  rooms: [{ id: 'hall', name: 'Hall' }],
  devices,
  groups: [],
  scenes: [],
  automations: [],
  plugins: [],
  pairings: [],
});

const reported = (device: string, value: boolean): ChangeFrame => ({
  type: 'change',
  sequence: 2,
  at: AT,
  topic: 'property',
  device,
  property: 'onOff.on',
  value,
  origin: { kind: 'device' },
});

const State = suite('store');

State('a snapshot replaces everything, and tells those who watch what is gone', () => {
  const state = emptyState();
  applySnapshot(state, snapshot([lamp('a'), lamp('b')]));
  const touched = applySnapshot(state, snapshot([lamp('b')]));
  assert.equal([...state.devices.keys()], ['b']);
  assert.ok(touched.includes('device:a'));
});

State('a report changes one device, makes a new object of it, and is a sign of life', () => {
  const state = emptyState();
  applySnapshot(state, snapshot([lamp('a'), lamp('b')]));
  const [before, other] = [state.devices.get('a'), state.devices.get('b')];
  assert.equal(applyChange(state, reported('a', true)), ['device:a']);
  const after = state.devices.get('a')!;
  assert.is.not(after, before);
  assert.is(state.devices.get('b'), other);
  assert.equal(after.properties['onOff.on'], {
    value: true,
    changedAt: AT,
    reportedAt: AT,
    origin: { kind: 'device' },
  });
  assert.is(after.lastSeen, AT);
  assert.is(after.stale, false);
});

State('an equal report moves the time of the report, not that of the change', () => {
  const state = emptyState();
  applySnapshot(state, snapshot([lamp('a', true)]));
  applyChange(state, reported('a', true));
  const { changedAt, reportedAt } = state.devices.get('a')!.properties['onOff.on']!;
  assert.is(changedAt, null);
  assert.is(reportedAt, AT);
});

State('a report of an unknown device is no reason to fall over', () => {
  assert.equal(applyChange(emptyState(), reported('nobody', true)), []);
});

State('things come, change and go by their topics', () => {
  const state = emptyState();
  const base = { type: 'change', sequence: 3, at: AT } as const;
  assert.equal(applyChange(state, { ...base, topic: 'room', id: 'r', room: { id: 'r', name: 'Room' } }), ['rooms']);
  assert.is(state.rooms.get('r')?.name, 'Room');
  applyChange(state, { ...base, topic: 'room', id: 'r', room: null });
  assert.is(state.rooms.size, 0);
  assert.equal(applyChange(state, { ...base, topic: 'run', automation: 'x', run: 1, status: 'finished' }), [
    'activity',
  ]);
});

State('only those who listen to what was touched are told, and each once', () => {
  const store = new Store();
  const told: string[] = [];
  const stop = store.listen(['device:a', 'devices'], () => told.push('a'));
  store.listen(['device:b'], () => told.push('b'));
  store.snapshot(snapshot([lamp('a'), lamp('b')]));
  store.change(reported('a', true));
  assert.equal(told, ['a', 'b', 'a']);
  stop();
  store.change(reported('a', false));
  assert.equal(told, ['a', 'b', 'a']);
});

State('a wish is shown until its outcome, then only what the device says', async () => {
  const store = new Store();
  store.snapshot(snapshot([lamp('a')]));
  const before = store.set('a', { 'onOff.on': true });
  assert.is(store.shown(store.device('a')!, 'onOff.on'), true);
  assert.is(store.pending.isPending('a'), true);
  const result = await before;
  assert.is(result.error?.code, 'NOT_CONNECTED');
  assert.is(store.shown(store.device('a')!, 'onOff.on'), false);
  assert.is(store.pending.failure('a')?.code, 'NOT_CONNECTED');
  store.change(reported('a', true));
  assert.is(store.pending.failure('a'), null, 'a device that is heard of has no failure left');
});

State('of two wishes the newer one counts, whichever ends first', () => {
  const { pending } = new Store();
  const first = pending.begin('a', { 'level.level': 0.2 });
  const second = pending.begin('a', { 'level.level': 0.8 });
  pending.end('a', first, null);
  assert.is(pending.wished('a', 'level.level'), 0.8);
  pending.end('a', second, null);
  assert.is(pending.isPending('a'), false);
});

State.run();
