// What a node's clock is told (Matter core §11.17): the time, and where it keeps local time the home's zone with the changes
// that come. Locks go by it, and whatever else has a schedule of its own.

import { stretchesOf } from './local-time.ts';
import { numberOf, type Invocation, type ClusterView, type Fields } from './types.ts';

export const TIME = 'timeSynchronization';
const YEAR_MS = 366 * 86_400_000;
/** The year 2000, at which Matter begins to count. */
const BEGINNING_MS = 946_684_800_000;
const MILLISECONDS = 3;
const ADMIN = 2;

const micros = (ms: number): bigint => BigInt(Math.floor(ms)) * 1000n;

export const tellTime = (now: number): Invocation => ({
  cluster: TIME,
  invoke: 'setUtcTime',
  args: { utcTime: micros(now), granularity: MILLISECONDS, timeSource: ADMIN },
});

/** What clocks show while they are not put forward. */
const standardOf = (offsets: readonly number[]): number => Math.min(...offsets);

/** Null for a node that keeps no local time. It answers whether it must be told when clocks are put forward. */
export function tellZone({ features }: ClusterView, now: number, timeZone: string): Invocation | null {
  if (features['timeZone'] !== true) return null;
  const standard = standardOf(around(timeZone, now).map(({ offset }) => offset));
  const zone: Fields = { offset: standard / 1000, validAt: micros(BEGINNING_MS), name: timeZone };
  return { cluster: TIME, invoke: 'setTimeZone', args: { timeZone: [zone] } };
}

const around = (timeZone: string, now: number) => stretchesOf(timeZone, now - YEAR_MS, now + YEAR_MS);

/** When clocks are put forward, from now on, as far as the node can keep it. */
export function tellSummers({ attributes }: ClusterView, now: number, timeZone: string): Invocation {
  const stretches = around(timeZone, now);
  const standard = standardOf(stretches.map(({ offset }) => offset));
  const summers = stretches.flatMap(({ from, offset }, at) => {
    const until = stretches[at + 1]?.from ?? null;
    if (offset === standard || (until !== null && until <= now)) return [];
    const validUntil = until === null ? null : micros(until);
    return [{ offset: (offset - standard) / 1000, validStarting: micros(from), validUntil }];
  });
  const never = { offset: 0, validStarting: micros(BEGINNING_MS), validUntil: null };
  const most = numberOf(attributes['dstOffsetListMaxSize']) ?? 1;
  const dstOffset = summers.length === 0 ? [never] : summers.slice(0, most);
  return { cluster: TIME, invoke: 'setDstOffset', args: { dstOffset } };
}
