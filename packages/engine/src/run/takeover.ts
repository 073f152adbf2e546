// Takes over what another version of the core has handed over: the state by names, put into this version's own memory.

import type { Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { checkRule } from '../check/rule.ts';
import { compileRule } from '../compile/rule.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { CoreModule } from '../core.ts';
import type { EngineParts } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { holdsOf } from '../link/plan.ts';
import { writeValue } from '../link/values.ts';
import { buildMachine } from './build.ts';
import { stateOf } from './departure.ts';
import {
  STATUSES,
  chainAt,
  keyOfSlot,
  pointersOf,
  type HandedCell,
  type HandedContext,
  type HandedKey,
  type HandedRule,
  type HandedRun,
  type HandedSlot,
  type HandedStrand,
  type Handover,
} from './handover.ts';
import type { Machine } from './machine.ts';
import { codeStart } from './peek.ts';

/** @throws EngineError BAD_IMAGE for what is none; nothing has then changed */
export function takeOver(module: CoreModule, parts: EngineParts, handover: Handover): EngineParts {
  if (handover?.format !== 1) throw new EngineError('BAD_IMAGE', 'this is no state that was handed over');
  const { rules } = parts;
  const versions = versionsOf(handover);
  const layout = {
    ghosts: [...versions.values()].map(({ fragment, runs, strands }) => ({ fragment, runs, strands })),
    persons: handover.persons,
    carriedSlots: handover.slots.length,
  };
  const machine = buildMachine(module, rules, layout);
  new Takeover(machine, handover, versions).run();
  machine.coverTime(rules.home.timeZone, machine.now);
  machine.initialise();
  return { ...parts, machine, generations: new Map(handover.generations) };
}

interface Version {
  readonly fragment: Fragment;
  runs: number;
  strands: number;
}

/** The older texts that runs go on by. */
function versionsOf({ rules }: Handover): Map<string, Version> {
  const versions = new Map<string, Version>();
  for (const { version, strands } of Object.values(rules).flatMap(({ runs }) => runs)) {
    if (version === null) continue;
    const source = JSON.stringify(version);
    const known = versions.get(source) ?? { fragment: compileRule(checkRule(version)), runs: 0, strands: 0 };
    versions.set(source, { ...known, runs: known.runs + 1, strands: known.strands + strands.length });
  }
  return versions;
}

class Takeover {
  readonly #machine: Machine;
  readonly #handover: Handover;
  readonly #versions: ReadonlyMap<string, Version>;

  constructor(machine: Machine, handover: Handover, versions: ReadonlyMap<string, Version>) {
    this.#machine = machine;
    this.#handover = handover;
    this.#versions = versions;
  }

  run(): void {
    const { memory, linked } = this.#machine;
    const { now, sequence, random, slots, rules } = this.#handover;
    memory.putFloat(abi.H_NOW, now);
    memory.putFloat(abi.H_SEQUENCE, sequence);
    memory.putWord(abi.H_RANDOM, random[0]);
    memory.putWord(abi.H_RANDOM + 4, random[1]);
    for (const slot of slots) this.#slot(slot);
    for (const [id, rule] of Object.entries(rules)) {
      const holder = linked.holderOf(id);
      if (holder !== -1) this.#rule(holder, linked.ruleOf(id), rule);
    }
  }

  #value(at: number, value: Value): void {
    writeValue(this.#machine.memory.view, at, value, this.#machine.strings);
  }

  #text(at: number, text: string): void {
    this.#machine.memory.putWord(at, text === '' ? 0 : this.#machine.strings.number(text));
  }

  #time(at: number, time: number | null): void {
    this.#machine.memory.putFloat(at, time ?? abi.NO_TIME);
  }

  #slotNumber(key: HandedKey): number {
    return this.#machine.linked.names.slot(key.join('\0'));
  }

  #slot({ key, value, known, changedAt, origin, chain }: HandedSlot): void {
    const { memory, linked } = this.#machine;
    const slot = this.#slotNumber(key);
    const at = linked.state.slotsAt + slot * abi.SLOT_SIZE;
    this.#value(at + abi.SLOT_VALUE, value);
    this.#value(at + abi.SLOT_KNOWN, known);
    memory.putFloat(at + abi.SLOT_CHANGED, changedAt);
    memory.putWord(at + abi.SLOT_ORIGIN, origin);
    const place = chainAt(this.#machine, slot);
    if (chain === undefined || place === 0) return;
    memory.putFloat(place + abi.CHAIN_AT, chain[0]);
    memory.putFloat(place + abi.CHAIN_START, chain[1]);
    memory.putWord(place + abi.CHAIN_DEPTH, chain[2]);
  }

  /** @param live the rule's present text, or −1 where it is gone and only its runs are left */
  #rule(holder: number, live: number, rule: HandedRule): void {
    const { memory } = this.#machine;
    const state = stateOf(this.#machine, holder);
    memory.putWord(state + abi.RULE_RUN_COUNTER, rule.counter);
    if (live === holder) {
      memory.putWord(state + abi.RULE_ENABLED, rule.enabled ? 1 : 0);
      memory.putWord(state + abi.RULE_OFFENCES, rule.offences);
      this.#cells(live, rule);
      this.#holds(live, rule);
    }
    let previous = 0;
    for (const run of rule.runs) previous = this.#run(holder, run, previous);
    memory.putWord(state + abi.RULE_LAST, previous);
    memory.putWord(state + abi.RULE_RUNNING, rule.runs.length);
    memory.putWord(abi.H_LIVE_RUNS, memory.word(abi.H_LIVE_RUNS) + rule.runs.length);
  }

  /** A trigger's member that is not among them any more is left out; a new one stays fresh. */
  #cells(live: number, { cells }: HandedRule): void {
    const { linked, memory, core } = this.#machine;
    const rule = linked.rules[live]!;
    for (const [index, { trigger, device, member }] of rule.cells.entries()) {
      const cell = cells.find((each) => each.trigger === trigger && each.of === device);
      if (cell === undefined) continue;
      const at = linked.state.cellsAt + (rule.firstCell + index) * abi.CELL_SIZE;
      this.#cell(at, cell);
      memory.putWord(at + abi.CELL_MEMBER, member);
      const owner = linked.addresses.triggers + (rule.firstTrigger + trigger) * abi.TRIGGER_SIZE;
      if (cell.armed) core.rearmTrigger(owner, at);
    }
  }

  #holds(live: number, { holds }: HandedRule): void {
    const { linked, memory } = this.#machine;
    for (const [number, { first, hold, slots }] of holdsOf(linked.names, linked.rules[live]!).entries()) {
      const keys = hold.each ? slots.map((slot) => keyOfSlot(this.#machine, slot)) : [null];
      for (const [index, key] of keys.entries()) {
        const found = holds.find((each) => each[0] === number && String(each[1]) === String(key));
        if (found === undefined) continue;
        const at = linked.state.holdsAt + (first + index) * abi.HOLD_SIZE;
        memory.putFloat(at + abi.HOLD_SINCE, found[2]);
        memory.putWord(at + abi.HOLD_STATE, found[3]);
      }
    }
  }

  #take(high: number, base: number, size: number): number {
    const index = this.#machine.memory.word(high);
    this.#machine.memory.putWord(high, index + 1);
    return base + index * size;
  }

  #run(holder: number, run: HandedRun, previous: number): number {
    const { memory, linked } = this.#machine;
    const at = this.#take(abi.H_RUN_HIGH, linked.state.runsAt, abi.RUN_SIZE);
    const version = this.#versionOf(holder, run);
    const words: readonly (readonly [number, number])[] = [
      [abi.RUN_RULE, holder],
      [abi.RUN_VERSION, version],
      [abi.RUN_PREVIOUS, previous],
      [abi.RUN_STATE, run.queued ? abi.RUN_QUEUED : abi.RUN_RUNNING],
      [abi.RUN_ID, run.run],
      [abi.RUN_ORDINALS, run.ordinals],
      [abi.RUN_COMMANDS, run.commands],
      [abi.RUN_TIMED_OUT, run.timedOut],
    ];
    for (const [field, word] of words) memory.putWord(at + field, word);
    memory.putFloat(at + abi.RUN_CAUSE, run.cause);
    memory.putFloat(at + abi.RUN_STARTED, run.startedAt);
    this.#context(at + abi.RUN_CONTEXT, run.context);
    this.#context(at + abi.RUN_WAIT_CONTEXT, run.waitContext);
    if (previous === 0) memory.putWord(stateOf(this.#machine, holder) + abi.RULE_FIRST, at);
    else memory.putWord(previous + abi.RUN_NEXT, at);
    this.#repeats(at, version, run);
    this.#strands(at, version, run);
    return at;
  }

  #versionOf(holder: number, { version }: HandedRun): number {
    if (version === null) return holder;
    const { fragment } = this.#versions.get(JSON.stringify(version))!;
    return this.#machine.linked.rules.find((rule) => rule.fragment === fragment)!.index;
  }

  #context(at: number, context: HandedContext): void {
    const { memory } = this.#machine;
    this.#value(at + abi.CONTEXT_VALUE, context.value);
    this.#text(at + abi.CONTEXT_TRIGGER, context.trigger);
    this.#text(at + abi.CONTEXT_DEVICE, context.device);
    this.#text(at + abi.CONTEXT_ACTION, context.action);
    this.#text(at + abi.CONTEXT_DATA, context.data);
    memory.putWord(at + abi.CONTEXT_ORIGIN, context.origin);
    memory.putWord(at + abi.CONTEXT_INDEX, context.index);
  }

  #repeats(run: number, version: number, { repeats }: HandedRun): void {
    const { memory, linked } = this.#machine;
    const fragment = linked.fragment(version);
    const pointers = pointersOf(fragment);
    for (const [index, { op, aux }] of fragment.instructions.entries()) {
      const rounds = op === abi.OP_REPEAT ? repeats[pointers[index]!] : undefined;
      if (rounds === undefined) continue;
      memory.putWord(run + abi.RUN_LOCALS + aux * 8, rounds[0]);
      memory.putWord(run + abi.RUN_LOCALS + aux * 8 + 4, rounds[1]);
    }
  }

  #strands(run: number, version: number, { strands }: HandedRun): void {
    const { memory, linked, core } = this.#machine;
    const fragment = linked.fragment(version);
    const code = codeStart(this.#machine, version);
    const places: number[] = [];
    for (const strand of strands) {
      const at = this.#take(abi.H_STRAND_HIGH, linked.state.strandsAt, abi.STRAND_SIZE);
      const previous = places.at(-1);
      memory.putWord(previous === undefined ? run + abi.RUN_STRANDS : previous + abi.STRAND_NEXT, at);
      memory.putWord(at + abi.STRAND_RUN, run);
      memory.putWord(at + abi.STRAND_CODE, code + instructionOf(fragment, strand) * abi.OP_SIZE);
      this.#strand(at, strand, strand.parent === null ? 0 : places[strand.parent]!);
      places.push(at);
      if (strand.cell.armed) core.rearmStrand(at);
    }
  }

  #strand(at: number, strand: HandedStrand, parent: number): void {
    const { memory } = this.#machine;
    const shared = strand.listensTo === null ? strand.children : this.#slotNumber(strand.listensTo);
    memory.putWord(at + abi.STRAND_PARENT, parent);
    memory.putWord(at + abi.STRAND_STATUS, STATUSES[strand.status].status);
    memory.putWord(at + abi.STRAND_ORDINAL, strand.ordinal);
    memory.putWord(at + abi.STRAND_CHILDREN, shared);
    memory.putWord(at + abi.STRAND_AWAITED, strand.awaits);
    this.#time(at + abi.STRAND_TIMEOUT, strand.timeout);
    this.#cell(at + abi.STRAND_CELL, strand.cell);
  }

  #cell(at: number, cell: HandedCell): void {
    const { memory } = this.#machine;
    memory.putWord(at + abi.CELL_FLAGS, cell.flags);
    memory.putWord(at + abi.CELL_TIMER, 0);
    memory.putFloat(at + abi.CELL_CAUSE, cell.cause);
    this.#value(at + abi.CELL_VALUE, cell.value);
    this.#text(at + abi.CELL_DEVICE, cell.device);
    memory.putWord(at + abi.CELL_ORIGIN, cell.origin);
    this.#time(at + abi.CELL_FOR_AT, cell.forAt);
    this.#time(at + abi.CELL_RECHECK_AT, cell.recheckAt);
    memory.putWord(at + abi.CELL_STATEMENT, cell.statement);
    memory.putWord(at + abi.CELL_MEMBER, cell.member);
  }
}

/** The instruction at which a strand waits: the one of its kind in its action. */
function instructionOf(fragment: Fragment, { status, pointer }: HandedStrand): number {
  const pointers = pointersOf(fragment);
  const { op } = STATUSES[status];
  const found = fragment.instructions.findIndex((each, index) => each.op === op && pointers[index] === pointer);
  if (found === -1) throw new EngineError('BAD_IMAGE', `no run can wait at ${pointer} of ${fragment.rule.id}`);
  return status === 'branches' ? found + 1 : found;
}
