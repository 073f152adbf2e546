import { html, type TemplateResult } from 'lit';
import { define, Screen } from '../../elements/base.ts';
import { router } from '../../router.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class MissingScreen extends Screen {
  protected override render(): TemplateResult {
    router.title(t.missing.title, store.state.home?.name);
    return html`<div class="empty">
      <span class="empty-mark" aria-hidden="true"></span>
      <h1>${t.missing.title}</h1>
      <p>${t.missing.text}</p>
      <a class="button primary" href="/">${t.missing.home}</a>
    </div>`;
  }
}

define('screen-missing', MissingScreen);
