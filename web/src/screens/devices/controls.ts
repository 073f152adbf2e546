// The controls of a device, one piece for each capability it has. What it cannot do is not offered.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { switchControl } from '../../elements/switch.ts';
import { capability, describe, has, isSettable, propertyKeys } from '../../readers/devices.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { formatValue, percent, plainKey } from '../../readers/format.ts';
import { commandDevice, setDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { choices } from './choices.ts';
import { setpoint, thermostatControls } from './climate-controls.ts';
import { colorControls } from './color-controls.ts';
import { energyControls, isEnergy } from './energy-controls.ts';
import { alarmControls, lockControls } from './guard-controls.ts';
import { applianceControls, vacuumControls } from './machine-controls.ts';
import { mediaControls } from './media-controls.ts';
import { propertySlider } from './property-slider.ts';

const share = (device: Device, key: string, label: string, follows = true, min = 0): TemplateResult =>
  propertySlider({
    device,
    key,
    label,
    follows,
    min,
    max: Math.round((describe(device, key)?.max ?? 1) * 100),
    show: (value) => Math.round(value * 100),
    read: (shown) => shown / 100,
    text: (shown) => percent(shown / 100),
  });

const button = (device: Device, command: string, label: string): TemplateResult =>
  html`<button class="button" @click=${() => commandDevice(device, command)}>${label}</button>`;

function power(device: Device): TemplateResult | typeof nothing {
  if (!has(device, 'onOff') || !isSettable(device, 'onOff.on')) return nothing;
  const on = store.shown(device, 'onOff.on') === true;
  const flip = (): unknown => setDevice(device, { 'onOff.on': !on }, t.tile.turned(device.name, !on));
  return html`<div class="sheet-power">
    <span>${t.propertyName('onOff.on')}</span>
    ${switchControl({ label: t.propertyName('onOff.on'), on, flip, busy: store.pending.isPending(device.id) })}
  </div>`;
}

function cover(device: Device): (TemplateResult | typeof nothing)[] {
  const commands = capability(device, 'cover')?.commands ?? [];
  const offer = (name: string, label: string): TemplateResult | typeof nothing =>
    commands.includes(name) ? button(device, `cover.${name}`, label) : nothing;
  return [
    isSettable(device, 'cover.position') ? share(device, 'cover.position', t.sheet.position, false) : nothing,
    isSettable(device, 'cover.tilt') ? share(device, 'cover.tilt', t.sheet.tilt, false) : nothing,
    html`<div class="actions">
      ${offer('open', t.sheet.open)} ${offer('stop', t.sheet.stop)} ${offer('close', t.sheet.closeCover)}
    </div>`,
  ];
}

/** All controls of the device, in the order people reach for them. */
export function controls(device: Device): unknown {
  return [
    power(device),
    isEnergy(device) ? energyControls(device) : nothing,
    isSettable(device, 'level.level') ? share(device, 'level.level', t.sheet.brightness, true, 1) : nothing,
    has(device, 'color') ? colorControls(device) : nothing,
    has(device, 'thermostat') ? thermostatControls(device) : nothing,
    has(device, 'cover') ? cover(device) : nothing,
    isSettable(device, 'fan.speed') ? share(device, 'fan.speed', t.sheet.speed) : nothing,
    has(device, 'lock') ? lockControls(device) : nothing,
    has(device, 'alarm') ? alarmControls(device) : nothing,
    has(device, 'media') ? mediaControls(device) : nothing,
    has(device, 'vacuum') ? vacuumControls(device) : nothing,
    has(device, 'appliance') ? applianceControls(device) : nothing,
    others(device),
  ];
}

const FLAGS = ['valve.open', 'siren.on', 'media.muted', 'thermostat.childLock'];

function flag(device: Device, key: string): TemplateResult {
  const on = store.shown(device, key) === true;
  const name = propertyLabel(device, key);
  const flip = (): unknown =>
    setDevice(device, { [key]: !on }, t.tile.changed(device.name, t.valueName(plainKey(key), !on)));
  return html`<div class="sheet-power">
    <span>${name}</span>${switchControl({ label: name, on, flip, busy: store.pending.isPending(device.id) })}
  </div>`;
}

/** Numbers with no control of their own: a target humidity, a charger's limit, whatever a plugin calls its own. */
const NUMBERS = /^(humidifier\.target|siren\.volume|thermostat\.calibration|generic\.)/;

function number(device: Device, key: string): TemplateResult | typeof nothing {
  const { min = null, max = null, unit = null } = describe(device, key) ?? {};
  if (min === null || max === null) return nothing;
  const text = (value: number): string => formatValue(key, value, unit, store.state.home?.units ?? 'metric');
  const name = propertyLabel(device, key);
  const same = (value: number): number => value;
  const fine = max - min <= 1 ? 0.01 : max - min <= 10 ? 0.1 : 1;
  return propertySlider({
    device,
    key,
    label: name,
    follows: false,
    min,
    max,
    step: fine,
    keyStep: fine * 5,
    show: same,
    read: same,
    text,
  });
}

const SHARES = ['cover.position', 'cover.tilt', 'fan.speed', 'media.volume', 'siren.volume'];
const SETPOINTS = ['thermostat.heatingSetpoint', 'thermostat.coolingSetpoint'];

/** Further endpoints: the second gang of a switch, a segment of a strip, a room of an air conditioner. */
function further(device: Device): (TemplateResult | typeof nothing)[] {
  const keys = propertyKeys(device).filter((key) => key.includes('@') && isSettable(device, key));
  return keys.map((key) => {
    const [plain, label] = [plainKey(key), propertyLabel(device, key)];
    if (plain === 'onOff.on' || FLAGS.includes(plain)) return flag(device, key);
    if (plain === 'level.level') return share(device, key, label, true, 1);
    if (SHARES.includes(plain)) return share(device, key, label, false);
    if (SETPOINTS.includes(plain)) return setpoint(device, key, label);
    return plain === 'thermostat.mode' ? choices(device, key, label) : nothing;
  });
}

/** Closed lists that a control above offers already, or that are no choice of a person's. */
const CHOSEN_ABOVE = /^(color\.|thermostat\.(mode|preset)|appliance\.|vacuum\.|media\.)/;

/** Settable properties that no control above shows. */
function others(device: Device): (TemplateResult | typeof nothing)[] {
  const settable = propertyKeys(device).filter((key) => isSettable(device, key));
  const numbers = settable.filter((key) => NUMBERS.test(key) && describe(device, key)?.type === 'number');
  const flags = settable
    .filter((key) => FLAGS.includes(key) || key.startsWith('generic.'))
    .filter((key) => describe(device, key)?.type === 'boolean');
  const lists = settable.filter((key) => !CHOSEN_ABOVE.test(key) && !key.includes('@'));
  return [
    ...further(device),
    ...lists.map((key) => choices(device, key)),
    ...flags.map((key) => flag(device, key)),
    ...numbers.map((key) => number(device, key)),
  ];
}
