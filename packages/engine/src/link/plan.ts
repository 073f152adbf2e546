// First pass of linking: which slots, cells, holds and entries there are, before any has an address.

import * as abi from '../abi.ts';
import type { CompiledTrigger, Fragment, Hold, Members, SlotKey } from '../compile/fragment.ts';
import { MODE_KEY, START_KEY, onlineKey } from '../compile/fragment.ts';
import { PERSONS_MAX } from '../limits.ts';
import type { HomeMap } from './members.ts';

/** A rule's place among others: live, or the old version of one that was edited or deleted while it ran. */
export interface PlannedRule {
  readonly fragment: Fragment;
  readonly ghost: boolean;
  /** The rule in whose list its runs are. */
  readonly holder: number;
  readonly index: number;
  readonly firstTrigger: number;
  readonly firstCell: number;
  readonly firstHold: number;
  /** Holds of each `for` condition. */
  readonly holds: readonly { readonly first: number; readonly hold: Hold; readonly slots: readonly number[] }[];
  readonly cells: readonly PlannedCell[];
}

export interface PlannedCell {
  readonly trigger: number;
  readonly member: number;
  /** The device of the member, so that a cell can be found again when the set has changed. */
  readonly device: string | null;
}

export interface PlannedEntry {
  readonly slot: number;
  readonly kind: number;
  readonly rule: number;
  /** Number of the trigger among all; −1 for waits. */
  readonly trigger: number;
  readonly cell: number;
  readonly device: string | null;
  readonly member: number;
  readonly compiled: CompiledTrigger | null;
}

export interface ResolvedMembers {
  readonly slots: readonly number[];
  readonly devices: readonly (string | null)[];
}

export class Plan {
  readonly home: HomeMap;
  readonly slots = new Map<SlotKey, number>();
  readonly keys: SlotKey[] = [];
  /** Slots by the keys as rules write them. */
  readonly #aliases = new Map<SlotKey, number>();
  readonly rules: PlannedRule[] = [];
  readonly entries: PlannedEntry[] = [];
  /** People by the order in which they were first heard of; rules about anyone see them all. */
  readonly persons: string[];
  /** The first of the slots for people, or −1 where no rule is about anyone. */
  personsAt = -1;
  cellCount = 0;
  holdCount = 0;
  triggerCount = 0;
  instructionCount = 0;

  /** @param anyone whether a rule is about anyone, so that people not heard of yet need slots too */
  constructor(home: HomeMap, persons: readonly string[], anyone: boolean) {
    this.home = home;
    this.persons = [...persons];
    this.slot(MODE_KEY);
    this.slot(START_KEY);
    if (!anyone) return;
    this.personsAt = this.keys.length;
    for (let index = 0; index < PERSONS_MAX; index += 1) this.slot(`h#${index}`);
  }

  slot(key: SlotKey): number {
    const alias = this.#aliases.get(key);
    if (alias !== undefined) return alias;
    const slot = this.#newSlot(this.canonical(key));
    this.#aliases.set(key, slot);
    return slot;
  }

  #newSlot(canonical: SlotKey): number {
    const known = this.slots.get(canonical);
    if (known !== undefined) return known;
    const index = this.keys.length;
    this.keys.push(canonical);
    this.slots.set(canonical, index);
    return index;
  }

  /** Forgets the slots from this number on. */
  truncate(size: number): void {
    for (const key of this.keys.splice(size)) this.slots.delete(key);
    for (const [key, slot] of this.#aliases) if (slot >= size) this.#aliases.delete(key);
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

  /** Slots of a device's properties, for commands that name only a capability. */
  slotsOfDevice(device: string): readonly number[] {
    const prefix = `p\0${device}\0`;
    return this.keys.flatMap((key, slot) => (key.startsWith(prefix) ? [slot] : []));
  }

  /** The type that a device gives the property of a slot, where devices are known. */
  typeOf(key: SlotKey): string | undefined {
    const [kind, id, property] = key.split('\0');
    return kind === 'p' ? this.home.typeOf(id!, property!) : undefined;
  }

  /**
   * Adds a rule, or an old version of one.
   *
   * @param holder the rule in whose list the version's runs are; the version itself where there is none
   * @param waits the versions whose waits this rule answers for
   */
  add(fragment: Fragment, ghost: boolean, holder: number, waits: readonly Fragment[]): void {
    const index = this.rules.length;
    const firstCell = this.cellCount;
    const firstHold = this.holdCount;
    const firstTrigger = this.triggerCount;
    this.triggerCount += fragment.triggers.length;
    this.instructionCount += fragment.instructions.length;
    const holds = fragment.holds.map((hold) => this.#addHold(hold));
    this.#addWaits(waits, index);
    const cells: PlannedCell[] = [];
    if (!ghost) {
      for (const [number, trigger] of fragment.triggers.entries())
        this.#addTrigger(trigger, number, index, firstTrigger, cells);
    }
    this.rules.push({ fragment, ghost, holder, index, firstTrigger, firstCell, firstHold, holds, cells });
  }

  #addHold(hold: Hold): PlannedRule['holds'][number] {
    const { slots } = this.resolve(hold.predicate.members);
    const first = this.holdCount;
    this.holdCount += hold.each ? slots.length : 1;
    return { first, hold, slots };
  }

  /** One entry a slot for all waits of a rule, before its triggers. */
  #addWaits(fragments: readonly Fragment[], rule: number): void {
    const reads = fragments.flatMap((fragment) => fragment.waitReads);
    const slots = new Set(reads.flatMap((members) => this.resolve(members).slots));
    for (const slot of slots) {
      const entry = {
        slot,
        kind: abi.ENTRY_WAITS,
        rule,
        trigger: -1,
        cell: -1,
        device: null,
        member: 0,
        compiled: null,
      };
      this.entries.push(entry);
    }
  }

  #addTrigger(
    trigger: CompiledTrigger,
    number: number,
    rule: number,
    firstTrigger: number,
    cells: PlannedCell[],
  ): void {
    if (trigger.waits) return;
    const add = (slot: number, kind: number, cell: number, device: string | null, member: number): void =>
      void this.entries.push({
        slot,
        kind,
        rule,
        trigger: firstTrigger + number,
        cell,
        device,
        member,
        compiled: trigger,
      });
    const cell = (member: number, device: string | null): number => {
      cells.push({ trigger: number, member, device });
      return this.cellCount++;
    };
    if (trigger.channel !== null) {
      const slot = this.slot(trigger.channel);
      for (const device of this.eventDevices(trigger)) add(slot, abi.ENTRY_EVENT, -1, device, 0);
      return;
    }
    if (trigger.predicate !== null) return this.#addProperty(trigger, add, cell);
    if (trigger.kind === abi.KIND_MANUAL) return;
    const own = cell(number, null);
    const kind = trigger.kind === abi.KIND_EXPRESSION ? abi.ENTRY_EXPRESSION : abi.ENTRY_SOURCE;
    const read = new Set(trigger.reads.flatMap((members) => this.resolve(members).slots));
    for (const slot of read) add(slot, kind, own, null, 0);
  }

  #addProperty(
    trigger: CompiledTrigger,
    add: (slot: number, kind: number, cell: number, device: string | null, member: number) => void,
    cell: (member: number, device: string | null) => number,
  ): void {
    const { slots, devices } = this.resolve(trigger.predicate!.members);
    if (trigger.kind === abi.KIND_STATEMENT) {
      const own = cell(0, null);
      for (const [index, slot] of slots.entries()) add(slot, abi.ENTRY_STATEMENT, own, devices[index] ?? null, index);
      return;
    }
    const remembers = (trigger.flags & (abi.TRIGGER_HAS_FOR | abi.TRIGGER_HAS_HYSTERESIS)) !== 0;
    for (const [index, slot] of slots.entries()) {
      const device = devices[index] ?? null;
      add(slot, plainKind(trigger), remembers ? cell(index, device) : -1, device, index);
    }
  }

  /** The devices whose events a trigger takes; null stands for events of one's own. */
  eventDevices(trigger: CompiledTrigger): readonly (string | null)[] {
    if (trigger.devices === null || typeof trigger.devices === 'string') return [trigger.devices];
    return this.home.members(trigger.devices);
  }
}

/** The kind of entry that has the whole predicate in it, where that is simple enough. */
function plainKind(trigger: CompiledTrigger): number {
  const predicate = trigger.predicate!;
  if (trigger.flags !== 0 || predicate.origins !== 0) return abi.ENTRY_PROPERTY;
  if (predicate.tests === abi.TEST_VALUES && predicate.values.length === 1) return abi.ENTRY_EQUALS;
  if (predicate.tests === abi.TEST_ABOVE) return abi.ENTRY_ABOVE;
  return predicate.tests === abi.TEST_BELOW ? abi.ENTRY_BELOW : abi.ENTRY_PROPERTY;
}
