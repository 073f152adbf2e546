// Fields that several editors share: a device and its property, a value of that property, a duration, weekdays.

import { html, nothing, type TemplateResult } from 'lit';
import type { KnownValue, Weekday } from '@lintel/model';
import { selectField, textField } from '../elements/field.ts';
import { describe } from '../readers/devices.ts';
import { durationWords, isDuration, normaliseDuration } from '../readers/durations.ts';
import { isPercent, plainKey } from '../readers/format.ts';
import { t } from '../strings/index.ts';
import { deviceChoices, propertyChoices, tellingProperty, withPlaceholder, type Editing } from './kit.ts';

interface Watched {
  readonly device: string;
  readonly property: string;
}

/** "Device" and "Property"; choosing a device chooses the property people mean most often. */
export function deviceAndProperty<Item>(
  { home, id, error }: Editing<Item>,
  { device, property }: Watched,
  choose: (watched: Watched) => void,
  at = '',
): TemplateResult {
  const known = home.devices.find((each) => each.id === device);
  const pick = (chosen: string): void =>
    choose({ device: chosen, property: tellingProperty(home.devices.find((each) => each.id === chosen)) });
  return html`
    ${selectField({
      id: id('device'),
      label: t.editor.device,
      value: device,
      choices: withPlaceholder(deviceChoices(home), device, t.editor.chooseDevice),
      change: pick,
      error: error(`${at}/device`),
    })}
    ${selectField({
      id: id('property'),
      label: t.editor.property,
      value: property,
      choices: withPlaceholder(propertyChoices(known), property, t.editor.chooseProperty),
      change: (chosen) => choose({ device, property: chosen }),
      error: error(`${at}/property`),
    })}
  `;
}

export function isNumeric<Item>({ home }: Editing<Item>, { device, property }: Watched): boolean {
  const known = home.devices.find((each) => each.id === device);
  return known !== undefined && describe(known, property)?.type === 'number';
}

const ANYTHING = '*';

interface ValueField {
  readonly label: string;
  readonly watched: Watched;
  readonly value: KnownValue | undefined;
  readonly change: (value: KnownValue | undefined) => void;
  readonly pointer: string;
  /** Offers "anything", which stands for no value at all. */
  readonly anything?: boolean;
}

/** A value of the watched property: a choice where its values are known, else text. */
export function valueField<Item>(editing: Editing<Item>, field: ValueField): TemplateResult {
  const { home, id, error } = editing;
  const { device, property } = field.watched;
  const described = home.devices.find((each) => each.id === device);
  const spec = described && describe(described, property);
  const options: readonly KnownValue[] = spec?.type === 'boolean' ? [true, false] : (spec?.values ?? []);
  const base = { id: id('value'), label: field.label, error: error(field.pointer) };
  if (options.length === 0 && typeof field.value !== 'boolean') {
    return textField({
      ...base,
      value: String(field.value ?? ''),
      input: (typed) => field.change(typed === '' ? undefined : typed),
    });
  }
  const known = options.length === 0 ? [true, false] : options;
  const choices = known.map((each) => ({ value: String(each), label: t.valueName(plainKey(property), each) }));
  const all = field.anything === true ? [...choices, { value: ANYTHING, label: t.editor.anything }] : choices;
  return selectField({
    ...base,
    value: field.value === undefined ? ANYTHING : String(field.value),
    choices: all,
    change: (chosen) => field.change(known.find((each) => String(each) === chosen)),
  });
}

interface NumberField {
  readonly name: string;
  readonly label: string;
  readonly value: number | undefined;
  readonly change: (value: number | undefined) => void;
  readonly pointer: string;
  /** A property from 0 to 1 that people read as percent. */
  readonly percent?: boolean;
  readonly hint?: string;
}

/** A number that may be left out. */
export function numberField<Item>({ id, error }: Editing<Item>, field: NumberField): TemplateResult {
  const scale = field.percent === true ? 100 : 1;
  const shown =
    field.value === undefined || Number.isNaN(field.value) ? '' : String(Math.round(field.value * scale * 1000) / 1000);
  const input = (typed: string): void => {
    const text = typed.trim().replace(',', '.');
    field.change(text === '' ? undefined : Number(text) / scale);
  };
  const hint = field.hint ?? (field.percent === true ? t.editor.percent : undefined);
  return textField({
    id: id(field.name),
    label: field.label,
    type: 'number',
    inputmode: 'decimal',
    value: shown,
    input,
    hint,
    error: error(field.pointer),
  });
}

/** "Above" and "Below" for a property that is a number. */
export function limitFields<Item>(
  editing: Editing<Item>,
  property: string,
  { above, below }: { above?: number | undefined; below?: number | undefined },
  change: (limits: { above: number | undefined; below: number | undefined }) => void,
  at = '',
): TemplateResult {
  const percent = isPercent(property);
  return html`
    ${numberField(editing, { name: 'above', label: t.editor.above, value: above, change: (value) => change({ above: value, below }), pointer: `${at}/above`, percent })}
    ${numberField(editing, { name: 'below', label: t.editor.below, value: below, change: (value) => change({ above, below: value }), pointer: `${at}/below`, percent })}
  `;
}

interface DurationField {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly change: (value: string | undefined) => void;
  readonly pointer: string;
}

/** A duration as typed ("5 minutes", "5m"); its words below say how it was understood. */
export function durationField<Item>({ id, error }: Editing<Item>, field: DurationField): TemplateResult {
  const { value } = field;
  const input = (typed: string): void => field.change(typed.trim() === '' ? undefined : normaliseDuration(typed));
  const hint = value !== undefined && isDuration(value) ? durationWords(value) : t.editor.durationHint;
  return html`<div @focusout=${(event: FocusEvent) => showUnderstood(event, value)}>
    ${durationInput({ id: id(field.name), label: field.label, hint, error: error(field.pointer), input, value: value ?? '' })}
  </div>`;
}

/** While someone types, the field keeps what was typed; once left it shows what was understood. */
function showUnderstood(event: FocusEvent, value: string | undefined): void {
  if (event.target instanceof HTMLInputElement && value !== undefined) event.target.value = value;
}

function durationInput(options: Parameters<typeof textField>[0]): TemplateResult {
  const active = document.activeElement;
  const typing = active instanceof HTMLInputElement && active.id === options.id ? active.value : null;
  return textField({
    ...options,
    value: typing !== null && normaliseDuration(typing) === options.value ? typing : options.value,
  });
}

const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Weekdays as chips; none chosen means every day. */
export function weekdayField(
  chosen: readonly Weekday[] | undefined,
  change: (days: readonly Weekday[] | undefined) => void,
): TemplateResult {
  const flip = (day: Weekday): void => {
    const next = WEEK.filter((each) => (each === day) !== (chosen ?? []).includes(each));
    change(next.length === 0 ? undefined : next);
  };
  return html`<div class="field" role="group" aria-label=${t.editor.weekdays}>
    <span class="label" aria-hidden="true">${t.editor.weekdays}</span>
    <div class="chips">
      ${WEEK.map(
        (day) =>
          html`<button
            type="button"
            class="chip"
            aria-pressed=${chosen?.includes(day) ? 'true' : 'false'}
            @click=${() => flip(day)}
          >
            ${t.rule.days[day] ?? day}
          </button>`,
      )}
    </div>
    ${chosen === undefined ? html`<p class="hint">${t.editor.everyDay}</p>` : nothing}
  </div>`;
}
