// Snapshots for those who join, and the changes since. A snapshot is costly in a large home, so it is kept for a moment: when a
// thousand pages come back at once, they share its bytes. A page that fetched one over HTTP joins with its number alone.

import type { Change, Hub, Scheduler } from '@lintel/hub';
import { accountOf, isAtLeast, type Identity } from '../authorize.ts';
import { CHANGES_KEPT_BYTES_MAX, CHANGES_KEPT_MS_MAX, SNAPSHOT_KEPT_MS_MAX } from '../limits.ts';
import { snapshotOf } from './frames.ts';

export interface Missed {
  readonly change: Change;
  readonly bytes: Buffer;
}

/** The first frame in two parts: the first is the same bytes for all callers of one view, the second says who asks. */
export interface Joining {
  readonly head: Buffer;
  readonly tail: Buffer;
  /** The changes since, in order, up to the newest. */
  readonly missed: readonly Missed[];
}

interface Kept {
  readonly head: Buffer;
  readonly sequence: number;
  readonly madeAt: number;
}

/** Everyone without a grant sees one of these. */
type View = 'admin' | 'resident';

export class Snapshots {
  readonly #hub: Hub;
  readonly #clock: Scheduler;
  readonly #kept = new Map<View, Kept>();
  /** The newest changes, without a gap, for as long as somebody may come for them. */
  #recent: Missed[] = [];
  #recentBytes = 0;
  /** The change before the oldest of `#recent`, or null while none are kept. */
  #before: number | null = null;
  #wantedAt = 0;

  constructor(hub: Hub, clock: Scheduler) {
    this.#hub = hub;
    this.#clock = clock;
  }

  /** Every change of the home, in its tick. */
  record(change: Change, frame: () => Buffer): void {
    if (this.#before === null) return;
    if (!this.#isWithin(this.#wantedAt, CHANGES_KEPT_MS_MAX)) return this.#forget();
    const bytes = frame();
    this.#recent.push({ change, bytes });
    this.#recentBytes += bytes.length;
    if (this.#recentBytes > CHANGES_KEPT_BYTES_MAX) this.#forgetOldest();
  }

  /**
   * What a caller needs to be as of now: a `joined` frame and the changes after `since` where these are all still known and
   * the caller sees the whole home, else a snapshot.
   */
  join(identity: Identity, since: number | null): Joining {
    const missed = since === null || identity.grant !== null ? null : this.#after(since);
    if (missed === null) return this.snapshot(identity);
    return { head: Buffer.from(`{"type":"joined","sequence":${since}`), tail: Buffer.from('}'), missed };
  }

  /** The whole home as the caller may see it. */
  snapshot(identity: Identity): Joining {
    const rest = identity.kind === 'session' ? { user: accountOf(identity) } : {};
    const text = JSON.stringify(rest).slice(1);
    const tail = Buffer.from(text === '}' ? text : `,${text}`);
    if (identity.grant !== null) return { head: this.#make(identity), tail, missed: [] };
    const { head, sequence } = this.#shared(identity);
    return { head, tail, missed: this.#after(sequence)! };
  }

  /** The changes after a number, or null where some are no longer known, or it is not a number of this hub's. */
  #after(sequence: number): readonly Missed[] | null {
    if (this.#before === null || sequence < this.#before || sequence > this.#hub.live.sequence) return null;
    const first = this.#recent.findIndex(({ change }) => change.sequence > sequence);
    return first === -1 ? [] : this.#recent.slice(first);
  }

  #shared(identity: Identity): Kept {
    const view = isAtLeast(identity, 'admin') ? 'admin' : 'resident';
    this.#wantedAt = this.#clock.now();
    this.#before ??= this.#hub.live.sequence;
    const known = this.#kept.get(view);
    if (known !== undefined && known.sequence >= this.#before && this.#isWithin(known.madeAt, SNAPSHOT_KEPT_MS_MAX))
      return known;
    const { sequence } = this.#hub.live;
    const kept: Kept = { head: this.#make(identity), sequence, madeAt: this.#clock.now() };
    this.#kept.set(view, kept);
    return kept;
  }

  #forget(): void {
    this.#kept.clear();
    this.#recent = [];
    this.#recentBytes = 0;
    this.#before = null;
  }

  #forgetOldest(): void {
    const gone = this.#recent.splice(0, Math.ceil(this.#recent.length / 2));
    for (const { bytes } of gone) this.#recentBytes -= bytes.length;
    this.#before = gone.at(-1)!.change.sequence;
  }

  #isWithin(at: number, ms: number): boolean {
    const age = this.#clock.now() - at;
    return age <= ms && age >= 0;
  }

  #make(identity: Identity): Buffer {
    const { sequence } = this.#hub.live;
    const text = JSON.stringify({ type: 'snapshot', sequence, ...snapshotOf(this.#hub.snapshot(), identity) });
    return Buffer.from(text.slice(0, -1));
  }
}
