// Labelled fields. An error stands at its field: it marks it invalid and is what describes it.

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** Something worth a look at a field that is not wrong: it describes the field and does not mark it invalid. */
export class Advice {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What stands at a field: words are an error. */
export type FieldNote = string | Advice;

/** For `aria-invalid`. */
export const invalid = (note: FieldNote | null | undefined): 'true' | typeof nothing =>
  typeof note === 'string' && note !== '' ? 'true' : nothing;

/** The note below a field; `id` is what the field is described by. */
export function noteBelow(id: string, note: FieldNote | null | undefined): TemplateResult | typeof nothing {
  if (note === null || note === undefined || note === '') return nothing;
  return note instanceof Advice
    ? html`<p class="advice" id=${id}>${note.text}</p>`
    : html`<p class="error" id=${id}>${note}</p>`;
}

export interface FieldOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: FieldNote | null | undefined;
}

export interface TextOptions extends FieldOptions {
  readonly value: string;
  readonly input: (value: string) => void;
  /** The value is final: Enter was pressed, or the field was left. */
  readonly change?: (value: string) => void;
  readonly type?: 'text' | 'password' | 'number' | 'search' | 'date' | 'time' | 'datetime-local';
  readonly autocomplete?: string;
  readonly inputmode?: 'text' | 'decimal' | 'numeric';
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly maxlength?: number;
  readonly list?: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface SelectOptions extends FieldOptions {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly change: (value: string) => void;
}

const describedBy = ({ id, hint, error }: FieldOptions): string | typeof nothing => {
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter((each) => each !== '');
  return ids.length === 0 ? nothing : ids.join(' ');
};

const below = ({ id, hint, error }: FieldOptions): TemplateResult => html`
  ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing} ${noteBelow(`${id}-error`, error)}
`;

export function textField(options: TextOptions): TemplateResult {
  const { id, label, value, input, error } = options;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type=${options.type ?? 'text'}
      .value=${live(value)}
      autocomplete=${(options.autocomplete ?? 'off') as 'off'}
      inputmode=${options.inputmode ?? nothing}
      placeholder=${options.placeholder ?? nothing}
      maxlength=${options.maxlength ?? nothing}
      list=${options.list ?? nothing}
      step=${options.type === 'number' ? 'any' : nothing}
      ?required=${options.required === true}
      aria-invalid=${invalid(error)}
      aria-describedby=${describedBy(options)}
      @input=${(event: Event) => input((event.target as HTMLInputElement).value)}
      @change=${(event: Event) => options.change?.((event.target as HTMLInputElement).value)}
    />
    ${below(options)}
  </div>`;
}

export function selectField(options: SelectOptions): TemplateResult {
  const { id, label, value, choices, change, error } = options;
  const known = choices.some((each) => each.value === value);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      aria-invalid=${invalid(error)}
      aria-describedby=${describedBy(options)}
      @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
    >
      ${known ? nothing : html`<option value=${value} selected>${value === '' ? '–' : value}</option>`}
      ${choices.map((each) => html`<option value=${each.value} .selected=${each.value === value}>${each.label}</option>`)}
    </select>
    ${below(options)}
  </div>`;
}

export function checkField(
  id: string,
  label: string,
  checked: boolean,
  change: (checked: boolean) => void,
): TemplateResult {
  return html`<label class="check" for=${id}>
    <input
      id=${id}
      type="checkbox"
      .checked=${live(checked)}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    />
    <span>${label}</span>
  </label>`;
}

export function areaField(options: Omit<TextOptions, 'type'> & { readonly rows?: number }): TemplateResult {
  const { id, label, value, input, error } = options;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <textarea
      id=${id}
      rows=${options.rows ?? 4}
      spellcheck="false"
      .value=${live(value)}
      aria-invalid=${invalid(error)}
      aria-describedby=${describedBy(options)}
      @input=${(event: Event) => input((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    ${below(options)}
  </div>`;
}

/** Moves the focus to the first field that is marked invalid. */
export function focusInvalid(root: ParentNode): void {
  root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
