// Fields that all editors share: choices, words, numbers, durations, formulas, weekdays.

import { html, type TemplateResult } from 'lit';
import { mdiFunctionVariant } from '@mdi/js';
import type { Computed, Weekday } from '@lintel/model';
import { chips } from '../elements/chips.ts';
import { areaField, checkField, selectField, textField, type Choice } from '../elements/field.ts';
import { icon } from '../elements/icon.ts';
import { durationWords, isDuration, normaliseDuration } from '../readers/durations.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import { isExpression, type Editing } from './kit.ts';

interface Field<Value> {
  /** Unique inside the item. */
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly change: (value: Value) => void;
  /** Where its error stands, such as `/for`. */
  readonly pointer: string;
  readonly hint?: string | undefined;
}

export interface ChoiceField<Value extends string> extends Field<Value> {
  readonly choices: readonly Choice[];
}

export function choiceField<One, Value extends string>(
  { id, error }: Editing<One>,
  { name, label, value, choices, change, pointer, hint }: ChoiceField<Value>,
): TemplateResult {
  return selectField({
    id: id(name),
    label,
    value,
    choices,
    change: (chosen) => change(chosen as Value),
    hint,
    error: error(pointer),
  });
}

/** A choice from a table of words. */
export const wordChoices = (words: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export function wordField<One>(
  { id, error }: Editing<One>,
  { name, label, value, change, pointer, hint }: Field<string>,
): TemplateResult {
  return textField({ id: id(name), label, value, input: change, hint, error: error(pointer) });
}

export const optionField = <One>(
  { id }: Editing<One>,
  { name, label, value, change }: Omit<Field<boolean>, 'pointer'>,
): TemplateResult => checkField(id(name), label, value, change);

/** An expression of the rule language, as it is written. */
export function formulaField<One>(
  { id, error }: Editing<One>,
  { name, label, value, change, pointer, hint }: Field<string>,
): TemplateResult {
  const field = {
    id: id(name),
    label,
    value,
    input: change,
    hint,
    error: error(pointer) ?? error(`${pointer}/expression`),
  };
  return areaField({ ...field, rows: 2 });
}

/** A field whose value may be worked out instead; the small button changes between the two. */
export function computedField<One, Value>(
  editing: Editing<One>,
  field: Omit<Field<Computed<Value> | undefined>, 'hint'>,
  literal: (value: Value | undefined) => TemplateResult,
): TemplateResult {
  const { name, label, value, change, pointer } = field;
  const written = isExpression(value) ? value.expression : null;
  const turn = (): void => change(written === null ? { expression: '' } : undefined);
  return html`<div class="computed">
    ${
      written === null
        ? literal(value as Value | undefined)
        : formulaField(editing, {
            name,
            label,
            value: written,
            change: (expression) => change({ expression }),
            pointer,
            hint: te.formulaHint,
          })
    }
    <button
      type="button"
      class="round-button bare formula"
      aria-pressed=${written === null ? 'false' : 'true'}
      @click=${turn}
    >
      ${icon(mdiFunctionVariant, 18)}<span class="hidden">${te.formula(label)}</span>
    </button>
  </div>`;
}

interface NumberField extends Field<number | undefined> {
  /** A property from 0 to 1 that people read as percent. */
  readonly percent?: boolean;
}

/** A number that may be left out. */
export function numberField<One>({ id, error }: Editing<One>, field: NumberField): TemplateResult {
  const scale = field.percent === true ? 100 : 1;
  const shown =
    field.value === undefined || Number.isNaN(field.value) ? '' : String(Math.round(field.value * scale * 1000) / 1000);
  const input = (typed: string): void => {
    const text = typed.trim().replace(',', '.');
    field.change(text === '' ? undefined : Number(text) / scale);
  };
  return textField({
    id: id(field.name),
    label: field.label,
    type: 'number',
    inputmode: 'decimal',
    value: shown,
    input,
    hint: field.hint ?? (field.percent === true ? te.percent : undefined),
    error: error(field.pointer),
  });
}

/** A duration as typed ("5 minutes", "5m"); its words below say how it was understood. */
export function durationField<One>(
  { id, error }: Editing<One>,
  { name, label, value, change, pointer, hint }: Field<string | undefined>,
): TemplateResult {
  const input = (typed: string): void => change(typed.trim() === '' ? undefined : normaliseDuration(typed));
  const below = value !== undefined && isDuration(value) ? durationWords(value) : (hint ?? te.durationHint);
  return html`<div @focusout=${(event: FocusEvent) => showUnderstood(event, value)}>
    ${durationInput({ id: id(name), label, hint: below, error: error(pointer), input, value: value ?? '' })}
  </div>`;
}

/** A duration that may be a formula. */
export const computedDuration = <One>(
  editing: Editing<One>,
  field: Field<Computed<string> | undefined>,
): TemplateResult => computedField(editing, field, (value) => durationField(editing, { ...field, value }));

/** What stands in the field while someone types in it, as long as it still means what is shown otherwise. */
export function typedOr(id: string, shown: string, means: (typed: string) => boolean): string {
  const active = document.activeElement;
  const typing = active instanceof HTMLInputElement && active.id === id ? active.value : null;
  return typing !== null && means(typing) ? typing : shown;
}

/** While someone types, the field keeps what was typed; once left it shows what was understood. */
function showUnderstood(event: FocusEvent, value: string | undefined): void {
  if (event.target instanceof HTMLInputElement && value !== undefined) event.target.value = value;
}

function durationInput(options: Parameters<typeof textField>[0]): TemplateResult {
  const value = typedOr(options.id, options.value, (typed) => normaliseDuration(typed) === options.value);
  return textField({ ...options, value });
}

const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'workday', 'holiday'];

/** Weekdays as chips, workdays and holidays among them; none chosen means every day. */
export const weekdayField = (
  chosen: readonly Weekday[] | undefined,
  change: (days: readonly Weekday[] | undefined) => void,
): TemplateResult =>
  chips({
    label: te.weekdays,
    choices: WEEK.map((day) => ({ value: day, label: t.humanise(t.rule.days[day] ?? day) })),
    chosen: chosen ?? [],
    change: (days) => change(days.length === 0 ? undefined : (days as readonly Weekday[])),
    hint: chosen === undefined ? te.everyDay : undefined,
  });
