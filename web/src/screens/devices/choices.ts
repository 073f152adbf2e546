// The values of a closed list: a few as chips, many as a list to choose from.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { selectField } from '../../elements/field.ts';
import { describe } from '../../readers/devices.ts';
import { plainKey } from '../../readers/format.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { setDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

const CHIPS_MAX = 6;

/** Offers what the property can be set to; nothing where it cannot, or where the device names no values. */
export function choices(
  device: Device,
  key: string,
  label = propertyLabel(device, key),
): TemplateResult | typeof nothing {
  const described = describe(device, key);
  if (described?.settable !== true || described.values === null || described.values.length === 0) return nothing;
  const now = store.shown(device, key);
  const nameOf = (value: string): string => t.valueName(plainKey(key), value);
  const set = (value: string): unknown =>
    setDevice(device, { [key]: value }, t.tile.changed(device.name, nameOf(value)));
  if (described.values.length > CHIPS_MAX) {
    const all = described.values.map((value) => ({ value, label: nameOf(value) }));
    return selectField({ id: `choose-${key}`, label, value: String(now ?? ''), choices: all, change: set });
  }
  return html`<div class="labelled">
    <span class="label" aria-hidden="true">${label}</span>
    <div class="chips" role="group" aria-label=${label}>
      ${described.values.map(
        (value) =>
          html`<button class="chip" aria-pressed=${now === value ? 'true' : 'false'} @click=${() => set(value)}>
            ${nameOf(value)}
          </button>`,
      )}
    </div>
  </div>`;
}
