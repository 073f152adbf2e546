// Brings a rule into the form that linking copies.

import type { KnownValue } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import type { CompiledTrigger, Fragment } from '../compile/fragment.ts';
import { maxRuns } from '../compile/rule.ts';
import { writeCode } from './code.ts';
import { FormWriter } from './form-writer.ts';
import type { HomeMap } from './members.ts';
import { Arena } from './rule-form.ts';
import type { CellForm, HoldForm, RuleForm } from './rule-form.ts';
import { eventDevices, writeMember, writePredicate, writeTrigger } from './triggers.ts';

const MODES = ['single', 'restart', 'queued', 'parallel'];

/** The forms of rules in a home; those made before for the same home are taken as they are. */
export function formsOf(fragments: readonly Fragment[], home: HomeMap): RuleForm[] {
  const arena = new Arena();
  return fragments.map((fragment) => {
    if (fragment.form?.home === home) return fragment.form.form;
    const form = new RuleFormer(fragment, home).form(arena);
    fragment.form = { home, form };
    return form;
  });
}

class RuleFormer {
  readonly #fragment: Fragment;
  readonly #writer: FormWriter;
  readonly #cells: CellForm[] = [];
  readonly #holds: HoldForm[] = [];
  readonly #lists = {
    entryKeys: [] as number[],
    held: [] as number[],
    booleans: new Set<number>(),
    waits: [] as number[],
  };
  #holdCount = 0;

  constructor(fragment: Fragment, home: HomeMap) {
    this.#fragment = fragment;
    this.#writer = new FormWriter(home);
  }

  form(arena: Arena): RuleForm {
    const { triggers } = this.#fragment;
    const writer = this.#writer;
    const { sections } = writer;
    sections.triggers.reserve(triggers.length * abi.TRIGGER_SIZE);
    for (const hold of this.#fragment.holds) this.#addHold(hold);
    this.#addWaits();
    for (const [number, trigger] of triggers.entries()) this.#addTrigger(trigger, number);
    const heardKeys = writer.keys.all.length;
    writeCode(writer, this.#fragment, this.#holds);
    this.#writeRule();
    this.#noteBooleans();
    return {
      arena,
      ...writer.store(arena, this.#lists),
      heardKeys,
      rules: writer.rules.all,
      marks: writer.marks,
      cells: this.#cells,
      holds: this.#holds,
      triggerCount: triggers.length,
      holdCount: this.#holdCount,
      runs: this.#fragment.instant ? 0 : maxRuns(this.#fragment.rule),
      strands: this.#strands(),
      isAboutAnyone: writer.isAboutAnyone,
    };
  }

  #strands(): number {
    const { listeners, strands } = this.#fragment;
    return listeners.reduce((sum, members) => sum + this.#writer.resolve(members).keys.length, strands);
  }

  #writeRule(): void {
    const { rule, conditionsAt, actionsAt } = this.#fragment;
    const section = this.#writer.sections.rule;
    section.reserve(abi.CODE_SIZE);
    section.word(abi.CODE_MODE, MODES.indexOf(rule.mode ?? 'single'));
    section.word(abi.CODE_MAX, maxRuns(rule));
    if (conditionsAt !== -1) section.base(abi.CODE_CONDITIONS, 'code', conditionsAt * abi.OP_SIZE);
    section.base(abi.CODE_ACTIONS, 'code', actionsAt * abi.OP_SIZE);
    section.word(abi.CODE_MISSED, rule.missed === 'run' ? 1 : 0);
    section.word(abi.CODE_INSTANT, instantKind(this.#fragment));
    section.base(abi.CODE_CELLS, 'firstCell', 0);
    section.word(abi.CODE_CELL_COUNT, this.#cells.length);
  }

  #addHold(hold: Fragment['holds'][number]): void {
    const writer = this.#writer;
    const { holds } = writer.sections;
    const { keys } = writer.resolve(hold.predicate.members);
    const first = this.#holdCount;
    this.#holdCount += hold.each ? keys.length : 1;
    this.#holds.push({ first, hold, keys });
    for (const [index, key] of keys.entries()) this.#lists.held.push(key, hold.each ? first + index : first);
    const at = holds.reserve((this.#holdCount - first) * abi.PREDICATE_SIZE);
    if (!hold.each) return writePredicate(writer, holds, at, hold.predicate);
    for (const [index, key] of keys.entries())
      writeMember(writer, at + index * abi.PREDICATE_SIZE, hold.predicate, key);
  }

  #addWaits(): void {
    const { texts } = this.#writer;
    for (const members of this.#fragment.waitReads) {
      const { keys, devices } = this.#writer.resolve(members);
      for (const [index, key] of keys.entries()) {
        const device = devices[index] ?? null;
        this.#lists.waits.push(key, device === null ? 0 : texts.number(device) + 1);
      }
    }
  }

  #addTrigger(trigger: CompiledTrigger, number: number): void {
    writeTrigger(this.#writer, trigger, number);
    if (trigger.waits || trigger.kind === abi.KIND_MANUAL) return;
    if (trigger.channel !== null) {
      const key = this.#writer.key(trigger.channel);
      for (const device of eventDevices(this.#writer, trigger))
        this.#addEntry(key, abi.ENTRY_EVENT, number, -1, device, 0);
      return;
    }
    if (trigger.predicate !== null) return this.#addProperty(trigger, number);
    const own = this.#addCell(number, number, null);
    const kind = trigger.kind === abi.KIND_EXPRESSION ? abi.ENTRY_EXPRESSION : abi.ENTRY_SOURCE;
    const read = new Set(trigger.reads.flatMap((members) => this.#writer.resolve(members).keys));
    for (const key of read) this.#addEntry(key, kind, number, own, null, 0);
  }

  #addProperty(trigger: CompiledTrigger, number: number): void {
    const predicate = trigger.predicate!;
    const { keys, devices } = this.#writer.resolve(predicate.members);
    if (predicate.values.length + trigger.from.length > 0 && isBoolean(predicate.values) && isBoolean(trigger.from))
      for (const key of keys) this.#lists.booleans.add(key);
    if (trigger.kind === abi.KIND_STATEMENT) {
      const own = this.#addCell(number, 0, null);
      for (const [index, key] of keys.entries())
        this.#addEntry(key, abi.ENTRY_STATEMENT, number, own, devices[index] ?? null, index);
      return;
    }
    const remembers = (trigger.flags & (abi.TRIGGER_HAS_FOR | abi.TRIGGER_HAS_HYSTERESIS)) !== 0;
    const kind = plainKind(trigger);
    for (const [index, key] of keys.entries()) {
      const device = devices[index] ?? null;
      const cell = remembers ? this.#addCell(number, index, device) : -1;
      const at = this.#addEntry(key, kind, number, cell, device, index);
      const { entries } = this.#writer.sections;
      if (kind === abi.ENTRY_EQUALS) entries.value(at + abi.ENTRY_VALUE, predicate.values[0]!);
      if (kind === abi.ENTRY_ABOVE) entries.float(at + abi.ENTRY_VALUE, predicate.low);
      if (kind === abi.ENTRY_BELOW) entries.float(at + abi.ENTRY_VALUE, predicate.high);
    }
  }

  #addCell(trigger: number, member: number, device: string | null): number {
    const { owners, triggers } = this.#writer.sections;
    const cell = this.#cells.push({ trigger, member, device }) - 1;
    const owner = trigger * abi.TRIGGER_SIZE;
    owners.base(owners.reserveWord(), 'triggers', owner);
    const isFirst = cell === 0 || this.#cells[cell - 1]!.trigger !== trigger;
    if (isFirst) triggers.base(owner + abi.TRIGGER_CELL, 'cells', cell * abi.CELL_SIZE);
    return cell;
  }

  #addEntry(key: number, kind: number, trigger: number, cell: number, device: string | null, member: number): number {
    const { entries } = this.#writer.sections;
    const at = entries.reserve(abi.ENTRY_SIZE);
    this.#lists.entryKeys.push(key);
    entries.word(at + abi.ENTRY_KIND, kind);
    entries.base(at + abi.ENTRY_RULE, 'rule', 0);
    entries.base(at + abi.ENTRY_TRIGGER, 'triggers', trigger * abi.TRIGGER_SIZE);
    if (cell >= 0) entries.base(at + abi.ENTRY_CELL, 'cells', cell * abi.CELL_SIZE);
    if (device !== null) entries.text(at + abi.ENTRY_DEVICE, device);
    entries.word(at + abi.ENTRY_MEMBER, member);
    return at;
  }

  #noteBooleans(): void {
    const { home, keys } = this.#writer;
    for (const { a, wide } of this.#fragment.instructions) {
      if (typeof wide !== 'object') continue;
      if (wide.type === 'rows') {
        for (const { key, value } of wide.rows)
          if (typeof value === 'boolean') this.#lists.booleans.add(this.#writer.key(key));
      } else if (wide.type === 'value' && typeof wide.value === 'boolean' && typeof a === 'object' && a.type === 'slot')
        this.#lists.booleans.add(this.#writer.key(a.key));
    }
    if (!home.known) return;
    for (const [index, key] of keys.all.entries()) if (home.isBoolean(key)) this.#lists.booleans.add(index);
  }
}

const isBoolean = (values: readonly KnownValue[]): boolean => values.every((value) => typeof value === 'boolean');

/** What a rule leaves that is over at the instant at which it starts; 0 for any other rule. */
function instantKind({ instant, instructions, rule }: Fragment): number {
  if (!instant) return 0;
  const onlyRows = instructions.slice(0, rule.actions.length).every(({ op }) => op === abi.OP_SET_ROWS);
  return onlyRows ? abi.INSTANT_ROWS : abi.INSTANT_COMMANDS;
}

/** The kind of entry that has the whole predicate in it, where that is simple enough. */
function plainKind(trigger: CompiledTrigger): number {
  const predicate = trigger.predicate!;
  if (trigger.flags !== 0 || predicate.origins !== 0) return abi.ENTRY_PROPERTY;
  if (predicate.tests === abi.TEST_VALUES && predicate.values.length === 1) return abi.ENTRY_EQUALS;
  if (predicate.tests === abi.TEST_ABOVE) return abi.ENTRY_ABOVE;
  return predicate.tests === abi.TEST_BELOW ? abi.ENTRY_BELOW : abi.ENTRY_PROPERTY;
}
