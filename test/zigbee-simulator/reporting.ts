// Reports as configured: not more often than the minimum interval, at least every maximum interval, and for a measured
// value only when it moved by the reportable change.

import type { VirtualCluster, VirtualDevice, VirtualEndpoint } from './device.ts';
import { isAnalog, type AttributeValue } from './zcl.ts';

export interface ReportingConfiguration {
  /** Seconds. */
  readonly minimum: number;
  /** Seconds; 0 means that only changes are reported. */
  readonly maximum: number;
  readonly change: number;
}

interface Entry extends ReportingConfiguration {
  readonly endpoint: VirtualEndpoint;
  readonly cluster: VirtualCluster;
  readonly attribute: string;
  reported: AttributeValue;
  reportedAt: number;
  cancelNext: () => void;
  cancelPeriodic: () => void;
}

const NEVER = 0xffff;

export class Reporter {
  readonly #device: VirtualDevice;
  readonly #entries = new Map<string, Entry>();
  /** Attributes that changed in this turn, so that one command gives one report. */
  readonly #due = new Set<Entry>();

  constructor(device: VirtualDevice) {
    this.#device = device;
  }

  configure(endpoint: VirtualEndpoint, cluster: VirtualCluster, attribute: string, to: ReportingConfiguration): void {
    const key = keyOf(endpoint, cluster, attribute);
    this.#drop(key);
    if (to.maximum === NEVER) return;
    const entry: Entry = {
      ...to,
      endpoint,
      cluster,
      attribute,
      reported: cluster.values.get(attribute)!,
      reportedAt: this.#device.timers.now(),
      cancelNext: () => undefined,
      cancelPeriodic: () => undefined,
    };
    this.#entries.set(key, entry);
    this.#armPeriodic(entry);
  }

  configuration(endpoint: VirtualEndpoint, cluster: VirtualCluster, attribute: string): ReportingConfiguration | null {
    return this.#entries.get(keyOf(endpoint, cluster, attribute)) ?? null;
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.#drop(key);
  }

  changed(endpoint: VirtualEndpoint, cluster: VirtualCluster, attribute: string): void {
    const entry = this.#entries.get(keyOf(endpoint, cluster, attribute));
    if (entry === undefined || !isWorthReporting(entry)) return;
    const { timers } = this.#device;
    const wait = entry.reportedAt + entry.minimum * 1000 - timers.now();
    entry.cancelNext();
    if (wait <= 0) this.#schedule(entry);
    else entry.cancelNext = timers.after(wait, () => isWorthReporting(entry) && this.#schedule(entry));
  }

  #schedule(entry: Entry): void {
    if (this.#due.size === 0) queueMicrotask(() => this.#flush());
    this.#due.add(entry);
  }

  #flush(): void {
    const byCluster = Map.groupBy(this.#due, (entry) => entry.cluster);
    this.#due.clear();
    for (const [cluster, entries] of byCluster) {
      const { endpoint } = entries[0]!;
      for (const entry of entries) this.#note(entry);
      const isBound = this.#device.bindings.some(
        (each) => each.endpoint === endpoint.id && each.cluster === cluster.id,
      );
      if (isBound)
        this.#device.sendReport(
          endpoint,
          cluster,
          entries.map((entry) => entry.attribute),
        );
    }
  }

  #note(entry: Entry): void {
    entry.reported = entry.cluster.values.get(entry.attribute)!;
    entry.reportedAt = this.#device.timers.now();
    this.#armPeriodic(entry);
  }

  #armPeriodic(entry: Entry): void {
    entry.cancelPeriodic();
    if (entry.maximum === 0) return;
    entry.cancelPeriodic = this.#device.timers.after(entry.maximum * 1000, () => this.#schedule(entry));
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    entry?.cancelNext();
    entry?.cancelPeriodic();
    this.#entries.delete(key);
  }
}

const keyOf = (endpoint: VirtualEndpoint, cluster: VirtualCluster, attribute: string): string =>
  `${endpoint.id}/${cluster.id}/${attribute}`;

function isWorthReporting(entry: Entry): boolean {
  const value = entry.cluster.values.get(entry.attribute)!;
  if (!isAnalog(entry.cluster.attributes[entry.attribute]!.type)) return value !== entry.reported;
  const moved = Math.abs(Number(value) - Number(entry.reported));
  return moved > 0 && moved >= entry.change;
}
