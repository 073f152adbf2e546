// First pass of linking: which slots, cells, holds and entries there are, before any has an address.

import * as abi from '../abi.ts';
import type { CompiledTrigger, Fragment, Hold, Members, SlotKey } from '../compile/fragment.ts';
import type { HomeMap } from './members.ts';
import type { ResolvedMembers, SlotNames } from './names.ts';

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

export class Plan {
  readonly home: HomeMap;
  readonly names: SlotNames;
  readonly rules: PlannedRule[] = [];
  readonly entries: PlannedEntry[] = [];
  readonly #deviceSlots = new Map<string, number[]>();
  /** How many slots those lists take in. */
  #listed = 0;
  cellCount = 0;
  holdCount = 0;
  triggerCount = 0;
  instructionCount = 0;

  constructor(home: HomeMap, names: SlotNames) {
    this.home = home;
    this.names = names;
  }

  slot(key: SlotKey): number {
    return this.names.slot(key);
  }

  resolve(members: Members): ResolvedMembers {
    return this.names.resolve(members);
  }

  /** Slots of a device's properties, for commands that name only a capability. */
  slotsOfDevice(device: string): readonly number[] {
    for (const key of this.names.keysFrom(this.#listed)) {
      const [kind, id] = key.split('\0');
      if (kind === 'p') this.#slotsOf(id!).push(this.#listed);
      this.#listed += 1;
    }
    return this.#slotsOf(device);
  }

  #slotsOf(device: string): number[] {
    let slots = this.#deviceSlots.get(device);
    if (slots === undefined) this.#deviceSlots.set(device, (slots = []));
    return slots;
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
    const devices = new Map<number, string | null>();
    for (const members of fragments.flatMap((fragment) => fragment.waitReads)) {
      const read = this.resolve(members);
      for (const [index, slot] of read.slots.entries())
        devices.set(slot, read.devices[index] ?? devices.get(slot) ?? null);
    }
    for (const [slot, device] of devices) {
      const entry = {
        slot,
        kind: abi.ENTRY_WAITS,
        rule,
        trigger: -1,
        cell: -1,
        device,
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
