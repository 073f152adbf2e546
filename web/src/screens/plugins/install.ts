// Brings a plugin by the name of its package, from a folder, or from the catalogue. What is brought does not run yet.

import { html, nothing, type TemplateResult } from 'lit';
import type { CatalogueItem, PluginView } from '@lintel/protocol';
import { define, Watch } from '../../elements/base.ts';
import { textField } from '../../elements/field.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { router } from '../../router.ts';
import { getAll, post } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

const PACKAGE = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

/** "acme" and "/opt/acme" as the hub wants them; null where it is neither. */
function readSource(typed: string): string | null {
  const text = typed.trim();
  if (/^(npm|file):/.test(text)) return text;
  if (text.startsWith('/')) return `file:${text}`;
  return PACKAGE.test(text) ? `npm:${text}` : null;
}

class PluginInstall extends FormScreen {
  static override properties = { ...FormScreen.properties, typed: { state: true }, catalogue: { state: true } };
  declare typed: string;
  declare catalogue: readonly CatalogueItem[];

  constructor() {
    super();
    this.typed = '';
    this.catalogue = [];
    new Watch(this, ['plugins']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    if (!(await hasRoute('/api/plugin-catalogue'))) return;
    try {
      this.catalogue = await getAll<CatalogueItem>('/plugin-catalogue');
    } catch {
      // The catalogue is a convenience: without it plugins are brought by name.
    }
  }

  async #bring(source: string): Promise<void> {
    let plugin: PluginView | null = null;
    const bring = async (): Promise<void> => {
      plugin = await post<PluginView>('/plugins', { source });
    };
    if (!(await this.send(bring)) || plugin === null) return;
    const { id, name } = plugin as PluginView;
    notices.show(th.plugins.brought(name));
    router.go(`/plugins/${encodeURIComponent(id)}`);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const source = readSource(this.typed);
    if (source === null) void this.refuse(ownProblem('/source', th.plugins.sourceWrong));
    else void this.#bring(source);
  }

  protected override render(): TemplateResult {
    return html`<form class="card form" novalidate @submit=${this.#submit}>
      <h2>${th.plugins.add}</h2>
      ${this.trouble(['/source'])}
      ${textField({
        id: 'plugin-source',
        label: th.plugins.source,
        hint: th.plugins.sourceHint,
        value: this.typed,
        input: (typed) => (this.typed = typed),
        error: this.error('/source'),
      })}
      <p class="soft" role="status">${this.busy ? th.plugins.bringing : th.plugins.notStarted}</p>
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${th.plugins.bring}</button>
        <button class="button" type="button" @click=${() => this.dispatchEvent(new CustomEvent('close'))}>
          ${t.cancel}
        </button>
      </div>
      ${this.catalogue.length === 0 ? nothing : this.#offers()}
    </form>`;
  }

  #offers(): TemplateResult {
    return html`<h3>${th.plugins.catalogue}</h3>
      <ul>
        ${this.catalogue.map(
          ({ source, id, name, description }) =>
            html`<li class="scene-target">
              <span class="row-text">
                <span class="row-title" dir="auto">${name}</span>
                <span class="row-note" dir="auto">${description}</span>
              </span>
              ${
                store.state.plugins.has(id)
                  ? html`<span class="chip">${th.plugins.here}</span>`
                  : html`<button
                      class="button"
                      type="button"
                      ?disabled=${this.busy}
                      @click=${() => this.#bring(source)}
                    >
                      ${th.plugins.get}<span class="hidden"> ${name}</span>
                    </button>`
              }
            </li>`,
        )}
      </ul>`;
  }
}

define('lintel-plugin-install', PluginInstall);
