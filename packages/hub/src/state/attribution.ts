// Whose doing a report is. A lamp that reports "on" just after it was told to be on did what it was told; its own button or
// app is the device's doing. Kept by journaled records alone, so that a replay attributes alike.

import type { Origin, Value } from '@lintel/model';
import { ATTRIBUTION_WINDOW_MS } from '../limits.ts';
import type { Delivery, JournalRecord } from '../journal/records.ts';

export interface Sent {
  readonly sequence: number;
  readonly at: number;
  readonly until: number;
  readonly origin: Origin;
  readonly delivery: Delivery;
  /** Properties that were reported as told, and of these those that the device has since changed by itself. */
  readonly done?: readonly string[];
  readonly over?: readonly string[];
}

export interface Attribution {
  sent(record: JournalRecord & { kind: 'sent' }): void;
  /** What was sent lately that this value of the property agrees with, newest first; null when it is the device's own doing. */
  find(device: string, property: string, value: Value, at: number): Sent | null;
  /** The same for a report that came, which then counts: what was done and is then done otherwise is explained no more. */
  heard(device: string, property: string, value: Value, at: number): Sent | null;
  /** Moves all of it by so many milliseconds. */
  shift(byMs: number): void;
  export(): readonly Sent[];
}

const KEPT_PER_DEVICE = 16;

export function createAttribution(from: readonly Sent[] = []): Attribution {
  const byDevice = new Map<string, Sent[]>();
  const keep = (sent: Sent): void => {
    const list = byDevice.get(sent.delivery.device) ?? [];
    list.unshift(sent);
    byDevice.set(sent.delivery.device, list.filter((each) => each.until >= sent.at).slice(0, KEPT_PER_DEVICE));
  };
  for (const sent of from.toReversed()) keep(sent);
  const find = (device: string, property: string, value: Value, at: number): Sent | null =>
    byDevice.get(device)?.find((sent) => sent.until >= at && explains(sent, property, value)) ?? null;
  return {
    sent: ({ sequence, at, origin, body }) => {
      for (const delivery of body.deliveries) {
        const transition = 'set' in delivery.command ? (delivery.command.transition ?? 0) : 0;
        keep({ sequence, at, until: at + transition + ATTRIBUTION_WINDOW_MS, origin, delivery });
      }
    },
    find,
    heard: (device, property, value, at) => {
      const found = find(device, property, value, at);
      const list = byDevice.get(device);
      if (list === undefined) return null;
      const mark = (sent: Sent): Sent => {
        if (sent === found) return withMark(sent, 'done', property);
        return found === null && sent.done?.includes(property) === true ? withMark(sent, 'over', property) : sent;
      };
      byDevice.set(device, list.map(mark));
      return found;
    },
    shift: (by) => {
      for (const [device, list] of byDevice)
        byDevice.set(
          device,
          list.map((each) => ({ ...each, at: each.at + by, until: each.until + by })),
        );
    },
    export: () => [...byDevice.values()].flat(),
  };
}

const withMark = (sent: Sent, mark: 'done' | 'over', property: string): Sent =>
  sent[mark]?.includes(property) === true ? sent : { ...sent, [mark]: [...(sent[mark] ?? []), property] };

/** A set explains its own values, and what follows from them: a level brings "on", a colour brings its other coordinates. */
function explains({ delivery: { command }, over }: Sent, property: string, value: Value): boolean {
  if (over?.includes(property) === true) return false;
  const [plain = ''] = property.split('@');
  const capability = plain.slice(0, plain.indexOf('.'));
  if (!('set' in command)) return command.command.startsWith(`${capability}.`);
  const set = command.set;
  const asked = set[property] ?? set[plain];
  if (asked !== undefined) return agrees(asked, value) || (command.transition ?? 0) > 0;
  if (plain === 'onOff.on') return set['level.level'] !== undefined && value === Number(set['level.level']) > 0;
  if (plain === 'level.level') return set['onOff.on'] !== undefined;
  return capability === 'color' && Object.keys(set).some((key) => key.startsWith('color.'));
}

/** Radios round: a level in 254 steps, a temperature in mireds. */
function agrees(asked: Value, value: Value): boolean {
  if (typeof asked !== 'number' || typeof value !== 'number') return asked === value;
  return Math.abs(asked - value) <= Math.max(0.02, Math.abs(asked) * 0.02);
}
