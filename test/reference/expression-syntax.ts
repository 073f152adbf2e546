// Expressions as trees, by recursive descent: one function for each level of binding.

import type { Value } from '@lintel/model';

export type Tree =
  | { readonly kind: 'value'; readonly value: Value; readonly isUnknown: boolean }
  | { readonly kind: 'name'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Tree[] }
  | { readonly kind: 'property'; readonly of: Tree; readonly name: Tree }
  | { readonly kind: 'not' | 'minus'; readonly of: Tree }
  | { readonly kind: 'operator'; readonly operator: string; readonly left: Tree; readonly right: Tree };

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(&&|\|\||[=!<>]=|[-+*/%<>!()[\],.]))/y;

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) throw new Error(`not an expression: ${text}`);
    const [, number, quoted, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1') });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign! });
  }
  return tokens;
}

class Reader {
  readonly tokens: Token[];

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  takes(...signs: readonly string[]): string | null {
    const token = this.tokens[0];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.tokens.shift();
    return token.text;
  }

  expect(sign: string): void {
    if (this.takes(sign) === null) throw new Error(`expected ${sign}`);
  }

  level(index: number): Tree {
    const signs = LEVELS[index];
    if (signs === undefined) return this.prefixed();
    let left = this.level(index + 1);
    for (let operator = this.takes(...signs); operator !== null; operator = this.takes(...signs)) {
      left = { kind: 'operator', operator, left, right: this.level(index + 1) };
    }
    return left;
  }

  prefixed(): Tree {
    if (this.takes('!') !== null) return { kind: 'not', of: this.prefixed() };
    if (this.takes('-') !== null) return { kind: 'minus', of: this.prefixed() };
    return this.primary();
  }

  primary(): Tree {
    if (this.takes('(') !== null) {
      const inner = this.level(0);
      this.expect(')');
      return inner;
    }
    const token = this.tokens.shift();
    if (token?.kind === 'number') return literal(Number(token.text));
    if (token?.kind === 'text') return literal(token.text);
    if (token?.kind !== 'name') throw new Error('an operand is missing');
    return this.named(token.text);
  }

  named(name: string): Tree {
    if (name === 'true' || name === 'false') return literal(name === 'true');
    if (name === 'unknown') return { kind: 'value', value: null, isUnknown: true };
    if (this.takes('(') !== null) return this.indexed({ kind: 'call', name, arguments: this.list() });
    const path = [name];
    while (this.takes('.') !== null) path.push(this.tokens.shift()!.text);
    return this.indexed({ kind: 'name', path });
  }

  list(): Tree[] {
    const found: Tree[] = [];
    if (this.takes(')') !== null) return found;
    do found.push(this.level(0));
    while (this.takes(',') !== null);
    this.expect(')');
    return found;
  }

  indexed(of: Tree): Tree {
    if (this.takes('[') === null) return of;
    const name = this.level(0);
    this.expect(']');
    return { kind: 'property', of, name };
  }
}

const literal = (value: Value): Tree => ({ kind: 'value', value, isUnknown: false });

export function parse(text: string): Tree {
  const reader = new Reader(text);
  const tree = reader.level(0);
  if (reader.tokens.length > 0) throw new Error(`not an expression: ${text}`);
  return tree;
}
