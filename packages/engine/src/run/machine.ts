// A core with a rule set in its memory: one layout, from linking to being replaced by the next.

import * as abi from '../../../../assembly/abi.ts';
import { CoreMemory, instantiate } from '../core.ts';
import type { CoreExports, CoreModule } from '../core.ts';
import { EngineError } from '../errors.ts';
import { BATCH_ROWS_MAX, OUT_BYTES, QUEUE_INPUTS, ZONE_CHANGES_MAX } from '../../../../assembly/limits.ts';
import { UNKNOWN_HIGH } from '../link/values.ts';
import { repeat } from '../link/blank.ts';
import type { Linked } from '../link/link.ts';
import type { StringTable } from '../strings.ts';
import { WEEKDAY_TEXT } from '../strings.ts';
import type { EngineCommand, EngineHome, EngineTrace } from '../types.ts';
import { zoneTable } from '../zone.ts';
import { answer } from './answers.ts';
import type { LayoutInput } from './build.ts';
import { Outbox } from './outbox.ts';
import { drain } from './output.ts';
import type { RowCollector } from './rows.ts';

/** Years behind and ahead of the clock that the table of the time zone covers. */
const YEARS_BEHIND = 1;
const YEARS_AHEAD = 5;
/** As far as dates are looked for: 29 February on a Sunday comes every 28 years, or 40 over a century. */
const YEARS_AHEAD_MOST = 45;

export class Machine {
  readonly core: CoreExports;
  readonly memory: CoreMemory;
  readonly linked: Linked;
  readonly strings: StringTable;
  /** Texts that the rules alone brought; those behind came with events. */
  readonly fixedTexts: number;
  readonly fixedPersons: number;
  readonly layout: LayoutInput;
  /** How often a rule of this id was deleted. */
  generations: ReadonlyMap<string, number> = new Map();
  readonly commands = new Outbox<EngineCommand>();
  readonly traces = new Outbox<EngineTrace>();
  #zoneYears = '';
  #coveredUntil = 0;
  /** The year for which the table was last seen to suffice; a step within it need not look again. */
  #yearAt = 0;
  #yearEnd = 0;

  constructor(module: CoreModule, linked: Linked, home: EngineHome, layout: LayoutInput) {
    this.layout = layout;
    this.linked = linked;
    this.strings = linked.strings;
    this.fixedTexts = linked.strings.size;
    this.fixedPersons = linked.names.persons.length;
    this.core = instantiate(module, linked.rings.end);
    this.memory = new CoreMemory(this.core.memory);
    this.#writeHeader(home);
    linked.writeTables(this.memory.words.subarray(linked.tablesAt >>> 2, (linked.tablesAt + linked.tablesSize) >>> 2));
    this.#writeState();
    this.core.attach();
  }

  #writeHeader(home: EngineHome): void {
    const { state, rings, addresses, names, namedSlots, holidays } = this.linked;
    const { memory } = this;
    const words: readonly (readonly [number, number])[] = [
      [abi.H_SLOTS, state.slotsAt],
      [abi.H_RULES, state.rulesAt],
      [abi.H_RULE_COUNT, state.rules],
      [abi.H_CELLS, state.cellsAt],
      [abi.H_CELL_COUNT, state.cells],
      [abi.H_HOLDS, state.holdsAt],
      [abi.H_HOLD_COUNT, state.holds],
      [abi.H_RUNS, state.runsAt],
      [abi.H_RUN_CAPACITY, state.runs],
      [abi.H_STRANDS, state.strandsAt],
      [abi.H_STRAND_CAPACITY, state.strands],
      [abi.H_TIMERS, state.timersAt],
      [abi.H_TIMER_CAPACITY, state.timers],
      [abi.H_SLOT_TABLE, addresses.slotTable],
      [abi.H_NAMED_SLOTS, namedSlots],
      [abi.H_RULE_TABLE, addresses.ruleTable],
      [abi.H_TRIGGERS, addresses.triggers],
      [abi.H_HOLD_TABLE, addresses.holdTable],
      [abi.H_ZONES, addresses.zones],
      [abi.H_HOLIDAYS, addresses.holidays],
      [abi.H_HOLIDAY_COUNT, holidays],
      [abi.H_CELL_OWNERS, addresses.cellOwners],
      [abi.H_STACK, rings.stackAt],
      [abi.H_MEMO, rings.memoAt],
      [abi.H_QUEUE, rings.queueAt],
      [abi.H_QUEUE_CAPACITY, QUEUE_INPUTS],
      [abi.H_EVENTS, rings.eventsAt],
      [abi.H_OUT, rings.outAt],
      [abi.H_OUT_CAPACITY, OUT_BYTES],
      [abi.H_ROW_RULES, rings.rowRulesAt],
      [abi.H_ROW_SLOTS, rings.rowSlotsAt],
      [abi.H_ROW_VALUES, rings.rowValuesAt],
      [abi.H_ROW_CAPACITY, BATCH_ROWS_MAX],
      [abi.H_MODE_SLOT, names.findExactly('m')],
      [abi.H_WEEKDAY_NAMES, WEEKDAY_TEXT],
      [abi.H_RUN_HIGH, 1],
      [abi.H_STRAND_HIGH, 1],
    ];
    for (const [at, value] of words) memory.putWord(at, value);
    memory.putFloat(abi.H_LATITUDE, home.latitude);
    memory.putFloat(abi.H_LONGITUDE, home.longitude);
  }

  /** Everything unknown, every cell and hold fresh. */
  #writeState(): void {
    const { state, blank } = this.linked;
    const { bytes } = this.memory;
    this.memory.putWord(state.slotsAt + abi.SLOT_VALUE + 4, UNKNOWN_HIGH);
    this.memory.putWord(state.slotsAt + abi.SLOT_KNOWN + 4, UNKNOWN_HIGH);
    repeat(bytes, state.slotsAt, abi.SLOT_SIZE, state.slotCapacity * abi.SLOT_SIZE);
    bytes.set(blank, state.rulesAt);
  }

  get now(): number {
    return this.memory.float(abi.H_NOW);
  }

  /** The deadline of the earliest timer, or null. */
  get wakeAt(): number | null {
    const at = this.core.nextDeadline();
    return at >= abi.NO_TIME ? null : at;
  }

  /** Makes the table of the time zone cover what a step to `now` can see; clock triggers are set anew by it. */
  coverTime(timeZone: string, now: number): void {
    if (this.now >= this.#yearAt && now < this.#yearEnd) return;
    this.#cover(timeZone, now, YEARS_AHEAD);
    const year = new Date(this.now).getUTCFullYear();
    if (year !== new Date(now).getUTCFullYear()) return;
    this.#yearAt = Date.UTC(year, 0, 1);
    this.#yearEnd = Date.UTC(year + 1, 0, 1);
  }

  /** Where the earliest timer lies beyond the table, covers that too, so that it is exact. */
  coverFarTimers(timeZone: string): void {
    const at = this.wakeAt;
    if (at === null || at <= this.#coveredUntil) return;
    this.#yearEnd = 0;
    this.#cover(timeZone, this.now, YEARS_AHEAD_MOST);
  }

  #cover(timeZone: string, now: number, ahead: number): void {
    const first = new Date(this.now).getUTCFullYear() - YEARS_BEHIND;
    const last = new Date(now).getUTCFullYear() + ahead;
    const years = `${first} ${last}`;
    if (years === this.#zoneYears) return;
    const table = zoneTable(timeZone, first, last).slice(0, ZONE_CHANGES_MAX);
    for (const [index, { from, offset }] of table.entries()) {
      this.memory.putFloat(this.linked.addresses.zones + index * 16, from);
      this.memory.putFloat(this.linked.addresses.zones + index * 16 + 8, offset);
    }
    this.memory.putWord(abi.H_ZONE_COUNT, table.length);
    this.#coveredUntil = Date.UTC(last, 11, 31);
    const isFirst = this.#zoneYears === '';
    this.#zoneYears = years;
    if (!isFirst) this.setClocksAnew();
  }

  /** Sets every clock trigger to its next time after now. */
  setClocksAnew(): void {
    const { state, addresses } = this.linked;
    for (let cell = 0; cell < state.cells; cell += 1) {
      const trigger = this.memory.word(addresses.cellOwners + cell * 4);
      if (this.memory.word(trigger + abi.TRIGGER_KIND) < abi.KIND_TIME) continue;
      const at = state.cellsAt + cell * abi.CELL_SIZE + abi.CELL_FLAGS;
      this.memory.putWord(at, this.memory.word(at) | abi.CELL_FRESH);
    }
    this.initialise();
    this.core.resetClocks();
  }

  /** Gives what is fresh its first state. */
  initialise(): void {
    this.drive(this.core.initialise());
  }

  /**
   * Works until the core has nothing left to do, emptying its output and answering what it asks.
   *
   * @param rows where the rows of a batch go; null for a step
   */
  drive(first: number, rows: RowCollector | null = null): void {
    let status = first;
    while (status !== abi.STEP_IDLE) {
      if (status === abi.STEP_NEEDS) answer(this);
      else if (status !== abi.STEP_FULL) throw new EngineError('CORE_FAILED', `the core answered ${status}`);
      drain(this, this.commands, this.traces);
      rows?.take();
      status = rows === null ? this.core.resume() : this.core.resumeSlots();
    }
    if (this.memory.word(abi.H_OUT_LENGTH) > 0) drain(this, this.commands, this.traces);
  }

  /** The slot of a value by its key, or −1. */
  find(key: string): number {
    return this.linked.names.find(key);
  }

  /** Slots in use: those that rules name, then those of values that no rule names. */
  get slotCount(): number {
    return this.linked.names.count;
  }

  get hasRoomForSlot(): boolean {
    return this.slotCount < this.linked.state.slotCapacity;
  }
}
