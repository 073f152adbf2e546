// Whether devices are there: anything heard says yes, silence asks, and no answer twice is away. Subscriptions alone would
// take a minute to notice. A device that sleeps by design is not asked: it hears no one until it wakes, and would not sleep
// long. Its subscription says how often it is to be heard, and runs out where it is not.

import { Read, type ClientInteraction } from '@matter/main/protocol';
import { ThreadNetworkDiagnostics } from '@matter/main/clusters/thread-network-diagnostics';
import { AttributeId, ClusterId, EndpointNumber } from '@matter/main/types';

import type { PluginContext } from '@lintel/sdk';

import { ANSWER_MS, ASK_AFTER_MS, ASK_EVERY_MS, RETRY_AWAY_MS, SLEEPER_AWAY_MS } from '../limits.ts';
import { fieldsOf } from '../mapping/types.ts';
import type { Peer } from './peer.ts';
import { within } from './within.ts';

/** The vendor's id, in the basic information of the node: it is short and never changes. */
const VENDOR_ID = { endpointId: EndpointNumber(0), clusterId: ClusterId(0x28), attributeId: AttributeId(2) };
const QUESTION = Read({ attributes: [VENDOR_ID] });

export class Availability {
  readonly #ctx: PluginContext;
  readonly #peers: () => Iterable<Peer>;
  readonly #asking = new Set<Peer>();

  constructor(ctx: PluginContext, peers: () => Iterable<Peer>) {
    this.#ctx = ctx;
    this.#peers = peers;
  }

  start(): void {
    void this.#watch();
  }

  /** Something of the device arrived. */
  heard(peer: Peer): void {
    peer.heardAt = this.#ctx.clock.now();
    peer.lostAt = null;
    if (!peer.isOnline || peer.isStale || !peer.isHeard) peer.back();
  }

  /** It answers, yet its subscription said nothing. */
  answered(peer: Peer): void {
    const wasSilent = !peer.isOnline || peer.isStale;
    this.heard(peer);
    if (wasSilent && !sleeps(peer)) peer.subscribeAnew();
  }

  /** A command had no answer: asks at once. */
  check(peer: Peer): void {
    if (!sleeps(peer) && !this.#asking.has(peer)) void this.#ask(peer);
  }

  /** Its subscription ran out: a sleeping device was not heard when it had to be. */
  lost(peer: Peer): void {
    if (!sleeps(peer) || !peer.isHeard) return;
    peer.stale();
    peer.lostAt ??= this.#ctx.clock.now();
  }

  /** Asks the device, and says whether it answers. */
  answers(peer: Peer): Promise<boolean> {
    return this.#question(peer).then(
      () => true,
      () => false,
    );
  }

  async #watch(): Promise<void> {
    const { clock, signal } = this.#ctx;
    while (!signal.aborted) {
      await clock.sleep(ASK_EVERY_MS, signal).catch(() => undefined);
      const now = clock.now();
      for (const peer of this.#peers()) {
        peer.settle(now);
        const isGone = peer.lostAt !== null && Math.abs(now - peer.lostAt) > SLEEPER_AWAY_MS;
        if (isGone && peer.isOnline) peer.away();
        // The clock was put back: what was heard by the old one would count as news for as long.
        if (peer.heardAt > now) peer.heardAt = now;
        const patience = peer.isOnline ? ASK_AFTER_MS : RETRY_AWAY_MS;
        if (!signal.aborted && !sleeps(peer) && now - peer.heardAt > patience) this.check(peer);
      }
    }
  }

  async #ask(peer: Peer): Promise<void> {
    this.#asking.add(peer);
    try {
      await this.#question(peer);
      this.answered(peer);
    } catch {
      if (this.#ctx.signal.aborted) return;
      // The second time in a row it is away.
      if (peer.isStale && peer.isOnline) peer.away();
      peer.stale();
    } finally {
      this.#asking.delete(peer);
    }
  }

  async #question(peer: Peer): Promise<void> {
    const limit = AbortSignal.any([AbortSignal.timeout(ANSWER_MS), this.#ctx.signal]);
    const answer = (async () => {
      for await (const _chunk of (peer.node.interaction as ClientInteraction).read(QUESTION)) void _chunk;
    })();
    await within(answer, limit);
  }
}

const { SleepyEndDevice } = ThreadNetworkDiagnostics.RoutingRole;

/** Whether it is awake only now and then: an intermittently connected device, or one that has a router of Thread listen for it. */
export function sleeps({ node }: Peer): boolean {
  if (node.maybeStateOf('icdManagement') !== undefined) return true;
  return fieldsOf(node.maybeStateOf('threadNetworkDiagnostics'))['routingRole'] === SleepyEndDevice;
}
