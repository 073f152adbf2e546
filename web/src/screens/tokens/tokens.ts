// API tokens: what each may do, made once and shown once.

import { html, nothing, type TemplateResult } from 'lit';
import { CAPABILITIES } from '@lintel/model';
import type { MadeToken, Token } from '@lintel/protocol';
import { define, Watch } from '../../elements/base.ts';
import { chips } from '../../elements/chips.ts';
import { emptyState } from '../../elements/empty.ts';
import { textField } from '../../elements/field.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { ago } from '../../readers/format.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { post, remove } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

interface Draft {
  readonly name: string;
  readonly rooms: readonly string[];
  readonly capabilities: readonly string[];
  /** A date `YYYY-MM-DD`, or empty. */
  readonly expires: string;
}

const BLANK: Draft = { name: '', rooms: [], capabilities: [], expires: '' };

class TokensScreen extends FormScreen {
  static override properties = { ...FormScreen.properties, draft: { state: true }, made: { state: true } };
  declare draft: Draft | null;
  declare made: string | null;
  readonly #all = new Fetched<Token>(this, '/tokens');

  constructor() {
    super();
    this.draft = null;
    this.made = null;
    new Watch(this, ['rooms', 'devices', 'home']);
  }

  async #make(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (draft === null) return;
    const name = draft.name.trim();
    if (name === '') return this.refuse(ownProblem('/name', t.errors.required));
    const body = {
      name,
      ...(draft.rooms.length > 0 && { rooms: draft.rooms }),
      ...(draft.capabilities.length > 0 && { capabilities: draft.capabilities }),
      ...(draft.expires !== '' && { expiresAt: new Date(`${draft.expires}T23:59:59`).toISOString() }),
    };
    const make = async (): Promise<void> => {
      this.made = (await post<MadeToken>('/tokens', body)).token;
      this.draft = null;
    };
    if (!(await this.send(make))) return;
    await this.#all.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#made-token')?.focus();
  }

  async #revoke(token: Token): Promise<void> {
    const path = `/tokens/${encodeURIComponent(token.id)}`;
    if (await change(() => remove(path), th.tokens.revoked(token.name))) await this.#all.load();
  }

  async #copy(): Promise<void> {
    const field = this.querySelector<HTMLInputElement>('#made-token');
    field?.select();
    try {
      await navigator.clipboard.writeText(this.made ?? '');
      notices.show(th.tokens.copied);
    } catch {
      // Without TLS browsers keep the clipboard shut: the token is selected, ready for Ctrl-C.
    }
  }

  protected override render(): TemplateResult {
    router.title(th.tokens.title, store.state.home?.name);
    const { items, loaded } = this.#all;
    const add = html`<button class="button primary" @click=${() => Object.assign(this, { draft: BLANK, made: null })}>
      ${th.tokens.add}
    </button>`;
    const isEmpty = loaded && items.length === 0 && this.draft === null && this.made === null;
    return html`
      <div class="screen-head">
        <h1>${th.tokens.title}</h1>
        ${this.draft === null && !isEmpty ? add : nothing}
        <p class="lead">${th.tokens.lead}</p>
      </div>
      <div class="stack narrow">
        ${this.#all.problem === null ? nothing : html`<p class="form-error" role="alert">${this.#all.problem.detail}</p>`}
        ${this.made === null ? nothing : this.#shownOnce(this.made)}
        ${this.draft === null ? nothing : this.#form(this.draft)}
        ${isEmpty ? emptyState(th.tokens.emptyTitle, th.tokens.emptyText, add) : nothing}
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

  #shownOnce(token: string): TemplateResult {
    return html`<section class="card form" role="status">
      <div class="field">
        <label for="made-token">${th.tokens.token}</label>
        <input id="made-token" type="text" readonly class="code" .value=${token} aria-describedby="made-token-hint" />
        <p class="hint" id="made-token-hint">${th.tokens.made}</p>
      </div>
      <div class="actions">
        <button class="button primary" @click=${this.#copy}>${th.tokens.copy}</button>
        <button class="button" @click=${() => (this.made = null)}>${th.tokens.done}</button>
      </div>
    </section>`;
  }

  #form(draft: Draft): TemplateResult {
    const set = (part: Partial<Draft>): void => void (this.draft = { ...draft, ...part });
    const used = new Set(
      [...store.state.devices.values()].flatMap((each) =>
        each.endpoints.flatMap(({ capabilities }) => capabilities.map(({ name }) => name)),
      ),
    );
    const capabilities = Object.keys(CAPABILITIES).filter((each) => used.has(each));
    return html`<form class="card form" novalidate @submit=${this.#make}>
      ${this.trouble(['/name', '/expiresAt'])}
      ${textField({ id: 'token-name', label: th.name, value: draft.name, input: (name) => set({ name }), error: this.error('/name') })}
      ${chips({ label: th.tokens.limits, choices: store.rooms().map(({ id, name }) => ({ value: id, label: name })), chosen: draft.rooms, change: (rooms) => set({ rooms }), hint: draft.rooms.length === 0 ? th.tokens.noLimit : undefined })}
      ${chips({ label: th.tokens.capabilities, choices: capabilities.map((each) => ({ value: each, label: t.humanise(each) })), chosen: draft.capabilities, change: (chosen) => set({ capabilities: chosen }), hint: draft.capabilities.length === 0 ? th.tokens.noCapabilities : undefined })}
      ${textField({ id: 'token-expires', label: th.tokens.expires, type: 'date', value: draft.expires, input: (expires) => set({ expires }), hint: th.tokens.expiresHint, error: this.error('/expiresAt') })}
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${th.tokens.make}</button>
        <button class="button" type="button" @click=${() => Object.assign(this, { draft: null, problem: null })}>
          ${t.cancel}
        </button>
      </div>
    </form>`;
  }

  #row(token: Token): TemplateResult {
    const now = Date.now();
    const rooms = (token.rooms ?? []).map((id) => store.state.rooms.get(id)?.name ?? id);
    const reach = [...rooms, ...(token.capabilities ?? []).map((each) => t.humanise(each))].join(', ');
    const used = token.lastUsed === null ? th.tokens.neverUsed : th.tokens.lastUsed(ago(token.lastUsed, now));
    const ends = token.expiresAt === null ? '' : th.tokens.ends(new Date(token.expiresAt).toLocaleDateString());
    return html`<div class="row">
      <span class="row-text">
        <span class="row-title" dir="auto">${token.name}</span>
        <span class="row-note" dir="auto">${reach === '' ? th.tokens.everything : reach}</span>
        <span class="row-note">${[used, ends].filter(Boolean).join(' · ')}</span>
      </span>
      <button class="quiet danger" @click=${() => this.#revoke(token)}>
        ${th.tokens.revoke}<span class="hidden"> ${token.name}</span>
      </button>
    </div>`;
  }
}

define('screen-tokens', TokensScreen);
