// Guests: who is let in, to what, and until when. The key is shown once, as a link, a code and a picture of it.

import { html, nothing, type TemplateResult } from 'lit';
import type { Guest, MadeGuest } from '@lintel/protocol';
import { define, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { qrCode } from '../../elements/qr.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { post, remove } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import { BLANK, guestForm, missing, sent, type GuestDraft } from './guest-form.ts';

const words = th.guests;

class GuestsScreen extends FormScreen {
  static override properties = { ...FormScreen.properties, draft: { state: true }, made: { state: true } };
  declare draft: GuestDraft | null;
  declare made: (MadeGuest & { readonly name: string }) | null;
  readonly #all = new Fetched<Guest>(this, '/guests');

  constructor() {
    super();
    this.draft = null;
    this.made = null;
    new Watch(this, ['rooms', 'devices', 'home']);
  }

  async #begin(): Promise<void> {
    Object.assign(this, { draft: BLANK, made: null });
    await this.updateComplete;
    this.querySelector<HTMLElement>('#guest-name')?.focus();
  }

  async #let(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (draft === null) return;
    const gap = missing(draft);
    if (gap !== null) return this.refuse(ownProblem(...gap));
    const make = async (): Promise<void> => {
      this.made = { ...(await post<MadeGuest>('/guests', sent(draft))), name: draft.name.trim() };
      this.draft = null;
    };
    if (!(await this.send(make))) return;
    await this.#all.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#guest-link')?.focus();
  }

  async #copy(): Promise<void> {
    this.querySelector<HTMLInputElement>('#guest-link')?.select();
    try {
      await navigator.clipboard.writeText(this.made?.link ?? '');
      notices.show(words.copied);
    } catch {
      // Without TLS browsers keep the clipboard shut: the link is selected, ready for Ctrl-C.
    }
  }

  async #revoke({ id, name }: Guest): Promise<void> {
    await change(() => remove(`/guests/${encodeURIComponent(id)}`), words.revoked(name));
    await this.#all.load();
  }

  protected override render(): TemplateResult {
    router.title(words.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    const add = html`<button class="button primary" @click=${this.#begin}>${words.add}</button>`;
    const isEmpty = loaded && items.length === 0 && this.draft === null && this.made === null;
    return html`
      <div class="screen-head">
        <h1>${words.title}</h1>
        ${this.draft === null && !isEmpty ? add : nothing}
        <p class="lead">${words.lead}</p>
      </div>
      <div class="stack narrow">
        ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
        ${this.made === null ? nothing : this.#key(this.made)}
        ${
          this.draft === null
            ? nothing
            : guestForm({
                draft: this.draft,
                busy: this.busy,
                trouble: (pointers) => this.trouble(pointers),
                error: (pointer) => this.error(pointer),
                change: (draft) => (this.draft = draft),
                submit: (event) => void this.#let(event),
                cancel: () => Object.assign(this, { draft: null, problem: null }),
              })
        }
        ${isEmpty ? emptyState(words.emptyTitle, words.emptyText, add) : nothing}
        ${
          items.length === 0
            ? nothing
            : html`<ul class="rows">
                ${items.map((each) => html`<li>${this.#row(each)}</li>`)}
              </ul>`
        }
      </div>
    `;
  }

  #key({ name, link, code }: MadeGuest & { readonly name: string }): TemplateResult {
    return html`<section class="card form">
      <p role="status">${words.made(name)}</p>
      <div class="guest-key">
        ${qrCode(link, words.qr(name))}
        <div class="form">
          <div class="field">
            <label for="guest-link">${words.link}</label>
            <input id="guest-link" type="text" readonly class="code" dir="ltr" .value=${link} />
          </div>
          <p>${words.code}: <code>${code}</code></p>
          <div class="actions">
            <button class="button primary" @click=${this.#copy}>${words.copy}</button>
            <button class="button" @click=${() => (this.made = null)}>${words.done}</button>
          </div>
        </div>
      </div>
    </section>`;
  }

  #row(guest: Guest): TemplateResult {
    const { name, rooms, commands, until } = guest;
    const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
    const where = rooms.map((id) => store.state.rooms.get(id)?.name ?? id).join(', ');
    const what = commands.map((each) => words.capabilityNames[each] ?? t.humanise(each.replace('.', ' '))).join(', ');
    const ended = Date.parse(until) < Date.now();
    return html`<div class="row">
      <span class="row-text">
        <span class="row-title" dir="auto">${name}</span>
        <span class="row-note" dir="auto">${where} · ${what}</span>
        <span class="row-note">${ended ? words.ended : words.lasts(time.format(Date.parse(until)))}</span>
      </span>
      <button class="quiet danger" @click=${() => this.#revoke(guest)}>
        ${words.revoke}<span class="hidden"> ${name}</span>
      </button>
    </div>`;
  }
}

define('screen-guests', GuestsScreen);
