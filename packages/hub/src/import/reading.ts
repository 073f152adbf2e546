// Reads fields of the tree: what is taken is remembered, and what no one took is reported.

import { Lost, type Notes } from './notes.ts';
import type { Entry, Fields, Source } from './source.ts';

export const show = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

export class FieldReader {
  readonly line: number;
  readonly #fields: Fields;
  readonly #taken = new Set<string>();

  constructor(source: Source, what: string) {
    if (source.type === 'input') throw missingInput(source.name, source.line);
    if (source.type !== 'map') throw new Lost(source.line, `expected ${what} with fields`);
    this.#fields = source;
    this.line = source.line;
  }

  /** The first of these names that is there and not empty. */
  take(...names: readonly string[]): Source | undefined {
    return this.entry(...names)?.value;
  }

  entry(...names: readonly string[]): Entry | undefined {
    let found: Entry | undefined;
    for (const name of names) {
      const entry = this.#fields.entries.get(name);
      if (entry === undefined) continue;
      this.#taken.add(name);
      if (found === undefined && !isNull(entry.value)) found = entry;
    }
    return found;
  }

  /** Whether it is there, be it empty. */
  has(name: string): boolean {
    return this.#fields.entries.has(name);
  }

  need(name: string, ...others: readonly string[]): Source {
    const found = this.take(name, ...others);
    if (found === undefined) throw new Lost(this.line, `expected the field ${name}`);
    return found;
  }

  text(...names: readonly string[]): string | undefined {
    const found = this.take(...names);
    return found === undefined ? undefined : textOf(found);
  }

  ignore(...names: readonly string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** Names and values that no one took yet, which are taken by this. */
  rest(): [string, Entry][] {
    const rest = [...this.#fields.entries].filter(([name]) => !this.#taken.has(name));
    for (const [name] of rest) this.#taken.add(name);
    return rest;
  }

  /** Reports what no one took. */
  done(notes: Notes, what: string): void {
    for (const [name, { line }] of this.rest()) notes.warn(line, `${show(name)} of ${what} is not taken`);
  }
}

export const isNull = (source: Source): boolean => source.type === 'scalar' && source.value === null;
const missingInput = (name: string, line: number): Lost =>
  new Lost(line, `the input ${show(name)} of the blueprint is not given`);

export function textOf(source: Source): string {
  if (source.type === 'scalar') return source.text;
  if (source.type === 'input') throw missingInput(source.name, source.line);
  throw new Lost(source.line, 'expected a text');
}

export function numberOf(source: Source, what: string): number {
  const number = source.type === 'scalar' && source.text.trim() !== '' ? Number(source.text) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new Lost(source.line, `expected ${what} as a number`);
}

/** A list, or one item as a list. */
export function itemsOf(source: Source | undefined): readonly Source[] {
  if (source === undefined || isNull(source)) return [];
  if (source.type === 'input') throw missingInput(source.name, source.line);
  return source.type === 'list'
    ? source.items.flatMap((item) => (item.type === 'list' ? item.items : [item]))
    : [source];
}

/** Texts of a list, or of one text that is parted by commas. */
export function namesOf(source: Source | undefined): { text: string; line: number }[] {
  return itemsOf(source).flatMap((item) =>
    textOf(item)
      .split(',')
      .map((text) => ({ text: text.trim(), line: item.line }))
      .filter(({ text }) => text !== ''),
  );
}

export const isTemplate = (source: Source): boolean => source.type === 'scalar' && /\{\{|\{%/.test(source.text);

/** Whether a step is switched off by a plain `enabled: false`. */
export function isOff(source: Source): boolean {
  if (source.type !== 'map') return false;
  const enabled = source.entries.get('enabled')?.value;
  if (enabled?.type !== 'scalar') return false;
  if (enabled.text.includes('{')) throw new Lost(enabled.line, '`enabled` as a template is not taken');
  return enabled.value === false || enabled.text === 'false';
}
