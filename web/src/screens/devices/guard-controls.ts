// Locks and alarms: to secure is one press, to open is a hold.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { holdButton } from '../../elements/hold-button.ts';
import { capability } from '../../readers/devices.ts';
import { commandDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { ts } from '../../strings/sheet.ts';
import './lock-codes.ts';

export function lockControls(device: Device): TemplateResult {
  const has = capability(device, 'lock')?.commands ?? [];
  const locked = store.shown(device, 'lock.state') === 'locked';
  return html`<div class="actions">
      ${
        has.includes('lock')
          ? html`<button class="button ${locked ? '' : 'primary'}" @click=${() => commandDevice(device, 'lock.lock')}>
              ${t.sheet.lock}
            </button>`
          : nothing
      }
      ${has.includes('unlock') ? holdButton(t.sheet.unlock, () => commandDevice(device, 'lock.unlock')) : nothing}
      ${has.includes('unlatch') ? holdButton(ts.lock.unlatch, () => commandDevice(device, 'lock.unlatch')) : nothing}
    </div>
    ${has.includes('setCode') ? html`<lintel-lock-codes .device=${device}></lintel-lock-codes>` : nothing}`;
}

const MODES = ['home', 'away', 'night'] as const;

export function alarmControls(device: Device): TemplateResult {
  const offered = capability(device, 'alarm')?.commands ?? [];
  const disarmed = store.shown(device, 'alarm.state') === 'disarmed';
  const arm = (mode: string): TemplateResult =>
    html`<button class="button" @click=${() => commandDevice(device, 'alarm.arm', { mode })}>
      ${t.sheet.arm[mode]}
    </button>`;
  return html`<div class="actions">
    ${disarmed && offered.includes('arm') ? MODES.map(arm) : nothing}
    ${
      !disarmed && offered.includes('disarm')
        ? holdButton(t.sheet.disarm, () => commandDevice(device, 'alarm.disarm'))
        : nothing
    }
  </div>`;
}
