// What people chose to show of their home to a plugin that stands for other ecosystems: devices, endpoints, rooms or all,
// less what they keep back. Nothing is chosen by default, and locks and alarms only with a word of their own.

import type { EndpointDescription } from '@lintel/model';
import { isObject } from '@lintel/sdk/host';

import type { DeviceRecord } from '../registry/registry.ts';
import { endpointsOf, kindOf } from '../state/device-view.ts';

interface Chosen {
  /** Ids of devices, or of endpoints as in `zigbee:0x1/2`. */
  readonly devices: ReadonlySet<string>;
  readonly rooms: ReadonlySet<string>;
  readonly all: boolean;
}

export interface Choice {
  readonly include: Chosen;
  readonly exclude: Chosen;
  readonly locks: boolean;
}

/** What opens a door or watches over it: by kind, or by what it can do. */
const GUARDED = new Set(['lock', 'alarm']);

const NONE: Chosen = { devices: new Set(), rooms: new Set(), all: false };
const NOTHING: Choice = { include: NONE, exclude: NONE, locks: false };

const stringsOf = (raw: unknown): ReadonlySet<string> =>
  new Set(Array.isArray(raw) ? raw.filter((each) => typeof each === 'string') : []);

function readChosen(raw: unknown): Chosen {
  if (!isObject(raw)) return NONE;
  return { devices: stringsOf(raw['devices']), rooms: stringsOf(raw['rooms']), all: raw['all'] === true };
}

/** Reads `{enabled, include: {devices?, rooms?, all?}, exclude?, locks}`; whatever is not said so is not chosen. */
export function readChoice(raw: unknown): Choice {
  if (!isObject(raw) || raw['enabled'] !== true) return NOTHING;
  return { include: readChosen(raw['include']), exclude: readChosen(raw['exclude']), locks: raw['locks'] === true };
}

/** The parts of a choice that may change without a restart of the plugin, since the hub alone reads them. */
export function withoutChoice(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const { include: _, exclude: __, locks: ___, ...rest } = raw;
  return rest;
}

function isIn({ devices, rooms, all }: Chosen, device: DeviceRecord, { id, room }: EndpointDescription): boolean {
  const place = room ?? device.room;
  return all || devices.has(device.id) || devices.has(`${device.id}/${id}`) || (place !== null && rooms.has(place));
}

function isGuarded(device: DeviceRecord, { kind, capabilities }: EndpointDescription): boolean {
  return GUARDED.has(kind ?? kindOf(device)) || capabilities.some(({ name }) => GUARDED.has(name));
}

/** The endpoints of a device that are chosen, as people made them; none where the device is not shown. */
export function chosenEndpoints({ include, exclude, locks }: Choice, device: DeviceRecord): EndpointDescription[] {
  return endpointsOf(device).filter(
    (endpoint) =>
      isIn(include, device, endpoint) && !isIn(exclude, device, endpoint) && (locks || !isGuarded(device, endpoint)),
  );
}
