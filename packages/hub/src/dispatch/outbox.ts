// From commands to plugins: resolves targets, journals what is sent and what became of it, keeps what cannot go out yet.

import { pluginOf, type DeviceId, type Origin, type Outcome } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import type { Delivery, Input, JournalRecord } from '../journal/records.ts';
import type { PendingCommand } from '../state/pending.ts';
import type { Parts } from '../state/machine.ts';
import { createLanes, type Parcel } from './lanes.ts';
import { isDangerous, lifetimeOf, resolveCoreCommand } from './core-commands.ts';
import { COMMAND_DEADLINE_LAN_MS, COMMAND_DEADLINE_MS } from '../limits.ts';

/** The plugin host as the outbox needs it. */
export interface Carrier {
  /** Whether commands can be handed over now; not while the plugin starts or its radio is away. */
  ready(plugin: string): boolean;
  /** Hands parcels over; `decided` is called once for each as its outcome comes. */
  send(plugin: string, parcels: readonly Parcel[], decided: (parcel: Parcel, outcome: Outcome) => void): void;
}

export interface OutboxOptions {
  readonly parts: Parts;
  readonly scheduler: Scheduler;
  readonly carrier: Carrier;
  /** Journals and applies one input. */
  readonly submit: (input: Input, origin: Origin, cause: number) => JournalRecord;
  readonly synced: (sequence: number) => Promise<void>;
}

export interface Outbox {
  /** Sends what rules asked for, as it stands in `pending`. */
  dispatch(commands: readonly PendingCommand[]): void;
  /** Sends a person's command; resolves when every device has answered or its deadline passed. */
  send(
    id: string,
    deliveries: readonly Delivery[],
    origin: Origin,
    cause: number,
  ): Promise<ReadonlyMap<string, Outcome>>;
  /** A plugin came up or went down: what waited for it may go out. */
  pump(): void;
  close(): void;
}

const SWEEP_MS = 250;
const LAN_PLUGINS: ReadonlySet<string> = new Set(['matter', 'lighting']);

export function createOutbox({ parts, scheduler, carrier, submit, synced }: OutboxOptions): Outbox {
  const lanes = createLanes();
  let cancelSweep: (() => void) | null = null;
  let closed = false;

  const sweep = (): void => {
    cancelSweep = null;
    lanes.expire(scheduler.now());
    pump();
  };

  const pump = (): void => {
    if (closed) return;
    const taken = lanes.take(scheduler.now(), (device) => carrier.ready(pluginOf(device as DeviceId)));
    const byPlugin = Map.groupBy(taken, (parcel) => pluginOf(parcel.device as DeviceId));
    for (const [plugin, parcels] of byPlugin) carrier.send(plugin, parcels, decided);
    if (lanes.waiting && cancelSweep === null) cancelSweep = scheduler.after(SWEEP_MS, sweep);
  };

  const decided = (parcel: Parcel, outcome: Outcome): void => {
    if (closed) return;
    if (isUnsent(outcome) && parcel.expiresAt > scheduler.now()) {
      lanes.putBack(parcel);
    } else {
      lanes.done(parcel);
      parcel.settle(outcome);
    }
    if (lanes.waiting) pump();
  };

  /** Journals the hand-over, then sends at once, or after the sync where being late is better than being forgotten. */
  const handOver = (
    command: string,
    deliveries: readonly Delivery[],
    origin: Origin,
    cause: number,
    parcels: readonly Parcel[],
  ): void => {
    const { sequence } = submit({ kind: 'sent', body: { command, deliveries } }, origin, cause);
    const release = (): void => {
      for (const parcel of parcels) lanes.add(parcel);
      pump();
    };
    if (!deliveries.some((each) => isDangerous(parts.registry, each))) return release();
    synced(sequence).then(release, () => {
      for (const parcel of parcels) parcel.settle(STORAGE_FAILED);
    });
  };

  const dispatchOne = (pending: PendingCommand): void => {
    const { id, origin, cause, emittedAt } = pending;
    const deliveries = pending.deliveries ?? resolveCoreCommand(parts, pending.command);
    const settle = (device: string, outcome: Outcome | { status: 'expired' }): void =>
      void submit({ kind: 'outcome', body: { command: id, device, ...outcome } }, origin, cause);
    if (deliveries.length === 0) return settle('', NOTHING_REACHED);
    const parcels = deliveries.map((each): Parcel => ({
      command: id,
      device: each.device,
      body: each.command,
      expiresAt: emittedAt + lifetimeOf(parts.registry, each),
      deadlineMs: deadlineOf(each.device),
      settle: (outcome) => settle(each.device, outcome),
    }));
    handOver(id, deliveries, origin, cause, parcels);
  };

  return {
    dispatch: (commands) => {
      for (const command of commands) dispatchOne(command);
    },
    send: (id, deliveries, origin, cause) => {
      const waits = deliveries.map((each) => Promise.withResolvers<[string, Outcome]>());
      const parcels = deliveries.map((each, index): Parcel => {
        const deadlineMs = deadlineOf(each.device);
        return {
          command: id,
          device: each.device,
          body: each.command,
          expiresAt: scheduler.now() + deadlineMs,
          deadlineMs,
          settle: (outcome) => {
            const final: Outcome = outcome.status === 'expired' ? PLUGIN_AWAY : outcome;
            submit({ kind: 'outcome', body: { command: id, device: each.device, ...final } }, origin, cause);
            waits[index]!.resolve([each.device, final]);
          },
        };
      });
      handOver(id, deliveries, origin, cause, parcels);
      return Promise.all(waits.map(({ promise }) => promise)).then(worst);
    },
    pump,
    close: () => {
      closed = true;
      cancelSweep?.();
    },
  };
}

const NOTHING_REACHED: Outcome = {
  status: 'failed',
  error: { code: 'NOT_FOUND', detail: 'No device of the home is meant, or none of them can do this.' },
};
const PLUGIN_AWAY: Outcome = {
  status: 'offline',
  error: { code: 'DEVICE_OFFLINE', detail: 'The plugin of this device is not running, or its radio is away.' },
};
const STORAGE_FAILED: Outcome = {
  status: 'failed',
  error: { code: 'STORAGE_FAILED', detail: 'The hub could not write to its disk, and did not send the command.' },
};

const deadlineOf = (device: string): number =>
  LAN_PLUGINS.has(pluginOf(device as DeviceId)) ? COMMAND_DEADLINE_LAN_MS : COMMAND_DEADLINE_MS;

/** The plugin says that its radio went away before anything was sent. */
const isUnsent = (outcome: Outcome): boolean => outcome.error?.code === 'CONNECTION_FAILED';

const SEVERITY: readonly Outcome['status'][] = ['done', 'superseded', 'failed', 'timeout', 'offline'];

/** One outcome a device: the worst of its endpoints'. */
function worst(outcomes: readonly [string, Outcome][]): ReadonlyMap<string, Outcome> {
  const byDevice = new Map<string, Outcome>();
  for (const [device, outcome] of outcomes) {
    const known = byDevice.get(device);
    if (known === undefined || SEVERITY.indexOf(outcome.status) > SEVERITY.indexOf(known.status))
      byDevice.set(device, outcome);
  }
  return byDevice;
}
