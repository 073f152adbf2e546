// What an event gives a value, by the key of its slot.

import { onlineKey, personKey, scheduleKey, variableKey } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import type { EngineEvent } from '../types.ts';

/** Null for what has no value, or a slot from the start. */
export function keyOf(event: EngineEvent, map: HomeMap): string | null {
  if ('property' in event) return map.key(event.device, event.property);
  if ('online' in event) return onlineKey(event.device);
  if ('presence' in event) return personKey(event.person);
  if ('variable' in event) return variableKey(event.variable);
  return 'schedule' in event ? scheduleKey(event.schedule) : null;
}
