// What an event gives a value, by the key of its slot.

import { onlineKey, personKey, scheduleKey, variableKey } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import type { EngineEvent } from '../types.ts';
import { isOf } from './event-kind.ts';

/** Null for what has no value, or a slot from the start. */
export function keyOf(event: EngineEvent, map: HomeMap): string | null {
  if (isOf(event, 'property')) return map.key(event.device, event.property);
  if (isOf(event, 'online')) return onlineKey(event.device);
  if (isOf(event, 'presence')) return personKey(event.person);
  if (isOf(event, 'variable')) return variableKey(event.variable);
  return isOf(event, 'schedule') ? scheduleKey(event.schedule) : null;
}
