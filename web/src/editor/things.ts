// What a rule can name, as choices: devices and their endpoints, properties, and sets of devices.

import { readDeviceRef, type Device, type DeviceSelector, type PropertyDescription } from '@lintel/model';
import type { Choice } from '../elements/field.ts';
import { describe, propertyKeys } from '../readers/devices.ts';
import { propertyLabel } from '../readers/labels.ts';
import type { EditorHome, NamedThing } from './kit.ts';

/** The device behind `id` or `id/endpoint`. */
export function findDevice({ devices }: EditorHome, ref: string): Device | undefined {
  return devices.find((each) => each.id === ref) ?? devices.find((each) => each.id === readDeviceRef(ref)?.device);
}

/** How the device behind a reference describes a property. */
export function describeAt(home: EditorHome, ref: string, key: string): PropertyDescription | undefined {
  const device = findDevice(home, ref);
  const endpoint = readDeviceRef(ref)?.endpoint ?? null;
  const full = endpoint === null || key.includes('@') ? key : `${key}@${endpoint}`;
  return device && describe(device, full);
}

/** The devices that a selector can mean; those of a set are told by what it says now. */
export function devicesOf(home: EditorHome, selector: DeviceSelector): readonly Device[] {
  if (typeof selector === 'string') return [findDevice(home, selector)].filter((each) => each !== undefined);
  const fits = (device: Device): boolean => {
    if (selector.kind !== undefined && device.kind !== selector.kind) return false;
    if ('devices' in selector) return selector.devices.some((ref) => findDevice(home, ref)?.id === device.id);
    if ('room' in selector) return device.room === selector.room;
    if ('floor' in selector) return home.rooms.find(({ id }) => id === device.room)?.floor === selector.floor;
    return true;
  };
  return home.devices.filter(fits);
}

const partsOf = (device: Device, label: string): Choice[] =>
  device.endpoints.length < 2
    ? []
    : device.endpoints.map(({ id, name }) => ({ value: `${device.id}/${id}`, label: `${label} · ${name ?? id}` }));

/** Devices by name, each followed by its endpoints; two of one name are told apart by their room. */
export function deviceChoices({ devices, rooms }: Pick<EditorHome, 'devices' | 'rooms'>): Choice[] {
  const counts = Map.groupBy(devices, (each) => each.name);
  return devices
    .map((device) => {
      const room = rooms.find((each) => each.id === device.room)?.name;
      const twin = counts.get(device.name)!.length > 1;
      return { device, label: twin && room !== undefined ? `${device.name} (${room})` : device.name };
    })
    .toSorted((a, b) => a.label.localeCompare(b.label))
    .flatMap(({ device, label }) => [{ value: device.id, label }, ...partsOf(device, label)]);
}

export const withPlaceholder = (choices: readonly Choice[], chosen: string, placeholder: string): Choice[] =>
  chosen === '' ? [{ value: '', label: placeholder }, ...choices] : [...choices];

export const thingChoices = (things: readonly NamedThing[]): Choice[] =>
  things.map(({ id, name }) => ({ value: id, label: name })).toSorted((a, b) => a.label.localeCompare(b.label));

export const floorsOf = ({ rooms }: EditorHome): string[] =>
  [...new Set(rooms.flatMap(({ floor }) => (floor ? [floor] : [])))].toSorted();

/** The properties that any of the devices has, once each. */
export function propertyChoices(devices: readonly Device[]): Choice[] {
  const labels = new Map<string, string>();
  for (const device of devices)
    for (const key of propertyKeys(device)) if (!labels.has(key)) labels.set(key, propertyLabel(device, key));
  return [...labels].map(([value, label]) => ({ value, label }));
}

const TELLING = [
  'occupancy.occupied',
  'contact.open',
  'waterLeak.leaking',
  'smoke.alarm',
  'onOff.on',
  'lock.state',
  'temperature.temperature',
];

/** The property people mean most often when they name these devices. */
export function tellingProperty(devices: readonly Device[]): string {
  const keys = propertyChoices(devices).map(({ value }) => value);
  return TELLING.find((key) => keys.includes(key)) ?? keys[0] ?? '';
}

/** How the first of the selector's devices that has it describes a property. */
export function describeIn(home: EditorHome, selector: DeviceSelector, key: string): PropertyDescription | undefined {
  if (typeof selector === 'string') return describeAt(home, selector, key);
  for (const device of devicesOf(home, selector)) {
    const found = describe(device, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const kindsOf = ({ devices }: EditorHome): string[] => [...new Set(devices.map(({ kind }) => kind))].toSorted();
