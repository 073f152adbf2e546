// What a process uses over time, read from the operating system now and then.

import { usageOf } from './resources.ts';

/** Reading costs files; a leak needs no finer look. */
const EVERY_BEATS = 3;

const MIB = 1_048_576;

export class Gauge {
  memoryBytes: number | null = null;
  /** Processors kept busy, 1 for one of them. */
  cpu: number | null = null;
  #beats = 0;
  #at = 0;
  #cpuSeconds = 0;

  /** Called at each beat. */
  read(pid: number, now: number): void {
    this.#beats += 1;
    if (this.#beats % EVERY_BEATS !== 1) return;
    const usage = usageOf(pid);
    if (usage === null) return;
    const seconds = (now - this.#at) / 1000;
    if (this.memoryBytes !== null && seconds > 0) this.cpu = Math.max(0, usage.cpuSeconds - this.#cpuSeconds) / seconds;
    this.memoryBytes = usage.memoryBytes;
    this.#cpuSeconds = usage.cpuSeconds;
    this.#at = now;
  }

  /** What is to be said where the process uses more than it may. */
  fault(limitMib: number): string | null {
    return (this.memoryBytes ?? 0) > limitMib * MIB ? `it used more than ${limitMib} MiB of memory` : null;
  }
}
