// "Why is it so?" on a device's sheet, with the ways to what it was and to what happened to it.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import type { Why } from '@lintel/protocol';
import { tellingProperty } from '../../editor/things.ts';
import { define, LightElement } from '../../elements/base.ts';
import { selectField } from '../../elements/field.ts';
import { propertyKeys } from '../../readers/devices.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { get, problemOf } from '../../store/api.ts';
import { th } from '../../strings/house.ts';
import { chain } from './chain.ts';

class DeviceWhy extends LightElement {
  static override properties = {
    device: { attribute: false },
    open: { state: true },
    property: { state: true },
    why: { state: true },
    trouble: { state: true },
  };
  declare device: Device;
  declare open: boolean;
  declare property: string;
  declare why: Why | null;
  declare trouble: string | null;
  #shown: unknown = undefined;

  constructor() {
    super();
    this.open = false;
    this.property = '';
    this.why = null;
    this.trouble = null;
  }

  get #keys(): string[] {
    return propertyKeys(this.device).filter((key) => (this.device.properties[key]?.reportedAt ?? null) !== null);
  }

  /** A new value has a reason of its own. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#keys.includes(this.property)) {
      const telling = tellingProperty([this.device]);
      this.property = this.#keys.includes(telling) ? telling : (this.#keys[0] ?? '');
    }
    const state = this.device.properties[this.property];
    const now = `${this.device.id} ${this.property} ${String(state?.value)}`;
    if (!this.open || now === this.#shown) return;
    if (changed.has('open') || this.#shown !== undefined) void this.#load();
    this.#shown = now;
  }

  async #load(): Promise<void> {
    if (this.property === '') return;
    const query = new URLSearchParams({ device: this.device.id, property: this.property });
    try {
      this.why = await get<Why>(`/why?${query}`);
      this.trouble = null;
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  protected override render(): TemplateResult {
    const turn = (event: Event): void => void (this.open = (event.target as HTMLDetailsElement).open);
    const device = encodeURIComponent(this.device.id);
    const history = `/history?device=${device}&property=${encodeURIComponent(this.property)}`;
    return html`<details class="card" @toggle=${turn}>
        <summary>${th.why.ask}</summary>
        ${this.open ? this.#inside() : nothing}
      </details>
      <div class="actions">
        ${this.property === '' ? nothing : html`<a class="button" href=${history}>${th.why.history}</a>`}
        <a class="button" href="/activity?device=${device}">${th.why.activity}</a>
      </div>`;
  }

  #inside(): TemplateResult {
    const choices = this.#keys.map((key) => ({ value: key, label: propertyLabel(this.device, key) }));
    return html`<div class="form">
      ${
        choices.length > 1
          ? selectField({
              id: 'why-property',
              label: th.why.property,
              value: this.property,
              choices,
              change: (key) => (this.property = key),
            })
          : nothing
      }
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${this.why === null ? (choices.length === 0 ? html`<p class="soft">${th.why.none}</p>` : nothing) : chain(this.why)}
    </div>`;
  }
}

define('lintel-device-why', DeviceWhy);
