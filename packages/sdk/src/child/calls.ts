// Questions that cross the boundary and are answered later.

import { PluginError } from '../plugin.ts';
import type { PluginErrorCode } from '../plugin.ts';
import type { Answer } from '../wire.ts';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Calls {
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  /** Registers a question; `ask` is handed its number. */
  open(ask: (call: number) => void): Promise<unknown> {
    const call = (this.#last += 1);
    return new Promise((resolve, reject) => {
      this.#pending.set(call, { resolve, reject });
      ask(call);
    });
  }

  /** Takes an answer in; one to a question never asked, or answered before, is passed over. */
  settle(answer: Answer): void {
    const pending = this.#pending.get(answer.call);
    this.#pending.delete(answer.call);
    if (pending === undefined) return;
    if (!('error' in answer)) return pending.resolve(answer.value);
    const { code, detail, pointer } = answer.error;
    pending.reject(new PluginError(code as PluginErrorCode, detail, pointer));
  }

  /** The other side is gone. */
  failAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
