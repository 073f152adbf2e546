// Who is at home.

import type { State } from './state.ts';

/** `home`, `away`, or null when unknown; `anyone` and `everyone` are statements over the people who are known. */
export function presenceOf(state: State, person: string): 'home' | 'away' | null {
  if (person !== 'anyone' && person !== 'everyone') return state.presence[person] ?? null;
  const known = Object.values(state.presence);
  if (known.length === 0) return null;
  const isHome = (each: string): boolean => each === 'home';
  return (person === 'anyone' ? known.some(isHome) : known.every(isHome)) ? 'home' : 'away';
}
