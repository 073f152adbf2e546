// Ids in the list of what is pending: of a revert its own, of a waiting run `run:`, its rule and its number, of a `for` that counts
// `timer:` and, since those may hold any character, its rule, trigger and device in base64url.

import type { Countdown } from '@lintel/engine';

export interface RunId {
  readonly rule: string;
  readonly run: number;
}

export const pendingRunId = ({ rule, run }: RunId): string => `run:${rule}:${run}`;

/** Null for what is not a run. */
export function runOfPending(id: string): RunId | null {
  const found = /^run:(.+):(\d{1,10})$/s.exec(id);
  return found === null ? null : { rule: found[1]!, run: Number(found[2]) };
}

export const pendingTimerId = ({ rule, trigger, device }: Countdown): string =>
  `timer:${Buffer.from(JSON.stringify([rule, trigger, device])).toString('base64url')}`;

/** Null for what is no timer. */
export function timerOfPending(id: string): Countdown | null {
  if (!id.startsWith('timer:')) return null;
  const text = Buffer.from(id.slice('timer:'.length), 'base64url').toString();
  const [rule, trigger, device] = JSON.parse(text) as [string, string, string | null];
  return { rule, trigger, device };
}
