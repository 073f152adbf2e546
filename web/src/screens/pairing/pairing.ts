// Adding devices: choose what to look with, open the network, watch each device come in, name it, put it in a room.

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Pairing, PluginView } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import '../../elements/code-field.ts';
import { emptyState } from '../../elements/empty.ts';
import { router } from '../../router.ts';
import { get, post, problemOf, remove } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import './pair-card.ts';
import { isBroken, stepWords, type PairCard } from './pair-card.ts';

const SECOND_MS = 1000;

type Codes = Readonly<Partial<Record<'code' | 'installCode', string>>>;

class PairingScreen extends Screen {
  static override properties = {
    plugin: { state: true },
    last: { state: true },
    trouble: { state: true },
    codes: { state: true },
    codeError: { state: true },
    busy: { state: true },
  };
  declare plugin: string;
  /** What the last opening found, kept on show after the network has closed. */
  declare last: Pairing | null;
  declare trouble: string | null;
  /** What was typed or scanned, by the member of the request it goes into. */
  declare codes: Codes;
  declare codeError: string | null;
  declare busy: boolean;
  #tick: ReturnType<typeof setInterval> | null = null;

  constructor() {
    super();
    this.plugin = new URLSearchParams(location.search).get('plugin') ?? '';
    this.last = null;
    this.trouble = null;
    this.codes = {};
    this.codeError = null;
    this.busy = false;
    new Watch(this, ['plugins', 'pairings', 'devices', 'rooms']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.#open !== null && this.requestUpdate(), SECOND_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#tick !== null) clearInterval(this.#tick);
    if (this.#open !== null) void this.#stop();
  }

  get #plugins(): PluginView[] {
    return [...store.state.plugins.values()].filter((each) => each.enabled && each.pairing !== null);
  }

  get #chosen(): PluginView | undefined {
    const plugins = this.#plugins;
    return plugins.find((each) => each.id === this.plugin) ?? plugins[0];
  }

  /** The open network, or null. */
  get #open(): Pairing | null {
    return this.#latest?.open === true ? this.#latest : null;
  }

  get #latest(): Pairing | undefined {
    return this.#chosen === undefined ? undefined : store.state.pairings.get(this.#chosen.id);
  }

  protected override willUpdate(): void {
    const latest = this.#latest;
    // What an earlier visit found is not shown again.
    if (latest === undefined || latest === this.last || (!latest.open && latest.id !== this.last?.id)) return;
    this.last = latest;
    // A code that has done its work is not offered for the next device.
    if (!latest.open && latest.devices.some(({ step }) => step === 'ready')) this.codes = {};
  }

  async #start(more: { readonly insecure?: true } = {}): Promise<void> {
    const plugin = this.#chosen;
    if (plugin === undefined) return;
    const asks = plugin.pairing?.takes ?? [];
    const codes = Object.fromEntries(
      asks.map((each) => [each, this.codes[each]?.trim() ?? '']).filter(([, code]) => code),
    );
    this.codeError = asks.includes('code') && codes['code'] === undefined ? t.codes.missing : null;
    if (this.codeError !== null) return;
    this.busy = true;
    this.trouble = null;
    const path = `/plugins/${encodeURIComponent(plugin.id)}/pairing`;
    try {
      const pairing = await post<Pairing>(path, { ...codes, ...more });
      // The first steps may have come over the socket before this answer.
      const known = store.state.pairings.get(plugin.id);
      if (known?.id !== pairing.id) store.state.pairings.set(plugin.id, await get<Pairing>(path));
      this.last = store.state.pairings.get(plugin.id) ?? pairing;
    } catch (error) {
      const { detail, pointer } = problemOf(error);
      if (pointer === '/code' || pointer === '/installCode') this.codeError = detail;
      else this.trouble = detail;
    } finally {
      this.busy = false;
    }
  }

  async #stop(): Promise<void> {
    const plugin = this.#chosen;
    if (plugin === undefined) return;
    try {
      await remove(`/plugins/${encodeURIComponent(plugin.id)}/pairing`);
    } catch {
      // The network closes by itself at its time; there is nothing a person could do about it here.
    }
  }

  async #done(): Promise<void> {
    await Promise.all([...this.querySelectorAll<PairCard>('lintel-pair-card')].map((card) => card.keep()));
    if (this.#open !== null) await this.#stop();
    router.go('/');
  }

  protected override render(): TemplateResult {
    router.title(t.pairing.title, store.state.home?.name);
    return html`
      <div class="screen-head">
        <h1>${t.pairing.title}</h1>
        <p class="lead">${t.pairing.lead}</p>
      </div>
      ${this.#plugins.length === 0 && store.loaded ? noPlugins() : this.#body()}
    `;
  }

  #body(): TemplateResult {
    const open = this.#open;
    const found = this.last?.devices ?? [];
    const broken = found.length > 0 && found.every(isBroken);
    return html`<div class="stack narrow">
      ${open === null && found.length === 0 ? this.#choice() : nothing} ${open === null ? this.#codeFields() : nothing}
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${open === null ? nothing : this.#searching(open)}
      <div class="steps" aria-live="polite" aria-relevant="additions text">
        ${repeat(
          found,
          (entry) => entry.address,
          (entry) => html`<lintel-pair-card class="card pair-card" .entry=${entry}></lintel-pair-card>`,
        )}
      </div>
      <div class="actions">
        ${
          open === null
            ? html`<button
                class="button ${found.length === 0 ? 'primary' : ''}"
                ?disabled=${this.busy}
                @click=${() => this.#start()}
              >
                ${found.length === 0 ? t.pairing.start : broken ? t.retry : t.pairing.again}
              </button>`
            : html`<button class="button" @click=${this.#stop}>${t.pairing.stop}</button>`
        }
        ${open === null ? this.#uncertified() : nothing}
        ${found.length === 0 ? nothing : html`<button class="button primary" @click=${this.#done}>${t.pairing.done}</button>`}
      </div>
    </div>`;
  }

  #choice(): TemplateResult {
    const chosen = this.#chosen?.id;
    return html`<fieldset class="stack">
      <legend class="hidden">${t.pairing.choose}</legend>
      <div class="choices">
        ${this.#plugins.map(
          (each) =>
            html`<label class="choice">
              <input
                type="radio"
                name="plugin"
                .checked=${each.id === chosen}
                value=${each.id}
                @change=${() => (this.plugin = each.id)}
              />
              <span dir="auto">${each.name}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #codeFields(): unknown {
    return (this.#chosen?.pairing?.takes ?? []).map((each) => {
      const set = ({ detail }: CustomEvent<string>): void => {
        this.codes = { ...this.codes, [each]: detail };
        this.codeError = null;
      };
      return html`<lintel-code-field
        class="card stack"
        .label=${t.codes[each]}
        .hint=${each === 'code' ? t.codes.codeHint : t.codes.installCodeHint}
        .value=${this.codes[each] ?? ''}
        .error=${this.codeError}
        @code=${set}
      ></lintel-code-field>`;
    });
  }

  /** A device that its maker never had certified comes in only because a person says so. */
  #uncertified(): TemplateResult | typeof nothing {
    const refused = this.last?.devices.some(({ error }) => error?.code === 'PAIRING_UNCERTIFIED') === true;
    if (!refused) return nothing;
    return html`<button class="button" ?disabled=${this.busy} @click=${() => this.#start({ insecure: true })}>
      ${t.codes.insecure}
    </button>`;
  }

  #searching(open: Pairing): TemplateResult {
    const seconds = Math.max(0, Math.round((Date.parse(open.until) - Date.now()) / SECOND_MS));
    const latest = open.devices.at(-1);
    return html`<div class="card">
      <div class="radar" aria-hidden="true"><strong>${seconds} s</strong></div>
      <p role="status">${latest === undefined ? t.pairing.searching : stepWords(latest)}</p>
      <p class="soft small">${t.pairing.hint}</p>
    </div>`;
  }
}

const noPlugins = (): TemplateResult =>
  emptyState(
    t.pairing.noPlugins,
    t.pairing.noPluginsText,
    html`<a class="button primary" href="/plugins">${t.plugins.title}</a>`,
  );

define('screen-pairing', PairingScreen);
