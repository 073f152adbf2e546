// Whether the last boots went well. Three that did not, one after the other, end in safe mode: what people brought stays out
// until one of them has looked. A boot went badly when a fault of the hub's own ended it, or when it was ended after it had
// taken long to come up. A power cut, or kill -9, is no fault.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Scheduler } from './clock.ts';

const FILE = 'boots.json';
export const BAD_BOOTS_MAX = 3;
/** Beyond this a boot that has not come up is taking too long. */
const LATE_AFTER_MS = 30_000;
/** Up for so long, a boot went well, whatever comes. */
const WELL_AFTER_MS = 600_000;

type Stage = 'starting' | 'late' | 'up' | 'ended' | 'fault';
interface Kept {
  readonly stage: Stage;
  /** Bad boots in a row; a fault counts itself, a boot that took too long is counted by the next. */
  readonly bad: number;
}

export interface Boot {
  /** Whether the boots before this one went so badly that what people brought is to stay out. */
  readonly isSafe: boolean;
  /** The hub takes requests. */
  up(): void;
  /** It was stopped in order. */
  ended(): void;
  /** A person has looked: the next fault is the first. */
  forgive(): void;
}

export function beginBoot(data: string, scheduler: Scheduler): Boot {
  const last = read(data);
  let bad = last.stage === 'late' ? last.bad + 1 : last.stage === 'fault' ? last.bad : 0;
  let cancel = (): void => undefined;
  const put = (stage: Stage): void => write(data, { stage, bad });
  const later = (ms: number, run: () => void): void => {
    cancel();
    cancel = scheduler.after(ms, run);
  };
  put('starting');
  later(LATE_AFTER_MS, () => put('late'));
  const forgive = (): void => {
    bad = 0;
    put('up');
  };
  return {
    isSafe: bad >= BAD_BOOTS_MAX,
    up: () => {
      put('up');
      later(WELL_AFTER_MS, forgive);
    },
    ended: () => {
      cancel();
      put('ended');
    },
    forgive,
  };
}

/** A bug of ours ends the hub. */
export function noteFault(data: string): void {
  write(data, { stage: 'fault', bad: read(data).bad + 1 });
}

function read(data: string): Kept {
  try {
    const { stage, bad } = JSON.parse(readFileSync(join(data, FILE), 'utf8')) as Kept;
    return { stage, bad: Number.isInteger(bad) ? bad : 0 };
  } catch {
    return { stage: 'ended', bad: 0 };
  }
}

/** A disk that takes nothing more is complained of elsewhere. */
function write(data: string, kept: Kept): void {
  const path = join(data, FILE);
  try {
    writeFileSync(`${path}.next`, JSON.stringify(kept));
    renameSync(`${path}.next`, path);
  } catch {
    // Then this boot leaves no trace.
  }
}
