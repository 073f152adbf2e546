// Changes of the home in one order, numbered without a gap while the hub runs.

import type { Change, ChangeBody, Live } from '../interface.ts';

export interface Bus extends Live {
  publish(changes: readonly ChangeBody[], at: number): void;
}

/** @param from the number to go on after; a start may jump ahead, never back */
export function createBus(from: number, onListenerError: (error: unknown) => void): Bus {
  const listeners = new Set<(change: Change) => void>();
  let sequence = from;
  return {
    get sequence() {
      return sequence;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish: (changes, at) => {
      if (changes.length === 0) return;
      const stamp = new Date(at).toISOString();
      for (const body of changes) {
        const change: Change = { ...body, sequence: ++sequence, at: stamp };
        for (const listener of listeners) callSafely(listener, change, onListenerError);
      }
    },
  };
}

function callSafely(listener: (change: Change) => void, change: Change, onError: (error: unknown) => void): void {
  try {
    listener(change);
  } catch (error) {
    onError(error);
  }
}
