// Templates as expressions of rules.

import type { Condition } from '@lintel/model';
import type { Scope } from '../scope.ts';
import type { Source } from '../source.ts';
import { Conditions } from './conditions.ts';
import { partsOf, singleTree } from './parts.ts';
import { Writer } from './writer.ts';

/** A value that is worked out; `scale` of its units make one of ours. */
export function expressionOf(source: Source, scope: Scope, scale = 1): string {
  const writer = new Writer(scope, source.line);
  const text = writer.number(singleTree(source));
  return scale === 1 ? text : `(${text}) / ${scale}`;
}

/** What is neither calculated with nor compared: a state, a word. */
export const plainExpressionOf = (source: Source, scope: Scope): string =>
  new Writer(scope, source.line).value(singleTree(source));

/** A text with expressions in it. */
export function textExpressionOf(source: Source, scope: Scope): string {
  const writer = new Writer(scope, source.line);
  const parts = partsOf(source).map((part) => ('text' in part ? JSON.stringify(part.text) : writer.joined(part.tree)));
  const startsAsText = parts[0]?.startsWith('"') === true;
  return [...(startsAsText ? [] : ['""']), ...parts].join(' + ');
}

export const conditionOf = (source: Source, scope: Scope): Condition =>
  new Conditions(scope, source.line).read(singleTree(source));

/** As an expression that is true or not. */
export const truthOf = (source: Source, scope: Scope): string =>
  new Writer(scope, source.line).value(singleTree(source));

/** A value in which `state` is the entity itself, as in the `value_template` of a numeric state. */
export function valueOfState(source: Source, scope: Scope, entity: string): string {
  return new Writer(scope, source.line, entity).number(singleTree(source));
}
