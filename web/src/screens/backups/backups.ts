// Backups of the whole home: made, downloaded, and brought back by whoever owns it.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiArchiveOutline } from '@mdi/js';
import type { Backup } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { holdButton } from '../../elements/hold-button.ts';
import { icon } from '../../elements/icon.ts';
import { ago, number } from '../../readers/format.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { router } from '../../router.ts';
import { attempt, change } from '../../store/actions.ts';
import { post } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

const words = th.backups;
const KIB = 1024;

/** "48 KiB", "3.2 MiB". */
function size(bytes: number): string {
  return bytes < KIB * KIB ? words.kib(number(Math.ceil(bytes / KIB), 0)) : words.mib(number(bytes / KIB / KIB));
}

const time = (at: string): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

class BackupsScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    making: { state: true },
    asked: { state: true },
    restarting: { state: true },
  };
  declare making: boolean;
  /** The backup that a person was asked about. */
  declare asked: string | null;
  declare restarting: boolean;
  readonly #all = new Fetched<Backup>(this, '/backups');

  constructor() {
    super();
    Object.assign(this, { making: false, asked: null, restarting: false });
    new Watch(this, ['home', 'status']);
  }

  async #make(): Promise<void> {
    this.making = true;
    await change(() => post('/backups'), words.made);
    this.making = false;
    await this.#all.load();
  }

  async #ask({ id }: Backup): Promise<void> {
    this.asked = id;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.hold')?.focus();
  }

  async #restore(backup: string): Promise<void> {
    if (!(await attempt(() => post('/restore', { backup })))) return;
    Object.assign(this, { asked: null, restarting: true });
  }

  protected override render(): TemplateResult {
    router.title(words.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    const make = html`<button class="button primary" ?disabled=${this.making} @click=${this.#make}>
      ${words.make}
    </button>`;
    const isEmpty = loaded && items.length === 0;
    return html`
      <div class="screen-head">
        <h1>${words.title}</h1>
        ${isEmpty ? nothing : make}
        <p class="lead">${words.lead}</p>
      </div>
      <div class="stack narrow">
        ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
        <div role="status">
          ${this.making ? html`<p class="note calm-note">${words.making}</p>` : nothing}
          ${this.restarting ? html`<p class="note calm-note">${words.restarting}</p>` : nothing}
        </div>
        ${isEmpty ? emptyState(words.emptyTitle, words.emptyText, make) : nothing}
        ${
          items.length === 0
            ? nothing
            : html`<ul class="rows">
                  ${items.map((each) => html`<li>${this.#row(each)}</li>`)}
                </ul>
                <p class="soft small">${words.keep}</p>`
        }
      </div>
    `;
  }

  #row(backup: Backup): TemplateResult {
    const { id, at, bytes } = backup;
    const when = time(at);
    return html`<div class="row wraps">
        ${icon(mdiArchiveOutline)}
        <span class="row-text">
          <span class="row-title"><time datetime=${at}>${when}</time></span>
          <span class="row-note">${ago(at, Date.now())} · ${size(bytes)}</span>
        </span>
        <span class="row-tools">
          <a class="quiet" download href="/api/backups/${encodeURIComponent(id)}"
            >${words.download}<span class="hidden"> ${when}</span></a
          >
          ${
            isAtLeast(store.state.user, 'owner')
              ? html`<button
                  class="quiet"
                  aria-expanded=${this.asked === id ? 'true' : 'false'}
                  @click=${() => this.#ask(backup)}
                >
                  ${words.restore}<span class="hidden"> ${when}</span>
                </button>`
              : nothing
          }
        </span>
      </div>
      ${this.asked === id ? this.#sure(backup) : nothing}`;
  }

  #sure({ id, at }: Backup): TemplateResult {
    return html`<div class="row-more stack-close" role="group" aria-label=${words.restore}>
      <h2>${words.sureTitle(time(at))}</h2>
      <p>${words.sureText}</p>
      <div class="actions">
        ${holdButton(words.sure, () => this.#restore(id))}
        <button class="button" @click=${() => (this.asked = null)}>${t.cancel}</button>
      </div>
    </div>`;
  }
}

define('screen-backups', BackupsScreen);
