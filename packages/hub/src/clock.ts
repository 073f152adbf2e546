// Time, handed in. Nothing else in the hub reads the clock or arms a timer.

export interface Scheduler {
  /** Milliseconds since 1970, as the machine has them: they may be set, forth and back. */
  now(): number;
  /** Milliseconds since some instant, which no one sets: they only run on. */
  steady(): number;
  /** Calls `run` once, `ms` from now or later; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** Node's longest timer; a longer one would fire at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** The machine's own clock and timers. */
export const systemScheduler: Scheduler = {
  now: () => Date.now(),
  steady: () => performance.now(),
  after: (ms, run) => {
    const due = performance.now() + ms;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const left = due - performance.now();
      timer = setTimeout(left > TIMER_MS_MAX ? arm : run, Math.min(Math.max(left, 0), TIMER_MS_MAX));
    };
    arm();
    return () => clearTimeout(timer);
  },
};
