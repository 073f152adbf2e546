// A part of an expression that is being written, with what is known of its value.

import type { Meaning } from '../entities.ts';

/** How tightly its outermost operator binds: `||` 0, `&&` 1, `==` 2, `<` 3, `+` 4, `*` 5, a sign 6, anything whole 7. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface Piece {
  readonly text: string;
  readonly level: Level;
  /** It is the state of an entity or an attribute. */
  readonly meaning?: Meaning;
  /** Instants and spans are in milliseconds; weekdays are texts here and numbers from 0 or 1 there. */
  readonly is?: 'instant' | 'span' | 'weekday' | 'isoWeekday' | 'device' | 'trigger' | 'triggered';
}

export const whole = (text: string, more: Partial<Piece> = {}): Piece => ({ text, level: 7, ...more });

const LEVELS: Readonly<Record<string, Level>> = {
  '||': 0,
  '&&': 1,
  '==': 2,
  '!=': 2,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
};

/** In brackets where it binds less tightly than what is around it. */
export const within = ({ text, level }: Piece, least: Level): string => (level < least ? `(${text})` : text);

export function joinPieces(operator: string, left: Piece, right: Piece, more: Partial<Piece> = {}): Piece {
  const level = LEVELS[operator]!;
  const text = `${within(left, level)} ${operator} ${within(right, (level + 1) as Level)}`;
  return { text, level, ...more };
}

export const not = (piece: Piece): Piece => ({ text: `!${within(piece, 6)}`, level: 6 });

/** As a number of Home Assistant's units. */
export function scaled(piece: Piece): Piece {
  const scale = piece.meaning?.scale ?? 1;
  return scale === 1 ? piece : joinPieces('*', piece, whole(String(scale)));
}

export const readProperty = (meaning: Meaning): Piece =>
  whole(`device(${JSON.stringify(meaning.device)})[${JSON.stringify(meaning.property)}]`, { meaning });

export const constant = (value: string | number | boolean | null): Piece =>
  whole(value === null ? 'unknown' : JSON.stringify(value), typeof value === 'number' && value < 0 ? { level: 6 } : {});
