// Whether the memory has room for what events bring.

import type { EngineParts } from '../engine.ts';
import { personKey } from '../compile/fragment.ts';
import type { SlotNames } from '../link/names.ts';
import type { EngineEvent } from '../types.ts';
import { keyOf } from './event-keys.ts';
import { isOf } from './event-kind.ts';

/**
 * How many slots more the memory needs, laid out anew; null where it need not be. It must where values that no rule names need
 * more slots than are left, texts have piled up, or people came for whom no place is left as long as those who are gone keep theirs.
 */
export function roomLacking({ machine, rules }: EngineParts, events: readonly EngineEvent[]): number | null {
  if (machine.strings.isCrowded || lacksPlaces(machine.linked.names, events)) return events.length;
  const room = machine.linked.state.slotCapacity - machine.slotCount;
  if (events.length <= room) return null;
  const fresh = new Set<string>();
  for (const event of events) {
    const key = keyOf(event, rules.map);
    if (key !== null && machine.find(key) === -1) fresh.add(key);
  }
  return fresh.size <= room ? null : fresh.size;
}

/** Whether more people are heard of for the first time than there are places. */
function lacksPlaces(names: SlotNames, events: readonly EngineEvent[]): boolean {
  if (events.length <= names.placesLeft) return false;
  const fresh = new Set<string>();
  for (const event of events) {
    if (!isOf(event, 'presence') || names.persons.includes(event.person)) continue;
    if (names.findExactly(personKey(event.person)) === -1) fresh.add(event.person);
  }
  return fresh.size > names.placesLeft;
}
