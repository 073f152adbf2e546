// What may be granted to a token or a guest: rooms the home has, and capabilities and commands that exist.

import type { Hub } from '@lintel/hub';
import { CAPABILITIES, HubError } from '@lintel/model';

export interface WantedGrant {
  readonly rooms?: readonly string[] | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly commands?: readonly string[] | undefined;
}

/** @throws HubError BAD_VALUE with a pointer at the first that does not exist */
export function refuseUnknownGrant(hub: Hub, wanted: WantedGrant): void {
  for (const field of ['capabilities', 'commands'] as const) {
    const unknown = (wanted[field] ?? []).findIndex((name) => !isGrantable(name));
    if (unknown !== -1) throw refusal(`/${field}/${unknown}`, 'There is no such capability or command.');
  }
  const known = new Set(hub.rooms.list().map(({ id }) => id));
  const room = (wanted.rooms ?? []).findIndex((id) => !known.has(id));
  if (room !== -1) throw refusal(`/rooms/${room}`, 'There is no such room.');
}

/** A capability such as `"onOff"`, or one of its commands or settable properties, such as `"lock.lock"`. */
function isGrantable(name: string): boolean {
  const [capability, part] = name.split('.');
  if (!Object.hasOwn(CAPABILITIES, capability!)) return false;
  const spec = CAPABILITIES[capability as keyof typeof CAPABILITIES] as {
    readonly commands?: readonly string[];
    readonly properties?: Readonly<Record<string, { readonly settable?: boolean }>>;
  };
  return part === undefined || spec.commands?.includes(part) === true || spec.properties?.[part]?.settable === true;
}

const refusal = (pointer: string, detail: string): HubError => new HubError('BAD_VALUE', detail, { pointer });
