// One store a page: state from frames, what is pending, and who listens to which part of it.

import type { Device, Room, Value, Values } from '@lintel/model';
import type {
  ChangeFrame,
  CommandRequest,
  CommandResult,
  ConnectionStatus,
  LiveClient,
  SnapshotFrame,
} from '@lintel/protocol';
import { PendingWishes, type Failure } from './pending.ts';
import { applyChange, applySnapshot, emptyState, type HomeState, type Touched } from './state.ts';

export type Topic = Touched | 'status' | 'all';

export class Store {
  readonly state: HomeState = emptyState();
  readonly pending = new PendingWishes();
  status: ConnectionStatus = 'connecting';
  /** False until the first snapshot: before it an empty home is not yet known to be empty. */
  loaded = false;
  live: LiveClient | null = null;
  readonly #listeners = new Map<Topic, Set<() => void>>();

  /** Calls `listener` after each change of any of `topics`; answers how to stop. */
  listen(topics: readonly Topic[], listener: () => void): () => void {
    for (const topic of topics) {
      const listeners = this.#listeners.get(topic) ?? new Set();
      this.#listeners.set(topic, listeners.add(listener));
    }
    return () => {
      for (const topic of topics) this.#listeners.get(topic)?.delete(listener);
    };
  }

  tell(topics: Iterable<Topic>): void {
    const once = new Set<() => void>();
    for (const topic of topics) for (const listener of this.#listeners.get(topic) ?? []) once.add(listener);
    for (const listener of this.#listeners.get('all') ?? []) once.add(listener);
    for (const listener of once) listener();
  }

  snapshot(frame: SnapshotFrame): void {
    this.loaded = true;
    this.tell(applySnapshot(this.state, frame));
  }

  change(frame: ChangeFrame): void {
    if (frame.topic === 'property') this.pending.forgive(frame.device);
    this.tell(applyChange(this.state, frame));
  }

  setStatus(status: ConnectionStatus): void {
    this.status = status;
    this.tell(['status']);
  }

  /** Forgets the home, for a person who signs out. */
  clear(): void {
    Object.assign(this.state, emptyState());
    this.loaded = false;
    this.tell(['home', 'rooms', 'devices', 'automations', 'plugins', 'status']);
  }

  device(id: string): Device | undefined {
    return this.state.devices.get(id);
  }

  /** The rooms by name. */
  rooms(): Room[] {
    return [...this.state.rooms.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  /** The value to show: what was wished for while that is pending, else what the device reported. */
  shown(device: Device, property: string): Value {
    const wish = this.pending.wished(device.id, property);
    return wish === undefined ? (device.properties[property]?.value ?? null) : wish;
  }

  /** Sends a target to one device and keeps the wish until its outcome. */
  async set(id: string, values: Values): Promise<CommandResult> {
    const number = this.pending.begin(id, values);
    this.tell([`device:${id}`]);
    const result = await this.send({ device: id, set: values });
    const failed = !result.ok && result.status !== 'superseded';
    this.pending.end(id, number, failed ? failureOf(result, values) : null);
    this.tell([`device:${id}`]);
    return result;
  }

  send(command: CommandRequest): Promise<CommandResult> {
    if (this.live !== null) return this.live.command(command);
    const error = { code: 'NOT_CONNECTED', detail: 'Not connected to the home right now.' };
    return Promise.resolve({ ok: false, status: 'failed', error });
  }
}

function failureOf(result: CommandResult, values: Values): Failure {
  const code = result.error?.code ?? result.status.toUpperCase();
  return { code, detail: result.error?.detail ?? '', values };
}

export const store = new Store();
