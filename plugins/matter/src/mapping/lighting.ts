// Lamps and whatever else goes on, off and dims. A wish for on, level and colour together becomes the fewest commands in
// the order in which no wrong light is seen.

import { color, level, onOff, type Value, type Values } from '@lintel/sdk';

import { colorActions, hasColor } from './color-actions.ts';
import { COLOR_COMMANDS, colorCommandsOf } from './color-commands.ts';
import { SPEAKER } from './device-types.ts';
import { clamp, fieldsOf, flagOf, MappingError, named, numberOf, round } from './types.ts';
import type { Action, ClusterMapping, ClusterView, EndpointView, Plan, Wish } from './types.ts';
import { colorValues, temperatureLimits } from './color-values.ts';

const POWER_ON = ['off', 'on'];
const LEVEL_MAX = 254;
/** Tenths of a second; the largest that fits. */
const TRANSITION_MAX = 65_534;
/** Carried out while the lamp is off, so that it comes on as it should be. */
export const STAGED = { optionsMask: { executeIfOff: true }, optionsOverride: { executeIfOff: true } };
const PLAIN = { optionsMask: {}, optionsOverride: {} };

export const tenths = (ms: number): number => clamp(Math.round(ms / 100), 0, TRANSITION_MAX);

const isSpeaker = ({ endpoint }: ClusterView): boolean => endpoint.deviceTypes.includes(SPEAKER);

const onOffMapping: ClusterMapping = {
  cluster: 'onOff',
  capabilities: (view) => (isSpeaker(view) ? [] : [onOff({ powerOn: view.attributes['startUpOnOff'] !== undefined })]),
  values(view): Values {
    if (isSpeaker(view)) return {};
    const { startUpOnOff } = view.attributes;
    return {
      'onOff.on': flagOf(view.attributes['onOff']),
      ...(startUpOnOff !== undefined && {
        'onOff.powerOn': startUpOnOff === null ? 'previous' : named(POWER_ON, startUpOnOff),
      }),
    };
  },
  set: {
    'onOff.powerOn': (value) => ({
      actions: [
        { cluster: 'onOff', write: { startUpOnOff: value === 'previous' ? null : POWER_ON.indexOf(String(value)) } },
      ],
      then: { 'onOff.powerOn': value },
    }),
  },
  commands: {
    'onOff.toggle': (_args, view) =>
      lightPlan({ values: { 'onOff.on': view.attributes['onOff'] !== true } }, view.endpoint),
  },
};

const hasLevel = (view: ClusterView): boolean => !isSpeaker(view);

/** What it has, or will have when it is on. */
function levelOf({ attributes, endpoint }: ClusterView): number | null {
  const isOff = fieldsOf(endpoint.clusters['onOff'])['onOff'] === false;
  const stored = isOff ? (numberOf(attributes['onLevel']) ?? attributes['currentLevel']) : attributes['currentLevel'];
  const value = numberOf(stored);
  return value === null ? null : round(clamp(value, 0, LEVEL_MAX) / LEVEL_MAX, 4);
}

const levelControl: ClusterMapping = {
  cluster: 'levelControl',
  capabilities: (view) => (hasLevel(view) ? [level()] : []),
  values: (view) => (hasLevel(view) ? { 'level.level': levelOf(view) } : {}),
  commands: {
    'level.step': ({ by }) => levelStep(by),
    'level.move': ({ rate }) => {
      const value = numberOf(rate) ?? 0;
      if (value === 0) return { actions: [{ cluster: 'levelControl', invoke: 'stop', args: PLAIN }] };
      const args = {
        moveMode: value > 0 ? 0 : 1,
        rate: clamp(Math.round(Math.abs(value) * LEVEL_MAX), 1, LEVEL_MAX),
        ...PLAIN,
      };
      return { actions: [{ cluster: 'levelControl', invoke: value > 0 ? 'moveWithOnOff' : 'move', args }] };
    },
    'level.stop': () => ({ actions: [{ cluster: 'levelControl', invoke: 'stop', args: PLAIN }] }),
  },
};

/** The device itself knows best what it is at, also of several steps at once; dimming a lamp that is off leaves it off. */
function levelStep(by: unknown): Plan {
  const size = numberOf(by) ?? 0;
  const stepSize = clamp(Math.round(Math.abs(size) * LEVEL_MAX), 0, LEVEL_MAX);
  if (stepSize === 0) return { actions: [] };
  const args = { stepMode: size > 0 ? 0 : 1, stepSize, transitionTime: null, ...PLAIN };
  return { actions: [{ cluster: 'levelControl', invoke: size > 0 ? 'stepWithOnOff' : 'step', args }] };
}

const colorControl: ClusterMapping = {
  cluster: 'colorControl',
  capabilities(view) {
    if (!hasColor(view)) return [];
    const { xy = false, hueSaturation = false, colorTemperature = false } = view.features;
    const limits = temperatureLimits(view);
    const commands = colorCommandsOf(view);
    if (xy || hueSaturation) return [{ ...color({ temperature: limits, hue: true, xy }), commands }];
    return colorTemperature ? [{ ...color({ temperature: limits }), commands }] : [];
  },
  values: (view) => (hasColor(view) ? colorValues(view) : {}),
  commands: COLOR_COMMANDS,
};

/** The properties that are planned together. */
const PLANNED = /^(onOff\.on|level\.level|color\.(mode|x|y|hue|saturation|temperature))$/;
export const isPlanned = (property: string): boolean => PLANNED.test(property);

interface Light {
  readonly view: EndpointView;
  readonly transition: number | undefined;
  readonly isOn: boolean;
}

const viewOf = (cluster: string, endpoint: EndpointView): ClusterView => {
  const attributes = fieldsOf(endpoint.clusters[cluster]);
  return { attributes, features: fieldsOf(attributes['featureMap']) as Record<string, boolean>, endpoint };
};

function toLevel(share: number, light: Light): number {
  const { attributes } = viewOf('levelControl', light.view);
  const [low, high] = [numberOf(attributes['minLevel']) ?? 1, numberOf(attributes['maxLevel']) ?? LEVEL_MAX];
  return clamp(Math.round(share * LEVEL_MAX), Math.max(1, low), Math.min(LEVEL_MAX, high));
}

function moveTo(invoke: string, share: number, light: Light, options: object): Action {
  const { transition } = light;
  // Without a wish the lamp's own time counts, which for a stored level is none.
  const transitionTime = transition === undefined ? (options === STAGED ? 0 : null) : tenths(transition);
  return { cluster: 'levelControl', invoke, args: { level: toLevel(share, light), transitionTime, ...options } };
}

/** Level and switch: `willBeOn` says how it is to end. */
function levelActions(values: Values, light: Light, willBeOn: boolean): Action[] {
  const asked = numberOf(values['level.level']);
  const off: Action = { cluster: 'onOff', invoke: 'off' };
  if (!willBeOn) {
    const stage =
      asked !== null && asked > 0 ? [moveTo('moveToLevel', asked, { ...light, transition: undefined }, STAGED)] : [];
    return values['onOff.on'] === false || asked === 0 ? [off, ...stage] : stage;
  }
  if (asked !== null && asked > 0) return [moveTo('moveToLevelWithOnOff', asked, light, PLAIN)];
  if (values['onOff.on'] !== true) return [];
  const stored = levelOf(viewOf('levelControl', light.view));
  if (light.transition === undefined || light.isOn || stored === null || stored === 0)
    return [{ cluster: 'onOff', invoke: 'on' }];
  return [moveTo('moveToLevelWithOnOff', stored, light, PLAIN)];
}

const wants = (values: Values, prefix: string): boolean => Object.keys(values).some((key) => key.startsWith(prefix));

function endsOn(values: Values, isOn: boolean): boolean {
  const { 'onOff.on': on, 'level.level': share } = values;
  if (typeof on === 'boolean') return on && share !== 0;
  if (typeof share === 'number') return share > 0;
  return isOn;
}

function settled(values: Values, light: Light, willBeOn: boolean): Values {
  const { 'level.level': share } = values;
  const level: Value | undefined =
    typeof share === 'number' && share > 0 ? round(toLevel(share, light) / LEVEL_MAX, 4) : undefined;
  return {
    ...((willBeOn !== light.isOn || 'onOff.on' in values) && { 'onOff.on': willBeOn }),
    ...(level !== undefined && { 'level.level': level }),
  };
}

/** Everything that is asked of a light at once. */
export function lightPlan({ values, transition }: Wish, endpoint: EndpointView): Plan {
  const isOn = fieldsOf(endpoint.clusters['onOff'])['onOff'] === true;
  const light: Light = { view: endpoint, transition, isOn };
  const hasSwitch = 'onOff' in endpoint.clusters;
  const willBeOn = hasSwitch ? endsOn(values, isOn) : true;
  const switching = levelActions(values, light, willBeOn);
  if (wants(values, 'color.') && !('colorControl' in endpoint.clusters))
    throw new MappingError('UNSUPPORTED', 'this device has no colours');
  const colors = wants(values, 'color.')
    ? colorActions(values, viewOf('colorControl', endpoint), isOn && willBeOn ? transition : undefined)
    : [];
  return {
    // Off, the colour is set first: the lamp comes on in it. Going off, nothing is seen of it afterwards.
    actions: willBeOn ? [...colors, ...switching] : [...switching, ...colors],
    then: hasSwitch ? settled(values, light, willBeOn) : {},
  };
}

export const LIGHTING: readonly ClusterMapping[] = [onOffMapping, levelControl, colorControl];
