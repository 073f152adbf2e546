// What flows, what was counted, what is stored, and how much a charger may draw.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { cssVariables } from '../../elements/css-variable.ts';
import { describe, has, isSettable } from '../../readers/devices.ts';
import { formatValue, number, percent } from '../../readers/format.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { ts } from '../../strings/sheet.ts';
import { propertySlider } from './property-slider.ts';

const words = ts.energy;
const KILO = 1000;
/** Below this a meter's own noise is not told as a flow. */
const REST_W = 1;
const AMPERES_MAX = 80;

/** "840 W", "1.84 kW": always what flows, whichever way. */
export function watts(power: number): string {
  const most = Math.abs(power);
  return most < KILO ? `${number(most, 0)} W` : `${number(most / KILO, 2)} kW`;
}

function direction(device: Device, power: number): string {
  const charger = store.shown(device, 'evse.state');
  if (typeof charger === 'string') return t.valueName('evse.state', charger);
  if (Math.abs(power) < REST_W) return words.rests;
  const { takes, gives } = words.flows[device.kind] ?? words;
  return power > 0 ? takes : gives;
}

/** Devices whose power is the point of them: their sheets begin with it. */
const ENERGY_KINDS: ReadonlySet<string> = new Set(['meter', 'solar', 'storage', 'evse']);

export const isEnergy = (device: Device): boolean =>
  ENERGY_KINDS.has(device.kind) || has(device, 'storage') || has(device, 'evse');

/** Whether the sheet begins with what flows, so that the line of its state would only repeat it. */
export const saysFlow = (device: Device): boolean =>
  isEnergy(device) && typeof store.shown(device, 'power.power') === 'number';

function flow(device: Device): TemplateResult | typeof nothing {
  const power = store.shown(device, 'power.power');
  if (typeof power !== 'number') return nothing;
  return html`<div class="flow">
    <span class="flow-number">${watts(power)}</span><span class="soft">${direction(device, power)}</span>
  </div>`;
}

function charge(device: Device): TemplateResult | typeof nothing {
  const share = store.shown(device, 'storage.charge');
  if (typeof share !== 'number') return nothing;
  const state = store.shown(device, 'storage.state');
  return html`<div class="stack-close">
    <div class="slider-head">
      <span>${words.charge}</span
      ><span class="slider-value"
        >${percent(share)}${state === null ? nothing : ` · ${t.valueName('storage.state', state)}`}</span
      >
    </div>
    <div
      class="meter tall"
      role="meter"
      aria-label=${words.charge}
      aria-valuenow=${Math.round(share * 100)}
      aria-valuemin="0"
      aria-valuemax="100"
      style=${cssVariables({ '--share': `${share * 100}%` })}
    >
      <span></span>
    </div>
  </div>`;
}

function counters(device: Device): TemplateResult | typeof nothing {
  const units = store.state.home?.units ?? 'metric';
  const known = (['imported', 'exported'] as const).filter(
    (each) => typeof store.shown(device, `energy.${each}`) === 'number',
  );
  if (known.length === 0) return nothing;
  const text = (key: string): string =>
    formatValue(key, store.shown(device, key), describe(device, key)?.unit ?? null, units);
  return html`<dl class="counters">
    ${known.map(
      (each) =>
        html`<div>
          <dt>${words[each]}</dt>
          <dd>${text(`energy.${each}`)}</dd>
        </div>`,
    )}
  </dl>`;
}

function limit(device: Device): TemplateResult | typeof nothing {
  if (!isSettable(device, 'evse.limit')) return nothing;
  const { min = 0, max = AMPERES_MAX } = describe(device, 'evse.limit') ?? {};
  return propertySlider({
    device,
    key: 'evse.limit',
    label: words.limit,
    follows: false,
    min: Math.ceil(min ?? 0),
    max: Math.min(Math.floor(max ?? AMPERES_MAX), AMPERES_MAX),
    keyStep: 1,
    show: Math.round,
    read: (shown) => shown,
    text: (shown) => `${shown} A`,
  });
}

export const energyControls = (device: Device): unknown => [
  flow(device),
  charge(device),
  counters(device),
  limit(device),
];
