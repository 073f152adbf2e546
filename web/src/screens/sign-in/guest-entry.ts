// The way in for a guest who followed a link: the code stands behind its #, which browsers send to nobody.

import { html, nothing, type TemplateResult } from 'lit';
import type { SignedIn } from '@lintel/protocol';
import { define, LightElement } from '../../elements/base.ts';
import { router } from '../../router.ts';
import { post, problemOf } from '../../store/api.ts';
import { openLive } from '../../store/session.ts';
import { th } from '../../strings/house.ts';

class GuestEntry extends LightElement {
  static override properties = { code: {}, trouble: { state: true }, busy: { state: true } };
  declare code: string;
  declare trouble: string | null;
  declare busy: boolean;

  constructor() {
    super();
    this.code = '';
    this.trouble = null;
    this.busy = false;
  }

  async #enter(): Promise<void> {
    this.busy = true;
    try {
      await post<SignedIn>('/guests/redeem', { code: this.code });
      openLive();
      router.go('/', { replace: true });
    } catch (error) {
      this.trouble = problemOf(error).detail;
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="card form">
      <h2>${th.guests.welcome}</h2>
      <p class="soft">${th.guests.enterText}</p>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      <button class="button primary" ?disabled=${this.busy} @click=${this.#enter}>${th.guests.enter}</button>
    </section>`;
  }
}

define('lintel-guest-entry', GuestEntry);
