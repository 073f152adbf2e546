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

/**
 * Brightness or another degree, from 0 to 1: what it has, or will have, when on.
 * @example endpoint(onOff(), level())
 */
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

/** Whether a door or window is open: `contact.open`. */
export const contact = row('contact');
/** Whether someone is there: `occupancy.occupied`. */
export const occupancy = row('occupancy');
/** Whether there is water where none should be: `waterLeak.leaking`. */
export const waterLeak = row('waterLeak');
/** Whether there is smoke: `smoke.alarm`. */
export const smoke = row('smoke');
/** Whether there is carbon monoxide: `carbonMonoxide.alarm`. */
export const carbonMonoxide = row('carbonMonoxide');
/** Whether it shakes: `vibration.detected`. */
export const vibration = row('vibration');
/** Whether someone opened or removed it: `tamper.tampered`. */
export const tamper = row('tamper');
/** °C. */
export const temperature = row('temperature');
/** Relative humidity, 0 to 100 %. */
export const humidity = row('humidity');
/** Air pressure, hPa. */
export const pressure = row('pressure');
/** Light on the sensor, lx. */
export const illuminance = row('illuminance');
/** Carbon dioxide, ppm. */
export const co2 = row('co2');
/** Particles up to 1 µm, µg/m³. */
export const pm1 = row('pm1');
/** Particles up to 2.5 µm, µg/m³. */
export const pm25 = row('pm25');
/** Particles up to 10 µm, µg/m³. */
export const pm10 = row('pm10');
/** Volatile organic compounds, µg/m³. */
export const voc = row('voc');
/** Formaldehyde, µg/m³. */
export const formaldehyde = row('formaldehyde');
/** Air quality as an index of the device’s own, from 0. */
export const airQuality = row('airQuality');
/** Water in the soil, 0 to 100 %. */
export const soilMoisture = row('soilMoisture');
/** Distance to what is measured, m. */
export const distance = row('distance');
/** Wind, m/s. */
export const windSpeed = row('windSpeed');
/** Rain, mm. */
export const rain = row('rain');
/** What is left of a filter, from 0 to 1: `filter.life`. */
export const filter = row('filter');
/**
 * Target humidity in % and mode of a humidifier.
 * @example humidifier({ values: { mode: ['auto', 'sleep'] } })
 */
export const humidifier = row('humidifier');
/** Events of a camera: person, vehicle, package, doorbell. */
export const camera = row('camera');
/**
 * Electric power in W (above 0: taken), voltage, current, frequency, factor.
 * @example power({ properties: ['power'], limits: { power: [0, 3680] } })
 */
export const power = row('power');
/**
 * Energy taken and given, kWh, growing.
 * @example energy({ properties: ['imported'], commands: [] })
 */
export const energy = row('energy');
/** Gas or water that has flowed, m³, growing. */
export const volume = row('volume');
/** A battery of the home: charge from 0 to 1, and whether it charges. */
export const storage = row('storage');
/**
 * A charger for cars: state, and its limit in A.
 * @example evse({ limits: { limit: [6, 32] } })
 */
export const evse = row('evse');
/**
 * The device’s own battery: level from 0 to 1, `low`, voltage, type.
 * @example battery({ properties: ['level', 'low'] })
 */
export const battery = row('battery');
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
/** A valve: whether it is open, and the flow in L/min. */
export const valve = row('valve');
/** An alarm system: its state, and the commands arm, disarm, trigger. */
export const alarm = row('alarm');
/** A siren: on, volume from 0 to 1, duration in s. */
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
/** A robot vacuum: state, mode, areas. */
export const vacuum = row('vacuum');
/** Firmware: installed and available versions, progress from 0 to 1. */
export const update = row('update');
/** The radio link: quality from 0 to 1, signal in dBm. */
export const link = row('link');
/** Lets the device show which one it is. */
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
