// What rules asked for and no device has answered yet. Changed only by journaled records, so that after a crash it is known
// exactly which commands are still owed.

import type { Origin } from '@lintel/model';
import type { Delivery } from '../journal/records.ts';
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
}

export interface Pending {
  get(id: string): PendingCommand | null;
  list(): readonly PendingCommand[];
  emitted(command: PendingCommand): void;
  sent(id: string, deliveries: readonly Delivery[]): void;
  /** Moves all of it by so many milliseconds. */
  shift(byMs: number): void;
  /** Answers whether that was the last outcome that the command waited for. */
  settled(id: string, device: string): boolean;
}

export function createPending(from: readonly PendingCommand[] = []): Pending {
  const commands = new Map(from.map((each) => [each.id, each]));
  const replace = (id: string, deliveries: readonly Delivery[]): void => {
    const known = commands.get(id);
    if (known !== undefined) commands.set(id, { ...known, deliveries });
  };
  return {
    get: (id) => commands.get(id) ?? null,
    list: () => [...commands.values()],
    emitted: (command) => void commands.set(command.id, command),
    sent: replace,
    shift: (by) => {
      for (const each of commands.values()) commands.set(each.id, { ...each, emittedAt: each.emittedAt + by });
    },
    settled: (id, device) => {
      const known = commands.get(id);
      if (known === undefined) return false;
      const left = (known.deliveries ?? []).filter((each) => each.device !== device);
      if (left.length > 0) replace(id, left);
      else commands.delete(id);
      return left.length === 0;
    },
  };
}
