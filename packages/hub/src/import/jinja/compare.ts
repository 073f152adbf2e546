// Comparisons: what a state is called there is what its property is here.

import type { KnownValue } from '@lintel/model';
import { Lost } from '../notes.ts';
import { show } from '../reading.ts';
import type { Scope } from '../scope.ts';
import { stateValue } from '../states.ts';
import { constant, joinPieces, not, readProperty, scaled, whole, type Piece } from './piece.ts';

type Constant = string | number | boolean | null;

const isPiece = (value: Constant | Piece): value is Piece => typeof value === 'object' && value !== null;
const isUnknown = (value: Constant | Piece): boolean =>
  value === null || value === 'unknown' || value === 'unavailable';

export function compare(operator: string, left: Piece, right: Constant | Piece, scope: Scope, line: number): Piece {
  if (isPiece(right)) return joinPieces(operator, scaled(left), scaled(right));
  if (left.is === 'weekday' || left.is === 'isoWeekday') return compareWeekday(operator, left, right, line);
  if (left.is === 'device') return compareDevice(operator, left, right, scope, line);
  if (left.is === 'trigger') return compareTrigger(operator, left, right, scope);
  if (left.is === 'triggered' && typeof right === 'string' && !isUnknown(right))
    throw new Lost(line, 'what triggered is compared, but the triggers are about several things');
  const isEquality = operator === '==' || operator === '!=';
  if (isEquality && isUnknown(right)) return joinPieces(operator, left, constant(null));
  if (!isEquality || left.meaning === undefined)
    return joinPieces(operator, scaled(left), constant(asNumber(right, isEquality)));
  return equal(operator, left, right, line);
}

/** "3" beside `<` is a number in the states of Home Assistant as here. */
const asNumber = (value: Constant, isEquality: boolean): Constant =>
  !isEquality && typeof value === 'string' && Number.isFinite(Number(value)) ? Number(value) : value;

function equal(operator: string, left: Piece, right: Constant, line: number): Piece {
  const { device, property, scale } = left.meaning!;
  const found = stateValue(property, String(right), scale);
  if (found === null) throw new Lost(line, `${show(String(right))} is no value of ${property}`);
  const read =
    found.property === property || left.text.startsWith('trigger')
      ? left
      : readProperty({ device, property: found.property, scale });
  return joinPieces(operator, read, constant(found.value as KnownValue));
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function compareWeekday(operator: string, left: Piece, right: Constant, line: number): Piece {
  const first = left.is === 'weekday' ? 0 : 1;
  const wanted = Number(right);
  if (right === null || !Number.isFinite(wanted)) throw new Lost(line, `${show(String(right))} is no weekday`);
  const holds = (number: number): boolean => {
    switch (operator) {
      case '==':
        return number === wanted;
      case '!=':
        return number !== wanted;
      case '<':
        return number < wanted;
      case '<=':
        return number <= wanted;
      case '>':
        return number > wanted;
      default:
        return number >= wanted;
    }
  };
  const days = DAYS.filter((_, index) => holds(index + first)).map((day) =>
    joinPieces('==', whole(left.text), constant(day)),
  );
  return anyOf(days);
}

const anyOf = (pieces: readonly Piece[]): Piece =>
  pieces.length === 0 ? whole('false') : pieces.reduce((all, piece) => joinPieces('||', all, piece));

function compareDevice(operator: string, left: Piece, right: Constant, scope: Scope, line: number): Piece {
  return joinPieces(operator, whole(left.text), constant(scope.entities.device(String(right), line)));
}

/** An id that several triggers had is one id of each here. */
function compareTrigger(operator: string, left: Piece, right: Constant, { triggers }: Scope): Piece {
  const ids = triggers.get(String(right)) ?? [String(right)];
  const found = anyOf(ids.map((id) => joinPieces('==', whole(left.text), constant(id))));
  return operator === '!=' ? not(found) : found;
}

/** `x in [a, b]`; states that mean unknown are asked for once. */
export function includes(
  left: Piece,
  values: readonly (Constant | Piece)[],
  negated: boolean,
  scope: Scope,
  line: number,
): Piece {
  const compared = values.map((value) => compare('==', left, value, scope, line));
  const different = compared.filter((piece, index) => compared.findIndex(({ text }) => text === piece.text) === index);
  const [only] = different;
  if (negated && different.length === 1 && only!.text.endsWith(' == unknown'))
    return compare('!=', left, null, scope, line);
  return negated ? not(anyOf(different)) : anyOf(different);
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
/** The operator when both sides change places. */
export const mirrored = (operator: string): string => MIRRORED[operator] ?? operator;
