// Fields about the sun, shared by its trigger and its condition.

import type { TemplateResult } from 'lit';
import type { SunEvent } from '@lintel/model';
import { textField, type Choice } from '../elements/field.ts';
import { isDuration, normaliseDuration } from '../readers/durations.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import type { Editing } from './kit.ts';

const EVENTS: readonly SunEvent[] = ['sunset', 'sunrise', 'dusk', 'dawn', 'noon'];

export const sunChoices: readonly Choice[] = EVENTS.map((event) => ({
  value: event,
  label: t.humanise(t.rule.sunEvents[event] ?? event),
}));

export const offsetError = (offset: string | undefined): string | null =>
  offset === undefined || isDuration(offset.replace(/^[-+]/, '')) ? null : t.errors.duration;

/** An offset may carry a sign: "-30m" is half an hour earlier. */
function readOffset(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const sign = /^[-−]/.test(text) ? '-' : '';
  return sign + normaliseDuration(text.replace(/^[-−+]\s*/, ''));
}

export function offsetField<Item>(
  { id, error }: Editing<Item>,
  offset: string | undefined,
  change: (offset: string | undefined) => void,
  name: 'offset' | 'beforeOffset' = 'offset',
): TemplateResult {
  return textField({
    id: id(name),
    label: te[name],
    hint: te.offsetHint,
    value: offset ?? '',
    input: (typed) => change(readOffset(typed)),
    error: error(`/${name}`),
  });
}
