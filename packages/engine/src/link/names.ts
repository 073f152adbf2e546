// Which slot stands for what, by name. Those that rules name come first, in the order in which linking came upon them; behind
// them lie those of values that no rule names.

import type { Members, SlotKey } from '../compile/fragment.ts';
import { MODE_KEY, START_KEY, onlineKey } from '../compile/fragment.ts';
import type { FrozenTexts } from '../frozen-texts.ts';
import { PERSONS_MAX } from '../limits.ts';
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
  /** What was named when these names were prepared as bytes. */
  readonly #frozen: FrozenTexts | null;
  readonly #first: number;
  readonly #keys: SlotKey[] = [];
  readonly #slots = new Map<SlotKey, number>();
  /** Slots by keys that are not canonical, as rules and events write them. */
  readonly #aliases = new Map<SlotKey, number>();

  private constructor(map: () => HomeMap, persons: readonly string[], personsAt: number, frozen: FrozenTexts | null) {
    this.#map = map;
    this.persons = [...persons];
    this.personsAt = personsAt;
    this.#frozen = frozen;
    this.#first = frozen?.size ?? 0;
  }

  /** @param anyone whether a rule is about anyone, so that people not heard of yet need slots too */
  static begin(map: HomeMap, persons: readonly string[], anyone: boolean): SlotNames {
    const names = new SlotNames(() => map, persons, anyone ? 2 : -1, null);
    names.slot(MODE_KEY);
    names.slot(START_KEY);
    if (anyone) for (let index = 0; index < PERSONS_MAX; index += 1) names.slot(`h#${index}`);
    return names;
  }

  static thaw(map: () => HomeMap, persons: readonly string[], personsAt: number, frozen: FrozenTexts): SlotNames {
    return new SlotNames(map, persons, personsAt, frozen);
  }

  get home(): HomeMap {
    return this.#map();
  }

  get count(): number {
    return this.#first + this.#keys.length;
  }

  key(slot: number): SlotKey {
    return slot < this.#first ? this.#frozen!.text(slot) : this.#keys[slot - this.#first]!;
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
    const known = this.#slots.get(key) ?? this.#aliases.get(key);
    if (known !== undefined) return known;
    const canonical = this.canonical(key);
    const slot = this.findExactly(canonical);
    if (slot !== -1 && canonical !== key) this.#aliases.set(key, slot);
    return slot;
  }

  /** The slot of a canonical key, or −1. */
  findExactly(key: SlotKey): number {
    return this.#slots.get(key) ?? this.#frozen?.find(key) ?? -1;
  }

  /** Forgets what came behind the slots that rules name, and takes over what an image says came there. */
  replace(named: number, keys: readonly SlotKey[], persons: readonly string[]): void {
    for (const key of this.#keys.splice(named - this.#first)) this.#slots.delete(key);
    this.#aliases.clear();
    this.persons.splice(0, this.persons.length, ...persons);
    for (const key of keys) this.slot(key);
  }

  canonical(key: SlotKey): SlotKey {
    if (this.personsAt !== -1 && key.startsWith('h\0')) return `h#${this.#person(key.slice(2))}`;
    if (!key.startsWith('p\0')) return key;
    if (!key.includes('/') && !key.includes('@')) return key;
    const [, device, property] = key.split('\0');
    return this.home.key(device!, property!);
  }

  resolve(members: Members): ResolvedMembers {
    if (members.type === 'one') return { slots: [this.slot(members.key)], devices: [members.device] };
    if (members.type === 'persons') return this.#personSlots();
    const devices = this.home.members(members.set);
    const keyOf = (device: string): SlotKey =>
      members.property === 'online' ? onlineKey(device) : this.home.key(device, members.property);
    return { slots: devices.map((device) => this.slot(keyOf(device))), devices };
  }

  #personSlots(): ResolvedMembers {
    const slots = Array.from({ length: PERSONS_MAX }, (_, index) => this.personsAt + index);
    return { slots, devices: slots.map(() => null) };
  }

  /** The place of a person among those kept for anyone; those beyond the last share it. */
  #person(person: string): number {
    const known = this.persons.indexOf(person);
    if (known !== -1) return known;
    return this.persons.length < PERSONS_MAX ? this.persons.push(person) - 1 : PERSONS_MAX - 1;
  }
}
