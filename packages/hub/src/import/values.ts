// Values of actions: plain ones on our scale, templates as expressions.

import type { Computed, Expression, KnownValue } from '@lintel/model';
import { expressionOf, plainExpressionOf, textExpressionOf } from './jinja/template.ts';
import { Lost } from './notes.ts';
import { isTemplate, numberOf, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { toOurs } from './states.ts';
import { computedDuration, durationOf } from './times.ts';

/** A number, of which `scale` make one of ours. */
export function numberValue(source: Source, scope: Scope, scale = 1): number | Expression {
  if (isTemplate(source)) return { expression: expressionOf(source, scope, scale) };
  return toOurs(numberOf(source, 'a value'), scale);
}

/** Any value, as it stands. */
export function anyValue(source: Source, scope: Scope): Computed<KnownValue> {
  if (isTemplate(source)) return { expression: plainExpressionOf(source, scope) };
  if (source.type !== 'scalar') throw new Lost(source.line, 'expected true, false, a number or a text');
  return source.value ?? '';
}

/** A text, in which templates may stand. */
export function textValue(source: Source, scope: Scope): Computed<string> {
  if (isTemplate(source)) return { expression: textExpressionOf(source, scope) };
  return textOf(source);
}

export function durationValue(source: Source, scope: Scope): Computed<string> {
  const expression = computedDuration(source, (each) => expressionOf(each, scope));
  return expression === null ? durationOf(source) : { expression };
}
