// The home as this page knows it, built from the hub's frames alone. No Lit and no DOM: it runs and is tested in Node.

import type { Device, Group, Home, PropertyState, Room, Rule, Scene } from '@lintel/model';
import type { ChangeFrame, Pairing, PluginView, PropertyChange, SnapshotFrame, User } from '@lintel/protocol';
import { asGranted } from './granted.ts';

export interface HomeState {
  home: Home | null;
  user: User | null;
  readonly rooms: Map<string, Room>;
  readonly devices: Map<string, Device>;
  readonly groups: Map<string, Group>;
  readonly scenes: Map<string, Scene>;
  readonly automations: Map<string, Rule>;
  readonly plugins: Map<string, PluginView>;
  /** The latest pairing of each plugin. */
  readonly pairings: Map<string, Pairing>;
}

/** What a frame touched: a collection, or one device by `device:<id>`. */
export type Touched =
  | 'home'
  | 'rooms'
  | 'devices'
  | 'groups'
  | 'scenes'
  | 'automations'
  | 'plugins'
  | 'pairings'
  | 'activity'
  | `device:${string}`;

export function emptyState(): HomeState {
  return {
    home: null,
    user: null,
    rooms: new Map(),
    devices: new Map(),
    groups: new Map(),
    scenes: new Map(),
    automations: new Map(),
    plugins: new Map(),
    pairings: new Map(),
  };
}

function refill<Thing extends { readonly id: string }>(map: Map<string, Thing>, things: readonly Thing[]): void {
  map.clear();
  for (const thing of things) map.set(thing.id, thing);
}

/** Replaces everything; what the snapshot no longer holds is gone. */
export function applySnapshot(state: HomeState, frame: SnapshotFrame): Touched[] {
  const before = [...state.devices.keys()];
  state.home = frame.home;
  if (frame.user !== undefined) state.user = frame.user;
  refill(state.rooms, frame.rooms);
  refill(
    state.devices,
    frame.devices.map((each) => asGranted(each, state.user?.may)),
  );
  refill(state.groups, frame.groups);
  refill(state.scenes, frame.scenes);
  refill(state.automations, frame.automations);
  refill(state.plugins, frame.plugins);
  state.pairings.clear();
  for (const pairing of frame.pairings) state.pairings.set(pairing.plugin, pairing);
  const ids = new Set([...before, ...state.devices.keys()]);
  const each = [...ids].map((id): Touched => `device:${id}`);
  return ['home', 'rooms', 'devices', 'groups', 'scenes', 'automations', 'plugins', 'pairings', ...each];
}

function put<Thing>(map: Map<string, Thing>, id: string, thing: Thing | null): void {
  if (thing === null) map.delete(id);
  else map.set(id, thing);
}

/** Applies one change and says what it touched. */
export function applyChange(state: HomeState, change: ChangeFrame): Touched[] {
  switch (change.topic) {
    case 'property':
      return applyProperty(state, change);
    case 'device':
      put(state.devices, change.id, change.device && asGranted(change.device, state.user?.may));
      return ['devices', `device:${change.id}`];
    case 'room':
      put(state.rooms, change.id, change.room);
      return ['rooms'];
    case 'group':
      put(state.groups, change.id, change.group);
      return ['groups'];
    case 'scene':
      put(state.scenes, change.id, change.scene);
      return ['scenes'];
    case 'automation':
      put(state.automations, change.id, change.automation);
      return ['automations'];
    case 'plugin':
      put(state.plugins, change.id, change.plugin);
      return ['plugins'];
    case 'pairing':
      state.pairings.set(change.plugin, change.pairing);
      return ['pairings'];
    case 'home':
      state.home = change.home;
      return ['home'];
    default:
      return ['activity'];
  }
}

const UNKNOWN: PropertyState = { value: null, changedAt: null, reportedAt: null, origin: null };

function applyProperty(state: HomeState, change: PropertyChange): Touched[] {
  const device = state.devices.get(change.device);
  if (device === undefined) return [];
  const before = device.properties[change.property] ?? UNKNOWN;
  const after: PropertyState = {
    value: change.value,
    changedAt: before.value === change.value ? before.changedAt : change.at,
    reportedAt: change.at,
    origin: change.origin,
  };
  const properties = { ...device.properties, [change.property]: after };
  // A report is a sign of life: the hub says so in a `device` change of its own where anything else differs.
  state.devices.set(device.id, { ...device, properties, lastSeen: change.at, stale: false });
  return [`device:${device.id}`];
}
