// One socket: who it is, what it may hear, and how far it has kept up. What it has not taken yet is bounded; a client that
// falls behind hears nothing more until it has caught up, and then joins anew by a snapshot.

import type { Change, Scheduler } from '@lintel/hub';
import type { Device } from '@lintel/model';
import type { Topic } from '@lintel/protocol';
import type { WebSocket } from 'ws';
import { maySee, maySeeRoom, type Identity } from '../authorize.ts';
import {
  COMPRESSED_BYTES_MIN,
  LIVE_BEHIND_MS_MAX,
  LIVE_CLOSE_MS,
  LIVE_SNAPSHOT_MS_MAX,
  LIVE_WAITING_BYTES_MAX,
} from '../limits.ts';
import { goneFrame, mayHear } from './frames.ts';
import type { Snapshots } from './snapshots.ts';

export const POLICY = 1008;
export const GOING_AWAY = 1001;
export const PROTOCOL = 1002;

const RESYNC = Buffer.from('{"type":"resync"}');

type State = 'stranger' | 'live' | 'behind' | 'closed';

export class Client {
  readonly #socket: WebSocket;
  readonly #clock: Scheduler;
  readonly #snapshots: Snapshots;
  #state: State = 'stranger';
  #identity: Identity | null = null;
  #topics: ReadonlySet<Topic> | null = null;
  /** The devices a narrowed identity was told of; null where it sees all. */
  #visible: Set<string> | null = null;
  /** Bytes handed to the socket and not yet taken; snapshots are shared, and counted apart. */
  #waiting = 0;
  #snapshotsWaiting = 0;
  #cancelDeadline: (() => void) | null = null;
  alive = true;
  commandsAtWork = 0;
  touchedAt: number;

  constructor(socket: WebSocket, clock: Scheduler, snapshots: Snapshots) {
    this.#socket = socket;
    this.#clock = clock;
    this.#snapshots = snapshots;
    this.touchedAt = clock.now();
  }

  get identity(): Identity | null {
    return this.#identity;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** Sends the snapshot, or what changed after `since`; every change from this tick on follows it. */
  join(identity: Identity, since: number | null): void {
    this.#identity = identity;
    this.#state = 'live';
    this.#begin(identity, since);
  }

  /** The identity may see something else now: it starts over. */
  rejoin(identity: Identity): void {
    this.#identity = identity;
    if (this.#state !== 'live') return;
    this.#send(RESYNC);
    this.#begin(identity, null);
  }

  /** The same identity under another name: nothing that it sees changes. */
  rename(identity: Identity): void {
    this.#identity = identity;
  }

  subscribe(topics: readonly Topic[]): void {
    this.#topics = new Set(topics);
  }

  /** @param frame of the change, made when the first client wants it */
  take(change: Change, frame: () => Buffer): void {
    const identity = this.#identity;
    if (this.#state !== 'live' || identity === null) return;
    const own = this.#visible === null ? frame : this.#narrowed(change, frame, identity, this.#visible);
    if (own === null || !mayHear(identity, change.topic) || this.#topics?.has(change.topic) === false) return;
    const bytes = own();
    if (this.#waiting + bytes.length > LIVE_WAITING_BYTES_MAX) this.#fallBehind();
    else this.#send(bytes);
  }

  /** Results are sent also to a client that is behind: it waits for them. */
  answer(result: unknown): void {
    if (this.#state === 'closed') return;
    const bytes = Buffer.from(JSON.stringify(result));
    if (this.#waiting + bytes.length > LIVE_WAITING_BYTES_MAX * 2) this.close(POLICY, 'too slow');
    else this.#send(bytes);
  }

  /** Says no more; a client that does not answer the farewell is cut off. */
  close(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    this.ended();
    this.#socket.close(code, reason);
    const cancel = this.#clock.after(LIVE_CLOSE_MS, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  /** Asks whether the other end still is there; false when it did not answer the last time. */
  ping(): boolean {
    if (!this.alive) return false;
    this.alive = false;
    this.#socket.ping();
    return true;
  }

  terminate(): void {
    this.ended();
    this.#socket.terminate();
  }

  /** The socket has closed, or is about to. */
  ended(): void {
    this.#state = 'closed';
    this.#cancelDeadline?.();
  }

  #narrowed(change: Change, frame: () => Buffer, identity: Identity, visible: Set<string>): (() => Buffer) | null {
    switch (change.topic) {
      case 'home':
        return frame;
      case 'room':
        return maySeeRoom(identity, change.id) ? frame : null;
      case 'property':
      case 'event':
        return change.device !== null && visible.has(change.device) ? frame : null;
      case 'device':
        return this.#narrowedDevice(change, change.id, change.value as Device | null, frame);
      default:
        return null;
    }
  }

  /** A device may come into what the identity sees, or leave it, as it is moved between rooms. */
  #narrowedDevice(change: Change, id: string, device: Device | null, frame: () => Buffer): (() => Buffer) | null {
    if (device !== null && maySee(this.#identity!, device)) {
      this.#visible!.add(id);
      return frame;
    }
    return this.#visible!.delete(id) ? () => goneFrame(change, id) : null;
  }

  #begin(identity: Identity, since: number | null): void {
    const { head, tail, missed } = this.#snapshots.join(identity, since);
    this.#visible = identity.grant === null ? null : visibleIn(head, tail);
    this.#snapshotsWaiting += 1;
    this.#arm(LIVE_SNAPSHOT_MS_MAX);
    const compress = head.length >= COMPRESSED_BYTES_MIN;
    this.#socket.send(head, { binary: false, fin: false, compress });
    this.#socket.send(tail, { binary: false, fin: true }, () => {
      this.#snapshotsWaiting -= 1;
      if (this.#snapshotsWaiting === 0 && this.#state === 'live') this.#cancelDeadline?.();
      this.#taken(0);
    });
    for (const { change, bytes } of missed) this.take(change, () => bytes);
  }

  #send(bytes: Buffer): void {
    this.#waiting += bytes.length;
    this.#socket.send(bytes, { binary: false, compress: false }, () => this.#taken(bytes.length));
  }

  #taken(bytes: number): void {
    this.#waiting -= bytes;
    if (this.#waiting > 0 || this.#snapshotsWaiting > 0 || this.#state !== 'behind') return;
    this.#cancelDeadline?.();
    this.#state = 'live';
    this.rejoin(this.#identity!);
  }

  #fallBehind(): void {
    this.#state = 'behind';
    if (this.#snapshotsWaiting === 0) this.#arm(LIVE_BEHIND_MS_MAX);
  }

  #arm(ms: number): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = this.#clock.after(ms, () => this.close(POLICY, 'too slow'));
  }
}

/** Read from what was sent, so that both cannot differ. */
function visibleIn(head: Buffer, tail: Buffer): Set<string> {
  const { devices } = JSON.parse(head.toString() + tail.toString()) as { devices: readonly Device[] };
  return new Set(devices.map(({ id }) => id));
}
