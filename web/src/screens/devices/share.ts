// Lets another ecosystem add a Matter device: opens its window and shows the code.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import type { SharedDevice } from '@lintel/protocol';
import { define, LightElement } from '../../elements/base.ts';
import { qrCode } from '../../elements/qr.ts';
import { post, problemOf } from '../../store/api.ts';
import { t } from '../../strings/index.ts';

class DeviceShare extends LightElement {
  static override properties = { device: { attribute: false }, shared: { state: true }, trouble: { state: true } };
  declare device: Device;
  declare shared: SharedDevice | null;
  declare trouble: string | null;

  constructor() {
    super();
    this.shared = null;
    this.trouble = null;
  }

  async #share(): Promise<void> {
    this.trouble = null;
    try {
      this.shared = await post<SharedDevice>(`/devices/${encodeURIComponent(this.device.id)}/share`);
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  protected override render(): TemplateResult {
    return html`
      ${this.trouble === null ? nothing : html`<p class="note error" role="alert">${this.trouble}</p>`}
      ${this.shared === null ? nothing : this.#code(this.shared)}
      <div class="actions"><button class="button" @click=${this.#share}>${t.share.button}</button></div>
    `;
  }

  #code({ qr, manual, until }: SharedDevice): TemplateResult {
    const time = new Date(until).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
    return html`<p role="status">${t.share.text} <time datetime=${until}>${time}</time>.</p>
      ${qrCode(qr, t.share.code(this.device.name))}
      <p>${t.share.manual} <strong class="manual-code">${manual}</strong></p>`;
  }
}

define('lintel-device-share', DeviceShare);
