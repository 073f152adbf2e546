// What a device reads, and what it is.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device, PropertyDescription } from '@lintel/model';
import { describe, propertyKeys } from '../../readers/devices.ts';
import { formatValue, plainKey } from '../../readers/format.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { isEnergy } from './energy-controls.ts';
import { firmwareControls } from './firmware-controls.ts';

/** Shown as controls or in another form; repeating them would be noise. */
const SHOWN_ELSEWHERE = new Set([
  'update.installed',
  'onOff.on',
  'onOff.powerOn',
  'level.level',
  'color.mode',
  'color.x',
  'color.y',
  'thermostat.mode',
  'thermostat.heatingSetpoint',
  'thermostat.coolingSetpoint',
  'cover.position',
  'cover.tilt',
  'fan.speed',
  'lock.state',
  'media.volume',
  'media.playback',
  'media.muted',
  'media.title',
  'media.artist',
  'media.position',
  'media.duration',
  'appliance.state',
  'appliance.finishesAt',
  'appliance.phase',
  'vacuum.state',
  'vacuum.areas',
  'vacuum.currentArea',
]);

/** What can be switched, chosen or moved within bounds stands among the controls, with its value. */
const hasControl = (described: PropertyDescription | undefined): boolean =>
  described?.settable === true &&
  (described.type === 'boolean' || described.values !== null || (described.min !== null && described.max !== null));

/** What the sheet of an energy device begins with. */
const ENERGY_ABOVE = new Set([
  'power.power',
  'energy.imported',
  'energy.exported',
  'storage.charge',
  'storage.state',
  'evse.state',
  'evse.limit',
]);

const fact = (name: string, value: string): TemplateResult =>
  html`<div class="fact">
    <dt>${name}</dt>
    <dd dir="auto">${value}</dd>
  </div>`;

export function readings(device: Device): TemplateResult | typeof nothing {
  const units = store.state.home?.units ?? 'metric';
  const keys = propertyKeys(device).filter((key) => {
    const isAbove = SHOWN_ELSEWHERE.has(plainKey(key)) || (isEnergy(device) && ENERGY_ABOVE.has(key));
    return !isAbove && !hasControl(describe(device, key)) && (device.properties[key]?.value ?? null) !== null;
  });
  if (keys.length === 0) return nothing;
  const text = (key: string): string => {
    const value = device.properties[key]?.value ?? null;
    return formatValue(key, value, describe(device, key)?.unit ?? null, units);
  };
  return html`<section class="card">
    <h3>${t.sheet.readings}</h3>
    <dl class="facts">${keys.map((key) => fact(propertyLabel(device, key), text(key)))}</dl>
  </section>`;
}

export function facts(device: Device): TemplateResult {
  const plugin = store.state.plugins.get(device.plugin)?.name ?? device.plugin;
  const known: readonly (readonly [string, string | null])[] = [
    [t.sheet.maker, device.manufacturer],
    [t.sheet.model, device.model],
    [t.sheet.firmware, device.firmware],
    [t.sheet.address, device.address],
    [t.sheet.plugin, plugin],
  ];
  return html`<details class="card">
    <summary>${t.sheet.about}</summary>
    <dl class="facts">${known.map(([name, value]) => (value === null ? nothing : fact(name, value)))}</dl>
    ${firmwareControls(device)}
    ${
      isAtLeast(store.state.user, 'admin')
        ? html`<lintel-device-removal .device=${device}></lintel-device-removal>`
        : nothing
    }
  </details>`;
}
