// What an import still has to be told: entities that are not mapped and inputs that are not given, as its report names them.

import type { ImportNote } from '@lintel/protocol';

/** Texts in the report stand in quotes, as JSON writes them. */
const UNMAPPED = /^("(?:[^"\\]|\\.)*") is (?:not mapped|mapped to)/;
const UNCLEAR = /^which property is ("(?:[^"\\]|\\.)*")\?/;
const INPUT = /the input ("(?:[^"\\]|\\.)*") of the blueprint/;

const named = (report: readonly ImportNote[], patterns: readonly RegExp[]): readonly string[] => {
  const found = report.flatMap(({ message }) => patterns.flatMap((pattern) => unquote(pattern.exec(message)?.[1])));
  return [...new Set(found)];
};

function unquote(text: string | undefined): string[] {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'string' && value !== '' ? [value] : [];
  } catch {
    return [];
  }
}

/** Entities, devices and areas of the other hub that the report asks about, each once, in its order. */
export const entitiesAsked = (report: readonly ImportNote[]): readonly string[] => named(report, [UNMAPPED, UNCLEAR]);

/** Inputs of a blueprint that the report asks for. */
export const inputsAsked = (report: readonly ImportNote[]): readonly string[] => named(report, [INPUT]);

/** What an entity may be here, the likeliest first, by what stands before its dot. */
export function sortsFor(entity: string): readonly Sort[] {
  const domain = entity.split('.')[0]!;
  if (!entity.includes('.')) return ['device', 'room'];
  if (['person', 'device_tracker', 'notify'].includes(domain)) return ['person', 'device'];
  if (domain === 'scene') return ['scene'];
  if (domain.startsWith('input_') || domain === 'counter' || domain === 'timer') return ['variable', 'device'];
  return ['device'];
}

export type Sort = 'device' | 'person' | 'scene' | 'room' | 'variable';

export interface Candidate {
  readonly sort: Sort;
  readonly id: string;
  readonly name: string;
  /** Words that help to tell it apart, such as its room. */
  readonly more?: string;
}

const words = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((each) => each.length > 1);

/** The one thing whose name and room have every word of the entity's, else the one that it names whole; null where several are. */
export function guess(entity: string, candidates: readonly Candidate[]): Candidate | null {
  const wanted = words(entity.slice(entity.indexOf('.') + 1));
  const sorts = sortsFor(entity);
  const possible = wanted.length === 0 ? [] : candidates.filter(({ sort }) => sorts.includes(sort));
  const whole = possible.filter(({ name, more = '' }) => includesAll(words(`${name} ${more}`), wanted));
  const found = whole.length > 0 ? whole : possible.filter(({ name }) => includesAll(wanted, words(name)));
  return found.length === 1 ? found[0]! : null;
}

const includesAll = (all: readonly string[], some: readonly string[]): boolean =>
  some.length > 0 && some.every((each) => all.includes(each));
