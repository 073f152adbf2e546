// Who may do what. One order of roles and one function decide for HTTP routes and for messages on the socket; a grant
// narrows an identity further, to some rooms and capabilities.

import { firstWith, HubError, readDeviceRef, type Device, type Origin } from '@lintel/model';
import type { Role } from '@lintel/protocol';

/** The least role a route or message asks for. */
export const LEAST_ROLES = ['public', 'guest', 'resident', 'admin', 'owner'] as const;
export type LeastRole = (typeof LEAST_ROLES)[number];

/** What an identity reaches of the home's devices; null is all of them. */
export interface Grant {
  readonly rooms: readonly string[] | null;
  /** Capabilities (`"onOff"`) or single commands (`"lock.lock"`). */
  readonly capabilities: readonly string[] | null;
}

export interface Identity {
  /** How the caller proved itself: a person's session, or an API token of a person's. */
  readonly kind: 'session' | 'token';
  /** Of the session or token. */
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string; readonly role: Role };
  /** What it may: the user's role, or guest where a grant narrows it. */
  readonly role: Role;
  readonly grant: Grant | null;
  /** Milliseconds since 1970, or null for never. */
  readonly expiresAt: number | null;
  /** When the grant may become another, such as at the end of a guest's hours; null for never. */
  readonly changesAt: number | null;
}

/** A guest whose grant is not known reaches nothing. */
export const NOTHING: Grant = { rooms: [], capabilities: [] };

const rank = (role: LeastRole): number => LEAST_ROLES.indexOf(role);

export const isAtLeast = (identity: Identity, least: LeastRole): boolean => rank(identity.role) >= rank(least);

/** @throws HubError UNAUTHENTICATED without an identity, FORBIDDEN with too low a role */
export function authorize(identity: Identity | null, least: LeastRole): void {
  if (least === 'public') return;
  if (identity === null) throw new HubError('UNAUTHENTICATED', 'Sign in first, or send a valid token.');
  if (!isAtLeast(identity, least))
    throw new HubError('FORBIDDEN', `This needs the role ${least} or more; yours is ${identity.role}.`);
}

export const originOf = (identity: Identity): Origin => ({
  kind: 'user',
  id: identity.user.id,
  name: identity.user.name,
});

/** The caller's account as it is told of itself; `may` names what a grant lets it use, where one narrows it. */
export function accountOf({ user: { id, name }, role, grant }: Identity) {
  const may = grant?.capabilities ?? null;
  return { id, name, role, ...(may !== null && { may }) };
}

/** Whether the device is in the identity's rooms and can do something the identity may use. */
export function maySee({ grant }: Identity, device: Device): boolean {
  if (grant === null) return true;
  const { rooms, capabilities } = grant;
  const inRooms = rooms === null || roomsOf(device).some((room) => rooms.includes(room));
  return inRooms && (capabilities === null || capabilitiesOf(device).some((name) => covers(capabilities, name)));
}

export function maySeeRoom({ grant }: Identity, room: string): boolean {
  return grant === null || grant.rooms === null || grant.rooms.includes(room);
}

/**
 * @param body `{set}` or `{command}`, already checked for its shape
 * @throws HubError FORBIDDEN where the grant does not cover all of it
 */
export function authorizeCommand({ grant }: Identity, body: { set?: object; command?: string }): void {
  const capabilities = grant?.capabilities ?? null;
  if (capabilities === null) return;
  const asked = body.command === undefined ? Object.keys(body.set ?? {}) : [body.command];
  const refused = asked.find((name) => !capabilities.includes(name) && !capabilities.includes(name.split('.')[0]!));
  if (refused !== undefined) throw new HubError('FORBIDDEN', `You were not given the use of ${refused}.`);
}

/** The device of a reference, where the identity may see it. @throws HubError NOT_FOUND */
export function requireVisible(identity: Identity, ref: string, get: (id: string) => Device): Device {
  const device = get(ref);
  if (!maySee(identity, device)) throw new HubError('NOT_FOUND', `There is no device ${ref}.`);
  return device;
}

/**
 * A device may hang in several rooms: what is asked of it must belong to the identity's.
 * @throws HubError FORBIDDEN
 */
export function authorizeEndpoints(
  { grant }: Identity,
  device: Device,
  ref: string,
  body: { set?: object; command?: string; endpoint?: string },
): void {
  const rooms = grant?.rooms ?? null;
  if (rooms === null) return;
  const asked = body.command === undefined ? Object.keys(body.set ?? {}) : [body.command];
  for (const name of asked) {
    const [property = '', at] = name.split('@');
    const id = at ?? body.endpoint ?? readDeviceRef(ref)?.endpoint ?? firstWith(device.endpoints, property)?.id;
    const room = device.endpoints.find((each) => each.id === id)?.room ?? device.room;
    if (room === null || !rooms.includes(room))
      throw new HubError('FORBIDDEN', `You were not given the room of this part of ${device.name}.`);
  }
}

const covers = (capabilities: readonly string[], name: string): boolean =>
  capabilities.some((each) => each === name || each.startsWith(`${name}.`));

const roomsOf = (device: Device): string[] =>
  [device.room, ...device.endpoints.map(({ room }) => room)].filter((room) => room !== null);

const capabilitiesOf = (device: Device): string[] =>
  device.endpoints.flatMap(({ capabilities }) => capabilities.map(({ name }) => name));
