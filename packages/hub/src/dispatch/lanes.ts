// One lane a device: what is under way, and what waits behind it. Of waiting sets for one property only the newest stays.

import type { DeviceCommand, Outcome, Values } from '@lintel/model';
import { COMMAND_OVERLAP_MS } from '../limits.ts';

/** One device's share of a command on its way to the plugin. */
export interface Parcel {
  readonly command: string;
  readonly device: string;
  readonly body: DeviceCommand;
  /** Milliseconds since 1970; past it the parcel is not sent any more. */
  readonly expiresAt: number;
  /** Milliseconds that the plugin has for an outcome once it is sent. */
  readonly deadlineMs: number;
  /** Why it may not be sent any more; null while it may. */
  mayNot(): Outcome | null;
  settle(outcome: Outcome | { readonly status: 'expired' }): void;
}

interface Lane {
  readonly underWay: Set<Parcel>;
  since: number;
  waiting: Parcel[];
}

export interface Lanes {
  add(parcel: Parcel): void;
  /** Takes what may go out now; `ready` says whether the device's plugin can be sent to. */
  take(now: number, ready: (device: string) => boolean): readonly Parcel[];
  done(parcel: Parcel): void;
  /** Back to the front of its lane, unless something newer overtook it. */
  putBack(parcel: Parcel): void;
  /** Settles what waited too long. */
  expire(now: number): void;
  readonly waiting: boolean;
}

export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (device: string): Lane => {
    const known = lanes.get(device);
    if (known !== undefined) return known;
    const made: Lane = { underWay: new Set(), since: 0, waiting: [] };
    lanes.set(device, made);
    return made;
  };
  const tidy = (device: string, lane: Lane): void => {
    if (lane.underWay.size === 0 && lane.waiting.length === 0) lanes.delete(device);
  };
  return {
    add: (parcel) => {
      const lane = laneOf(parcel.device);
      lane.waiting = [...lane.waiting.flatMap((older) => withoutOvertaken(older, parcel)), parcel];
    },
    take: (now, ready) => {
      const taken: Parcel[] = [];
      for (const [device, lane] of lanes) {
        const free = lane.underWay.size === 0 || now - lane.since >= COMMAND_OVERLAP_MS;
        if (!free || lane.waiting.length === 0 || !ready(device)) continue;
        for (const parcel of lane.waiting) lane.underWay.add(parcel);
        taken.push(...lane.waiting);
        lane.waiting = [];
        lane.since = now;
      }
      return taken;
    },
    done: (parcel) => {
      const lane = laneOf(parcel.device);
      lane.underWay.delete(parcel);
      tidy(parcel.device, lane);
    },
    putBack: (parcel) => {
      const lane = laneOf(parcel.device);
      lane.underWay.delete(parcel);
      const left = lane.waiting.reduce<Parcel[]>(
        (rest, newer) => rest.flatMap((each) => withoutOvertaken(each, newer)),
        [parcel],
      );
      lane.waiting = [...left, ...lane.waiting];
      tidy(parcel.device, lane);
    },
    expire: (now) => {
      for (const [device, lane] of lanes) {
        const late = lane.waiting.filter((parcel) => parcel.expiresAt <= now);
        if (late.length === 0) continue;
        lane.waiting = lane.waiting.filter((parcel) => parcel.expiresAt > now);
        tidy(device, lane);
        for (const parcel of late) parcel.settle({ status: 'expired' });
      }
    },
    get waiting() {
      return [...lanes.values()].some((lane) => lane.waiting.length > 0);
    },
  };
}

/** What is left of an older parcel when a newer one stands behind it; an overtaken one is settled as superseded. */
function withoutOvertaken(older: Parcel, newer: Parcel): Parcel[] {
  const left = setLeft(older.body, newer.body);
  if (left === null) return [older];
  if (Object.keys(left).length > 0) return [{ ...older, body: { ...older.body, set: left } as DeviceCommand }];
  older.settle({ status: 'superseded' });
  return [];
}

/** The older set's values that the newer does not overtake, or null when the two do not meet. */
function setLeft(older: DeviceCommand, newer: DeviceCommand): Values | null {
  if (!('set' in older) || !('set' in newer) || older.endpoint !== newer.endpoint) return null;
  const entries = Object.entries(older.set);
  const left = entries.filter(([key]) => !Object.hasOwn(newer.set, key));
  return left.length === entries.length ? null : Object.fromEntries(left);
}
