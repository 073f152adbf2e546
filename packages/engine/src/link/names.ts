// Which slot stands for what, by name. Those that rules name come first, in the order in which linking came upon them; behind
// them lie those of values that no rule names.

import type { Members, SlotKey } from '../compile/fragment.ts';
import { PERSONS_MAX } from '../../../../assembly/limits.ts';
import type { TextTable } from '../texts.ts';
import { isCanonical } from './members.ts';
import type { HomeMap } from './members.ts';

export interface ResolvedMembers {
  readonly slots: readonly number[];
  readonly devices: readonly (string | null)[];
}

export class SlotNames {
  /** People by the order in which they were first heard of; rules about anyone see them all. */
  readonly persons: string[];
  /** The first of the slots for people, or −1 where no rule is about anyone. */
  readonly personsAt: number;
  readonly #map: () => HomeMap;
  /** The keys that rules name. */
  readonly named: TextTable;
  readonly #first: number;
  readonly #keys: SlotKey[] = [];
  readonly #slots = new Map<SlotKey, number>();
  /** Slots by keys that are not canonical, as rules and events write them. */
  readonly #aliases = new Map<SlotKey, number>();

  constructor(map: () => HomeMap, persons: readonly string[], personsAt: number, named: TextTable) {
    this.#map = map;
    this.persons = [...persons];
    this.personsAt = personsAt;
    this.named = named;
    this.#first = named.size;
  }

  /** How many more people can be counted among anyone. */
  get placesLeft(): number {
    return this.personsAt === -1 ? Infinity : PERSONS_MAX - this.persons.length;
  }

  get home(): HomeMap {
    return this.#map();
  }

  get count(): number {
    return this.#first + this.#keys.length;
  }

  key(slot: number): SlotKey {
    return slot < this.#first ? this.named.text(slot) : this.#keys[slot - this.#first]!;
  }

  /** The keys from a slot on. */
  keysFrom(slot: number): SlotKey[] {
    if (slot >= this.#first) return this.#keys.slice(slot - this.#first);
    return Array.from({ length: this.count - slot }, (_, index) => this.key(slot + index));
  }

  /** The slot of a key, made now if there is none. */
  slot(key: SlotKey): number {
    const known = this.find(key);
    if (known !== -1) return known;
    const canonical = this.canonical(key);
    const slot = this.count;
    this.#keys.push(canonical);
    this.#slots.set(canonical, slot);
    return slot;
  }

  /** The slot of a key however its device is written, or −1. */
  find(key: SlotKey): number {
    const known = this.findExactly(key);
    if (known !== -1) return known;
    const alias = this.#aliases.get(key);
    if (alias !== undefined) return alias;
    const canonical = this.canonical(key);
    if (canonical === key) return -1;
    const slot = this.findExactly(canonical);
    if (slot !== -1) this.#aliases.set(key, slot);
    return slot;
  }

  /** The slot of a canonical key, or −1. */
  findExactly(key: SlotKey): number {
    const named = this.named.find(key);
    return named === -1 ? (this.#slots.get(key) ?? -1) : named;
  }

  /** Forgets what came behind the slots that rules name, and takes over what an image says came there. */
  replace(named: number, keys: readonly SlotKey[], persons: readonly string[]): void {
    for (const key of this.#keys.splice(named - this.#first)) this.#slots.delete(key);
    this.#aliases.clear();
    this.persons.splice(0, this.persons.length, ...persons);
    for (const key of keys) this.slot(key);
  }

  canonical(key: SlotKey): SlotKey {
    if (this.personsAt !== -1 && key.startsWith('h\0')) return placedPerson(this.persons, key);
    return isCanonical(key) ? key : this.home.canonical(key);
  }

  resolve(members: Members): ResolvedMembers {
    if (members.type === 'one') return { slots: [this.slot(members.key)], devices: [members.device] };
    if (members.type === 'persons') return this.#personSlots();
    const devices = this.home.members(members.set);
    return { slots: this.home.keysOf(devices, members.property).map((key) => this.slot(key)), devices };
  }

  #personSlots(): ResolvedMembers {
    const slots = Array.from({ length: PERSONS_MAX }, (_, index) => this.personsAt + index);
    return { slots, devices: slots.map(() => null) };
  }
}

/** The key of a person's place among those kept for anyone, taken now if there is none; their own key where none is left. */
export function placedPerson(persons: string[], key: SlotKey): SlotKey {
  const person = key.slice(2);
  const known = persons.indexOf(person);
  if (known !== -1) return `h#${known}`;
  return persons.length < PERSONS_MAX ? `h#${persons.push(person) - 1}` : key;
}

/** The name of a person whose slot was one of those kept for anyone; null for one that nobody has taken, or that is given back. */
export function personKeyBack(key: SlotKey, persons: readonly string[], next: SlotNames): SlotKey | null {
  if (!key.startsWith('h#')) return key;
  const person = persons[Number(key.slice(2))];
  if (person === undefined || (next.personsAt !== -1 && !next.persons.includes(person))) return null;
  return `h\0${person}`;
}
