// The loop: an input is written to the journal, then applied; what follows goes to the live page, to SQLite and to the plugins.
// It is synchronous, so that a report is on its way to a lamp in the tick in which it came.

import { HubError, type Origin } from '@lintel/model';
import { describeActivity } from './activity/describe.ts';
import type { Scheduler } from './clock.ts';
import type { Outbox } from './dispatch/outbox.ts';
import type { History } from './history/history.ts';
import type { Journal } from './journal/journal.ts';
import type { Edit, Input, JournalRecord } from './journal/records.ts';
import type { Bus } from './live/bus.ts';
import type { Projector } from './registry/projector.ts';
import type { CoreCommand } from './state/core.ts';
import type { Machine } from './state/machine.ts';

export const SYSTEM: Origin = { kind: 'system' };

export interface Kernel {
  readonly machine: Machine;
  readonly journal: Journal;
  readonly bus: Bus;
  readonly scheduler: Scheduler;
  /** Journals and applies one input. Throws DISK_FULL or STORAGE_FAILED with nothing done. */
  submit(input: Input, origin: Origin, cause?: number): JournalRecord;
  /** Edits documents; resolves once that is durable. */
  commit(edits: readonly Edit[], origin: Origin): Promise<void>;
  /** A new ULID. */
  newId(): string;
  /** Arms the timer of the core's next deadline. */
  rearm(): void;
  close(): void;
}

export interface KernelOptions {
  readonly machine: Machine;
  readonly journal: Journal;
  readonly bus: Bus;
  readonly scheduler: Scheduler;
  readonly projector: Projector;
  readonly history: History;
  readonly newId: () => string;
  readonly outbox: () => Outbox;
  readonly onTrouble: (error: unknown) => void;
}

const TICK_RETRY_MS = 1_000;
const TIMER_CHECK_MS = 30_000;

export function createKernel(options: KernelOptions): Kernel {
  const { machine, journal, bus, scheduler, projector, history } = options;
  let cancelTimer: (() => void) | null = null;
  let armedFor: number | null = null;
  let closed = false;

  const submit = (input: Input, origin: Origin, cause = 0): JournalRecord => {
    if (closed) throw new HubError('NOT_READY', 'the hub is stopping');
    const record = journal.append([{ input, origin, cause }])[0]!;
    const activity = describeActivity(machine, record);
    const effects = machine.apply(record);
    bus.publish(effects.changes, record.at);
    projector.take({ sequence: record.sequence, at: record.at, origin, edits: effects.edits, activity });
    history.take({ sequence: record.sequence, at: record.at, events: effects.events });
    for (const trouble of effects.troubles) options.onTrouble(new HubError('BAD_RULE', trouble));
    if (effects.commands.length > 0) dispatch(effects.commands);
    rearm();
    return record;
  };

  const dispatch = (commands: readonly CoreCommand[]): void => {
    const pending = commands.map((command) => machine.pending.get(String(command.id))).filter((each) => each !== null);
    options.outbox().dispatch(pending);
  };

  const rearm = (): void => {
    const { wakeAt } = machine;
    if (closed || wakeAt === armedFor) return;
    cancelTimer?.();
    armedFor = wakeAt;
    cancelTimer = wakeAt === null ? null : scheduler.after(waitFor(wakeAt), wake);
  };

  /** The wall clock may have been set meanwhile, so that a long wait is looked at again now and then. */
  const waitFor = (wakeAt: number): number => Math.min(Math.max(0, wakeAt - scheduler.now()), TIMER_CHECK_MS);

  const wake = (): void => {
    armedFor = null;
    const { wakeAt } = machine;
    if (wakeAt !== null && wakeAt <= scheduler.now()) tick();
    else rearm();
  };

  const tick = (): void => {
    try {
      submit({ kind: 'tick', body: {} }, SYSTEM);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      options.onTrouble(error);
      cancelTimer = scheduler.after(TICK_RETRY_MS, wake);
    }
  };

  return {
    machine,
    journal,
    bus,
    scheduler,
    submit,
    commit: async (edits, origin) => {
      const { sequence } = submit({ kind: 'edit', body: { edits } }, origin);
      await journal.synced(sequence, true);
    },
    newId: options.newId,
    rearm,
    close: () => {
      closed = true;
      cancelTimer?.();
    },
  };
}
