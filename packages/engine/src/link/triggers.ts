// Writes the records of triggers, predicates, clocks and the entries of slots.

import * as abi from '../abi.ts';
import type { Clock, CompiledTrigger, Predicate } from '../compile/fragment.ts';
import type { StringTable } from '../strings.ts';
import type { StateLayout } from './layout.ts';
import type { TableAddresses } from './link.ts';
import type { MemoryWriter } from './memory-writer.ts';
import type { Plan, PlannedEntry, PlannedRule } from './plan.ts';

/** Where the entries of each slot begin, and how many there are. */
export interface EntryLists {
  readonly at: Int32Array;
  readonly count: Int32Array;
}

export class TriggerWriter {
  readonly #out: MemoryWriter;
  readonly #plan: Plan;
  readonly #state: StateLayout;
  readonly #addresses: TableAddresses;
  readonly #strings: StringTable;

  constructor(out: MemoryWriter, plan: Plan, state: StateLayout, addresses: TableAddresses, strings: StringTable) {
    this.#out = out;
    this.#plan = plan;
    this.#state = state;
    this.#addresses = addresses;
    this.#strings = strings;
  }

  addressOf(trigger: number): number {
    return this.#addresses.triggers + trigger * abi.TRIGGER_SIZE;
  }

  cellAt(cell: number): number {
    return this.#state.cellsAt + cell * abi.CELL_SIZE;
  }

  write(rule: PlannedRule, code: number): void {
    for (const [number, trigger] of rule.fragment.triggers.entries()) {
      if (rule.ghost && !trigger.waits) continue;
      this.#writeTrigger(this.addressOf(rule.firstTrigger + number), trigger, rule, code);
    }
    for (const [index, cell] of rule.cells.entries()) {
      const owner = this.addressOf(rule.firstTrigger + cell.trigger);
      this.#out.word(this.#addresses.cellOwners + (rule.firstCell + index) * 4, owner);
      const isFirst = index === 0 || rule.cells[index - 1]!.trigger !== cell.trigger;
      if (isFirst) this.#out.word(owner + abi.TRIGGER_CELL, this.cellAt(rule.firstCell + index));
    }
    for (const { first, hold, slots } of rule.holds) {
      if (!hold.each) this.#writePredicate(this.#holdAt(first), hold.predicate);
      else
        for (const [index, slot] of slots.entries())
          this.#writeMember(this.#holdAt(first + index), hold.predicate, slot);
    }
  }

  #holdAt(hold: number): number {
    return this.#addresses.holdTable + hold * abi.PREDICATE_SIZE;
  }

  #writeTrigger(at: number, trigger: CompiledTrigger, rule: PlannedRule, code: number): void {
    const out = this.#out;
    if (trigger.predicate !== null) this.#writePredicate(at, trigger.predicate);
    if (trigger.channel !== null) this.#writeEvent(at, trigger);
    out.word(at + abi.TRIGGER_KIND, trigger.kind);
    out.word(at + abi.TRIGGER_FLAGS, trigger.flags);
    out.word(at + abi.TRIGGER_RULE, rule.index);
    out.word(at + abi.TRIGGER_INDEX, trigger.index);
    out.word(at + abi.TRIGGER_ID, this.#strings.number(trigger.id));
    if (trigger.from.length > 0) out.word(at + abi.TRIGGER_FROM, out.values(trigger.from));
    out.word(at + abi.TRIGGER_FROM_COUNT, trigger.from.length);
    out.float(at + abi.TRIGGER_FOR, trigger.for);
    out.float(at + abi.TRIGGER_HYSTERESIS, trigger.hysteresis);
    if (trigger.code !== null) out.word(at + abi.TRIGGER_CODE, code + trigger.code.at * abi.OP_SIZE);
    if (trigger.clock !== null) out.word(at + abi.TRIGGER_CLOCK, this.#writeClock(trigger.clock));
  }

  /** An event trigger has its actions where a property trigger has its values. */
  #writeEvent(at: number, trigger: CompiledTrigger): void {
    const out = this.#out;
    out.word(at + abi.PREDICATE_SLOT, this.#plan.slot(trigger.channel!));
    if (trigger.actions.length > 0) {
      const list = out.reserve(trigger.actions.length * 8);
      for (const [index, action] of trigger.actions.entries()) out.word(list + index * 8, this.#strings.number(action));
      out.word(at + abi.PREDICATE_VALUES, list);
      out.word(at + abi.PREDICATE_VALUE_COUNT, trigger.actions.length);
    }
    if (trigger.button !== null) out.word(at + abi.TRIGGER_BUTTON, this.#strings.number(trigger.button));
    if (trigger.devices === null || !trigger.waits) return;
    const devices = this.#plan.eventDevices(trigger).map((device) => this.#strings.number(device ?? ''));
    out.word(at + abi.TRIGGER_DEVICES, out.words([devices.length, ...devices]));
  }

  /** A predicate of its own, for conditions and functions over sets. */
  predicate(predicate: Predicate): number {
    const at = this.#out.reserve(abi.PREDICATE_SIZE);
    this.#writePredicate(at, predicate);
    return at;
  }

  #writePredicate(at: number, predicate: Predicate): void {
    const { slots } = this.#plan.resolve(predicate.members);
    const out = this.#out;
    out.word(at + abi.PREDICATE_KIND, predicate.over);
    if (predicate.over === abi.OVER_ONE) out.word(at + abi.PREDICATE_SLOT, slots[0] ?? 0);
    else out.word(at + abi.PREDICATE_MEMBERS, out.words(slots));
    out.word(at + abi.PREDICATE_MEMBER_COUNT, slots.length);
    this.#writeTests(at, predicate);
  }

  #writeMember(at: number, predicate: Predicate, slot: number): void {
    this.#out.word(at + abi.PREDICATE_KIND, abi.OVER_ONE);
    this.#out.word(at + abi.PREDICATE_SLOT, slot);
    this.#writeTests(at, predicate);
  }

  #writeTests(at: number, predicate: Predicate): void {
    const out = this.#out;
    out.word(at + abi.PREDICATE_TESTS, predicate.tests);
    if (predicate.values.length > 0) out.word(at + abi.PREDICATE_VALUES, out.values(predicate.values));
    out.word(at + abi.PREDICATE_VALUE_COUNT, predicate.values.length);
    out.word(at + abi.PREDICATE_ORIGINS, predicate.origins);
    out.float(at + abi.PREDICATE_LOW, predicate.low);
    out.float(at + abi.PREDICATE_HIGH, predicate.high);
  }

  #writeClock(clock: Clock): number {
    const out = this.#out;
    const at = out.reserve(abi.CLOCK_SIZE);
    out.word(at + abi.CLOCK_WEEKDAYS, clock.weekdays);
    if (clock.cron !== null) return this.#writeCron(at, clock.cron);
    if (clock.times.length > 0) out.word(at + abi.CLOCK_TIMES, out.words(clock.times));
    out.word(at + abi.CLOCK_TIME_COUNT, clock.times.length);
    if (clock.dates.length > 0) out.word(at + abi.CLOCK_DATES, out.words(clock.dates));
    out.word(at + abi.CLOCK_DATE_COUNT, clock.dates.length);
    out.float(at + abi.CLOCK_ELEVATION, clock.elevation);
    out.word(at + abi.CLOCK_DIRECTION, clock.direction);
    const isTime = clock.times.length > 0 || clock.source !== null;
    out.float(at + abi.CLOCK_PERIOD, clock.period > 0 ? clock.period : clock.offset);
    if (!isTime) out.word(at + abi.CLOCK_SUN_EVENT, clock.sunEvent);
    else out.word(at + abi.CLOCK_SOURCE, clock.source === null ? abi.NO_SOURCE : this.#plan.slot(clock.source));
    return at;
  }

  #writeCron(at: number, cron: NonNullable<Clock['cron']>): number {
    const out = this.#out;
    out.bits(at + abi.CLOCK_MINUTES, cron.minutes);
    out.word(at + abi.CLOCK_HOURS, cron.hours);
    out.word(at + abi.CLOCK_DAYS, cron.days);
    out.word(at + abi.CLOCK_MONTHS, cron.months);
    out.word(at + abi.CLOCK_WEEK, cron.weekdays);
    out.word(at + abi.CLOCK_EITHER, cron.either ? 1 : 0);
    return at;
  }

  /** Writes the entries, those of a slot side by side in the order of their rules. */
  writeEntries(entries: readonly PlannedEntry[]): EntryLists {
    const lists = { at: new Int32Array(this.#state.namedSlots), count: new Int32Array(this.#state.namedSlots) };
    for (const { slot } of entries) lists.count[slot]! += 1;
    let at = this.#addresses.entries;
    for (const [slot, count] of lists.count.entries()) {
      lists.at[slot] = count === 0 ? 0 : at;
      at += count * abi.ENTRY_SIZE;
    }
    const next = lists.at.slice();
    for (const entry of entries) {
      this.#writeEntry(next[entry.slot]!, entry);
      next[entry.slot]! += abi.ENTRY_SIZE;
    }
    return lists;
  }

  #writeEntry(at: number, entry: PlannedEntry): void {
    const out = this.#out;
    out.word(at + abi.ENTRY_KIND, entry.kind);
    out.word(at + abi.ENTRY_RULE, entry.rule);
    if (entry.trigger >= 0) out.word(at + abi.ENTRY_TRIGGER, this.addressOf(entry.trigger));
    if (entry.cell >= 0) out.word(at + abi.ENTRY_CELL, this.cellAt(entry.cell));
    if (entry.device !== null) out.word(at + abi.ENTRY_DEVICE, this.#strings.number(entry.device));
    out.word(at + abi.ENTRY_MEMBER, entry.member);
    const predicate = entry.compiled?.predicate;
    if (entry.kind === abi.ENTRY_EQUALS) out.value(at + abi.ENTRY_VALUE, predicate!.values[0]!);
    if (entry.kind === abi.ENTRY_ABOVE) out.float(at + abi.ENTRY_VALUE, predicate!.low);
    if (entry.kind === abi.ENTRY_BELOW) out.float(at + abi.ENTRY_VALUE, predicate!.high);
  }
}
