// Carries parcels to plugins as soon as their lanes and the plugin let them, and brings the outcomes back.

import { pluginOf, type DeviceId, type Outcome } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import { createLanes, type Parcel } from './lanes.ts';

/** The plugin host as the courier needs it. */
export interface Carrier {
  /** Whether commands can be handed over now; not while the plugin starts or its radio is away. */
  ready(plugin: string): boolean;
  /** Hands parcels over; `decided` is called once for each as its outcome comes. */
  send(plugin: string, parcels: readonly Parcel[], decided: (parcel: Parcel, outcome: Outcome) => void): void;
}

export interface Courier {
  take(parcels: readonly Parcel[]): void;
  /** Sends what may go out by now. */
  pump(): void;
  close(): void;
}

const SWEEP_MS = 250;

export function createCourier(carrier: Carrier, scheduler: Scheduler): Courier {
  const lanes = createLanes();
  let cancelSweep: (() => void) | null = null;
  let closed = false;

  const sweep = (): void => {
    cancelSweep = null;
    pump();
  };

  const pump = (): void => {
    if (closed) return;
    lanes.expire(scheduler.now());
    const taken = lanes.take(scheduler.now(), (device) => carrier.ready(pluginOf(device as DeviceId)));
    const allowed = taken.filter((parcel) => !isRefused(parcel));
    const byPlugin = Map.groupBy(allowed, (parcel) => pluginOf(parcel.device as DeviceId));
    for (const [plugin, parcels] of byPlugin) carrier.send(plugin, parcels, decided);
    if (lanes.waiting && cancelSweep === null) cancelSweep = scheduler.after(SWEEP_MS, sweep);
  };

  const isRefused = (parcel: Parcel): boolean => {
    const refusal = parcel.mayNot();
    if (refusal === null) return false;
    lanes.done(parcel);
    parcel.settle(refusal);
    return true;
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

  return {
    take: (parcels) => {
      for (const parcel of parcels) lanes.add(parcel);
      pump();
    },
    pump,
    close: () => {
      closed = true;
      cancelSweep?.();
    },
  };
}

/** The plugin says that its radio went away before anything was sent. */
const isUnsent = (outcome: Outcome): boolean => outcome.error?.code === 'CONNECTION_FAILED';
