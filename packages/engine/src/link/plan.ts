// First pass of linking: which rule, slot, cell, hold and text gets which number, before any has an address.

import type { Fragment } from '../compile/fragment.ts';
import { MODE_KEY, START_KEY } from '../compile/fragment.ts';
import { PERSONS_MAX } from '../../../../assembly/limits.ts';
import { FIXED_TEXTS, StringTable } from '../strings.ts';
import { Picked } from '../texts.ts';
import { formsOf } from './form.ts';
import type { HomeMap } from './members.ts';
import { SlotNames, placedPerson } from './names.ts';
import { BASES, SECTIONS } from './rule-form.ts';
import type { CellForm, HoldForm, MarkForm, RuleForm } from './rule-form.ts';

/** A rule's place among others: live, or the old version of one that was edited or deleted while it ran. */
export interface PlannedRule {
  readonly fragment: Fragment;
  readonly form: RuleForm;
  readonly ghost: boolean;
  /** The rule in whose list its runs are. */
  readonly holder: number;
  readonly index: number;
  readonly firstTrigger: number;
  readonly firstCell: number;
  readonly firstHold: number;
  readonly cells: readonly CellForm[];
  /** Where the values of its form's symbols begin. */
  readonly symbols: number;
}

export interface PlanInput {
  readonly fragments: readonly Fragment[];
  /** Old versions of rules that still run. */
  readonly ghosts: readonly { readonly fragment: Fragment }[];
  readonly home: HomeMap;
  readonly persons: readonly string[];
  /** The rules of the layout before. Those that come to lie where they lay are taken as they are. */
  readonly before?: readonly PlannedRule[];
}

/** Slots that a command is about to change and that rules name. */
export interface Marked {
  readonly rule: number;
  /** Where the symbol of the list lies among all values. */
  readonly symbol: number;
  readonly slots: readonly number[];
}

/** The first of the slots for people, behind the mode and the start. */
const PERSONS_AT = 2;
const CODE = SECTIONS.indexOf('code');
const LISTS = SECTIONS.indexOf('lists');
const NO_INDEX = 0xffff_ffff;
const NO_CELLS: readonly CellForm[] = [];
const NO_SLOTS: readonly number[] = [];

export class Plan {
  readonly names: SlotNames;
  readonly strings: StringTable;
  readonly rules: PlannedRule[] = [];
  /** What each rule's waits read, in the list of the rule that holds their runs: slots, and the numbers of devices' names. */
  readonly waits = new Map<number, ReadonlyMap<number, number>>();
  readonly marked: Marked[] = [];
  /** The values of all symbols of all rules; those of bases are filled in when addresses are known. */
  readonly values: Uint32Array;
  cellCount = 0;
  holdCount = 0;
  triggerCount = 0;
  /** Words of code, and of the forms' own lists. */
  codeWords = 0;
  listWords = 0;
  /** The most runs and strands of live rules. */
  runs = 0;
  strands = 0;
  readonly #home: HomeMap;
  #before: readonly PlannedRule[];
  readonly #slots: Picked;
  readonly #texts: Picked;
  /** People by the order in which they were first heard of; null where no rule is about anyone. */
  readonly #persons: string[] | null;
  #symbolCount = 0;
  #heardSlots = 0;
  #places: ReadonlyMap<string, number> | null = null;
  #deviceSlots: ReadonlyMap<string, readonly number[]> | null = null;

  constructor({ fragments, ghosts, home, persons, before = [] }: PlanInput) {
    this.#before = before;
    const all = ghosts.length === 0 ? fragments : [...fragments, ...ghosts.map((ghost) => ghost.fragment)];
    const { vocabulary } = home;
    const first = [MODE_KEY, START_KEY].map((key) => vocabulary.keys.number(key));
    const fixed = FIXED_TEXTS.map((text) => vocabulary.texts.number(text));
    const forms = formsOf(all, home);
    this.#persons = forms.some((form) => form.isAboutAnyone) ? [...persons] : null;
    for (const key of this.#persons === null ? [] : personKeys(home)) first.push(key);
    this.#home = home;
    this.#slots = new Picked(vocabulary.keys);
    this.#texts = new Picked(vocabulary.texts);
    for (const key of first) this.#slots.pick(key);
    for (const text of fixed) this.#texts.pick(text);
    this.#addRules(fragments, ghosts, forms);
    this.#before = [];
    this.values = new Uint32Array(this.#symbolCount);
    const { rules } = this;
    for (let index = 0; index < rules.length; index += 1)
      this.#nameSlots(rules[index]!, 0, rules[index]!.form.heardKeys);
    this.#heardSlots = this.#slots.size;
    for (let index = 0; index < rules.length; index += 1) {
      const { heardKeys, weakKeysAt, keysAt } = rules[index]!.form;
      this.#nameSlots(rules[index]!, heardKeys, weakKeysAt - keysAt);
    }
    const personsAt = this.#persons === null ? -1 : PERSONS_AT;
    this.names = new SlotNames(() => home, this.#persons ?? persons, personsAt, this.#slots);
    for (let index = 0; index < rules.length; index += 1) this.#numberOthers(rules[index]!);
    this.strings = new StringTable(this.#texts);
  }

  /** Live rules first, then old versions; those of a rule that still exists are held by it, others by the first of them. */
  #addRules(fragments: readonly Fragment[], ghosts: PlanInput['ghosts'], forms: readonly RuleForm[]): void {
    for (let index = 0; index < fragments.length; index += 1) this.#add(fragments[index]!, forms[index]!, false, index);
    const holders = new Map<string, number>(ghosts.map(({ fragment }) => [fragment.rule.id, -1]));
    if (ghosts.length > 0)
      for (const { fragment, index } of this.rules)
        if (holders.has(fragment.rule.id)) holders.set(fragment.rule.id, index);
    for (const { fragment } of ghosts) {
      const { id } = fragment.rule;
      const { length } = this.rules;
      if (holders.get(id) === -1) holders.set(id, length);
      this.#add(fragment, forms[length]!, true, holders.get(id)!);
    }
  }

  #add(fragment: Fragment, form: RuleForm, ghost: boolean, holder: number): void {
    const cells = ghost ? NO_CELLS : form.cells;
    const index = this.rules.length;
    const known = this.#before[index];
    const isSame =
      known?.form === form &&
      known.ghost === ghost &&
      known.holder === holder &&
      known.firstTrigger === this.triggerCount &&
      known.firstCell === this.cellCount &&
      known.firstHold === this.holdCount &&
      known.symbols === this.#symbolCount;
    this.rules.push(
      isSame
        ? known
        : {
            fragment,
            form,
            ghost,
            holder,
            index,
            firstTrigger: this.triggerCount,
            firstCell: this.cellCount,
            firstHold: this.holdCount,
            cells,
            symbols: this.#symbolCount,
          },
    );
    this.triggerCount += form.triggerCount;
    this.cellCount += cells.length;
    this.holdCount += form.holdCount;
    this.codeWords += form.sizes[CODE]!;
    this.listWords += form.sizes[LISTS]!;
    this.#symbolCount += form.symbolCount;
    if (ghost) return;
    this.runs += form.runs;
    this.strands += form.runs * form.strands;
  }

  /** Slots that rules hear lie before those that they only read or command, so that events touch little memory. */
  #nameSlots({ form: { arena, keysAt }, symbols }: PlannedRule, from: number, end: number): void {
    const first = symbols + BASES;
    for (let key = from; key < end; key += 1)
      this.values[first + key] = this.#slots.pick(this.#canonical(arena.words[keysAt + key]!));
  }

  /** Where a rule is about anyone, a person goes by the place among those kept for people, as long as there are any. */
  #canonical(key: number): number {
    if (this.#persons === null) return key;
    const { keys } = this.#home.vocabulary;
    const text = keys.text(key);
    return text.startsWith('h\0') ? keys.find(placedPerson(this.#persons, text)) : key;
  }

  #numberOthers(rule: PlannedRule): void {
    const { form, symbols, holder } = rule;
    const { words } = form.arena;
    const { values } = this;
    let next = symbols + BASES + form.weakKeysAt - form.keysAt;
    for (let at = form.weakKeysAt; at < form.textsAt; at += 1) values[next++] = this.#slots.numberOf(words[at]!);
    const firstText = next;
    for (let at = form.textsAt; at < form.entryKeysAt; at += 1) values[next++] = this.#texts.pick(words[at]!) + 1;
    for (let index = 0; index < form.rules.length; index += 1) {
      const place = this.ruleOf(form.rules[index]!);
      values[next++] = place === -1 ? NO_INDEX : place;
    }
    for (let index = 0; index < form.marks.length; index += 1) {
      const slots = this.#heardSlotsOf(form.marks[index]!);
      if (slots.length > 0) this.marked.push({ rule: rule.index, symbol: next, slots });
      next += 1;
    }
    if (form.waitsAt < form.end) this.#addWaits(rule, holder, firstText);
  }

  /** One entry a slot for all waits of a rule and its older versions. */
  #addWaits(rule: PlannedRule, holder: number, firstText: number): void {
    const devices = new Map(this.waits.get(holder));
    const { arena, waitsAt, end } = rule.form;
    for (let at = waitsAt; at < end; at += 2) {
      const slot = this.slotOf(rule, arena.words[at]!);
      const text = arena.words[at + 1]!;
      devices.set(slot, text === 0 ? (devices.get(slot) ?? 0) : this.values[firstText + text - 1]!);
    }
    this.waits.set(holder, devices);
  }

  /** Of the slots of a mark those that a trigger may hear; mostly there are none. */
  #heardSlotsOf({ keys, capabilities }: MarkForm): readonly number[] {
    let isAny = capabilities.length > 0;
    for (let index = 0; index < keys.length; index += 1) isAny ||= this.#isHeard(this.#slots.numberOf(keys[index]!));
    if (!isAny) return NO_SLOTS;
    const named = keys.map((key) => this.#slots.numberOf(key)).filter((slot) => this.#isHeard(slot));
    const ofDevices = capabilities.flatMap(({ device, prefix }) =>
      (this.#slotsOfDevices().get(device) ?? NO_SLOTS).filter(
        (slot) => this.#isHeard(slot) && this.names.key(slot).split('\0')[2]!.startsWith(prefix),
      ),
    );
    return [...named, ...ofDevices];
  }

  #isHeard(slot: number): boolean {
    return slot !== -1 && slot < this.#heardSlots;
  }

  /** Slots by device, for commands that name only a capability. */
  #slotsOfDevices(): ReadonlyMap<string, readonly number[]> {
    if (this.#deviceSlots !== null) return this.#deviceSlots;
    const devices = new Map<string, number[]>();
    for (const [slot, key] of this.names.keysFrom(0).entries()) {
      const [kind, id] = key.split('\0');
      if (kind !== 'p') continue;
      const slots = devices.get(id!);
      if (slots === undefined) devices.set(id!, [slot]);
      else slots.push(slot);
    }
    return (this.#deviceSlots = devices);
  }

  /** The slot of one of a rule's keys. */
  slotOf({ symbols }: PlannedRule, key: number): number {
    return this.values[symbols + BASES + key]!;
  }

  /** The rule of an id, or −1. */
  ruleOf(id: string): number {
    this.#places ??= new Map(
      this.rules.filter((rule) => !rule.ghost).map(({ fragment, index }) => [fragment.rule.id, index]),
    );
    return this.#places.get(id) ?? -1;
  }
}

const personKeys = ({ vocabulary }: HomeMap): number[] =>
  Array.from({ length: PERSONS_MAX }, (_, index) => vocabulary.keys.number(`h#${index}`));

export interface PlannedHold {
  /** The number of its first hold among all. */
  readonly first: number;
  readonly hold: HoldForm['hold'];
  readonly slots: readonly number[];
}

/** The `for` conditions of a rule in its place. */
export function holdsOf(names: SlotNames, { form, firstHold }: PlannedRule): PlannedHold[] {
  const { words } = form.arena;
  const { vocabulary } = names.home;
  return form.holds.map(({ first, hold, keys }) => ({
    first: firstHold + first,
    hold,
    slots: keys.map((key) => names.find(vocabulary.keys.text(words[form.keysAt + key]!))),
  }));
}
