// The notices as they appear at the edge of the page. They leave after a while, but not under a pointer or the focus.

import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { mdiClose } from '@mdi/js';
import { notices, type Notice } from '../store/notices.ts';
import { t } from '../strings/index.ts';
import { define, LightElement } from './base.ts';
import { icon } from './icon.ts';

const SHOWN_MS = 8_000;

export class Toasts extends LightElement {
  #stop: (() => void) | null = null;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = notices.listen(() => this.requestUpdate());
    this.addEventListener('pointerenter', this.#hold);
    this.addEventListener('focusin', this.#hold);
    this.addEventListener('pointerleave', this.#release);
    this.addEventListener('focusout', this.#release);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#hold();
  }

  readonly #hold = (): void => {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  };

  readonly #release = (): void => this.#arm();

  #arm(): void {
    for (const { id } of notices.items) {
      if (this.#timers.has(id) || this.matches(':hover, :focus-within')) continue;
      this.#timers.set(
        id,
        setTimeout(() => this.#drop(id), SHOWN_MS),
      );
    }
  }

  #drop(id: number): void {
    this.#timers.delete(id);
    notices.dismiss(id);
  }

  protected override updated(): void {
    this.#arm();
  }

  protected override render(): TemplateResult {
    return html`<div class="toasts" aria-live="polite">
      ${repeat(
        notices.items,
        (each) => each.id,
        (each) => this.#one(each),
      )}
    </div>`;
  }

  #one(notice: Notice): TemplateResult {
    const { id, action } = notice;
    const run = (): void => {
      this.#drop(id);
      void action?.run();
    };
    return html`<div class="toast ${notice.tone}">
      <span class="toast-text" dir="auto">${notice.text}</span>
      ${action && html`<button class="toast-action" @click=${run}>${action.label}</button>`}
      <button class="toast-close" @click=${() => this.#drop(id)}>
        ${icon(mdiClose, 18)}<span class="hidden">${t.close}</span>
      </button>
    </div>`;
  }
}

define('lintel-toasts', Toasts);
