// What goes out on the socket: changes as frames, and the snapshot each caller may see.

import type { Change, Hub, Snapshot } from '@lintel/hub';
import type { Topic } from '@lintel/protocol';
import { isAtLeast, maySee, maySeeRoom, type Identity, type LeastRole } from '../authorize.ts';

/** The least role for each topic; devices and rooms are narrowed further by a grant. */
const TOPIC_ROLES: Readonly<Record<Topic, LeastRole>> = {
  property: 'guest',
  event: 'guest',
  device: 'guest',
  room: 'guest',
  home: 'guest',
  group: 'resident',
  scene: 'resident',
  automation: 'resident',
  run: 'resident',
  repair: 'resident',
  notification: 'resident',
  plugin: 'admin',
  pairing: 'admin',
};

export const mayHear = (identity: Identity, topic: Topic): boolean => isAtLeast(identity, TOPIC_ROLES[topic]);

const bytes = (frame: unknown): Buffer => Buffer.from(JSON.stringify(frame));

/** The thing that changed stands under its topic's name. */
export function changeFrame(change: Change): Buffer {
  const { topic, sequence, at } = change;
  const base = { type: 'change', sequence, at, topic };
  switch (topic) {
    case 'property':
    case 'event':
      return bytes({ ...base, ...change });
    case 'home':
      return bytes({ ...base, home: change.value });
    case 'pairing':
      return bytes({ ...base, id: change.value.id, plugin: change.value.plugin, pairing: change.value });
    case 'run': {
      const { automation, value } = change;
      return bytes({ ...base, automation, run: value.run, status: value.outcome, cause: value.cause, trace: value });
    }
    default:
      return bytes({ ...base, id: change.id, [topic]: change.value });
  }
}

/** Tells a caller that a device has left what it may see. */
export const goneFrame = ({ sequence, at }: Change, device: string): Buffer =>
  bytes({ type: 'change', sequence, at, topic: 'device', id: device, device: null });

/** The home as a role sees it; what it may not is empty. */
export function snapshotOf(all: Snapshot, identity: Identity): Snapshot {
  return {
    home: all.home,
    rooms: all.rooms.filter(({ id }) => maySeeRoom(identity, id)),
    devices: all.devices.filter((device) => maySee(identity, device)),
    groups: mayHear(identity, 'group') ? all.groups : [],
    scenes: mayHear(identity, 'scene') ? all.scenes : [],
    automations: mayHear(identity, 'automation') ? all.automations : [],
    plugins: mayHear(identity, 'plugin') ? all.plugins : [],
  };
}

/**
 * The snapshot frame in two parts: the first is the same bytes for all callers of one view, and is kept once however many
 * of them are slow to take it; the second says who the caller is.
 */
export class SnapshotFrames {
  readonly #hub: Hub;
  #sequence = -1;
  readonly #shared = new Map<string, Buffer>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** As of `hub.live.sequence` at the time of the call. */
  make(identity: Identity): readonly [Buffer, Buffer] {
    const { id, name } = identity.user;
    const rest = identity.kind === 'session' ? { user: { id, name, role: identity.role } } : {};
    const tail = JSON.stringify(rest).slice(1);
    return [this.#head(identity), Buffer.from(tail === '}' ? tail : `,${tail}`)];
  }

  #head(identity: Identity): Buffer {
    const { sequence } = this.#hub.live;
    if (sequence !== this.#sequence) this.#shared.clear();
    this.#sequence = sequence;
    const view = identity.grant === null ? (isAtLeast(identity, 'admin') ? 'admin' : 'resident') : null;
    const known = view === null ? undefined : this.#shared.get(view);
    if (known !== undefined) return known;
    const text = JSON.stringify({ type: 'snapshot', sequence, ...snapshotOf(this.#hub.snapshot(), identity) });
    const head = Buffer.from(text.slice(0, -1));
    if (view !== null) this.#shared.set(view, head);
    return head;
  }
}
