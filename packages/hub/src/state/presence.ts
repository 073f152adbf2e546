// Who is home, from what devices and plugins know of people. Someone is home while any source says so, away when all that say
// anything say away, and unknown while none does.

import type { Person, Presence } from '@lintel/model';
import type { Registry } from '../registry/registry.ts';
import type { Properties } from './properties.ts';

export interface PersonState {
  readonly presence: Presence | null;
  /** Milliseconds since 1970. */
  readonly since: number | null;
}

export interface ExportedPresence {
  readonly sources: readonly (readonly [string, Presence])[];
  readonly people: readonly (readonly [string, PersonState])[];
}

export interface PresenceOfPeople {
  state(person: string): PersonState;
  /** What a plugin's source said last. */
  said(source: string): Presence | null;
  /** A plugin's source has spoken. */
  heard(source: string, presence: Presence): void;
  /** Whether anyone's presence hangs on this source. */
  matters(source: string): boolean;
  /** Works everyone out anew; answers those who came, left or became unknown. */
  step(at: number, registry: Registry, properties: Properties): readonly PersonChange[];
  export(): ExportedPresence;
}

export interface PersonChange {
  readonly person: string;
  /** Null where no source knows any more, or the person is gone. */
  readonly presence: Presence | null;
}

const UNKNOWN: PersonState = { presence: null, since: null };

export function createPresence(from: ExportedPresence = { sources: [], people: [] }): PresenceOfPeople {
  const sources = new Map(from.sources);
  let people = new Map(from.people);
  let watched: ReadonlySet<string> | null = null;
  return {
    state: (person) => people.get(person) ?? UNKNOWN,
    said: (source) => sources.get(source) ?? null,
    heard: (source, presence) => void sources.set(source, presence),
    matters: (source) => watched?.has(source) ?? true,
    step: (at, registry, properties) => {
      const all = registry.list('people');
      watched = new Set(all.flatMap((person) => person.sources));
      const now = new Map(all.map((person) => [person.id, presenceOf(person, sources, registry, properties)]));
      const ids = new Set([...people.keys(), ...now.keys()]);
      const changes = [...ids]
        .filter((id) => (people.get(id)?.presence ?? null) !== (now.get(id) ?? null))
        .map((person) => ({ person, presence: now.get(person) ?? null }));
      const changed = new Set(changes.map(({ person }) => person));
      const next = [...now].map(([id, presence]): [string, PersonState] => [
        id,
        changed.has(id) ? { presence, since: at } : (people.get(id) ?? UNKNOWN),
      ]);
      people = new Map(next);
      return changes;
    },
    export: () => ({ sources: [...sources], people: [...people] }),
  };
}

function presenceOf(
  person: Person,
  sources: ReadonlyMap<string, Presence>,
  registry: Registry,
  properties: Properties,
): Presence | null {
  const said = person.sources.map((source) =>
    registry.get('devices', source) === null ? (sources.get(source) ?? null) : presenceByDevice(source, properties),
  );
  if (said.includes('home')) return 'home';
  return said.includes('away') ? 'away' : null;
}

/** What sees people says whether someone is there; anything else, a phone or a key ring, is there while it is reachable. */
function presenceByDevice(device: string, properties: Properties): Presence | null {
  const entry = properties.device(device);
  if (entry === null) return null;
  const occupied = entry.properties.get('occupancy.occupied');
  const isThere = occupied === undefined ? entry.online : occupied.value;
  return isThere === null ? null : isThere === true ? 'home' : 'away';
}
