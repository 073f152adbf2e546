// Who is at home.

import type { State } from './state.ts';

/** Whether a person, someone or everyone is at home (or away), of the people who are known; null when none is. */
export function isPresent(presence: State['presence'], person: string, where: 'home' | 'away'): boolean | null {
  const known = person === 'anyone' || person === 'everyone' ? Object.values(presence) : [presence[person] ?? null];
  const told = known.filter((each) => each !== null);
  if (told.length === 0) return null;
  return person === 'anyone' ? told.some((each) => each === where) : told.every((each) => each === where);
}
