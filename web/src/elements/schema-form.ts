// A form drawn from JSON Schema. Fields are named by their schema's title; an error stands at its field.

import { html, nothing, type TemplateResult } from 'lit';
import type { SettingsSchema } from '@lintel/protocol';
import {
  shapeOf,
  thingFormat,
  titleOf,
  unwrap,
  blank,
  UnreadableJson,
  type Shape,
  type ThingFormat,
} from '../readers/schema.ts';
import { t } from '../strings/index.ts';
import { chips } from './chips.ts';
import { areaField, checkField, selectField, textField, type Choice, type FieldOptions } from './field.ts';

/** So many things are shown at once; of more the chosen ones are, beside a list to choose from. */
const CHIPS_MAX = 12;

export interface FormContext {
  /** By JSON pointer into the settings, such as `/devices/0/name`. */
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (pointer: string, value: unknown) => void;
  /** What of the home can be chosen, by name. */
  readonly things: Readonly<Record<ThingFormat, readonly Choice[]>>;
}

interface Part {
  readonly key: string;
  readonly schema: SettingsSchema;
  readonly value: unknown;
  readonly pointer: string;
  readonly form: FormContext;
}

const idOf = (pointer: string): string => `set${pointer.replaceAll('/', '-')}`;

function options({ key, schema, pointer, form }: Part): FieldOptions {
  const error = form.errors[pointer];
  return { id: idOf(pointer), label: titleOf(key, schema), hint: schema.description, error };
}

const asText = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function text(part: Part, secret: boolean): TemplateResult {
  const { schema, value, pointer, form } = part;
  const placeholder = schema.default === undefined ? undefined : asText(schema.default);
  return textField({
    ...options(part),
    value: asText(value),
    ...(placeholder !== undefined && { placeholder }),
    ...(secret && { type: 'password' as const, autocomplete: 'new-password' }),
    input: (typed) => form.change(pointer, typed),
  });
}

function number(part: Part): TemplateResult {
  const { schema, value, pointer, form } = part;
  const input = (typed: string): void =>
    form.change(pointer, typed.trim() === '' ? undefined : Number(typed.replace(',', '.')));
  return textField({
    ...options(part),
    value: typeof value === 'number' && Number.isNaN(value) ? '' : asText(value),
    inputmode: schema.type === 'integer' ? 'numeric' : 'decimal',
    ...(schema.default !== undefined && { placeholder: asText(schema.default) }),
    type: 'number',
    input,
  });
}

function choice(part: Part): TemplateResult {
  const { schema, value, pointer, form } = part;
  const values = schema.enum ?? [];
  const choices = values.map((each, at) => ({ value: String(at), label: asText(each) }));
  const now = values.indexOf(value ?? schema.default);
  return selectField({
    ...options(part),
    value: now === -1 ? '' : String(now),
    choices,
    change: (at) => form.change(pointer, values[Number(at)]),
  });
}

/** One device or room, by its name. */
function thing(part: Part): TemplateResult {
  const { schema, value, pointer, form } = part;
  const choices = [{ value: '', label: t.plugins.nothingChosen }, ...form.things[thingFormat(schema)!]];
  const change = (id: string): void => form.change(pointer, id === '' ? undefined : id);
  return selectField({ ...options(part), value: asText(value), choices, change });
}

/** Several devices or rooms, by their names. */
function things({ key, schema, value, pointer, form }: Part): TemplateResult {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const offered = form.things[thingFormat(unwrap(schema.items!))!];
  const change = (ids: readonly string[]): void => form.change(pointer, ids);
  const label = titleOf(key, schema);
  const few = offered.length <= CHIPS_MAX;
  const shown = few ? offered : offered.filter((each) => chosen.includes(each.value));
  const others = offered.filter((each) => !chosen.includes(each.value));
  return html`${chips({ label, choices: shown, chosen, change, hint: schema.description, error: form.errors[pointer] })}
  ${
    few
      ? nothing
      : selectField({
          id: idOf(pointer),
          label: t.plugins.addItem(label),
          value: '',
          choices: [{ value: '', label: t.plugins.choose }, ...others],
          change: (id) => change(id === '' ? chosen : [...chosen, id]),
        })
  }`;
}

function flag({ key, schema, value, pointer, form }: Part): TemplateResult {
  const checked = (value ?? schema.default) === true;
  return html`<div class="field">
    ${checkField(idOf(pointer), titleOf(key, schema), checked, (on) => form.change(pointer, on))}
    ${schema.description === undefined ? nothing : html`<p class="hint">${schema.description}</p>`}
  </div>`;
}

function json(part: Part): TemplateResult {
  const { value, pointer, form } = part;
  const shown =
    value instanceof UnreadableJson ? value.text : value === undefined ? '' : JSON.stringify(value, null, 2);
  const input = (typed: string): void => {
    try {
      form.change(pointer, typed.trim() === '' ? undefined : (JSON.parse(typed) as unknown));
    } catch {
      form.change(pointer, new UnreadableJson(typed));
    }
  };
  return areaField({ ...options(part), value: shown, input });
}

function list(part: Part): TemplateResult {
  const { key, schema, value, pointer, form } = part;
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const add = (): void => form.change(pointer, [...items, blank(schema.items!)]);
  const remove = (at: number) => (): void => form.change(pointer, items.toSpliced(at, 1));
  const title = titleOf(key, schema);
  const one = schema.items?.title ?? title;
  return html`<fieldset class="form" id=${idOf(pointer)}>
    <legend><h3>${title}</h3></legend>
    ${schema.description === undefined ? nothing : html`<p class="soft small">${schema.description}</p>`}
    ${items.map(
      (item, at) =>
        html`<div class="array-item">
          ${field({ key: `${one} ${at + 1}`, schema: schema.items!, value: item, pointer: `${pointer}/${at}`, form })}
          <div>
            <button type="button" class="quiet danger" @click=${remove(at)}>
              ${t.remove}<span class="hidden"> ${one} ${at + 1}</span>
            </button>
          </div>
        </div>`,
    )}
    <div><button type="button" class="button" @click=${add}>${t.plugins.addItem(one)}</button></div>
  </fieldset>`;
}

function group({ schema, value, pointer, form }: Part): TemplateResult {
  const held = (value ?? {}) as Record<string, unknown>;
  const members = Object.entries(schema.properties ?? {});
  return html`<div class="form">
    ${members.map(([key, each]) => field({ key, schema: each, value: held[key], pointer: `${pointer}/${key}`, form }))}
  </div>`;
}

const DRAW: Readonly<Record<Shape, (part: Part) => TemplateResult>> = {
  text: (part) => text(part, false),
  secret: (part) => text(part, true),
  number,
  flag,
  choice,
  thing,
  things,
  list,
  json,
  group: (part) =>
    html`<fieldset class="form">
      <legend><h3>${titleOf(part.key, part.schema)}</h3></legend>
      ${group(part)}
    </fieldset>`,
};

function field(part: Part): TemplateResult {
  const schema = unwrap(part.schema);
  return DRAW[shapeOf(schema)]({ ...part, schema });
}

/** The whole form for an object's schema. */
export const schemaForm = (schema: SettingsSchema, value: unknown, form: FormContext): TemplateResult =>
  group({ key: '', schema: unwrap(schema), value, pointer: '', form });

/** `value` with the member at `pointer` replaced; what lies on the way is made where it is missing. */
export function replaceAt(value: unknown, pointer: string, next: unknown): unknown {
  const [, head, ...rest] = pointer.split('/');
  if (head === undefined) return next;
  const inner =
    rest.length === 0
      ? next
      : replaceAt((value as Record<string, unknown> | undefined)?.[head], `/${rest.join('/')}`, next);
  if (Array.isArray(value)) return value.with(Number(head), inner);
  return { ...(value as object | undefined), [head]: inner };
}
