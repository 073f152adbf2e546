// Colour: white by temperature, colour by hue and saturation, and chips for the lights people use most.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device, Values } from '@lintel/model';
import { cssVariables } from '../../elements/css-variable.ts';
import { hueCss, temperatureCss } from '../../readers/color.ts';
import { describe, isSettable } from '../../readers/devices.ts';
import { percent } from '../../readers/format.ts';
import { setDevice } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { propertySlider } from './property-slider.ts';

const WHITES = [2200, 2700, 3000, 4000, 5000, 6500];
const HUES = [0, 24, 48, 130, 190, 225, 275, 320] as const;
const RAINBOW = `linear-gradient(to right, ${[0, 60, 120, 180, 240, 300, 360].map((hue) => hueCss(hue, 0.85)).join(', ')})`;

interface Range {
  readonly min: number;
  readonly max: number;
}

function temperatureRange(device: Device): Range {
  const described = describe(device, 'color.temperature');
  return { min: Math.ceil(described?.min ?? 2200), max: Math.floor(described?.max ?? 6500) };
}

function whiteSlider(device: Device, { min, max }: Range): TemplateResult {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => temperatureCss(min + (max - min) * share));
  return propertySlider({
    device,
    key: 'color.temperature',
    label: t.sheet.colorTemperature,
    min,
    max,
    keyStep: 50,
    show: Math.round,
    read: (shown) => shown,
    text: (shown) => `${shown} K`,
    track: `linear-gradient(to right, ${stops.join(', ')})`,
  });
}

function hueSlider(device: Device): TemplateResult {
  return propertySlider({
    device,
    key: 'color.hue',
    label: t.sheet.hue,
    min: 0,
    max: 360,
    show: Math.round,
    read: (shown) => shown,
    text: (shown) => `${shown}°`,
    track: RAINBOW,
  });
}

function saturationSlider(device: Device): TemplateResult {
  const hue = store.shown(device, 'color.hue');
  const full = hueCss(typeof hue === 'number' ? hue : 0, 1);
  return propertySlider({
    device,
    key: 'color.saturation',
    label: t.sheet.saturation,
    min: 0,
    max: 100,
    show: (value) => Math.round(value * 100),
    read: (shown) => shown / 100,
    text: (shown) => percent(shown / 100),
    track: `linear-gradient(to right, #ffffff, ${full})`,
  });
}

const chip = (device: Device, text: string, swatch: string, values: Values, chosen: boolean): TemplateResult => {
  const choose = (): unknown => setDevice(device, values, t.tile.changed(device.name, text));
  return html`<button class="chip" aria-pressed=${chosen ? 'true' : 'false'} @click=${choose}>
    <span class="swatch" style=${cssVariables({ '--swatch': swatch })}></span>${text}
  </button>`;
};

/** A colour to press; its name is for those who do not see it. */
function dot(device: Device, hue: number, chosen: boolean): TemplateResult {
  const name = t.sheet.hues[hue] ?? `${hue}°`;
  const values = { 'color.hue': hue, 'color.saturation': 1 };
  const choose = (): unknown => setDevice(device, values, t.tile.changed(device.name, name));
  return html`<button class="dot" aria-pressed=${chosen ? 'true' : 'false'} @click=${choose}>
    <span class="swatch" style=${cssVariables({ '--swatch': hueCss(hue, 0.9) })}></span
    ><span class="hidden">${name}</span>
  </button>`;
}

function chips(device: Device, range: Range | null, colored: boolean): TemplateResult {
  const mode = store.shown(device, 'color.mode');
  const [kelvin, hue] = [store.shown(device, 'color.temperature'), store.shown(device, 'color.hue')];
  const whites = range === null ? [] : WHITES.filter((each) => each >= range.min && each <= range.max);
  return html`<div class="chips" role="group" aria-label=${t.sheet.presets}>
    ${whites.map((each) =>
      chip(device, `${each} K`, temperatureCss(each), { 'color.temperature': each }, mode !== 'hs' && kelvin === each),
    )}
    ${colored ? HUES.map((each) => dot(device, each, mode === 'hs' && hue === each)) : nothing}
  </div>`;
}

/** Sliders and chips for what this lamp's colour can do. */
export function colorControls(device: Device): unknown {
  const range = isSettable(device, 'color.temperature') ? temperatureRange(device) : null;
  const colored = isSettable(device, 'color.hue') && isSettable(device, 'color.saturation');
  return [
    range === null ? nothing : whiteSlider(device, range),
    colored ? hueSlider(device) : nothing,
    colored ? saturationSlider(device) : nothing,
    range === null && !colored ? nothing : chips(device, range, colored),
  ];
}
