// Snapshots for those who join. One is costly in a large home, so it is kept for a moment with the changes that came after it:
// when a thousand pages come back at once, they share its bytes.

import type { Change, Hub, Scheduler } from '@lintel/hub';
import { isAtLeast, type Identity } from '../authorize.ts';
import { SNAPSHOT_KEPT_BYTES_MAX, SNAPSHOT_KEPT_MS_MAX } from '../limits.ts';
import { snapshotOf } from './frames.ts';

export interface Missed {
  readonly change: Change;
  readonly bytes: Buffer;
}

/** The snapshot frame in two parts: the first is the same bytes for all callers of one view, the second says who asks. */
export interface Joining {
  readonly head: Buffer;
  readonly tail: Buffer;
  /** The changes since, in order, up to the newest. */
  readonly missed: readonly Missed[];
}

interface Kept {
  readonly head: Buffer;
  readonly madeAt: number;
  readonly missed: Missed[];
  bytes: number;
}

/** Everyone without a grant sees one of these. */
type View = 'admin' | 'resident';

export class Snapshots {
  readonly #hub: Hub;
  readonly #clock: Scheduler;
  readonly #kept = new Map<View, Kept>();

  constructor(hub: Hub, clock: Scheduler) {
    this.#hub = hub;
    this.#clock = clock;
  }

  /** Every change of the home, in its tick. */
  record(change: Change, frame: () => Buffer): void {
    for (const [view, kept] of this.#kept) {
      const bytes = frame();
      kept.bytes += bytes.length;
      if (kept.bytes > SNAPSHOT_KEPT_BYTES_MAX || this.#isOld(kept)) this.#kept.delete(view);
      else kept.missed.push({ change, bytes });
    }
  }

  /** What a caller needs to be as of now. */
  join(identity: Identity): Joining {
    const { id, name } = identity.user;
    const rest = identity.kind === 'session' ? { user: { id, name, role: identity.role } } : {};
    const text = JSON.stringify(rest).slice(1);
    const tail = Buffer.from(text === '}' ? text : `,${text}`);
    if (identity.grant !== null) return { head: this.#make(identity), tail, missed: [] };
    const { head, missed } = this.#shared(identity);
    return { head, tail, missed: [...missed] };
  }

  #shared(identity: Identity): Kept {
    const view = isAtLeast(identity, 'admin') ? 'admin' : 'resident';
    const known = this.#kept.get(view);
    if (known !== undefined && !this.#isOld(known)) return known;
    const kept: Kept = { head: this.#make(identity), madeAt: this.#clock.now(), missed: [], bytes: 0 };
    this.#kept.set(view, kept);
    return kept;
  }

  #isOld({ madeAt }: Kept): boolean {
    const age = this.#clock.now() - madeAt;
    return age > SNAPSHOT_KEPT_MS_MAX || age < 0;
  }

  #make(identity: Identity): Buffer {
    const { sequence } = this.#hub.live;
    const text = JSON.stringify({ type: 'snapshot', sequence, ...snapshotOf(this.#hub.snapshot(), identity) });
    return Buffer.from(text.slice(0, -1));
  }
}
