// The home as people arranged it: documents by collection, changed only by journaled edits, whole documents at a time.

import type { Group, Home, Notification, Person, Room, Rule, Scene, Schedule, Variable } from '@lintel/model';
import type { DeviceDescription } from '@lintel/sdk';
import { COLLECTIONS, type CollectionName, type Edit } from '../journal/records.ts';

/** A device as the hub keeps it: what its plugin says, and what people made of it. */
export interface DeviceRecord {
  readonly id: string;
  readonly plugin: string;
  readonly description: DeviceDescription;
  readonly name: string;
  readonly room: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly endpoints: Readonly<Record<string, EndpointChoice>>;
}

export interface EndpointChoice {
  readonly name?: string | null;
  readonly kind?: string | null;
  readonly room?: string | null;
}

/** Someone who wrote rules and may not command the home any more. */
export interface BarredAuthor {
  /** Of the account. */
  readonly id: string;
  readonly name: string;
  readonly standing: 'gone' | 'guest';
  readonly since: string;
}

export interface Documents {
  readonly home: Home & { readonly id: string };
  readonly rooms: Room;
  readonly groups: Group;
  readonly scenes: Scene;
  readonly devices: DeviceRecord;
  readonly automations: Rule;
  readonly people: Person;
  /** By name, which is the id too. */
  readonly variables: Variable & { readonly id: string };
  readonly schedules: Schedule;
  readonly notifications: Notification;
  readonly authors: BarredAuthor;
}

/** The one document of the collection `home`. */
export const HOME_ID = 'home';

export interface Registry {
  readonly home: (Home & { readonly id: string }) | null;
  get<Name extends CollectionName>(collection: Name, id: string): Documents[Name] | null;
  list<Name extends CollectionName>(collection: Name): readonly Documents[Name][];
  apply(edits: readonly Edit[]): void;
  /** Every document as an edit that would put it there, in the order of the collections. */
  export(): readonly Edit[];
}

export function createRegistry(edits: readonly Edit[] = []): Registry {
  const collections = new Map<CollectionName, Map<string, unknown>>(COLLECTIONS.map((name) => [name, new Map()]));
  const registry: Registry = {
    get home() {
      return registry.get('home', HOME_ID);
    },
    get: (collection, id) => (collections.get(collection)!.get(id) ?? null) as never,
    list: (collection) => [...collections.get(collection)!.values()] as never,
    apply: (changes) => {
      for (const { collection, id, value } of changes) {
        if (value === null) collections.get(collection)!.delete(id);
        else collections.get(collection)!.set(id, value);
      }
    },
    export: () =>
      COLLECTIONS.flatMap((collection) =>
        [...collections.get(collection)!].map(([id, value]) => ({ collection, id, value })),
      ),
  };
  registry.apply(edits);
  return registry;
}
