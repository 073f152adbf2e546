// One device on a screen: its picture in the colour it shines in, its name, what it does, and its switch.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { deviceIcon } from '../readers/icons.ts';
import { lampColor } from '../readers/color.ts';
import { devicePath, has, isLight, isSettable } from '../readers/devices.ts';
import { isActive, isAlert, stateText } from '../readers/summary.ts';
import { setDevice } from '../store/actions.ts';
import { store } from '../store/store.ts';
import { t } from '../strings/index.ts';
import { define, LightElement, Watch } from './base.ts';
import { icon } from './icon.ts';
import { switchControl } from './switch.ts';

const TILE_OFF = 'transparent';

export class Tile extends LightElement {
  static override properties = { device: { type: String } };
  declare device: string;
  readonly #watch = new Watch(this, []);

  constructor() {
    super();
    this.device = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('device')) this.#watch.retarget([`device:${this.device}`]);
    const device = store.device(this.device);
    this.dataset['device'] = this.device;
    if (device !== undefined) this.#paint(device);
  }

  #paint(device: Device): void {
    const on = store.shown(device, 'onOff.on') === true;
    const lit = isLight(device) && on;
    this.classList.toggle('tile', true);
    this.classList.toggle('lit', lit);
    this.classList.toggle('active', isActive(device) || on);
    this.classList.toggle('alert', isAlert(device));
    this.classList.toggle('pending', store.pending.isPending(device.id));
    this.classList.toggle('away', !device.online);
    this.style.setProperty('--lamp', lit ? lampColor(device, (key) => store.shown(device, key)) : TILE_OFF);
    const level = store.shown(device, 'level.level');
    this.style.setProperty('--level', String(lit && typeof level === 'number' ? level : lit ? 1 : 0));
  }

  protected override render(): TemplateResult | typeof nothing {
    const device = store.device(this.device);
    if (device === undefined) return nothing;
    return html`
      <span class="tile-icon">${icon(deviceIcon(device), 26)}</span>
      <a class="tile-link" href=${devicePath(device.id)}>
        <span class="tile-name" dir="auto">${device.name}</span>
        <span class="tile-state">${this.#state(device)}</span>
      </a>
      ${has(device, 'onOff') && isSettable(device, 'onOff.on') ? this.#switch(device) : nothing}
    `;
  }

  #state(device: Device): string {
    if (store.pending.failure(device.id) !== null) return t.tile.failed;
    if (!device.online) return t.tile.offline;
    const units = store.state.home?.units ?? 'metric';
    const text = stateText(device, (key) => store.shown(device, key), units);
    return device.stale ? `${text} · ${t.tile.stale}` : text;
  }

  #switch(device: Device): TemplateResult {
    const on = store.shown(device, 'onOff.on') === true;
    const flip = (): unknown => setDevice(device, { 'onOff.on': !on }, t.tile.turned(device.name, !on));
    return switchControl({ label: device.name, on, flip, busy: store.pending.isPending(device.id) });
  }
}

define('lintel-tile', Tile);
