// Commands on their way to a plugin: each has its outcome by its own deadline, whatever the plugin does.

import type { Outcome } from '@lintel/model';
import type { CommandRequest } from '@lintel/sdk';
import type { JsonObject } from '@lintel/sdk/host';

import type { Scheduler } from '../clock.ts';

const TIMEOUT: Outcome = {
  status: 'timeout',
  error: { code: 'TIMEOUT', detail: 'the device did not confirm in time: check that it has power and is in reach' },
};

interface Batch {
  readonly outcomes: (Outcome | undefined)[];
  readonly decided: (at: number, outcome: Outcome) => void;
  readonly resolve: (outcomes: Outcome[]) => void;
  readonly cancels: readonly (() => void)[];
  open: number;
}

export class Batches {
  readonly #scheduler: Scheduler;
  readonly #batches = new Map<number, Batch>();
  #last = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  open(
    commands: readonly CommandRequest[],
    decided: (at: number, outcome: Outcome) => void,
  ): { number: number; done: Promise<Outcome[]> } {
    const number = (this.#last += 1);
    const { promise: done, resolve } = Promise.withResolvers<Outcome[]>();
    const outcomes = commands.map(() => undefined);
    const cancels = this.#armDeadlines(number, commands);
    this.#batches.set(number, { outcomes, decided, resolve, cancels, open: commands.length });
    if (commands.length === 0) this.#close(number, []);
    return { number, done };
  }

  /** One timer for all commands that share a deadline. */
  #armDeadlines(number: number, commands: readonly CommandRequest[]): (() => void)[] {
    const [first, ...others] = commands;
    if (first !== undefined && others.length === 0)
      return [this.#scheduler.after(first.deadline, () => this.#set(number, 0, TIMEOUT))];
    const byDeadline = Map.groupBy(commands.keys(), (at) => commands[at]!.deadline);
    return [...byDeadline].map(([deadline, indexes]) =>
      this.#scheduler.after(deadline, () => indexes.forEach((at) => this.#set(number, at, TIMEOUT))),
    );
  }

  /** Takes a plugin's word on one command; on one that was decided before, or never sent, it is passed over. */
  decide(message: JsonObject, read: (raw: unknown) => Outcome): void {
    const { batch, at, outcome } = message;
    if (typeof batch === 'number' && typeof at === 'number' && this.#batches.has(batch))
      this.#set(batch, at, read(outcome));
  }

  failAll(why: string): void {
    const outcome: Outcome = { status: 'failed', error: { code: 'PLUGIN_FAILED', detail: why } };
    for (const [number, { outcomes }] of this.#batches)
      for (const at of outcomes.keys()) this.#set(number, at, outcome);
  }

  #set(number: number, at: number, outcome: Outcome): void {
    const batch = this.#batches.get(number);
    if (batch === undefined || !(at in batch.outcomes) || batch.outcomes[at] !== undefined) return;
    batch.outcomes[at] = outcome;
    batch.open -= 1;
    batch.decided(at, outcome);
    if (batch.open === 0) this.#close(number, batch.outcomes as Outcome[]);
  }

  #close(number: number, outcomes: Outcome[]): void {
    const batch = this.#batches.get(number)!;
    this.#batches.delete(number);
    for (const cancel of batch.cancels) cancel();
    batch.resolve(outcomes);
  }
}
