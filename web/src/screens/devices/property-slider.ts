// A slider bound to one property of one device.

import { html, type TemplateResult } from 'lit';
import type { Device, Values } from '@lintel/model';
import '../../elements/slider.ts';
import { setDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

interface SliderOptions {
  readonly device: Device;
  readonly key: string;
  readonly label: string;
  /** From the property's own unit to the slider's, and back. */
  readonly show: (value: number) => number;
  readonly read: (shown: number) => number;
  readonly text: (shown: number) => string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly keyStep?: number;
  readonly track?: string;
  /** Whether values are sent while the handle is still moving. */
  readonly follows?: boolean;
}

/** A slider bound to one property; the value comes from the home and goes to it. */
export function propertySlider(options: SliderOptions): TemplateResult {
  const { device, key, label, show, read, text, follows = true } = options;
  const value = store.shown(device, key);
  const wanted = (event: CustomEvent<number>): Values => ({ [key]: read(event.detail) });
  const slide = (event: CustomEvent<number>): unknown => follows && store.set(device.id, wanted(event));
  const choose = (event: CustomEvent<number>): unknown =>
    setDevice(device, wanted(event), t.tile.changed(device.name, text(event.detail)));
  return html`<lintel-slider
    .label=${label}
    .value=${typeof value === 'number' ? show(value) : null}
    .min=${options.min}
    .max=${options.max}
    .step=${options.step ?? 1}
    .keyStep=${options.keyStep ?? 5}
    .text=${text}
    .track=${options.track ?? ''}
    @slide=${slide}
    @choose=${choose}
  ></lintel-slider>`;
}
