// Locks: locking is one press, unlocking is a hold, so that a sleeve on the glass opens no door.

import { html, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { cssVariables } from '../../elements/css-variable.ts';
import { commandDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

const HOLD_MS = 800;

let holding: ReturnType<typeof setTimeout> | null = null;

function release(button: HTMLElement): void {
  if (holding !== null) clearTimeout(holding);
  holding = null;
  button.classList.remove('holding');
}

function hold(button: HTMLElement, then: () => void): void {
  if (holding !== null) return;
  button.classList.add('holding');
  holding = setTimeout(() => {
    release(button);
    then();
  }, HOLD_MS);
}

export function lockControls(device: Device): TemplateResult {
  const unlock = (): unknown => commandDevice(device, 'lock.unlock');
  const down = (event: Event): void => hold(event.currentTarget as HTMLElement, unlock);
  const up = (event: Event): void => release(event.currentTarget as HTMLElement);
  const locked = store.shown(device, 'lock.state') === 'locked';
  const isPress = (event: KeyboardEvent): boolean => event.key === 'Enter' || event.key === ' ';
  return html`<div class="actions">
    <button class="button ${locked ? '' : 'primary'}" @click=${() => commandDevice(device, 'lock.lock')}>
      ${t.sheet.lock}
    </button>
    <button
      class="button hold"
      style=${cssVariables({ '--hold': `${HOLD_MS}ms` })}
      @pointerdown=${down}
      @pointerup=${up}
      @pointerleave=${up}
      @blur=${up}
      @keydown=${(event: KeyboardEvent) => isPress(event) && down(event)}
      @keyup=${up}
    >
      ${t.sheet.unlock}
    </button>
  </div>`;
}
