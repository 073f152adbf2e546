// What draws power right now, and what the counters say.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { define, Screen, Watch } from '../../elements/base.ts';
import { cssVariables } from '../../elements/css-variable.ts';
import { emptyState } from '../../elements/empty.ts';
import { devicePath, property } from '../../readers/devices.ts';
import { number } from '../../readers/format.ts';
import { router } from '../../router.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

/** What only passes power on, stores it or makes it is not used up by it. */
const NOT_USED = new Set(['meter', 'solar', 'storage']);

interface Reading {
  readonly device: Device;
  readonly value: number;
}

function readingsOf(key: string): Reading[] {
  const all = [...store.state.devices.values()].flatMap((device) => {
    const value = property(device, key);
    return typeof value === 'number' ? [{ device, value }] : [];
  });
  return all.toSorted((a, b) => b.value - a.value);
}

class EnergyScreen extends Screen {
  constructor() {
    super();
    new Watch(this, ['all']);
  }

  protected override render(): TemplateResult {
    router.title(t.energy.title, store.state.home?.name);
    const [power, energy] = [readingsOf('power.power'), readingsOf('energy.imported')];
    return html`
      <div class="screen-head"><h1>${t.energy.title}</h1></div>
      ${
        store.loaded && power.length + energy.length === 0
          ? emptyState(t.energy.emptyTitle, t.energy.emptyText)
          : html`<div class="columns two">
              ${list(t.energy.now, power, 'W', true)}${list(t.energy.meters, energy, 'kWh', false)}
            </div>`
      }
    `;
  }
}

/** The meter knows the whole; without one it is the sum of what is used. */
function totalOf(readings: readonly Reading[]): number {
  const meters = readings.filter(({ device }) => device.kind === 'meter');
  const counted = meters.length > 0 ? meters : readings.filter(({ device }) => !NOT_USED.has(device.kind));
  return counted.reduce((sum, each) => sum + each.value, 0);
}

function list(
  title: string,
  readings: readonly Reading[],
  unit: string,
  isBig: boolean,
): TemplateResult | typeof nothing {
  if (readings.length === 0) return nothing;
  const total = totalOf(readings);
  const most = Math.max(...readings.map((each) => Math.abs(each.value)), 1);
  return html`<section class="card stack">
    <h2>${title}</h2>
    ${isBig ? html`<p class="big-number">${number(total, 0)} ${unit}</p>` : html`<p class="soft">${t.energy.total(`${number(total)} ${unit}`)}</p>`}
    ${readings.map(
      ({ device, value }) =>
        html`<div>
          <div class="fact">
            <a href=${devicePath(device.id)} dir="auto" data-device=${device.id}>${device.name}</a>
            <strong>${number(value, unit === 'W' ? 0 : 2)} ${unit}</strong>
          </div>
          <div class="meter" aria-hidden="true">
            <span style=${cssVariables({ '--share': `${(Math.abs(value) / most) * 100}%` })}></span>
          </div>
        </div>`,
    )}
  </section>`;
}

define('screen-energy', EnergyScreen);
