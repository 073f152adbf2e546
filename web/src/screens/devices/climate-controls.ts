// Heating, cooling and moving air: targets, modes, presets, and how long a change is held.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { describe, isSettable } from '../../readers/devices.ts';
import { clockTime, temperature } from '../../readers/format.ts';
import { setDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { ts } from '../../strings/sheet.ts';
import { choices } from './choices.ts';
import { propertySlider } from './property-slider.ts';

const words = ts.climate;
const HOUR_MS = 3_600_000;
const HOLD_HOURS = [1, 3, 8];

export function setpoint(device: Device, key: string, label: string): TemplateResult | typeof nothing {
  const units = store.state.home?.units ?? 'metric';
  const described = describe(device, key);
  if (described?.settable !== true) return nothing;
  return propertySlider({
    device,
    key,
    label,
    follows: false,
    min: Math.max(described.min ?? 5, 5),
    max: Math.min(described.max ?? 30, 35),
    step: 0.1,
    keyStep: 0.5,
    show: (value) => value,
    read: (shown) => shown,
    text: (shown) => temperature(shown, units),
  });
}

/** Until when what was set by hand is kept, against the thermostat's own schedule. */
function hold(device: Device): TemplateResult | typeof nothing {
  const key = 'thermostat.holdUntil';
  if (!isSettable(device, key)) return nothing;
  const until = store.shown(device, key);
  const held = typeof until === 'string' && Date.parse(until) > Date.now();
  const keep = (hours: number): unknown => {
    const at = new Date(Date.now() + hours * HOUR_MS).toISOString();
    return setDevice(device, { [key]: at }, t.tile.changed(device.name, words.held(clockTime(at))));
  };
  return html`<div class="labelled">
    <span class="label" id="hold-label">${held ? words.held(clockTime(until)) : words.holds}</span>
    <div class="chips" role="group" aria-labelledby="hold-label">
      ${HOLD_HOURS.map((each) => html`<button class="chip" @click=${() => keep(each)}>${words.hours(each)}</button>`)}
      ${
        held
          ? html`<button class="chip" @click=${() => setDevice(device, { [key]: '' }, words.released(device.name))}>
              ${words.release}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

export const thermostatControls = (device: Device): unknown => [
  setpoint(device, 'thermostat.heatingSetpoint', t.sheet.targetTemperature),
  setpoint(device, 'thermostat.coolingSetpoint', t.sheet.coolTemperature),
  choices(device, 'thermostat.mode', t.sheet.mode),
  choices(device, 'thermostat.preset', words.preset),
  hold(device),
];
