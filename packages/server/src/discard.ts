// A request that is answered before its body was read would have its connection reset under the answer: what still comes is
// read and thrown away first, within bounds.

import type { IncomingMessage } from 'node:http';
import type { Scheduler } from '@lintel/hub';
import { DISCARD_BYTES_MAX, DISCARD_MS_MAX } from './limits.ts';

/** Resolves when the whole request has arrived, or too much of it, or it takes too long. */
export function discardBody(request: IncomingMessage, clock: Scheduler): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let size = 0;
    const count = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > DISCARD_BYTES_MAX) finish();
    };
    const finish = (): void => {
      cancel();
      request.off('data', count);
      resolve();
    };
    const cancel = clock.after(DISCARD_MS_MAX, finish);
    request.on('data', count);
    for (const end of ['end', 'close', 'error']) request.once(end, finish);
    request.resume();
  });
}
