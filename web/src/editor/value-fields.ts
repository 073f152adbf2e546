// Values of properties, variables and schedules: a choice where the values are known, else a number or words.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiClose } from '@mdi/js';
import type { Computed, KnownValue, PropertyDescription, Value } from '@lintel/model';
import { selectField, textField } from '../elements/field.ts';
import { icon } from '../elements/icon.ts';
import { isPercent, plainKey } from '../readers/format.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import { asList, asOneOrMany, computedFits, type Editing, type NamedThing } from './kit.ts';
import { computedField, numberField, typedOr } from './fields.ts';

/** What is known of the values that fit. */
export type ValueSpec = Pick<PropertyDescription, 'type' | 'values'> & { readonly unit?: string | null };

/** The values of a schedule or a variable. */
export function specOf(things: readonly NamedThing[], id: string): ValueSpec | undefined {
  const type = things.find((each) => each.id === id)?.type;
  return type && { type, values: null };
}

interface ValueField<Held> {
  readonly name: string;
  readonly label: string;
  /** Names values as people call them; any word where the value is no property's. */
  readonly property: string;
  readonly spec: ValueSpec | undefined;
  readonly value: Held;
  readonly change: (value: Held) => void;
  readonly pointer: string;
}

const ANYTHING = '*';

/** The values to choose from, or none where any will do. */
function optionsOf(spec: ValueSpec | undefined, value: unknown): readonly KnownValue[] {
  if (spec?.type === 'boolean' || typeof value === 'boolean') return [true, false];
  return typeof value === 'number' ? [] : (spec?.values ?? []);
}

/** Words as the kind of value that is meant: what is described as a number, or was one, stays one. */
function readTyped(typed: string, spec: ValueSpec | undefined, before: unknown): KnownValue {
  const number = Number(typed.replace(',', '.'));
  const wantsNumber = spec?.type === 'number' || (spec === undefined && typeof before === 'number');
  return wantsNumber && typed.trim() !== '' && !Number.isNaN(number) ? number : typed;
}

/** One value; undefined is "anything", where that is offered. */
export function valueField<One>(
  { id, error }: Editing<One>,
  field: ValueField<KnownValue | undefined> & { readonly anything?: boolean },
): TemplateResult {
  const { spec, value, property } = field;
  const options = optionsOf(spec, value);
  const base = { id: id(field.name), label: field.label, error: error(field.pointer) };
  if (options.length === 0) {
    return textField({
      ...base,
      value: typedOr(base.id, String(value ?? ''), (typed) => readTyped(typed, spec, value) === value),
      hint: spec?.unit ?? undefined,
      input: (typed) => field.change(typed === '' ? undefined : readTyped(typed, spec, value)),
    });
  }
  const choices = options.map((each) => ({ value: String(each), label: t.valueName(plainKey(property), each) }));
  const all = field.anything === true ? [...choices, { value: ANYTHING, label: te.anything }] : choices;
  return selectField({
    ...base,
    value: value === undefined ? ANYTHING : String(value),
    choices: field.anything !== true && value === undefined ? [{ value: ANYTHING, label: te.choose }, ...all] : all,
    change: (chosen) => field.change(options.find((each) => String(each) === chosen)),
  });
}

type OneOrMany = KnownValue | readonly KnownValue[] | undefined;

/** One value or several of them, joined by "or". */
export function valuesField<One>(
  editing: Editing<One>,
  field: ValueField<OneOrMany> & { readonly anything?: boolean },
): TemplateResult {
  const values = asList(field.value);
  const change = (next: readonly KnownValue[]): void => field.change(asOneOrMany(next));
  const at = (index: number): TemplateResult =>
    valueField(editing, {
      ...field,
      name: index === 0 ? field.name : `${field.name}-${index}`,
      label: index === 0 ? field.label : te.orValue,
      pointer: Array.isArray(field.value) ? `${field.pointer}/${index}` : field.pointer,
      value: values[index],
      anything: field.anything === true && values.length < 2,
      change: (value) => change(value === undefined ? values.toSpliced(index, 1) : setAt(values, index, value)),
    });
  const next = optionsOf(field.spec, values[0]).find((each) => !values.includes(each));
  const add = (): void => change([...values, next ?? '']);
  const full = next === undefined && optionsOf(field.spec, values[0]).length > 0;
  return html`${at(0)}
  ${values.slice(1).map(
    (_, index) =>
      html`<div class="with-remove">
        ${at(index + 1)}
        <button type="button" class="round-button bare" @click=${() => change(values.toSpliced(index + 1, 1))}>
          ${icon(mdiClose, 20)}<span class="hidden">${te.removeValue(index + 2)}</span>
        </button>
      </div>`,
  )}
  ${
    values.length === 0 || full || typeof values[0] === 'boolean'
      ? nothing
      : html`<button type="button" class="quiet small-action" @click=${add}>${te.orAnother}</button>`
  }`;
}

const setAt = (values: readonly KnownValue[], index: number, value: KnownValue): readonly KnownValue[] =>
  index < values.length ? values.with(index, value) : [...values, value];

/** A value of an action: of a property where one is described, unknown and formulas included. */
export function computedValueField<One>(
  editing: Editing<One>,
  field: ValueField<Computed<Value> | undefined>,
): TemplateResult {
  const { spec, property, change } = field;
  return computedField<One, Value>(editing, field, (value) => {
    if (spec?.type === 'number' && (value === undefined || typeof value === 'number')) {
      const hint = isPercent(property) ? undefined : (spec.unit ?? undefined);
      return numberField(editing, { ...field, value, change, percent: isPercent(property), hint });
    }
    return valueField(editing, { ...field, value: value === null ? undefined : value, change });
  });
}

/** True of values that the fields above can show. */
export const valuesFit = (values: Readonly<Record<string, unknown>>): boolean =>
  Object.values(values).every((each) => each === null || computedFits(each));
