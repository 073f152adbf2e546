// The commands of one device, one after the other. Of those that wait, only the newest for each property is sent.

import type { DeviceCommand } from '@lintel/model';

import { PluginError } from './plugin.ts';

interface Entry {
  command: DeviceCommand;
  readonly superseded: AbortController;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  /** Listens to `signal`, which is kept alive by that. */
  readonly giveUp: () => void;
  /** Nothing of it has reached the device yet. */
  isWaiting: boolean;
  /** How it is sent the first time, where that is not as usual. */
  first: Perform | null;
}

type Perform = (command: DeviceCommand, signal: AbortSignal) => Promise<void>;

/**
 * How a lane sends.
 * @example const options: LaneOptions = { perform: (command) => tell(lamp, command) };
 */
export interface LaneOptions {
  /** Sends the command's frames, once. */
  readonly perform: Perform;
  /** Resolves when it makes sense to try again after `error`, such as when a sleeping device wakes; throws where it does not. Default: it never does. */
  recover?(error: unknown, command: DeviceCommand, signal: AbortSignal): Promise<void>;
}

const superseded = (): PluginError => new PluginError('SUPERSEDED', 'a newer command took its place');

/**
 * @example
 * const lane = new Lane({ perform: (command, signal) => tell(lamp, command, signal) });
 * await lane.submit({ set: { 'onOff.on': true } }, signal);
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #entries: Entry[] = [];
  #isRunning = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Resolves when the device has confirmed; rejects with its failure, or `signal`'s reason at the end of its time. */
  submit(command: DeviceCommand, signal: AbortSignal, first: Perform | null = null): Promise<void> {
    for (const entry of this.#entries) if (entry.isWaiting) this.#overtake(entry, command);
    return new Promise((resolve, reject) => {
      const newer = new AbortController();
      const entry: Entry = {
        command,
        superseded: newer,
        signal: AbortSignal.any([signal, newer.signal]),
        resolve,
        reject,
        giveUp: () => reject(entry.signal.reason),
        isWaiting: true,
        first,
      };
      entry.signal.addEventListener('abort', entry.giveUp, { once: true });
      this.#entries.push(entry);
      if (!this.#isRunning) void this.#run();
    });
  }

  /** Takes from a waiting command what a newer one sets; with nothing left it is superseded. */
  #overtake(entry: Entry, by: DeviceCommand): void {
    if (!('set' in entry.command) || !('set' in by) || entry.command.endpoint !== by.endpoint) return;
    const rest = Object.entries(entry.command.set).filter(([key]) => !(key in by.set));
    if (rest.length > 0) entry.command = { ...entry.command, set: Object.fromEntries(rest) };
    else entry.superseded.abort(superseded());
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      await this.#runOne(entry);
      this.#entries.splice(this.#entries.indexOf(entry), 1);
    }
    this.#isRunning = false;
  }

  async #runOne(entry: Entry): Promise<void> {
    try {
      while (!(await this.#attempt(entry)));
      entry.resolve();
    } catch (error) {
      entry.reject(error);
    } finally {
      entry.signal.removeEventListener('abort', entry.giveUp);
    }
  }

  /** Whether it is done; false where it is to be tried again. */
  async #attempt(entry: Entry): Promise<boolean> {
    entry.signal.throwIfAborted();
    entry.isWaiting = false;
    try {
      const perform = entry.first ?? this.#options.perform;
      entry.first = null;
      await perform(entry.command, entry.signal);
      return true;
    } catch (error) {
      entry.signal.throwIfAborted();
      if (this.#options.recover === undefined) throw error;
      entry.isWaiting = true;
      await this.#options.recover(error, entry.command, entry.signal);
      return false;
    }
  }
}
