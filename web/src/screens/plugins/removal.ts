// Takes a plugin away, after saying what becomes of its devices.

import { html, type TemplateResult } from 'lit';
import type { PluginView } from '@lintel/protocol';
import { define, LightElement } from '../../elements/base.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { remove } from '../../store/api.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

type Fate = 'keep' | 'remove';

class PluginRemoval extends LightElement {
  static override properties = { plugin: { attribute: false }, asking: { state: true }, fate: { state: true } };
  declare plugin: PluginView;
  declare asking: boolean;
  declare fate: Fate;

  constructor() {
    super();
    this.asking = false;
    this.fate = 'keep';
  }

  async #ask(): Promise<void> {
    this.asking = true;
    await this.updateComplete;
    this.querySelector<HTMLElement>('input:checked')?.focus();
  }

  async #cancel(): Promise<void> {
    this.asking = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>('button')?.focus();
  }

  async #remove(event: Event): Promise<void> {
    event.preventDefault();
    const { id, name } = this.plugin;
    const gone = await change(
      () => remove(`/plugins/${encodeURIComponent(id)}?devices=${this.fate}`),
      th.plugins.removed(name),
    );
    if (gone) router.go('/plugins', { replace: true });
  }

  protected override render(): TemplateResult {
    if (!this.asking) return html`<button class="button danger" @click=${this.#ask}>${th.plugins.removal}</button>`;
    const fate = (value: Fate, words: string): TemplateResult =>
      html`<label class="check">
        <input
          type="radio"
          name="fate"
          value=${value}
          .checked=${this.fate === value}
          @change=${() => (this.fate = value)}
        />
        <span>${words}</span>
      </label>`;
    return html`<form class="form" @submit=${this.#remove}>
      <p>${th.plugins.removalText}</p>
      <fieldset aria-label=${th.plugins.devices}>
        ${fate('keep', th.plugins.keep)} ${fate('remove', th.plugins.drop)}
      </fieldset>
      <div class="actions">
        <button class="button danger">${th.plugins.remove}</button>
        <button class="button" type="button" @click=${this.#cancel}>${t.cancel}</button>
      </div>
    </form>`;
  }
}

define('lintel-plugin-removal', PluginRemoval);
