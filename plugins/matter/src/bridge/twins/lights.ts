// Lamps, plugs and everything else that is on or off.

import { ColorTemperatureLightDevice } from '@matter/main/devices/color-temperature-light';
import { DimmableLightDevice } from '@matter/main/devices/dimmable-light';
import { DimmablePlugInUnitDevice } from '@matter/main/devices/dimmable-plug-in-unit';
import { ExtendedColorLightDevice } from '@matter/main/devices/extended-color-light';
import { OnOffLightDevice } from '@matter/main/devices/on-off-light';
import { OnOffPlugInUnitDevice } from '@matter/main/devices/on-off-plug-in-unit';
import type { EndpointType } from '@matter/main';

import { hueSaturationOf, pointOf, whitePoint, type Point, type Values } from '@lintel/sdk';

import { BridgedColor, BridgedLevel, BridgedWhites } from '../behaviors.ts';
import { numberOr, within, type Facet, type Source, type State, type Twin } from '../facet.ts';

const LEVEL_MAX = 254;
const HUE_MAX = 254;
const XY_SCALE = 65_536;
const XY_MAX = 65_279;
const MIREDS_PER_KELVIN = 1_000_000;
const MIREDS_MIN = 1;
const MIREDS_MAX = 65_279;
const DAYLIGHT_KELVIN = 4000;

export const switching = (capability: 'onOff' | 'siren'): Facet => ({
  behaviors: [],
  watched: ['onOff.onOff'],
  toMatter: (values) => ({ onOff: { onOff: values[`${capability}.on`] === true } }),
  toHome: ({ onOff }) => ({ [`${capability}.on`]: onOff?.['onOff'] === true }),
});

const isOn = (state: State): boolean => state['onOff']?.['onOff'] === true;

/** On a lamp that goes off the level is what it will have when it is on again, and stays. */
const dimming: Facet = {
  behaviors: [BridgedLevel],
  watched: ['levelControl.currentLevel'],
  toMatter: (values) => ({
    levelControl: {
      currentLevel: within(Math.round(numberOr(values['level.level'], 1) * LEVEL_MAX), 1, LEVEL_MAX),
      minLevel: 1,
      maxLevel: LEVEL_MAX,
      onLevel: null,
    },
  }),
  toHome: (state, changed) => {
    if (!isOn(state) && changed.has('onOff.onOff')) return {};
    const level = numberOr(state['levelControl']?.['currentLevel'], LEVEL_MAX) / LEVEL_MAX;
    return { 'onOff.on': isOn(state), 'level.level': level };
  },
};

const mireds = (kelvin: number): number => within(Math.round(MIREDS_PER_KELVIN / kelvin), MIREDS_MIN, MIREDS_MAX);

/** Matter's colour modes by number, as the home's words. */
const MODES = ['hs', 'xy', 'temperature'];

function colorValues(values: Values, source: Source): State['x'] & object {
  const range = source.property('color', 'temperature');
  const coldest = mireds(range?.max ?? 6500);
  const warmest = mireds(range?.min ?? 2000);
  const temperature = mireds(numberOr(values['color.temperature'], DAYLIGHT_KELVIN));
  const said = MODES.indexOf(String(values['color.mode']));
  return {
    colorMode: said === -1 ? 2 : said,
    enhancedColorMode: said === -1 ? 2 : said,
    colorTemperatureMireds: within(temperature, coldest, warmest),
    colorTempPhysicalMinMireds: coldest,
    colorTempPhysicalMaxMireds: warmest,
    coupleColorTempToLevelMinMireds: coldest,
    startUpColorTemperatureMireds: null,
  };
}

function colorPoints(values: Values): State['x'] & object {
  return {
    currentHue: within(Math.round((numberOr(values['color.hue'], 0) / 360) * HUE_MAX), 0, HUE_MAX),
    currentSaturation: within(Math.round(numberOr(values['color.saturation'], 0) * HUE_MAX), 0, HUE_MAX),
    currentX: within(Math.round(numberOr(values['color.x'], 0.3127) * XY_SCALE), 0, XY_MAX),
    currentY: within(Math.round(numberOr(values['color.y'], 0.329) * XY_SCALE), 0, XY_MAX),
  };
}

/** Whole mireds may lie a little beyond what the lamp takes. */
function kelvinAsked(colorControl: State['x'] & object, source: Source): number {
  const { min, max } = source.property('color', 'temperature') ?? { min: null, max: null };
  const kelvin = Math.round(MIREDS_PER_KELVIN / numberOr(colorControl['colorTemperatureMireds'], 250));
  return within(kelvin, min ?? kelvin, max ?? kelvin);
}

function colorAsked({ colorControl = {} }: State, source: Source): Values {
  const mode = MODES[numberOr(colorControl['colorMode'], 2)];
  if (mode === 'temperature') return { 'color.temperature': kelvinAsked(colorControl, source) };
  if (mode === 'xy') {
    return {
      'color.x': numberOr(colorControl['currentX'], 0) / XY_SCALE,
      'color.y': numberOr(colorControl['currentY'], 0) / XY_SCALE,
    };
  }
  return {
    'color.hue': (numberOr(colorControl['currentHue'], 0) / HUE_MAX) * 360,
    'color.saturation': numberOr(colorControl['currentSaturation'], 0) / HUE_MAX,
  };
}

const WHITE = ['colorTemperatureMireds', 'colorMode', 'enhancedColorMode'].map((name) => `colorControl.${name}`);
const POINTS = ['currentHue', 'currentSaturation', 'currentX', 'currentY'].map((name) => `colorControl.${name}`);

/** In the words that the lamp itself takes: what it has none for becomes the colour that comes closest. */
function inItsWords(source: Source, values: Values): Values {
  const takes = (name: string): boolean => source.property('color', name) !== undefined;
  if (Object.keys(values).every((key) => takes(key.slice('color.'.length)))) return values;
  const point = pointIn(values);
  if (takes('x')) return { 'color.x': point.x, 'color.y': point.y };
  const { hue, saturation } = hueSaturationOf(point);
  return takes('hue') ? { 'color.hue': hue, 'color.saturation': saturation } : {};
}

function pointIn(values: Values): Point {
  const [kelvin, x, hue] = [values['color.temperature'], values['color.x'], values['color.hue']];
  if (typeof kelvin === 'number') return whitePoint(kelvin);
  if (typeof x === 'number') return { x, y: numberOr(values['color.y'], 0) };
  return pointOf({ hue: numberOr(hue, 0), saturation: numberOr(values['color.saturation'], 0) });
}

const coloring = (source: Source, isFull: boolean): Facet => ({
  behaviors: [isFull ? BridgedColor : BridgedWhites],
  watched: isFull ? [...WHITE, ...POINTS] : WHITE,
  toMatter: (values) => ({ colorControl: { ...colorValues(values, source), ...(isFull && colorPoints(values)) } }),
  toHome: (state) => inItsWords(source, colorAsked(state, source)),
});

function lampOf(source: Source): { type: EndpointType; facets: Facet[] } {
  const on = switching('onOff');
  if (!source.has('level')) return { type: OnOffLightDevice, facets: [on] };
  if (!source.has('color')) return { type: DimmableLightDevice, facets: [on, dimming] };
  const isFull = source.property('color', 'hue') !== undefined || source.property('color', 'x') !== undefined;
  const type = isFull ? ExtendedColorLightDevice : ColorTemperatureLightDevice;
  return { type, facets: [on, dimming, coloring(source, isFull)] };
}

export function sirenTwins(source: Source): Twin[] {
  if (!source.has('siren')) return [];
  return [{ name: 'siren', endpoint: source.endpoint.id, type: OnOffPlugInUnitDevice, facets: [switching('siren')] }];
}

export function lightTwins(source: Source): Twin[] {
  const endpoint = source.endpoint.id;
  if (!source.has('onOff')) return [];
  if (source.kind === 'light') return [{ name: 'light', endpoint, ...lampOf(source) }];
  const on = switching('onOff');
  if (source.has('level')) {
    return [{ name: 'plug', endpoint, type: DimmablePlugInUnitDevice, facets: [on, dimming] }];
  }
  return [{ name: 'plug', endpoint, type: OnOffPlugInUnitDevice, facets: [on] }];
}
