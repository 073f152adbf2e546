// From commands to plugins: resolves targets, journals what is sent and what became of it.

import { HubError, pluginOf, type DeviceId, type Origin, type Outcome } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import type { Delivery, Input, JournalRecord } from '../journal/records.ts';
import { COMMAND_DEADLINE_LAN_MS, COMMAND_DEADLINE_MS } from '../limits.ts';
import { authorRefusal } from '../state/authors.ts';
import type { CoreCommand } from '../state/core.ts';
import type { Parts } from '../state/parts.ts';
import type { PendingCommand } from '../state/pending.ts';
import { checkDeliveries } from './check-value.ts';
import { createTurns } from './turns.ts';
import { isDangerous, lifetimeOf, resolveCoreCommand } from './core-commands.ts';
import { createCourier, type Carrier } from './courier.ts';
import type { Parcel } from './lanes.ts';

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
    revertAfter?: number,
  ): Promise<ReadonlyMap<string, Outcome>>;
  /** A plugin came up or went down: what waited for it may go out. */
  pump(): void;
  close(): void;
}

interface Shipment {
  readonly id: string;
  readonly deliveries: readonly Delivery[];
  readonly origin: Origin;
  readonly cause: number;
  /** After so many milliseconds the devices go back to what they were. */
  readonly revertAfter?: number | undefined;
  readonly expiresAt: (delivery: Delivery) => number;
  /** Why it may not go out any more, asked when it would. */
  readonly mayNot?: () => Outcome | null;
  readonly onOutcome: (device: string, outcome: Outcome) => void;
}

export function createOutbox({ parts, scheduler, carrier, submit, synced }: OutboxOptions): Outbox {
  const courier = createCourier(carrier, scheduler);
  const turns = createTurns(scheduler);

  const parcelOf = (shipment: Shipment, delivery: Delivery): Parcel => ({
    command: shipment.id,
    device: delivery.device,
    body: delivery.command,
    expiresAt: shipment.expiresAt(delivery),
    deadlineMs: deadlineOf(delivery.device),
    mayNot: shipment.mayNot ?? (() => null),
    settle: (outcome) => {
      const { id, origin, cause } = shipment;
      submit({ kind: 'outcome', body: { command: id, device: delivery.device, ...outcome } }, origin, cause);
      shipment.onOutcome(delivery.device, outcome.status === 'expired' ? PLUGIN_AWAY : outcome);
    },
  });

  /** Journals the hand-over, then sends at once, or after the sync where being late is better than being forgotten. */
  const ship = (shipment: Shipment): void => {
    const { id, deliveries, origin, cause, revertAfter } = shipment;
    const body = { command: id, deliveries, ...(revertAfter !== undefined && { for: revertAfter }) };
    const { sequence } = submit({ kind: 'sent', body }, origin, cause);
    const parcels = deliveries.map((delivery) => parcelOf(shipment, delivery));
    if (!deliveries.some((each) => isDangerous(parts.registry, each))) return courier.take(parcels);
    synced(sequence).then(
      () => courier.take(parcels),
      () => parcels.forEach((parcel) => parcel.settle(NOT_WRITTEN)),
    );
  };

  const dispatch = ({ id, origin, cause, emittedAt, command, deliveries: owed }: PendingCommand): void => {
    const mayNot = (): Outcome | null => authorRefusal(parts, command);
    const deliveries = owed ?? (mayNot() === null ? resolveCoreCommand(parts, command) : []);
    const refusal = owed === null ? (mayNot() ?? refusalOf(parts, command, deliveries)) : null;
    if (refusal !== null) {
      submit({ kind: 'outcome', body: { command: id, device: '', ...refusal } }, origin, cause);
      return;
    }
    const expiresAt = (delivery: Delivery): number => emittedAt + lifetimeOf(parts.registry, delivery);
    const revertAfter = command.kind === 'set' ? command.for : undefined;
    ship({ id, deliveries, origin, cause, revertAfter, expiresAt, mayNot, onOutcome: () => {} });
  };

  const send: Outbox['send'] = (id, deliveries, origin, cause, revertAfter) => {
    if (deliveries.length === 0) return Promise.resolve(new Map());
    const outcomes = new Map<string, Outcome>();
    const all = Promise.withResolvers<ReadonlyMap<string, Outcome>>();
    const expiresAt = (delivery: Delivery): number => scheduler.now() + deadlineOf(delivery.device);
    let left = deliveries.length;
    const onOutcome = (device: string, outcome: Outcome): void => {
      outcomes.set(device, worse(outcomes.get(device), outcome));
      if (--left === 0) all.resolve(outcomes);
    };
    turns.take([() => ship({ id, deliveries, origin, cause, revertAfter, expiresAt, onOutcome })]);
    return all.promise;
  };

  return {
    dispatch: (commands) => turns.take(commands.map((command) => () => dispatch(command))),
    send,
    pump: courier.pump,
    close: () => {
      turns.close();
      courier.close();
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
const NOT_WRITTEN: Outcome = {
  status: 'failed',
  error: { code: 'STORAGE_FAILED', detail: 'The hub could not write to its disk, and did not send the command.' },
};

function refusalOf({ registry }: Parts, { kind }: CoreCommand, deliveries: readonly Delivery[]): Outcome | null {
  if (deliveries.length === 0) return NOTHING_REACHED;
  if (kind !== 'set') return null;
  try {
    checkDeliveries(registry, deliveries);
    return null;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return { status: 'failed', error: { code: error.code, detail: error.message } };
  }
}

const LAN_PLUGINS: ReadonlySet<string> = new Set(['matter', 'lighting']);
const deadlineOf = (device: string): number =>
  LAN_PLUGINS.has(pluginOf(device as DeviceId)) ? COMMAND_DEADLINE_LAN_MS : COMMAND_DEADLINE_MS;

const SEVERITY: readonly Outcome['status'][] = ['done', 'superseded', 'failed', 'timeout', 'offline'];

/** One outcome a device: the worst of its endpoints'. */
function worse(known: Outcome | undefined, next: Outcome): Outcome {
  return known === undefined || SEVERITY.indexOf(next.status) > SEVERITY.indexOf(known.status) ? next : known;
}
