// One device, whole: its controls, what it reads, where it stands and what it is. A modal dialog over any screen.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { mdiClose } from '@mdi/js';
import type { Device } from '@lintel/model';
import { define, LightElement, Watch } from '../../elements/base.ts';
import { cssVariables } from '../../elements/css-variable.ts';
import { icon } from '../../elements/icon.ts';
import { Tick } from '../../elements/tick.ts';
import '../../elements/toasts.ts';
import { lampColor } from '../../readers/color.ts';
import { isLight } from '../../readers/devices.ts';
import { ago } from '../../readers/format.ts';
import { deviceIcon } from '../../readers/icons.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { stateText } from '../../readers/summary.ts';
import { router } from '../../router.ts';
import { setDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { controls } from './controls.ts';
import { saysFlow } from './energy-controls.ts';
import { facts, readings } from './facts.ts';
import { saysPiece } from './media-controls.ts';
import './place.ts';
import '../why/device-why.ts';
import './share.ts';

const MINUTE_MS = 60_000;

class Sheet extends LightElement {
  static override properties = { device: { attribute: false } };
  declare device: string;
  readonly #watch = new Watch(this, ['home', 'rooms', 'status']);

  constructor() {
    super();
    this.device = '';
    new Tick(this, MINUTE_MS);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('device')) this.#watch.retarget(['home', 'rooms', 'status', 'devices', `device:${this.device}`]);
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  #close(event?: Event): void {
    event?.preventDefault();
    router.back(router.under);
  }

  /** A press on the backdrop, which counts as the dialog itself, closes. */
  #press(event: MouseEvent): void {
    if (event.target === event.currentTarget) this.#close();
  }

  protected override render(): TemplateResult {
    const device = store.device(this.device);
    return html`<dialog class="sheet" aria-labelledby="sheet-title" @cancel=${this.#close} @click=${this.#press}>
      <div class="sheet-body">${device === undefined ? this.#missing() : this.#whole(device)}</div>
      <lintel-toasts></lintel-toasts>
    </dialog>`;
  }

  #missing(): TemplateResult {
    return html`<div class="sheet-head">
        <span></span>
        <h2 id="sheet-title">${store.loaded ? t.sheet.gone : t.loading}</h2>
        ${this.#closeButton()}
      </div>
      <p class="soft">${store.loaded ? t.sheet.goneText : nothing}</p>`;
  }

  #closeButton(): TemplateResult {
    return html`<button class="round-button" aria-label=${t.close} @click=${this.#close}>${icon(mdiClose)}</button>`;
  }

  #whole(device: Device): TemplateResult {
    const shown = (key: string) => store.shown(device, key);
    const lit = isLight(device) && shown('onOff.on') === true;
    const { user, home } = store.state;
    const units = home?.units ?? 'metric';
    const manages = isAtLeast(user, 'admin');
    return html`
      <header class="sheet-head">
        <span class="tile-icon ${lit ? 'lit' : ''}" style=${cssVariables({ '--lamp': lampColor(device, shown) })}
          >${icon(deviceIcon(device), 28)}</span
        >
        <div>
          <h2 id="sheet-title" dir="auto">${device.name}</h2>
          <p class="soft small">${seen(device)}</p>
        </div>
        ${this.#closeButton()}
      </header>
      ${troubles(device)}
      <div class="card stack" style=${cssVariables({ '--fill': lit ? lampColor(device, shown) : 'var(--accent)' })}>
        ${saysFlow(device) || saysPiece(device) ? nothing : html`<p class="big-state" aria-live="polite">${stateText(device, shown, units)}</p>`}
        ${controls(device)}
      </div>
      ${readings(device)}
      ${isAtLeast(user, 'resident') ? html`<lintel-device-why .device=${device}></lintel-device-why>` : nothing}
      ${manages ? html`<lintel-device-place class="card" .device=${device}></lintel-device-place>` : nothing}
      ${facts(device)}
      ${manages && device.plugin === 'matter' ? html`<lintel-device-share class="card stack" .device=${device}></lintel-device-share>` : nothing}
    `;
  }
}

function seen(device: Device): string {
  const room = device.room === null ? null : store.state.rooms.get(device.room)?.name;
  const heard = device.lastSeen === null ? t.sheet.neverSeen : t.sheet.lastSeen(ago(device.lastSeen, Date.now()));
  return room === null || room === undefined ? heard : `${room} · ${heard}`;
}

function troubles(device: Device): TemplateResult | typeof nothing {
  const failure = store.pending.failure(device.id);
  if (failure !== null) {
    const again = (): unknown => setDevice(device, failure.values, t.tile.changed(device.name, t.undone));
    return html`<div class="note error" role="alert">
      ${t.sheet.failed(device.name)} ${failure.detail}
      <button class="quiet danger" @click=${again}>${t.retry}</button>
    </div>`;
  }
  if (!device.online) return html`<p class="note">${t.sheet.offline}</p>`;
  return device.stale ? html`<p class="note">${t.sheet.stale}</p>` : nothing;
}

define('lintel-sheet', Sheet);
