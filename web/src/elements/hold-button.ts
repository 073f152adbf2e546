// A button that wants to be held: what opens a door or disarms an alarm is never one slip of a finger away.

import { html, type TemplateResult } from 'lit';
import { cssVariables } from './css-variable.ts';

const HOLD_MS = 800;

let holding: ReturnType<typeof setTimeout> | null = null;

function release(button: HTMLElement): void {
  if (holding !== null) clearTimeout(holding);
  holding = null;
  button.classList.remove('holding');
}

function hold(button: HTMLElement, then: () => unknown): void {
  if (holding !== null) return;
  button.classList.add('holding');
  holding = setTimeout(() => {
    release(button);
    then();
  }, HOLD_MS);
}

/** Runs `then` once the pointer, or Enter or Space, has been held for 0.8 s. */
export function holdButton(label: string, then: () => unknown): TemplateResult {
  const down = (event: Event): void => hold(event.currentTarget as HTMLElement, then);
  const up = (event: Event): void => release(event.currentTarget as HTMLElement);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') down(event);
  };
  return html`<button
    class="button hold"
    type="button"
    style=${cssVariables({ '--hold': `${HOLD_MS}ms` })}
    @pointerdown=${down}
    @pointerup=${up}
    @pointerleave=${up}
    @blur=${up}
    @keydown=${key}
    @keyup=${up}
  >
    ${label}
  </button>`;
}
