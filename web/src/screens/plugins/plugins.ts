// What talks to the devices: each plugin, how it fares, and its switch.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiPuzzle } from '@mdi/js';
import type { Health, PluginView } from '@lintel/protocol';
import { define, Screen, Watch, type LightElement } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { router } from '../../router.ts';
import { get } from '../../store/api.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import { statusChip } from './status-chip.ts';

class PluginsScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    adding: { state: true },
    installs: { state: true },
    safe: { state: true },
  };
  declare adding: boolean;
  declare installs: boolean;
  /** True while the hub runs without plugins from elsewhere. */
  declare safe: boolean;

  constructor() {
    super();
    this.adding = false;
    this.installs = false;
    this.safe = false;
    new Watch(this, ['plugins', 'devices', 'home']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void hasRoute('/api/plugins', 'post').then((known) => (this.installs = known));
    void get<Health>('/health').then(
      ({ status }) => (this.safe = status === 'safe-mode'),
      () => {},
    );
  }

  async #add(): Promise<void> {
    await import('./install.ts');
    this.adding = true;
    await this.updateComplete;
    const form = this.querySelector<LightElement>('lintel-plugin-install');
    await form?.updateComplete;
    form?.querySelector<HTMLElement>('input')?.focus();
  }

  async #close(): Promise<void> {
    this.adding = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.screen-head button')?.focus();
  }

  protected override render(): TemplateResult {
    router.title(t.plugins.title, store.state.home?.name);
    const plugins = [...store.state.plugins.values()].toSorted((a, b) => a.name.localeCompare(b.name));
    return html`
      <div class="screen-head">
        <h1>${t.plugins.title}</h1>
        ${
          this.installs && !this.adding && store.state.user?.role === 'owner'
            ? html`<button class="button" @click=${this.#add}>${th.plugins.add}</button>`
            : nothing
        }
        <p class="lead">${t.plugins.lead}</p>
      </div>
      <div class="stack narrow">
        ${
          this.safe
            ? html`<div class="note" role="status">
                <b>${th.plugins.safeMode}</b>
                <p>${th.plugins.safeModeText}</p>
              </div>`
            : nothing
        }
        ${this.adding ? html`<lintel-plugin-install @close=${this.#close}></lintel-plugin-install>` : nothing}
        ${plugins.length === 0 ? (store.loaded ? emptyState(t.plugins.none, t.plugins.noneText) : nothing) : rows(plugins)}
      </div>
    `;
  }
}

function rows(plugins: readonly PluginView[]): TemplateResult {
  return html`<ul class="rows narrow">
    ${plugins.map(
      (each) =>
        html`<li>
          <div class="row">
            ${icon(mdiPuzzle)}
            <span class="row-text">
              <a class="row-title cover" href="/plugins/${encodeURIComponent(each.id)}" dir="auto">${each.name}</a>
              <span class="row-note">${note(each)}</span>
            </span>
            ${statusChip(each)}
          </div>
        </li>`,
    )}
  </ul>`;
}

function note(plugin: PluginView): string {
  const count = [...store.state.devices.values()].filter((each) => each.plugin === plugin.id).length;
  return [t.plugins.version(plugin.version), count > 0 ? t.devices(count) : ''].filter(Boolean).join(' · ');
}

define('screen-plugins', PluginsScreen);
