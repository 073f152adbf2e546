// The loop: an input is written to the journal, then applied; what follows goes to the live page, to SQLite and to the plugins.
// It is synchronous, so that a report is on its way to a lamp in the tick in which it came.

import { HubError, type Origin } from '@lintel/model';
import { createAlarm } from './alarm.ts';
import { describeActivity } from './activity/describe.ts';
import type { Outbox } from './dispatch/outbox.ts';
import type { History } from './history/history.ts';
import type { HomeClock } from './home-clock.ts';
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
  readonly scheduler: HomeClock;
  /** Journals and applies one input. Throws DISK_FULL or STORAGE_FAILED with nothing done. */
  submit(input: Input, origin: Origin, cause?: number): JournalRecord;
  /** Sends what rules asked for before the hub was down and what its start brought, in this order, and from now on at once. */
  begin(): void;
  /** Edits documents; resolves once that is durable. */
  commit(edits: readonly Edit[], origin: Origin): Promise<void>;
  /** Takes the machine's clock for right, though the home's time was later; resolves once that is durable. */
  believeClock(by: Origin): Promise<void>;
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
  readonly scheduler: HomeClock;
  readonly projector: Projector;
  readonly history: History;
  readonly newId: () => string;
  readonly outbox: () => Outbox;
  readonly onTrouble: (error: unknown) => void;
}

export function createKernel(options: KernelOptions): Kernel {
  const { machine, journal, bus, scheduler, projector, history } = options;
  let begun = false;
  let closed = false;

  const submit = (input: Input, origin: Origin, cause = 0): JournalRecord => {
    if (closed) throw new HubError('NOT_READY', 'the hub is stopping');
    const leapt = scheduler.leapt();
    const lost = scheduler.state === 'lost';
    if (leapt || lost !== machine.clock.lost) take({ kind: 'clock', body: { lost } }, SYSTEM, 0);
    return take(input, origin, cause);
  };

  const take = (input: Input, origin: Origin, cause: number): JournalRecord => {
    const record = journal.append([{ input, origin, cause }])[0]!;
    const activity = describeActivity(machine, record);
    const effects = machine.apply(record);
    bus.publish(effects.changes, record.at);
    projector.take({ sequence: record.sequence, at: record.at, origin, edits: effects.edits, activity });
    history.take({ sequence: record.sequence, at: record.at, events: effects.events });
    for (const trouble of effects.troubles) options.onTrouble(new HubError('BAD_RULE', trouble));
    if (begun && effects.commands.length > 0) dispatch(effects.commands);
    alarm.rearm();
    return record;
  };

  const dispatch = (commands: readonly CoreCommand[]): void => {
    const pending = commands.map((command) => machine.pending.get(String(command.id))).filter((each) => each !== null);
    options.outbox().dispatch(pending);
  };

  const tick = (): void => void submit({ kind: 'tick', body: {} }, SYSTEM);
  const alarm = createAlarm(scheduler, () => machine.wakeAt, tick, options.onTrouble);

  return {
    machine,
    journal,
    bus,
    scheduler,
    submit,
    begin: () => {
      begun = true;
      options.outbox().dispatch(machine.pending.list());
    },
    commit: async (edits, origin) => {
      const { sequence } = submit({ kind: 'edit', body: { edits } }, origin);
      await journal.synced(sequence, true);
    },
    believeClock: async (by) => {
      const backTo = scheduler.believe();
      const { sequence } = take({ kind: 'clock', body: { lost: false, backTo } }, by, 0);
      await journal.synced(sequence, true);
    },
    newId: options.newId,
    rearm: alarm.rearm,
    close: () => {
      closed = true;
      alarm.close();
    },
  };
}
