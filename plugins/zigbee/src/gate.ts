// The network's gate: opened and closed one after the other, since herdsman takes a moment for either and a late "closed"
// must not shut a window that was opened meanwhile.

import { PluginError } from '@lintel/sdk';

import type { Session } from './session.ts';

export class Gate {
  #last: Promise<unknown> = Promise.resolve();

  /** Lets devices in for `seconds`, through one router where it is named; rejects with LinkLost where the adapter goes away. */
  open(session: Session, seconds: number, through: string | undefined): Promise<void> {
    return this.#next(session, async () => {
      const router = through === undefined ? undefined : session.controller.getDeviceByIeeeAddr(through);
      if (through !== undefined && router === undefined) {
        throw new PluginError('BAD_VALUE', `there is no Zigbee device ${through} to pair through`, '/device');
      }
      await session.controller.permitJoin(seconds, router);
    });
  }

  /** Lets nobody in any more, unless `isWanted` says by then that a window is open. */
  close(session: Session, isWanted: () => boolean): Promise<void> {
    return this.#next(session, async () => {
      if (isWanted() || !session.isUp) return;
      await session.refuseJoining();
      await session.controller.permitJoin(0);
    });
  }

  /** As after a start: a stick keeps a window of before. It is quick, so that a new window is not held up. */
  reset(session: Session): Promise<void> {
    return this.#next(session, () => session.refuseJoining());
  }

  #next(session: Session, task: () => Promise<void>): Promise<void> {
    const done = this.#last.then(() => whileUp(session.lost, task));
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** A lost link answers nothing any more: who is next, over a new one, does not wait for it. */
function whileUp(lost: AbortSignal, task: () => Promise<void>): Promise<void> {
  lost.throwIfAborted();
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(lost.reason as Error);
    lost.addEventListener('abort', giveUp, { once: true });
    void task()
      .then(resolve, reject)
      .finally(() => lost.removeEventListener('abort', giveUp));
  });
}
