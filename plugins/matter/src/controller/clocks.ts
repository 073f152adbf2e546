// Keeps the clocks of nodes right that have one to be set: when they are heard anew, once a day, and when the home moves.

import type { PluginContext } from '@lintel/sdk';

import { CLOCK_EVERY_MS, CLOCKS_CHECKED_EVERY_MS, COMMAND_MS } from '../limits.ts';
import { clusterView } from '../mapping/table.ts';
import { fieldsOf, type Invocation } from '../mapping/types.ts';
import { tellSummers, tellTime, tellZone, TIME } from '../mapping/wall-clock.ts';
import { invoke } from './invoke.ts';
import type { Peer } from './peer.ts';
import { viewOf } from './views.ts';
import { within } from './within.ts';

interface Told {
  readonly at: number;
  readonly timeZone: string;
}

export class Clocks {
  readonly #ctx: PluginContext;
  readonly #peers: () => Iterable<Peer>;
  readonly #told = new WeakMap<Peer, Told>();

  constructor(ctx: PluginContext, peers: () => Iterable<Peer>) {
    this.#ctx = ctx;
    this.#peers = peers;
  }

  start(): void {
    void this.#watch();
  }

  async #watch(): Promise<void> {
    const { clock, signal } = this.#ctx;
    while (!signal.aborted) {
      await clock.sleep(CLOCKS_CHECKED_EVERY_MS, signal).catch(() => undefined);
      for (const peer of this.#peers()) if (!signal.aborted && peer.isOnline && this.#isDue(peer)) this.tell(peer);
    }
  }

  #isDue(peer: Peer): boolean {
    const told = this.#told.get(peer);
    if (told === undefined || told.timeZone !== this.#ctx.timeZone()) return true;
    const passed = this.#ctx.clock.now() - told.at;
    // Less than nothing: our own clock was put back, and what was told is wrong.
    return passed < 0 || passed >= CLOCK_EVERY_MS;
  }

  /** A node that has a better source of time than us refuses ours, as it may. */
  tell(peer: Peer): void {
    const view = viewOf(peer.node);
    if (!(TIME in view.clusters)) return;
    const [now, timeZone] = [this.#ctx.clock.now(), this.#ctx.timeZone()];
    this.#told.set(peer, { at: now, timeZone });
    const cluster = clusterView(TIME, view);
    const zone = tellZone(cluster, now, timeZone);
    void (async () => {
      await this.#say(peer, tellTime(now));
      const answer = zone === null ? null : await this.#say(peer, zone);
      if (fieldsOf(answer)['dstOffsetRequired'] === true) await this.#say(peer, tellSummers(cluster, now, timeZone));
    })();
  }

  #say(peer: Peer, action: Invocation): Promise<unknown> {
    const limit = AbortSignal.any([this.#ctx.signal, AbortSignal.timeout(COMMAND_MS)]);
    return within(invoke(peer, peer.node, action.cluster, action.invoke, action.args), limit).catch(() => null);
  }
}
