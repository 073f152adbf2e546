// Ecosystems notify people by a lock's events: who operated it and how, what failed, and that it is stuck.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { endpoint, lock, type Values } from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('locks tell what happens');

type Told = readonly [string, Readonly<Record<string, unknown>>];
type Events = Readonly<Record<string, { on(hear: (payload: Told[1]) => void): void }>>;

/** Longer than the lock waits for its author. */
const BREATH_MS = 400;
const [LOCK, UNLOCK, UNLATCH] = [0, 1, 4];
const [UNSPECIFIED, MANUAL, KEYPAD, AUTO, REMOTE] = [0, 1, 3, 4, 7];

let home: BridgedHome;
let told: Told[];

const tells = (what: string, state: string, run: () => Promise<void>): void =>
  test(what, async () => {
    home = await BridgedHome.open([deviceOf('device', 'lock', [endpoint(lock())], { 'lock.state': state })]);
    told = [];
    try {
      const events = home.with('device', 'doorLock').endpoint.eventsOf('doorLock') as unknown as Events;
      for (const name of ['lockOperation', 'lockOperationError', 'doorLockAlarm']) {
        events[name]!.on((payload) => void told.push([name, payload]));
      }
      await run();
      assert.equal(home.failures, []);
    } finally {
      await home.close();
    }
  });

const becomes = (state: string): Promise<void> => {
  const values: Values = { 'lock.state': state };
  return home.hear({ type: 'values', id: 'device', endpoint: '1', values });
};
const says = (by: string): Promise<void> =>
  home.hear({ type: 'event', id: 'device', endpoint: '1', event: 'lock.operated', data: { by } });
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, BREATH_MS));
const operations = (): unknown[] =>
  told
    .filter(([name]) => name === 'lockOperation')
    .map(([, payload]) => [payload['lockOperationType'], payload['operationSource']]);

tells('who operated it, whether that is said before or after', 'locked', async () => {
  await becomes('unlocked');
  await says('code');
  await aMoment();
  await says('auto');
  await becomes('locked');
  await aMoment();
  await becomes('unlatched');
  await says('manual');
  await aMoment();
  assert.equal(operations(), [
    [UNLOCK, KEYPAD],
    [LOCK, AUTO],
    [UNLATCH, MANUAL],
  ]);
});

tells('that nobody said who it was', 'locked', async () => {
  await becomes('unlocked');
  await aMoment();
  assert.equal(told, [
    [
      'lockOperation',
      { lockOperationType: UNLOCK, operationSource: UNSPECIFIED, userIndex: null, fabricIndex: null, sourceNode: null },
    ],
  ]);
});

tells('which ecosystem it was', 'locked', async () => {
  await home.invoke('device', 'doorLock', 'unlockDoor');
  assert.equal(told, []);
  await becomes('unlocked');
  await says('remote');
  await aMoment();
  assert.equal(operations(), [[UNLOCK, REMOTE]]);
  const [[, payload]] = told as [Told];
  assert.is(payload['fabricIndex'], 1);
});

tells('that what an ecosystem asked for failed', 'locked', async () => {
  home.refuses = true;
  await home.invoke('device', 'doorLock', 'unlockDoor').then(
    () => assert.unreachable(),
    () => undefined,
  );
  const [[name, payload]] = told as [Told];
  assert.is(name, 'lockOperationError');
  const { lockOperationType, operationSource, operationError, fabricIndex } = payload;
  assert.equal([lockOperationType, operationSource, operationError, fabricIndex], [UNLOCK, REMOTE, 0, 1]);
  await becomes('unlocked');
  await aMoment();
  assert.equal(operations(), [[UNLOCK, UNSPECIFIED]]);
});

tells('that it is stuck, once', 'unlocked', async () => {
  await becomes('jammed');
  await home.hear({ type: 'values', id: 'device', endpoint: '1', values: { 'tamper.tampered': true } });
  await aMoment();
  assert.equal(told, [['doorLockAlarm', { alarmCode: 0 }]]);
  await becomes('locked');
  await aMoment();
  assert.equal(operations(), [[LOCK, UNSPECIFIED]]);
});

tells('nothing of what only became known, and of a latch that springs back', 'unknown', async () => {
  assert.is(home.state('device', 'doorLock')['lockState'], null);
  await becomes('unlatched');
  await becomes('unlocked');
  await aMoment();
  assert.equal(told, []);
});

test.run();
