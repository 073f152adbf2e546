// Parses what stands between `{{` and `}}`.

import { TEMPLATE_CHARACTERS_MAX, TEMPLATE_DEPTH_MAX } from '../limits.ts';
import type { Tree } from './tree.ts';

export class TemplateError extends Error {}

interface Token {
  readonly type: 'number' | 'text' | 'name' | 'symbol' | 'end';
  readonly text: string;
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(==|!=|<=|>=|\/\/|\*\*|[-+*/%<>()[\]{}.,|~=:]))/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new TemplateError(`${JSON.stringify(text.slice(at).trim()[0])} is not understood`);
    const [, number, name, quoted, symbol] = match;
    if (number !== undefined) tokens.push({ type: 'number', text: number });
    else if (name !== undefined) tokens.push({ type: 'name', text: name });
    else if (quoted !== undefined) tokens.push({ type: 'text', text: quoted.slice(1, -1).replaceAll(/\\(.)/gs, '$1') });
    else tokens.push({ type: 'symbol', text: symbol! });
  }
  return [...tokens, { type: 'end', text: 'the end' }];
}

/** Loosest first. */
const LEVELS: readonly (readonly string[])[] = [['or'], ['and'], ['+', '-', '~'], ['*', '/', '//', '%']];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const WORDS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

/** @throws TemplateError */
export function parseTemplate(text: string): Tree {
  if (text.length > TEMPLATE_CHARACTERS_MAX)
    throw new TemplateError(`a template has at most ${TEMPLATE_CHARACTERS_MAX} characters`);
  return new Parser(tokenize(text)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Tree {
    const tree = this.#chain(0);
    if (this.#peek().type !== 'end') throw new TemplateError(`${JSON.stringify(this.#peek().text)} is not understood`);
    return tree;
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!;
  }

  #takes(...texts: readonly string[]): string | null {
    const { type, text } = this.#peek();
    if ((type !== 'symbol' && type !== 'name') || !texts.includes(text)) return null;
    this.#next += 1;
    return text;
  }

  #expect(text: string): void {
    if (this.#takes(text) === null) throw new TemplateError(`expected ${text}, found ${this.#peek().text}`);
  }

  #deeper<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > TEMPLATE_DEPTH_MAX) throw new TemplateError('the template is nested too deep');
    const result = work();
    this.#depth -= 1;
    return result;
  }

  #chain(level: number): Tree {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    const inner = (): Tree => (level === 1 ? this.#not() : this.#chain(level + 1));
    let left = inner();
    for (let operator = this.#takes(...operators); operator !== null; operator = this.#takes(...operators))
      left = { type: 'binary', operator, left, right: inner() };
    return left;
  }

  #not(): Tree {
    if (this.#takes('not') === null) return this.#comparison();
    return { type: 'unary', operator: 'not', operand: this.#deeper(() => this.#not()) };
  }

  #comparison(): Tree {
    let left = this.#chain(2);
    for (;;) {
      const operator = this.#takes(...COMPARISONS, 'in') ?? this.#notIn();
      if (operator === null) return left;
      left = { type: 'binary', operator, left, right: this.#chain(2) };
    }
  }

  #notIn(): 'not in' | null {
    if (this.#peek().text !== 'not' || this.#tokens[this.#next + 1]?.text !== 'in') return null;
    this.#next += 2;
    return 'not in';
  }

  #unary(): Tree {
    if (this.#takes('-') !== null) return { type: 'unary', operator: '-', operand: this.#deeper(() => this.#unary()) };
    let tree = this.#primary();
    for (;;) {
      const next = this.#suffix(tree);
      if (next === null) return tree;
      tree = next;
    }
  }

  #suffix(of: Tree): Tree | null {
    if (this.#takes('.') !== null) return { type: 'member', of, key: { type: 'constant', value: this.#name() } };
    if (this.#takes('[') !== null) {
      const key = this.#deeper(() => this.#chain(0));
      this.#expect(']');
      return { type: 'member', of, key };
    }
    if (this.#takes('(') !== null) return { type: 'call', of, ...this.#operands(')') };
    if (this.#takes('|') !== null) {
      const name = this.#name();
      return { type: 'filter', of, name, operands: this.#takes('(') === null ? [] : this.#operands(')').operands };
    }
    return this.#takes('is') === null ? null : this.#test(of);
  }

  #test(of: Tree): Tree {
    const negated = this.#takes('not') !== null;
    const name = this.#name();
    return { type: 'test', of, name, negated, operands: this.#takes('(') === null ? [] : this.#operands(')').operands };
  }

  #name(): string {
    const token = this.#peek();
    if (token.type !== 'name' && token.type !== 'number')
      throw new TemplateError(`expected a name, found ${token.text}`);
    this.#next += 1;
    return token.text;
  }

  #operands(end: string): { operands: Tree[]; named: Map<string, Tree> } {
    return this.#deeper(() => {
      const operands: Tree[] = [];
      const named = new Map<string, Tree>();
      while (this.#takes(end) === null) {
        if (operands.length + named.size > 0) this.#expect(',');
        const isNamed = this.#peek().type === 'name' && this.#tokens[this.#next + 1]?.text === '=';
        if (!isNamed) operands.push(this.#chain(0));
        else {
          const name = this.#name();
          this.#expect('=');
          named.set(name, this.#chain(0));
        }
      }
      return { operands, named };
    });
  }

  #primary(): Tree {
    const token = this.#peek();
    this.#next += 1;
    if (token.type === 'number') return { type: 'constant', value: Number(token.text) };
    if (token.type === 'text') return { type: 'constant', value: token.text };
    if (token.type === 'name')
      return Object.hasOwn(WORDS, token.text)
        ? { type: 'constant', value: WORDS[token.text]! }
        : { type: 'name', name: token.text };
    if (token.text === '[') return { type: 'list', items: this.#operands(']').operands };
    if (token.text !== '(') throw new TemplateError(`${JSON.stringify(token.text)} is not understood`);
    const inner = this.#deeper(() => this.#chain(0));
    if (this.#takes(',') !== null) return { type: 'list', items: [inner, ...this.#operands(')').operands] };
    this.#expect(')');
    return inner;
  }
}
