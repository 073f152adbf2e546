// The home as a Matter bridge: the code that lets another ecosystem in, what is offered to it, and which ones are connected.

import { html, type TemplateResult } from 'lit';
import type { MatterBridge, MatterFabric } from '@lintel/protocol';
import { define, LightElement } from '../../elements/base.ts';
import { qrCode } from '../../elements/qr.ts';
import { attempt } from '../../store/actions.ts';
import { get, post, problemOf, remove } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { t } from '../../strings/index.ts';

const PATH = '/plugins/matter/bridge';
const REFRESH_MS = 4_000;

class MatterBridgeCard extends LightElement {
  static override properties = {
    enabled: { type: Boolean },
    bridge: { state: true },
    trouble: { state: true },
    leaving: { state: true },
  };
  declare enabled: boolean;
  declare bridge: MatterBridge | null;
  declare trouble: string | null;
  /** The index of the ecosystem that is asked about before it is disconnected. */
  declare leaving: number | null;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor() {
    super();
    this.enabled = false;
    this.bridge = null;
    this.trouble = null;
    this.leaving = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    // Who connects does so from another app, and is to be seen here without a reload.
    this.#timer = setInterval(() => void this.#load(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #load(): Promise<void> {
    if (!this.enabled || document.visibilityState !== 'visible') return;
    try {
      this.bridge = await get<MatterBridge>(PATH);
      this.trouble = null;
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  async #open(): Promise<void> {
    await attempt(() => post(`${PATH}/window`));
    notices.show(t.bridge.opened);
    await this.#load();
  }

  async #disconnect({ index, label }: MatterFabric): Promise<void> {
    this.leaving = null;
    if (await attempt(() => remove(`${PATH}/fabrics/${index}`)))
      notices.show(t.bridge.removed(label || t.bridge.unnamed(index)));
    await this.#load();
  }

  protected override render(): TemplateResult {
    return html`<h2>${t.bridge.title}</h2>
      ${this.enabled ? this.#whole() : html`<p class="soft">${t.bridge.off}</p>`}`;
  }

  #whole(): TemplateResult {
    const { bridge } = this;
    if (this.trouble !== null) return html`<p class="note error">${this.trouble}</p>`;
    if (bridge === null) return html`<p class="soft">${t.loading}</p>`;
    return html`
      <p class="soft">${bridge.window === null ? t.bridge.closed : t.bridge.text}</p>
      ${qrCode(bridge.qr, t.bridge.code)}
      <p>${t.bridge.manual} <strong class="manual-code">${bridge.manual}</strong></p>
      ${offered(bridge)}
      <h3>${t.bridge.connected}</h3>
      ${bridge.fabrics.length === 0 ? html`<p class="soft">${t.bridge.none}</p>` : bridge.fabrics.map((each) => this.#fabric(each))}
      <div class="actions"><button class="button" @click=${this.#open}>${t.bridge.open}</button></div>
    `;
  }

  #fabric(fabric: MatterFabric): TemplateResult {
    const name = fabric.label || t.bridge.unnamed(fabric.index);
    if (this.leaving === fabric.index)
      return html`<div class="stack" role="alert">
        <p>${t.bridge.sure(name)}</p>
        <div class="actions">
          <button class="button danger" @click=${() => this.#disconnect(fabric)}>${t.bridge.remove(name)}</button>
          <button class="button" @click=${() => (this.leaving = null)}>${t.cancel}</button>
        </div>
      </div>`;
    return html`<div class="sheet-power">
      <span dir="auto">${name}</span>
      <button class="quiet danger" aria-label=${t.bridge.remove(name)} @click=${() => (this.leaving = fabric.index)}>
        ${t.bridge.disconnect}
      </button>
    </div>`;
  }
}

/** Of a large home the list is long: it opens when someone wants to know. */
function offered({ endpoints }: MatterBridge): TemplateResult {
  const title = t.bridge.exported(endpoints.length);
  if (endpoints.length === 0) return html`<p class="soft">${title}</p>`;
  return html`<details>
    <summary>${title}</summary>
    <ul>
      ${endpoints.map(({ device, name }) => html`<li><a href="/devices/${encodeURIComponent(device)}" dir="auto">${name}</a></li>`)}
    </ul>
  </details>`;
}

define('lintel-matter-bridge', MatterBridgeCard);
