// New firmware from an image in the hub's data folder: looked for and installed by whoever keeps the home.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { capability } from '../../readers/devices.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { commandDevice } from '../../store/actions.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { ts } from '../../strings/sheet.ts';

const words = ts.firmware;

async function look(device: Device): Promise<void> {
  if (!(await commandDevice(device, 'update.check'))) return;
  if (store.shown(device, 'update.available') === null) notices.show(words.none(device.name));
}

const underWay = (what: string, share: unknown): TemplateResult =>
  html`<p>${what}</p>
    <progress aria-label=${what} max="1" value=${typeof share === 'number' ? share : nothing}></progress>`;

const offer = (device: Device, version: string): TemplateResult =>
  html`<button class="button primary" @click=${() => commandDevice(device, 'update.install')}>
    ${words.install(version)}
  </button>`;

/** Nothing for a device that takes no images, and for people who do not keep the home. */
export function firmwareControls(device: Device): TemplateResult | typeof nothing {
  const has = capability(device, 'update')?.commands ?? [];
  if (!has.includes('install') || !isAtLeast(store.state.user, 'admin')) return nothing;
  const [state, version] = [store.shown(device, 'update.state'), store.shown(device, 'update.available')];
  if (state === 'downloading') return underWay(words.downloading, store.shown(device, 'update.progress'));
  if (state === 'installing') return underWay(words.installing, null);
  return html`${state === 'failed' ? html`<p role="alert">${words.failed}</p>` : nothing}
    <div class="actions">
      ${typeof version === 'string' ? offer(device, version) : nothing}
      <button class="button" @click=${() => look(device)}>${words.look}</button>
    </div>`;
}
