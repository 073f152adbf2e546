import { html, type TemplateResult } from 'lit';

export interface SwitchOptions {
  readonly label: string;
  readonly on: boolean;
  readonly flip: () => unknown;
  /** Asked for and not yet confirmed. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
}

/** A switch with a target of at least 44 px; `label` is its name for screen readers. */
export const switchControl = ({ label, on, flip, busy = false, disabled = false }: SwitchOptions): TemplateResult =>
  html`<button
    class="switch"
    type="button"
    role="switch"
    aria-checked=${on ? 'true' : 'false'}
    aria-label=${label}
    aria-busy=${busy ? 'true' : 'false'}
    ?disabled=${disabled}
    @click=${flip}
  >
    <span class="switch-track"><span class="switch-thumb"></span></span>
  </button>`;
