import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { invalid, noteBelow, type FieldNote } from '../elements/field.ts';

export interface TimeFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error: FieldNote | null;
}

/** A time of day, "HH:MM" in the home's own time. */
export const timeField = ({ id, label, value, change, error }: TimeFieldOptions): TemplateResult =>
  html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      type="time"
      id=${id}
      .value=${live(value)}
      step=${/^\d\d:\d\d:\d\d$/.test(value) ? '1' : nothing}
      aria-invalid=${invalid(error)}
      aria-describedby=${error === null ? nothing : `${id}-error`}
      @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
    />
    ${noteBelow(`${id}-error`, error)}
  </div>`;
