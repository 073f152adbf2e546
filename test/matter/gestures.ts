// What a hand does to a device: presses of a button, turns of a key.

import type { Endpoint } from '@matter/main';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { DoorLockServer } from '@matter/main/behaviors/door-lock';
import { setTimeout as wait } from 'node:timers/promises';

import { setState } from './node.ts';

/** Within the 300 ms in which presses count as one gesture. */
const BETWEEN_PRESSES_MS = 60;
/** Past the 2 s after which a press is a long one. */
const HOLD_MS = 2_200;

const turn = (endpoint: Endpoint, rawPosition: number) => setState(endpoint, { switch: { rawPosition } });

async function press(endpoint: Endpoint, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await turn(endpoint, 1);
    await wait(BETWEEN_PRESSES_MS);
    await turn(endpoint, 0);
    await wait(BETWEEN_PRESSES_MS);
  }
}

async function hold(endpoint: Endpoint): Promise<void> {
  await turn(endpoint, 1);
  await wait(HOLD_MS);
  await turn(endpoint, 0);
}

/** A key in the lock: the state changes, and the lock says who did it. */
async function key(endpoint: Endpoint, locked: boolean): Promise<void> {
  await endpoint.act(async (agent) => {
    const lock = agent.get(DoorLockServer);
    lock.state.lockState = locked ? DoorLock.LockState.Locked : DoorLock.LockState.Unlocked;
    const { Lock, Unlock } = DoorLock.LockOperationType;
    const body = {
      lockOperationType: locked ? Lock : Unlock,
      operationSource: DoorLock.OperationSource.Manual,
      userIndex: null,
      fabricIndex: null,
      sourceNode: null,
    };
    lock.events.lockOperation.emit(body, lock.context);
  });
}

export const GESTURES: Readonly<Record<string, (endpoint: Endpoint) => Promise<void>>> = {
  single: (endpoint) => press(endpoint, 1),
  double: (endpoint) => press(endpoint, 2),
  triple: (endpoint) => press(endpoint, 3),
  hold,
  lock: (endpoint) => key(endpoint, true),
  unlock: (endpoint) => key(endpoint, false),
};
