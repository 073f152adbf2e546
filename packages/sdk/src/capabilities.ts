// Builders of what a device can do, one for each row of the capability table. A builder without options gives the row
// whole; options keep what the device really has and narrow it to the device's own limits.

import { describeCapability } from '@lintel/model';
import type {
  BUTTON_ACTIONS,
  CAPABILITIES,
  CapabilityDescription,
  CapabilityName,
  DeviceKind,
  EndpointDescription,
  EventDescription,
  PropertyDescription,
  PropertyType,
} from '@lintel/model';

type PropertyOf<Name extends CapabilityName> = keyof (typeof CAPABILITIES)[Name]['properties'] & string;
type Limits = readonly [number, number];

/** What a device has of a capability. */
export interface CapabilityOptions<Name extends CapabilityName> {
  /** The properties the device has; default all of the table's row. */
  readonly properties?: readonly PropertyOf<Name>[];
  /** The commands the device takes; default all of the row. */
  readonly commands?: readonly string[];
  /** `[min, max]` of a number, in the table's unit. */
  readonly limits?: { readonly [Property in PropertyOf<Name>]?: Limits };
  /** The closed list of a text's values. */
  readonly values?: { readonly [Property in PropertyOf<Name>]?: readonly string[] };
}

interface Narrowing {
  readonly properties?: readonly string[] | undefined;
  readonly commands?: readonly string[] | undefined;
  readonly limits?: Readonly<Record<string, Limits | undefined>> | undefined;
  readonly values?: Readonly<Record<string, readonly string[] | undefined>> | undefined;
}

function narrowProperty(property: PropertyDescription, to: Narrowing): PropertyDescription {
  const limits = to.limits?.[property.name];
  const values = to.values?.[property.name];
  return { ...property, ...(limits && { min: limits[0], max: limits[1] }), ...(values && { values: [...values] }) };
}

function narrow(name: CapabilityName, to: Narrowing): CapabilityDescription {
  const whole = describeCapability(name, to.properties);
  const properties = whole.properties.map((property) => narrowProperty(property, to));
  return { ...whole, properties, ...(to.commands && { commands: [...to.commands] }) };
}

type Builder<Name extends CapabilityName> = (options?: CapabilityOptions<Name>) => CapabilityDescription;

const row =
  <Name extends CapabilityName>(name: Name): Builder<Name> =>
  (options = {}) =>
    narrow(name, options as Narrowing);

/** On and off. `powerOn: true` where the device remembers what to do after a power cut. */
export const onOff = (options: { readonly powerOn?: boolean } = {}): CapabilityDescription =>
  narrow('onOff', { properties: options.powerOn === true ? ['on', 'powerOn'] : ['on'] });

/** Brightness from 0 to 1. */
export const level = row('level');

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

/** Named effects; `none`, which ends one, is added. */
export const effect = (effects: readonly string[]): CapabilityDescription =>
  narrow('effect', { values: { effect: effects.includes('none') ? effects : ['none', ...effects] } });

export const contact = row('contact');
export const occupancy = row('occupancy');
export const waterLeak = row('waterLeak');
export const smoke = row('smoke');
export const carbonMonoxide = row('carbonMonoxide');
export const vibration = row('vibration');
export const tamper = row('tamper');
export const temperature = row('temperature');
export const humidity = row('humidity');
export const pressure = row('pressure');
export const illuminance = row('illuminance');
export const co2 = row('co2');
export const pm1 = row('pm1');
export const pm25 = row('pm25');
export const pm10 = row('pm10');
export const voc = row('voc');
export const formaldehyde = row('formaldehyde');
export const airQuality = row('airQuality');
export const soilMoisture = row('soilMoisture');
export const distance = row('distance');
export const windSpeed = row('windSpeed');
export const rain = row('rain');
export const filter = row('filter');
export const humidifier = row('humidifier');
export const camera = row('camera');
/** Electric power; a plain plug measures `properties: ['power']` and perhaps more. */
export const power = row('power');
export const energy = row('energy');
export const volume = row('volume');
export const storage = row('storage');
export const evse = row('evse');
export const battery = row('battery');
export const thermostat = row('thermostat');
export const fan = row('fan');
export const lock = row('lock');
export const cover = row('cover');
export const valve = row('valve');
export const alarm = row('alarm');
export const siren = row('siren');
export const media = row('media');
export const appliance = row('appliance');
export const vacuum = row('vacuum');
export const update = row('update');
export const link = row('link');
export const identify = row('identify');

export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

export interface ButtonOptions {
  /** Names or numbers of the buttons; default one button without a name. */
  readonly buttons?: readonly string[];
  /** What each can report; default `single`. */
  readonly actions?: readonly ButtonAction[];
}

/** Buttons, which report the event `button.pressed`. */
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

export interface GenericProperty {
  readonly type: PropertyType;
  readonly unit?: string;
  readonly label?: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly settable?: boolean;
}

/** What the model cannot say yet, as `generic.<name>`. */
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
