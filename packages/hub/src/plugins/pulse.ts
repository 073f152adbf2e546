// Whether a process is alive, told by its answers to heartbeats. Beats are counted, not time: a hub that was asleep itself, or
// a clock that jumped, ends no plugin.

import { HEARTBEAT_INTERVAL_MS, LOADING_SILENCE_MAX_MS, SETUP_MAX_MS, SILENCE_MAX_MS } from './limits.ts';

const SILENT_BEATS_MAX = SILENCE_MAX_MS / HEARTBEAT_INTERVAL_MS;
/** Loading a large library keeps a process from answering, on a slow machine for long. */
const SILENT_BEATS_WHILE_LOADING_MAX = LOADING_SILENCE_MAX_MS / HEARTBEAT_INTERVAL_MS;
const SETUP_BEATS_MAX = SETUP_MAX_MS / HEARTBEAT_INTERVAL_MS;

export class Pulse {
  /** The number of the last beat that was sent. */
  beat = 0;
  #silent = 0;
  #isSettingUp = true;

  /** `setup` is through. */
  started(): void {
    this.#isSettingUp = false;
    this.#silent = 0;
  }

  /**
   * Called at each beat before it is sent; answers what is wrong, or null.
   * @param answered the number of the last beat that was answered
   * @param isHeldUp whether the process is not being read just now, so that its silence says nothing
   * @param isPairing whether it takes in a new device: building up one of many parts is loading too
   */
  check(answered: number, isHeldUp: boolean, isPairing = false): string | null {
    this.#silent = answered === this.beat || isHeldUp ? 0 : this.#silent + 1;
    const max = this.#isSettingUp || isPairing ? SILENT_BEATS_WHILE_LOADING_MAX : SILENT_BEATS_MAX;
    if (this.#silent >= max) return `it hung: no heartbeat for ${(max * HEARTBEAT_INTERVAL_MS) / 1000} s`;
    if (this.#isSettingUp && this.beat >= SETUP_BEATS_MAX) return `its setup took more than ${SETUP_MAX_MS / 1000} s`;
    this.beat += 1;
    return null;
  }
}
