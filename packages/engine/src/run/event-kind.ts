// Which kind an event is of. Checking, writing and the keys of values all go by it, so that an event with members of two kinds,
// or with members that are undefined, is the same to all of them.

import { show } from '../check/reader.ts';
import { EngineError } from '../errors.ts';
import type { EngineEvent } from '../types.ts';

const KINDS = [
  'property',
  'event',
  'online',
  'mode',
  'presence',
  'webhook',
  'run',
  'start',
  'outcome',
  'variable',
  'schedule',
  'cancel',
  'calledOff',
  'enabled',
  'downtime',
] as const;
export type EventKind = (typeof KINDS)[number];
export type EventOf<Kind extends EventKind> = Extract<EngineEvent, Readonly<Record<Kind, unknown>>>;

/** The first kind whose member has a value; throws BAD_EVENT where none has. */
export function kindOf(event: object): EventKind {
  const raw = event as Readonly<Record<string, unknown>>;
  for (const kind of KINDS) if (raw[kind] !== undefined) return kind;
  const found = show(Object.keys(raw).join(', '));
  throw new EngineError('BAD_EVENT', `expected an event such as {device, property, value}, not one of ${found}`);
}

export const isOf = <Kind extends EventKind>(event: EngineEvent, kind: Kind): event is EventOf<Kind> =>
  kindOf(event) === kind;
