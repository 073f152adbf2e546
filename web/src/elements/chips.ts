import { html, nothing, type TemplateResult } from 'lit';
import { Advice, type Choice, type FieldNote } from './field.ts';

export interface ChipsOptions {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly change: (chosen: readonly string[]) => void;
  readonly hint?: string | undefined;
  readonly error?: FieldNote | null | undefined;
}

/** Several of few: each choice is a chip to press. What is chosen and not offered stays in sight. */
export function chips({ label, choices, chosen, change, hint, error }: ChipsOptions): TemplateResult {
  const known = choices.map(({ value }) => value);
  const all = [...choices, ...chosen.filter((each) => !known.includes(each)).map((value) => ({ value, label: value }))];
  const flip = (value: string): void =>
    change(all.map((each) => each.value).filter((each) => (each === value) !== chosen.includes(each)));
  return html`<div class="field" role="group" aria-label=${label}>
    <span class="label" aria-hidden="true">${label}</span>
    <div class="chips">
      ${all.map(
        ({ value, label: words }) =>
          html`<button
            type="button"
            class="chip"
            dir="auto"
            aria-pressed=${chosen.includes(value) ? 'true' : 'false'}
            @click=${() => flip(value)}
          >
            ${words}
          </button>`,
      )}
    </div>
    ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    ${error instanceof Advice ? html`<p class="advice">${error.text}</p>` : nothing}
    ${typeof error === 'string' && error !== '' ? html`<p class="error" role="alert">${error}</p>` : nothing}
  </div>`;
}
