// A rule in the form that linking copies: its words as they will lie in the core's memory, and which of them depend on where the
// rule comes to lie and on the numbers that slots, texts and other rules get. A rule keeps its form while the home stays as it is.

import type { Hold } from '../compile/fragment.ts';

/** The parts of a form, in their order; each goes to a table of its own. */
export const SECTIONS = ['rule', 'triggers', 'holds', 'owners', 'code', 'entries', 'lists'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** What is added to a word whose meaning depends on its rule's place: addresses, or how many lie before. */
export const BASE = { code: 0, lists: 1, triggers: 2, holds: 3, rule: 4, cells: 5, firstCell: 6 } as const;
export const BASES = Object.keys(BASE).length;
export type BaseName = keyof typeof BASE;

/** The words of many forms, one behind the other. */
export class Arena {
  words = new Uint32Array(256);
  length = 0;

  /** Puts words behind the others; answers where they begin. */
  push(words: ArrayLike<number>): number {
    const at = this.length;
    this.length += words.length;
    if (this.length > this.words.length) {
      const larger = new Uint32Array(Math.max(this.length, this.words.length * 2));
      larger.set(this.words.subarray(0, at));
      this.words = larger;
    }
    this.words.set(words, at);
    return at;
  }
}

/** What a trigger remembers of one member, or of itself. */
export interface CellForm {
  readonly trigger: number;
  readonly member: number;
  /** The device of the member, so that a cell can be found again when the set has changed. */
  readonly device: string | null;
}

/** A `for` condition: its place among the rule's holds, and the numbers of its slots' keys. */
export interface HoldForm {
  readonly first: number;
  readonly hold: Hold;
  readonly keys: readonly number[];
}

/** Slots that a command is about to change, as far as any rule names them: by key in the vocabulary, and all of a capability. */
export interface MarkForm {
  readonly keys: readonly number[];
  readonly capabilities: readonly { readonly device: string; readonly prefix: string }[];
}

/**
 * What stands in the arena, one behind the other, `at` being where each begins. Keys and texts are named there by their numbers in
 * the home's vocabulary; whatever else speaks of a key means its place among the form's own.
 */
export interface Stretches {
  /** The words of all sections. */
  readonly at: number;
  /** Pairs of a word and the symbol whose value is added to it. */
  readonly fixupsAt: number;
  /** Slots, those that it hears first. */
  readonly keysAt: number;
  /** Slots that count only if some rule names them. */
  readonly weakKeysAt: number;
  readonly textsAt: number;
  /** The key of each entry. */
  readonly entryKeysAt: number;
  /** Pairs of a key and the hold that depends on it. */
  readonly heldAt: number;
  /** Keys of slots that hold booleans, as far as the device or the rule tells. */
  readonly booleansAt: number;
  /** What its waits read: pairs of a key and, from 1, the text that is its device's name; 0 for none. */
  readonly waitsAt: number;
  readonly end: number;
}

/** Symbols are, in this order: the bases, keys, weak keys, texts, rules, marks. */
export interface RuleForm extends Stretches {
  readonly arena: Arena;
  /** How many words each section has. */
  readonly sizes: readonly number[];
  /** The word at which its entries begin. */
  readonly entriesAt: number;
  readonly heardKeys: number;
  readonly rules: readonly string[];
  readonly marks: readonly MarkForm[];
  readonly symbolCount: number;
  readonly cells: readonly CellForm[];
  readonly holds: readonly HoldForm[];
  readonly triggerCount: number;
  readonly holdCount: number;
  /** The most runs at a time. */
  readonly runs: number;
  /** The most strands of one run: those that act, and those that listen for them. */
  readonly strands: number;
  /** Whether it is about anyone, so that people not heard of yet need slots too. */
  readonly isAboutAnyone: boolean;
}
