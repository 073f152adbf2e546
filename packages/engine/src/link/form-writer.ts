// Collects the words of one rule's form, and what in them waits for linking.

import type { Members, SlotKey } from '../compile/fragment.ts';
import type { KnownValue, Value } from '@lintel/model';
import { PERSONS_MAX } from '../../../../assembly/limits.ts';
import { Numbered } from '../texts.ts';
import type { HomeMap } from './members.ts';
import { BOOLEAN_HIGH, TEXT_HIGH, UNKNOWN_HIGH, align } from './values.ts';
import { BASE, BASES, SECTIONS } from './rule-form.ts';
import type { Arena, BaseName, MarkForm, RuleForm, SectionName, Stretches } from './rule-form.ts';

const KINDS = ['base', 'key', 'weak', 'text', 'rule', 'mark'] as const;
type Kind = (typeof KINDS)[number];

/** One section of a form; places are bytes from its beginning. */
export class Section {
  readonly #writer: FormWriter;
  #words = new Uint32Array(64);
  #floats = new Float64Array(this.#words.buffer);
  /** Triples: the word, the kind of symbol, its number. */
  readonly fixups: number[] = [];
  length = 0;

  constructor(writer: FormWriter) {
    this.#writer = writer;
  }

  /** Takes room, zeroed, on an 8-byte boundary; answers its place. */
  reserve(size: number): number {
    return this.#take(align(size));
  }

  /** Takes room for one word; answers its place. */
  reserveWord(): number {
    return this.#take(4);
  }

  #take(size: number): number {
    const at = this.length;
    this.length = at + size;
    if (this.length > this.#words.byteLength) {
      const larger = new Uint32Array(Math.max(this.length, this.#words.byteLength * 2) / 4);
      larger.set(this.#words);
      this.#words = larger;
      this.#floats = new Float64Array(larger.buffer);
    }
    return at;
  }

  word(at: number, value: number): void {
    this.#words[at >>> 2] = value;
  }

  float(at: number, value: number): void {
    this.#floats[at >>> 3] = value;
  }

  /** A word that is a symbol's value plus this much. */
  #refer(at: number, kind: Kind, number: number, plus = 0): void {
    this.#words[at >>> 2] = plus;
    this.fixups.push(at >>> 2, KINDS.indexOf(kind), number);
  }

  base(at: number, base: BaseName, plus: number): void {
    this.#refer(at, 'base', BASE[base], plus);
  }

  key(at: number, key: number): void {
    this.#refer(at, 'key', key);
  }

  weakKey(at: number, key: SlotKey): void {
    this.#refer(at, 'weak', this.#writer.weakKeys.number(this.#writer.home.canonical(key)));
  }

  text(at: number, text: string): void {
    this.#refer(at, 'text', this.#writer.texts.number(text));
  }

  rule(at: number, id: string): void {
    this.#refer(at, 'rule', this.#writer.rules.number(id));
  }

  mark(at: number, mark: MarkForm): void {
    this.#refer(at, 'mark', this.#writer.marks.push(mark) - 1);
  }

  /** The address of a list of slots. */
  list(at: number, place: number): void {
    this.base(at, 'lists', place);
  }

  value(at: number, value: Value): void {
    if (typeof value === 'number') return this.float(at, value + 0);
    if (typeof value === 'string') this.text(at, value);
    else this.word(at, value === true ? 1 : 0);
    const high = typeof value === 'string' ? TEXT_HIGH : value === null ? UNKNOWN_HIGH : BOOLEAN_HIGH;
    this.word(at + 4, high);
  }

  copyTo(arena: Arena): void {
    arena.push(this.#words.subarray(0, this.length >>> 2));
  }
}

/** What a form says of its keys, by their places in it. */
export interface NumberLists {
  readonly entryKeys: readonly number[];
  readonly held: readonly number[];
  readonly booleans: ReadonlySet<number>;
  readonly waits: readonly number[];
}

export interface ResolvedKeys {
  /** By their numbers in the form. */
  readonly keys: readonly number[];
  readonly devices: readonly (string | null)[];
}

export class FormWriter {
  readonly home: HomeMap;
  readonly keys = new Numbered();
  readonly weakKeys = new Numbered();
  readonly texts = new Numbered();
  readonly rules = new Numbered();
  readonly marks: MarkForm[] = [];
  readonly sections: Readonly<Record<SectionName, Section>>;
  isAboutAnyone = false;

  constructor(home: HomeMap) {
    this.home = home;
    this.sections = Object.fromEntries(SECTIONS.map((name) => [name, new Section(this)])) as typeof this.sections;
  }

  key(key: SlotKey): number {
    return this.keys.number(this.home.canonical(key));
  }

  resolve(members: Members): ResolvedKeys {
    if (members.type === 'one') return { keys: [this.key(members.key)], devices: [members.device] };
    if (members.type === 'persons') return this.#everyone();
    const devices = this.home.members(members.set);
    return { keys: this.home.keysOf(devices, members.property).map((key) => this.keys.number(key)), devices };
  }

  #everyone(): ResolvedKeys {
    this.isAboutAnyone = true;
    const keys = Array.from({ length: PERSONS_MAX }, (_, index) => this.keys.number(`h#${index}`));
    return { keys, devices: keys.map(() => null) };
  }

  /** A list in its own place, of words that `write` fills. */
  list(count: number, size: number, write: (lists: Section, at: number, index: number) => void): number {
    const { lists } = this.sections;
    const place = lists.reserve(count * size);
    for (let index = 0; index < count; index += 1) write(lists, place + index * size, index);
    return place;
  }

  values(values: readonly (Value | KnownValue)[]): number {
    return this.list(values.length, 8, (lists, at, index) => lists.value(at, values[index]!));
  }

  words(values: readonly number[]): number {
    return this.list(values.length, 4, (lists, at, index) => lists.word(at, values[index]!));
  }

  keyList(keys: readonly number[]): number {
    return this.list(keys.length, 4, (lists, at, index) => lists.key(at, keys[index]!));
  }

  /** Puts words, fixups and lists of numbers into an arena. */
  store(arena: Arena, lists: NumberLists): Stretches & Pick<RuleForm, 'sizes' | 'entriesAt' | 'symbolCount'> {
    const { keys, texts } = this.home.vocabulary;
    const sections = SECTIONS.map((name) => this.sections[name]);
    const at = arena.length;
    for (const section of sections) section.copyTo(arena);
    const fixupsAt = arena.length;
    this.#storeFixups(arena);
    const keysAt = arena.push(this.keys.all.map((key) => keys.number(key)));
    const weakKeysAt = arena.push(this.weakKeys.all.map((key) => keys.number(key)));
    const textsAt = arena.push(this.texts.all.map((text) => texts.number(text)));
    const entryKeysAt = arena.push(lists.entryKeys);
    const heldAt = arena.push(lists.held);
    const booleansAt = arena.push([...lists.booleans]);
    const waitsAt = arena.push(lists.waits);
    const sizes = sections.map((section) => section.length >>> 2);
    return {
      at,
      fixupsAt,
      keysAt,
      weakKeysAt,
      textsAt,
      entryKeysAt,
      heldAt,
      booleansAt,
      waitsAt,
      end: arena.length,
      sizes,
      entriesAt: sizes.slice(0, SECTIONS.indexOf('entries')).reduce((sum, size) => sum + size, 0),
      symbolCount: this.#firstSymbols().at(-1)! + this.marks.length,
    };
  }

  #storeFixups(arena: Arena): void {
    const firsts = this.#firstSymbols();
    let begin = 0;
    for (const name of SECTIONS) {
      const { fixups, length } = this.sections[name];
      for (let index = 0; index < fixups.length; index += 3)
        arena.push([begin + fixups[index]!, firsts[fixups[index + 1]!]! + fixups[index + 2]!]);
      begin += length >>> 2;
    }
  }

  /** The number of the first symbol of each kind. */
  #firstSymbols(): number[] {
    const named = [this.keys.all, this.weakKeys.all, this.texts.all, this.rules.all, this.marks];
    let next = BASES;
    return [0, ...named.map(({ length }) => (next += length) - length)];
  }
}
