// Who waits for which record to be on the disk.

interface Waiter {
  readonly sequence: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface WaitingList {
  readonly length: number;
  /** Everything up to this number is on the disk. */
  readonly done: number;
  /** After a failed fdatasync the kernel may have dropped the pages: nothing later can be promised. */
  readonly failure: Error | null;
  wait(sequence: number): Promise<void>;
  reached(sequence: number): void;
  fail(error: Error): void;
}

export function createWaitingList(from: number): WaitingList {
  let waiters: Waiter[] = [];
  let done = from;
  let failure: Error | null = null;
  return {
    get length() {
      return waiters.length;
    },
    get done() {
      return done;
    },
    get failure() {
      return failure;
    },
    wait: (sequence) => {
      if (failure !== null) return Promise.reject(failure);
      if (sequence <= done) return Promise.resolve();
      return new Promise((resolve, reject) => waiters.push({ sequence, resolve, reject }));
    },
    reached: (sequence) => {
      done = sequence;
      const ready = waiters.filter((each) => each.sequence <= done);
      waiters = waiters.filter((each) => each.sequence > done);
      for (const { resolve } of ready) resolve();
    },
    fail: (error) => {
      failure = error;
      for (const { reject } of waiters) reject(error);
      waiters = [];
    },
  };
}
