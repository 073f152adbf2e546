// Cuts the text of an expression into tokens.

export interface Token {
  readonly type: 'number' | 'text' | 'name' | 'symbol' | 'end';
  readonly text: string;
  /** Counted from 1, for people. */
  readonly column: number;
}

export class ExpressionError extends Error {
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(&&|\|\||[=!<>]=|[-+*/%<>!()[\].,]))/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const column = at + (/\S/.exec(text.slice(at))?.index ?? 0) + 1;
    if (match === null) throw new ExpressionError(`${JSON.stringify(text[column - 1])} is not understood here`, column);
    at = TOKEN.lastIndex;
    tokens.push({ ...tokenOf(match), column });
  }
  tokens.push({ type: 'end', text: '', column: text.length + 1 });
  return tokens;
}

function tokenOf(match: RegExpExecArray): Omit<Token, 'column'> {
  if (match[1] !== undefined) return { type: 'number', text: match[1] };
  if (match[2] !== undefined) return { type: 'name', text: match[2] };
  if (match[3] !== undefined) return { type: 'text', text: unescape(match[3].slice(1, -1)) };
  return { type: 'symbol', text: match[4]! };
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character));
}
