// Builders of what a device can be told to do, one for each row of the capability table; sensors.ts has what it measures. A builder
// without options gives the row whole; options keep what the device really has and narrow it to the device's own limits.

import { describeCapability } from '@lintel/model';
import type {
  BUTTON_ACTIONS,
  CapabilityDescription,
  DeviceKind,
  EndpointDescription,
  EventDescription,
  PropertyDescription,
  PropertyType,
} from '@lintel/model';

import { narrow, row } from './narrow.ts';
import type { Limits } from './narrow.ts';

/**
 * On and off. `powerOn: true` where the device remembers what to do after a power cut.
 * @example endpoint(onOff({ powerOn: true }))
 */
export const onOff = (options: { readonly powerOn?: boolean } = {}): CapabilityDescription =>
  narrow('onOff', { properties: options.powerOn === true ? ['on', 'powerOn'] : ['on'] });

/**
 * Brightness or another degree, from 0 to 1: what it has, or will have, when on.
 * @example endpoint(onOff(), level())
 */
export const level = row('level');

/**
 * What a lamp can show.
 * @example const whites: ColorOptions = { temperature: [2200, 4000] };
 */
export interface ColorOptions {
  /** Warmest and coldest white, in kelvin. */
  readonly temperature?: Limits;
  /** Whether the lamp takes hue and saturation. */
  readonly hue?: boolean;
  /** Whether the lamp takes points of the CIE 1931 diagram. */
  readonly xy?: boolean;
}

const COLOR_MODES: Readonly<Record<string, readonly string[]>> = {
  xy: ['x', 'y'],
  hs: ['hue', 'saturation'],
  temperature: ['temperature'],
};

function modesOf(options: ColorOptions): string[] {
  const modes = [
    ...(options.xy === true ? ['xy'] : []),
    ...(options.hue === true ? ['hs'] : []),
    ...(options.temperature === undefined ? [] : ['temperature']),
  ];
  return modes.length === 0 ? Object.keys(COLOR_MODES) : modes;
}

/**
 * Colour, as far as the lamp has it: nothing given is everything.
 * @example color({ temperature: [2200, 4000] })            // a lamp with white tones only
 * @example color({ temperature: [2000, 6500], hue: true }) // a colour lamp
 */
export function color(options: ColorOptions = {}): CapabilityDescription {
  const modes = modesOf(options);
  const properties = ['mode', ...modes.flatMap((mode) => COLOR_MODES[mode]!)];
  return narrow('color', { properties, limits: { temperature: options.temperature }, values: { mode: modes } });
}

/**
 * Named effects; `none`, which ends one, is added.
 * @example endpoint(onOff(), effect(['candle', 'rainbow']))
 */
export const effect = (effects: readonly string[]): CapabilityDescription =>
  narrow('effect', { values: { effect: effects.includes('none') ? effects : ['none', ...effects] } });

/**
 * Target humidity in % and mode of a humidifier.
 * @example humidifier({ values: { mode: ['auto', 'sleep'] } })
 */
export const humidifier = row('humidifier');
/**
 * A charger for cars: state, and its limit in A.
 * @example evse({ limits: { limit: [6, 32] } })
 */
export const evse = row('evse');
/**
 * Heating and cooling; what it measures is `temperature`.
 * @example thermostat({ properties: ['mode', 'heatingSetpoint'], limits: { heatingSetpoint: [5, 30] } })
 */
export const thermostat = row('thermostat');
/**
 * Speed from 0 to 1, mode, direction.
 * @example fan({ properties: ['speed'] })
 */
export const fan = row('fan');
/**
 * A door lock: state, its commands, and the event `lock.operated`.
 * @example lock({ commands: ['lock', 'unlock'] })
 */
export const lock = row('lock');
/**
 * Blinds, curtains, garage doors: position from 0 (closed) to 1 (open), tilt, what it is doing.
 * @example cover({ properties: ['position', 'moving', 'state'] })
 */
export const cover = row('cover');
/**
 * A valve: whether it is open, and the flow in L/min.
 * @example endpoint(valve({ properties: ['open'] }))
 */
export const valve = row('valve');
/**
 * An alarm system: its state, and the commands arm, disarm, trigger.
 * @example endpoint(alarm({ commands: ['arm', 'disarm'] }))
 */
export const alarm = row('alarm');
/**
 * A siren: on, volume from 0 to 1, duration in s.
 * @example endpoint(siren({ properties: ['on', 'duration'], limits: { duration: [0, 300] } }))
 */
export const siren = row('siren');
/**
 * A player: playback, volume, source, and what is on.
 * @example media({ values: { source: ['Radio', 'Library'] } })
 */
export const media = row('media');
/**
 * A machine with programs, such as a dishwasher.
 * @example appliance({ values: { program: ['Eco 50', 'Quick 30'] } })
 */
export const appliance = row('appliance');
/**
 * A robot vacuum: state, mode, areas.
 * @example endpoint(vacuum({ properties: ['state'], commands: ['start', 'dock'] }))
 */
export const vacuum = row('vacuum');
/**
 * Firmware: installed and available versions, progress from 0 to 1.
 * @example await ctx.report('plug', { 'update.installed': '1.4.0', 'update.available': '1.5.2' });
 */
export const update = row('update');
/**
 * Lets the device show which one it is.
 * @example endpoint(onOff(), identify())
 */
export const identify = row('identify');

/**
 * What one can do with a button.
 * @example const held: ButtonAction = 'hold';
 */
export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

/**
 * The buttons of a device, and what they tell.
 * @example const remote: ButtonOptions = { buttons: ['up', 'down'], actions: ['single', 'double'] };
 */
export interface ButtonOptions {
  /** Names or numbers of the buttons; default one button without a name. */
  readonly buttons?: readonly string[];
  /** What each can report; default `single`. */
  readonly actions?: readonly ButtonAction[];
}

/**
 * Buttons, which report the event `button.pressed`.
 * @example endpoint(button({ buttons: ['1', '2'], actions: ['single', 'double'] }))
 */
export function button(options: ButtonOptions = {}): CapabilityDescription {
  const { buttons = [], actions = ['single'] } = options;
  const one = (name?: string): EventDescription => ({
    event: 'button.pressed',
    ...(name !== undefined && { button: name }),
    actions: [...actions],
  });
  const events = buttons.length === 0 ? [one()] : buttons.map(one);
  return { ...describeCapability('button'), events };
}

/**
 * A property that the capability table has no word for.
 * @example const grind: GenericProperty = { type: 'number', label: 'Grind', min: 1, max: 9, settable: true };
 */
export interface GenericProperty {
  readonly type: PropertyType;
  readonly unit?: string;
  readonly label?: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly settable?: boolean;
}

/**
 * What the model cannot say yet, as `generic.<name>`.
 * @example endpoint(generic({ grind: { type: 'number', label: 'Grind', min: 1, max: 9, settable: true } }))
 */
export function generic(properties: Readonly<Record<string, GenericProperty>>): CapabilityDescription {
  const describe = ([name, given]: [string, GenericProperty]): PropertyDescription => ({
    name,
    type: given.type,
    unit: given.unit ?? null,
    min: given.min ?? null,
    max: given.max ?? null,
    values: given.values ?? null,
    settable: given.settable === true,
    ...(given.label !== undefined && { label: given.label }),
  });
  return { name: 'generic', properties: Object.entries(properties).map(describe), commands: [] };
}

/**
 * What an endpoint is called, and where it is.
 * @example const left: EndpointOptions = { id: 'left', name: 'Left gang', kind: 'switch' };
 */
export interface EndpointOptions {
  /** Default `"1"`. */
  readonly id?: string;
  readonly name?: string;
  readonly kind?: DeviceKind;
  readonly room?: string;
}

/**
 * One endpoint: a part of a device with capabilities of its own, such as one gang of a switch. Most devices have one.
 * @example endpoint(onOff(), level())
 * @example endpoint({ id: 'left', name: 'Left gang' }, onOff())
 */
export function endpoint(
  ...parts: readonly [EndpointOptions, ...CapabilityDescription[]] | readonly CapabilityDescription[]
): EndpointDescription {
  const [first, ...rest] = parts;
  const plain = first === undefined || 'properties' in first;
  const options = (plain ? {} : first) as EndpointOptions;
  const capabilities = (plain ? parts : rest) as readonly CapabilityDescription[];
  const { id = '1', name = null, kind = null, room = null } = options;
  return { id, name, kind, room, capabilities };
}
