// What goes out on the socket: changes as frames, and the snapshot each caller may see.

import type { Change, Snapshot } from '@lintel/hub';
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
  person: 'resident',
  variable: 'resident',
  schedule: 'resident',
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
    pairings: mayHear(identity, 'pairing') ? all.pairings : [],
  };
}
