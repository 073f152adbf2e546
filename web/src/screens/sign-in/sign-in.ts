// The way in. One message for every wrong name or password, as the hub gives it.

import { html, nothing, type TemplateResult } from 'lit';
import type { SignedIn } from '@lintel/protocol';
import { define, Screen } from '../../elements/base.ts';
import { textField } from '../../elements/field.ts';
import { router } from '../../router.ts';
import { post, problemOf } from '../../store/api.ts';
import { openLive } from '../../store/session.ts';
import { t } from '../../strings/index.ts';

class SignInScreen extends Screen {
  static override properties = {
    guest: { state: true },
    name: { state: true },
    password: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };
  /** The code of a guest who followed a link; empty for everyone else. */
  declare guest: string;
  declare name: string;
  declare password: string;
  declare trouble: string | null;
  declare busy: boolean;

  constructor() {
    super();
    this.guest = '';
    this.name = '';
    this.password = '';
    this.trouble = null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const guest = /^#guest=(.+)$/.exec(location.hash)?.[1];
    if (guest === undefined) return;
    void import('./guest-entry.ts').then(() => (this.guest = guest));
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.trouble = null;
    try {
      await post<SignedIn>('/sessions', { name: this.name, password: this.password });
      openLive();
      router.go('/', { replace: true });
    } catch (error) {
      this.trouble = problemOf(error).detail;
      this.password = '';
      await this.updateComplete;
      this.querySelector<HTMLElement>('#password')?.focus();
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    router.title(t.signIn.title, undefined);
    return html`<div class="gate">
      <div class="stack">
        <span class="brand-mark gate-mark" aria-hidden="true"></span>
        <h1>${t.signIn.title}</h1>
        <p class="soft">${t.signIn.text}</p>
      </div>
      ${this.guest === '' ? nothing : html`<lintel-guest-entry .code=${this.guest}></lintel-guest-entry>`}
      <form class="card form" @submit=${this.#submit}>
        ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
        ${textField({ id: 'name', label: t.signIn.name, value: this.name, input: (text) => (this.name = text), autocomplete: 'username', required: true })}
        ${textField({
          id: 'password',
          label: t.signIn.password,
          type: 'password',
          value: this.password,
          input: (text) => (this.password = text),
          autocomplete: 'current-password',
          required: true,
        })}
        <button class="button primary" ?disabled=${this.busy}>${t.signIn.action}</button>
      </form>
    </div>`;
  }
}

define('screen-sign-in', SignInScreen);
