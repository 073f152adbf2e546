// Asks a thread of its own, so that a long rehearsal does not hold up the home; bounded in number, time and memory.

import { Worker } from 'node:worker_threads';
import { HubError } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import {
  REHEARSAL_MEMORY_MIB_MAX,
  REHEARSAL_MS_MAX,
  REHEARSALS_AT_ONCE_MAX,
  REHEARSALS_WAITING_MAX,
} from './limits.ts';
import type { RehearsalReply, RehearsalRequest } from './messages.ts';

export type Rehearse = <T>(request: RehearsalRequest) => Promise<T>;

const TOO_LONG = 'this takes too long: ask for a shorter time';

/** @throws HubError TOO_MANY_ATTEMPTS, TIMEOUT, TOO_LARGE, STORAGE_FAILED, or what the thread refused: BAD_RULE (in `extra.rule`), BAD_YAML */
export function createRehearsals(scheduler: Scheduler): Rehearse {
  let running = 0;
  const waiting: (() => void)[] = [];
  const takeTurn = async (): Promise<void> => {
    if (running < REHEARSALS_AT_ONCE_MAX) return void (running += 1);
    if (waiting.length >= REHEARSALS_WAITING_MAX)
      throw new HubError('TOO_MANY_ATTEMPTS', 'others are being tried just now', { retryAfterSeconds: 5 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const passTurn = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async <T>(request: RehearsalRequest): Promise<T> => {
    await takeTurn();
    try {
      return (await askThread(request, scheduler)) as T;
    } finally {
      passTurn();
    }
  };
}

function refusalOf({ message, refusal }: Extract<RehearsalReply, { ok: false }>): HubError {
  if (refusal === undefined) return new HubError('STORAGE_FAILED', `it could not be tried: ${message}`);
  const { code, ...details } = refusal;
  return new HubError(code, message, details);
}

async function askThread(request: RehearsalRequest, scheduler: Scheduler): Promise<unknown> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: REHEARSAL_MEMORY_MIB_MAX },
  });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const cancel = scheduler.after(REHEARSAL_MS_MAX, () => reject(new HubError('TIMEOUT', TOO_LONG)));
  worker.on('message', (reply: RehearsalReply) => {
    if (reply.ok) resolve(reply.result);
    else reject(refusalOf(reply));
  });
  worker.on('error', (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new HubError('TOO_LARGE', TOO_LONG) : error),
  );
  worker.on('exit', () => reject(new HubError('STORAGE_FAILED', 'it could not be tried: its thread ended')));
  try {
    return await promise;
  } finally {
    cancel();
    await worker.terminate();
  }
}
