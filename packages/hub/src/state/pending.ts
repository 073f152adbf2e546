// What rules asked for and no device has answered yet. Changed only by journaled records, so that after a crash it is known
// exactly which commands are still owed.

import type { Origin } from '@lintel/model';
import type { Delivery, Outcome } from '../journal/records.ts';
import type { CoreCommand } from './core.ts';

export interface PendingCommand {
  readonly id: string;
  readonly command: CoreCommand;
  readonly origin: Origin;
  readonly cause: number;
  /** The `now` of the step that emitted it, milliseconds since 1970. */
  readonly emittedAt: number;
  /** Null until it was resolved and handed over; then what has no outcome yet. */
  readonly deliveries: readonly Delivery[] | null;
  /** The gravest of the outcomes that came already; none where it is the first. */
  readonly outcome?: AwaitedOutcome;
}

/** What the core is told of an outcome, the least grave first; that someone commanded something else meanwhile is no failure. */
const AWAITED = ['done', 'superseded', 'timeout', 'failed'] as const;
export type AwaitedOutcome = (typeof AWAITED)[number];

const awaitedOf = (status: Outcome['status']): AwaitedOutcome => AWAITED.find((each) => each === status) ?? 'failed';

const graver = (one: AwaitedOutcome, other: AwaitedOutcome): AwaitedOutcome =>
  AWAITED.indexOf(one) > AWAITED.indexOf(other) ? one : other;

export interface Pending {
  get(id: string): PendingCommand | null;
  list(): readonly PendingCommand[];
  emitted(command: PendingCommand): void;
  sent(id: string, deliveries: readonly Delivery[]): void;
  /** Moves all of it by so many milliseconds. */
  shift(byMs: number): void;
  /** Where that was the last outcome that the command waited for, answers the gravest of them; null otherwise. */
  settled(id: string, outcome: Outcome): AwaitedOutcome | null;
}

export function createPending(from: readonly PendingCommand[] = []): Pending {
  const commands = new Map(from.map((each) => [each.id, each]));
  return {
    get: (id) => commands.get(id) ?? null,
    list: () => [...commands.values()],
    emitted: (command) => void commands.set(command.id, command),
    sent: (id, deliveries) => {
      const known = commands.get(id);
      if (known !== undefined) commands.set(id, { ...known, deliveries });
    },
    shift: (by) => {
      for (const each of commands.values()) commands.set(each.id, { ...each, emittedAt: each.emittedAt + by });
    },
    settled: (id, { device, status }) => {
      const known = commands.get(id);
      if (known === undefined) return null;
      const outcome = graver(known.outcome ?? 'done', awaitedOf(status));
      const deliveries = (known.deliveries ?? []).filter((each) => each.device !== device);
      if (deliveries.length > 0) commands.set(id, { ...known, deliveries, outcome });
      else commands.delete(id);
      return deliveries.length === 0 ? outcome : null;
    },
  };
}
