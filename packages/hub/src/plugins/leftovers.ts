// Plugin processes that outlived a killed hub would hold a radio's port. Each is recorded with its start time, which tells
// it from a later process of the same number, and ended with its group before anything else starts.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { isObject } from '@lintel/sdk/host';

import { endGroup, membersOf } from './groups.ts';
import { startTimeOf } from './resources.ts';

/** A wrapper forks within moments of its own start. */
const STARTED_TOGETHER_TICKS = 1_000;

export class Leftovers {
  readonly #file: string;
  readonly #running = new Map<number, string>();

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  /** Ends what an earlier hub left behind; answers how many there were. */
  endAll(): number {
    const ours = this.#read().filter(([pid, started]) => isOurs(pid, started));
    for (const [pid] of ours) endGroup(pid);
    this.#write();
    return ours.length;
  }

  add(pid: number): void {
    const started = startTimeOf(pid);
    if (started === null) return;
    this.#running.set(pid, started);
    this.#write();
  }

  remove(pid: number): void {
    if (this.#running.delete(pid)) this.#write();
  }

  #read(): [number, string][] {
    try {
      const raw: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
      return isObject(raw) ? Object.entries(raw).map(([pid, started]) => [Number(pid), String(started)]) : [];
    } catch {
      return [];
    }
  }

  /** A disk that takes nothing more is complained of elsewhere, and stops no plugin: only a kill then leaves one unrecorded. */
  #write(): void {
    const next = `${this.#file}.next`;
    try {
      writeFileSync(next, JSON.stringify(Object.fromEntries(this.#running)));
      renameSync(next, this.#file);
    } catch {
      // What ran before stays recorded; a process that is gone is told by its start time.
    }
  }
}

/** The recorded process itself, or, where that is gone, what it had started at once. */
function isOurs(pid: number, started: string): boolean {
  const present = startTimeOf(pid);
  if (present !== null) return present === started;
  const latest = Number(started) + STARTED_TOGETHER_TICKS;
  return membersOf(pid).some((member) => Number(startTimeOf(member) ?? Infinity) <= latest);
}
