// YAML as a tree whose every node knows its line, so that whatever is lost on the way can be named where it stands.

import { HubError } from '@lintel/model';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, Scalar, type Pair } from 'yaml';
import { YAML_CHARACTERS_MAX, YAML_DEPTH_MAX, YAML_NODES_MAX } from './limits.ts';

export type Plain = string | number | boolean | null;

interface At {
  /** Counted from 1. */
  readonly line: number;
}
export interface Text extends At {
  readonly type: 'scalar';
  /** As YAML reads it, `on` and `yes` included. */
  readonly value: Plain;
  /** As it is written. */
  readonly text: string;
}
export interface List extends At {
  readonly type: 'list';
  readonly items: readonly Source[];
}
export interface Fields extends At {
  readonly type: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}
/** `!input name` of a blueprint. */
export interface Input extends At {
  readonly type: 'input';
  readonly name: string;
}
export type Source = Text | List | Fields | Input;

export interface Entry extends At {
  readonly value: Source;
}

const badYaml = (message: string, line: number): HubError =>
  new HubError('BAD_YAML', `line ${line}: ${message}`, { pointer: '/yaml', extra: { line } });

/**
 * Each document of the text.
 * @throws HubError BAD_YAML with the line, also for custom tags and for aliases that blow it up
 */
export function readYaml(text: string): Source[] {
  if (text.length > YAML_CHARACTERS_MAX) throw badYaml(`expected at most ${YAML_CHARACTERS_MAX} characters`, 1);
  const counter = new LineCounter();
  return parsed(text, counter).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw badYaml(explained(error.message), Math.max(1, counter.linePos(error.pos[0]).line));
    const reader = new Reader(counter);
    return document.contents === null ? [] : [reader.read(document.contents, 0)];
  });
}

const explained = (text: string): string =>
  text.includes('call stack') ? 'this is nested too deep' : text.split('\n')[0]!;

/** The parser recurses: what is nested deeper than any automation ends its stack, and nothing else. */
function parsed(text: string, lineCounter: LineCounter) {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter,
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (error instanceof RangeError) throw badYaml('this is nested too deep', 1);
    throw error;
  }
}

interface Written {
  readonly tag?: string | undefined;
  readonly anchor?: string | undefined;
  readonly range?: readonly [number, number, number] | null | undefined;
}

const TAGS = new Set([
  '!',
  ...['str', 'int', 'float', 'bool', 'null', 'seq', 'map'].map((name) => `tag:yaml.org,2002:${name}`),
]);

class Reader {
  readonly #counter: LineCounter;
  readonly #anchors = new Map<string, unknown>();
  #nodes = 0;
  /** The line of the outermost alias that is being filled in. */
  #alias: number | null = null;

  constructor(counter: LineCounter) {
    this.#counter = counter;
  }

  read(node: unknown, depth: number, line = this.#lineOf(node as Written, 1)): Source {
    this.#nodes += 1;
    if (this.#nodes > YAML_NODES_MAX)
      throw badYaml(`this, its aliases filled in, has over ${YAML_NODES_MAX} parts`, this.#alias ?? line);
    if (depth > YAML_DEPTH_MAX) throw badYaml('this is nested too deep', this.#alias ?? line);
    if (isAlias(node)) return this.#filledIn(this.#anchored(node.source, line), depth, line);
    const { tag, anchor } = (node ?? {}) as Written;
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    if (tag === '!input' && isScalar(node)) return { type: 'input', line, name: String(node.value) };
    if (tag !== undefined && !TAGS.has(tag)) throw badYaml(`the tag ${tag.slice(0, 40)} is not taken`, line);
    if (isSeq(node))
      return {
        type: 'list',
        line,
        items: node.items.map((item) => this.read(item, depth + 1, this.#lineOf(item as Written, line))),
      };
    if (isMap(node)) return { type: 'map', line, entries: this.#entries(node.items, depth, line) };
    return isScalar(node) ? scalarOf(node, line) : { type: 'scalar', line, value: null, text: '' };
  }

  #filledIn(node: unknown, depth: number, line: number): Source {
    const around = this.#alias;
    this.#alias ??= line;
    const source = this.read(node, depth + 1, line);
    this.#alias = around;
    return source;
  }

  #lineOf(node: Written | null | undefined, otherwise: number): number {
    const start = node?.range?.[0];
    return start === undefined ? otherwise : Math.max(1, this.#counter.linePos(start).line);
  }

  #anchored(name: string, line: number): unknown {
    const node = this.#anchors.get(name);
    if (node === undefined) throw badYaml(`there is no anchor ${JSON.stringify(name.slice(0, 40))} before this`, line);
    return node;
  }

  #entries(pairs: readonly Pair[], depth: number, around: number): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    const merged: Source[] = [];
    for (const { key, value } of pairs) {
      const line = this.#lineOf(key as Written, around);
      const name = this.read(key, depth + 1, line);
      if (name.type !== 'scalar') throw badYaml('a key that is a list or a map is not taken', line);
      const source = this.read(value, depth + 1, this.#lineOf(value as Written | null, line));
      const earlier = name.text === '<<' ? undefined : entries.get(name.text);
      if (earlier !== undefined)
        throw badYaml(`the key ${JSON.stringify(name.text.slice(0, 60))} stands on line ${earlier.line} already`, line);
      if (name.text === '<<') merged.push(source);
      else entries.set(name.text, { line, value: source });
    }
    for (const source of merged) merge(entries, source);
    return entries;
  }
}

/** `<<: *anchor` gives what is not given. */
function merge(entries: Map<string, Entry>, source: Source): void {
  if (source.type === 'list') for (const item of source.items) merge(entries, item);
  if (source.type !== 'map') return;
  for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
}

const WORDS: Readonly<Record<string, boolean | null>> = {
  '': null,
  '~': null,
  null: null,
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};
const NUMBER = /^[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

function scalarOf(node: Scalar, line: number): Text {
  const text = typeof node.value === 'string' ? node.value : '';
  return { type: 'scalar', line, text, value: node.type === Scalar.PLAIN ? plainOf(text) : text };
}

function plainOf(text: string): Plain {
  const word = text.toLowerCase();
  if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
  if (!NUMBER.test(text)) return text;
  const number = Number(text.replaceAll('_', ''));
  return Number.isFinite(number) ? number : text;
}

/** A value of JSON as if it stood on this line. */
export function sourceOf(value: unknown, line: number, depth = 0): Source {
  if (depth > YAML_DEPTH_MAX) throw badYaml('an input is nested too deep', line);
  if (Array.isArray(value)) return { type: 'list', line, items: value.map((item) => sourceOf(item, line, depth + 1)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]): [string, Entry] => [
      key,
      { line, value: sourceOf(item, line, depth + 1) },
    ]);
    return { type: 'map', line, entries: new Map(entries) };
  }
  const plain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : null;
  return { type: 'scalar', line, value: plain, text: plain === null ? '' : String(plain) };
}
