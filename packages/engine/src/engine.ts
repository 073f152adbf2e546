// The engine: rules in, events in, commands out. A pure function of its state, the time and the events it is given.

import type { Rule, Value } from '@lintel/model';
import * as abi from '../../../assembly/abi.ts';
import type { CoreModule } from './core.ts';
import { EngineError } from './errors.ts';
import { readOptions } from './home.ts';
import { BATCH_EVENTS } from '../../../assembly/limits.ts';
import type { HomeMap } from './link/members.ts';
import { isOf } from './run/event-kind.ts';
import { callOff, countdownsOf, type LogicalCountdown } from './run/countdowns.ts';
import { EventWriter, checkBatch, checkEvents, checkInstant, type EventHost } from './run/events.ts';
import { exportRunsOf, exportState, type LogicalRun, type LogicalState } from './run/export.ts';
import { decodeImage, encodeImage, imageHash, loadImage } from './run/image.ts';
import { handOver, type Handover } from './run/handover.ts';
import { setBack } from './run/set-back.ts';
import { takeOver } from './run/takeover.ts';
import { commandOf } from './run/command-ids.ts';
import type { Machine } from './run/machine.ts';
import { isRuleEnabled, manualName, variableOf } from './run/peek.ts';
import { buildMachine, startMachine } from './run/build.ts';
import { makeRoom, replaceRules } from './run/replace.ts';
import type { RuleSet } from './run/rule-set.ts';
import { roomLacking } from './run/room.ts';
import { NO_ROWS, RowCollector, type BatchRows } from './run/rows.ts';
import { writeReports } from './run/write-reports.ts';
import type { EngineDevice, EngineEvent, EngineHome, ReplaceResult, StepResult } from './types.ts';

/** All that an engine is made of at one time; replaced as a whole, or not at all. */
export interface EngineParts {
  readonly machine: Machine;
  readonly rules: RuleSet;
  /** How often a rule of this id was deleted, for the ids of commands of one that comes again. */
  readonly generations: ReadonlyMap<string, number>;
}

export class Engine {
  readonly #module: CoreModule;
  #parts: EngineParts | null;
  #writer: EventWriter;
  #rows: RowCollector;
  #slots = new Map<string, Map<string, number>>();

  constructor(module: CoreModule, parts: EngineParts) {
    this.#module = module;
    this.#parts = parts;
    this.#writer = new EventWriter(this.#eventHost(parts));
    this.#rows = new RowCollector(parts.machine);
  }

  #open(): EngineParts {
    if (this.#parts === null) throw new EngineError('CLOSED', 'the engine has been closed');
    return this.#parts;
  }

  #adopt(parts: EngineParts): void {
    parts.machine.generations = parts.generations;
    if (parts.machine !== this.#parts?.machine) this.#rows = new RowCollector(parts.machine);
    this.#parts = parts;
    this.#slots = new Map();
    this.#writer = new EventWriter(this.#eventHost(parts));
  }

  /** The rows of the last {@link stepSlots}, until the next call. */
  get out(): BatchRows {
    return this.#parts === null ? NO_ROWS : this.#rows.rows;
  }

  /** The time of the last step, in ms since 1970. */
  get now(): number {
    return this.#open().machine.now;
  }

  /** The deadline of the earliest armed timer, in ms since 1970, or null. */
  get wakeAt(): number | null {
    return this.#open().machine.wakeAt;
  }

  /** The value of a home variable; null while it is unknown. */
  variable(name: string): Value {
    return variableOf(this.#open().machine, name);
  }

  /** Whether a rule is switched on, by its text or since by a rule; null for a rule that is not there. */
  isEnabled(rule: string): boolean | null {
    return isRuleEnabled(this.#open().machine, rule);
  }

  /** The rules as they are now. */
  get rules(): readonly Rule[] {
    return this.#open().rules.fragments.map((fragment) => fragment.rule);
  }

  /** Old versions of rules that were edited or deleted while they ran, as far as they are still kept for that. */
  get formerRules(): readonly Rule[] {
    const { linked } = this.#open().machine;
    return linked.rules.filter(({ ghost }) => ghost).map(({ fragment }) => fragment.rule);
  }

  /**
   * Moves the time to `now` and applies events.
   *
   * @param now ms since 1970; an instant before the last one counts as the last one
   * @throws EngineError `BAD_EVENT`; nothing has then happened
   */
  step(now: number, events: readonly EngineEvent[] = []): StepResult {
    const { home } = this.#open().rules;
    checkInstant(now, 'now');
    checkEvents(events);
    const lacking = roomLacking(this.#open(), events);
    if (lacking !== null) this.#adopt(makeRoom(this.#module, this.#open(), lacking));
    const { machine } = this.#open();
    const instant = Math.max(now, machine.now);
    machine.coverTime(home.timeZone, instant);
    const [first] = events;
    let downtime = first !== undefined && (isOf(first, 'start') || isOf(first, 'downtime')) ? 1 : 0;
    let next = 0;
    do {
      const end = endOfBatch(events, next);
      const count = this.#write(machine, end - next === events.length ? events : events.slice(next, end));
      machine.drive(machine.core.step(instant, count, downtime));
      const last = events[end - 1];
      if (last !== undefined && isOf(last, 'calledOff')) callOff(machine, last.calledOff);
      downtime = 0;
      next = end;
    } while (next < events.length);
    return this.#result(machine);
  }

  #result(machine: Machine): StepResult {
    machine.coverFarTimers(this.#open().rules.home.timeZone);
    return { commands: machine.commands.take(), wakeAt: machine.wakeAt, traces: machine.traces.take() };
  }

  #write(machine: Machine, events: readonly EngineEvent[]): number {
    const { memory, linked } = machine;
    let sequence = memory.float(abi.H_SEQUENCE);
    let count = 0;
    for (const event of events) {
      sequence = event.sequence ?? sequence + 1;
      if (this.#writer.write(event, linked.rings.eventsAt + count * abi.INPUT_SIZE, sequence)) count += 1;
    }
    memory.putFloat(abi.H_SEQUENCE, sequence);
    memory.putWord(abi.H_SLOT_COUNT, machine.slotCount);
    return count;
  }

  #eventHost(parts: EngineParts): EventHost {
    const { machine, rules } = parts;
    const { linked } = machine;
    return {
      memory: machine.memory,
      strings: machine.strings,
      slot: (key) => linked.names.slot(key),
      propertySlot: (device, property) => this.#propertySlot(machine, rules.map, device, property),
      channel: (key) => linked.names.findExactly(key),
      ruleIndex: (id) => linked.ruleOf(id),
      holderOf: (id) => linked.holderOf(id),
      manualName: (rule) => manualName(machine, rule),
      commandOf: (id) => commandOf(machine, id),
    };
  }

  #propertySlot(machine: Machine, map: HomeMap, device: string, property: string): number {
    let slots = this.#slots.get(device);
    if (slots === undefined) this.#slots.set(device, (slots = new Map()));
    let slot = slots.get(property);
    if (slot === undefined) slots.set(property, (slot = machine.linked.names.slot(map.key(device, property))));
    return slot;
  }

  /** The number of a property for {@link stepSlots}; −1 where no rule names it. */
  slot(device: string, property: string): number {
    const { machine, rules } = this.#open();
    if (typeof device !== 'string' || typeof property !== 'string') return -1;
    const slot = machine.linked.names.findExactly(rules.map.key(device, property));
    return slot < machine.linked.namedSlots ? slot : -1;
  }

  /**
   * Applies many reports at once: booleans as 0 or 1, unknown as NaN.
   *
   * @returns how many rows of plain `set` commands {@link out} has; other commands come with the next step, and
   *   runs of a batch leave no traces
   */
  stepSlots(now: number, slots: Int32Array, values: Float64Array, count?: number): number {
    const { machine, rules } = this.#open();
    checkInstant(now, 'now');
    checkBatch(slots, values, count);
    const most = Math.min(count ?? slots.length, slots.length, values.length);
    const instant = Math.max(now, machine.now);
    machine.coverTime(rules.home.timeZone, instant);
    machine.memory.putWord(abi.H_SLOT_COUNT, machine.slotCount);
    this.#rows.begin();
    // A batch of no reports moves the time all the same.
    for (let from = 0; from === 0 || from < most; from += BATCH_EVENTS) {
      const part = Math.min(BATCH_EVENTS, most - from);
      writeReports(machine, slots, values, from, part);
      machine.drive(machine.core.stepSlots(instant, part), this.#rows);
    }
    return this.#rows.end();
  }

  /**
   * Exchanges the rules, and with `devices` who is in which room.
   *
   * @throws RuleError where a rule is wrong; nothing has then changed
   */
  replaceRules(
    rules: readonly Rule[],
    options: { readonly devices?: readonly EngineDevice[]; readonly home?: EngineHome; readonly strict?: boolean } = {},
  ): ReplaceResult {
    readOptions(options, '{devices, home}');
    const { parts: next, result } = replaceRules(this.#module, this.#open(), rules, options);
    this.#adopt(next);
    return result;
  }

  /** The whole state as bytes. Sealed, it carries a check sum; unsealed, it is for the same process. */
  snapshot(into?: Uint8Array, options: { readonly seal?: boolean } = {}): Uint8Array {
    readOptions(options, '{seal}');
    return encodeImage(this.#module, this.#open(), into, options.seal ?? true);
  }

  /** @throws EngineError `BAD_IMAGE` where the bytes are no image of these rules; the state is then untouched */
  restore(image: Uint8Array): void {
    const parts = this.#open();
    const decoded = decodeImage(this.#module, parts, image);
    if (decoded.sameLayout) {
      loadImage(parts.machine, decoded);
      return this.#adopt({ ...parts, generations: decoded.generations });
    }
    const machine = buildMachine(this.#module, parts.rules, decoded.layout);
    startMachine(machine, parts.rules.home, 0, 0);
    loadImage(machine, decoded);
    this.#adopt({ ...parts, machine, generations: decoded.generations });
  }

  /** Equal for equal states, on every host. */
  stateHash(): string {
    return imageHash(this.#module, this.#open());
  }

  /** The state as plain JSON, by the names people gave. */
  export(): LogicalState {
    return exportState(this.#open());
  }

  /** The runs of a rule that are under way or queued, oldest first. */
  runs(rule: string): readonly LogicalRun[] {
    return exportRunsOf(this.#open().machine, rule);
  }

  /** What triggers with `for` count, in the order of the rules. */
  countdowns(): readonly LogicalCountdown[] {
    return countdownsOf(this.#open().machine);
  }

  /** The whole state by names, for another version of the core, which cannot read this one's images. */
  handOver(): Handover {
    return handOver(this.#open());
  }

  /** @throws EngineError `BAD_IMAGE` for what was not handed over; the state is then untouched */
  takeOver(handover: Handover): void {
    this.#adopt(takeOver(this.#module, this.#open(), handover));
  }

  /** Sets the time back to ms since 1970: waits, delays and `for` last as long as they would have, clock triggers begin anew. */
  setBack(now: number): void {
    checkInstant(now, 'now');
    const parts = this.#open();
    if (now < parts.machine.now) this.#adopt(setBack(this.#module, parts, now));
  }

  close(): void {
    this.#parts = null;
  }
}

/** As many events as go in at once, and none behind one that the host carries out itself. */
function endOfBatch(events: readonly EngineEvent[], from: number): number {
  const end = Math.min(events.length, from + BATCH_EVENTS);
  for (let index = from; index < end; index += 1)
    if ((events[index] as { readonly calledOff?: unknown }).calledOff !== undefined) return index + 1;
  return end;
}
