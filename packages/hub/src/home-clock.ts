// The home's own time. It follows the machine's clock as long as that can be believed, and never goes back: what a clock that was
// set back would live through again has happened already. Where the machine's clock stands before what the home has seen, as on a
// board without a battery before it reached a time server, the home's time runs on from there by itself.

import type { Scheduler } from './clock.ts';
import { CLOCK_EARLIEST_AT, CLOCK_SLOWED, CLOCK_STEP_MS } from './limits.ts';

/**
 * - `follows`: the machine's clock is right as far as anyone can tell.
 * - `alone`: it was set back while the hub ran; the home goes on by itself, and its times of day with it.
 * - `lost`: it was behind from the start, so that no one knows how long the hub was down: times of day are not acted on.
 */
export type ClockState = 'follows' | 'alone' | 'lost';

export interface HomeClock extends Scheduler {
  /** The home's time; never less than before. */
  now(): number;
  readonly state: ClockState;
  /** How far the machine's clock is ahead of the home's time, in milliseconds; less than 0 where it is behind. */
  readonly ahead: number;
  /** Since when the clock cannot be believed, in the home's time; null while it can. */
  readonly since: number | null;
  /** The home has seen this instant before the hub started. Said before time is asked for. */
  reached(at: number): void;
  /** Whether the home's time leapt over a stretch that was not lived through since this was last asked. */
  leapt(): boolean;
  /** Someone says that the machine's clock is right: the home's time is set to it, even back. Answers what it is then. */
  believe(): number;
}

export function createHomeClock(machine: Scheduler): HomeClock {
  let home = -Infinity;
  let seen = machine.steady();
  let state: ClockState = 'follows';
  let since: number | null = null;
  let leapt = false;

  const become = (next: ClockState): void => {
    since = next === 'follows' ? null : home;
    state = next;
  };

  const begin = (wall: number): void => {
    home = Math.max(wall, CLOCK_EARLIEST_AT);
    if (wall < home) become('lost');
  };

  const advance = (): void => {
    const wall = machine.now();
    const steady = machine.steady();
    const passed = Math.max(0, steady - seen);
    seen = steady;
    if (home === -Infinity) return begin(wall);
    const ahead = wall - (home + passed);
    if (state === 'follows' && ahead < -CLOCK_STEP_MS) become('alone');
    if (state !== 'follows' && ahead >= -CLOCK_STEP_MS) become('follows');
    if (state === 'follows' && ahead > CLOCK_STEP_MS) leapt = true;
    home = state === 'follows' ? Math.max(wall, home + passed * CLOCK_SLOWED) : home + passed;
  };

  const now = (): number => {
    advance();
    return Math.floor(home);
  };

  return {
    now,
    steady: machine.steady,
    after: machine.after,
    get state() {
      advance();
      return state;
    },
    get ahead() {
      return machine.now() - now();
    },
    get since() {
      return since;
    },
    reached: (at) => {
      const wall = machine.now();
      seen = machine.steady();
      home = Math.max(at, wall, CLOCK_EARLIEST_AT);
      if (wall < home - CLOCK_STEP_MS) become('lost');
    },
    leapt: () => {
      advance();
      const told = leapt;
      leapt = false;
      return told;
    },
    believe: () => {
      home = machine.now();
      seen = machine.steady();
      state = 'follows';
      since = null;
      leapt = false;
      return home;
    },
  };
}

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** What is wrong with the clock, in words for the owner; null while nothing is. */
export function clockTrouble(clock: HomeClock): string | null {
  const { state, ahead } = clock;
  if (state === 'follows') return null;
  const now = clock.now();
  const stands = `The clock of this machine says ${minute(now + ahead)} UTC, but the home has already seen ${minute(now)} UTC.`;
  if (state === 'alone') return `${stands} It was set back; the home goes on by its own time.`;
  return `${stands} Until it is right, automations do not act on times of day; waits go on.`;
}
