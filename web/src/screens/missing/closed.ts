// What stands at an address that whoever is signed in has no use of.

import { html, type TemplateResult } from 'lit';
import { define, Screen, Watch } from '../../elements/base.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { router } from '../../router.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class ClosedScreen extends Screen {
  constructor() {
    super();
    new Watch(this, ['home']);
  }

  protected override render(): TemplateResult {
    const words = isAtLeast(store.state.user, 'resident') ? t.barred.admins : t.barred.guests;
    router.title(words.title, store.state.home?.name);
    return html`<div class="empty">
      <span class="empty-mark" aria-hidden="true"></span>
      <h1>${words.title}</h1>
      <p>${words.text}</p>
      <a class="button primary" href="/">${t.missing.home}</a>
    </div>`;
  }
}

define('screen-closed', ClosedScreen);
