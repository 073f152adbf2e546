// What every small editor is: it makes a new item, says whether its fields can show all of one, draws them and checks them.

import type { TemplateResult } from 'lit';
import type { Device, Room, Rule } from '@lintel/model';
import type { Choice } from '../elements/field.ts';
import { propertyKeys } from '../readers/devices.ts';
import { isDuration } from '../readers/durations.ts';
import { propertyLabel } from '../readers/labels.ts';
import { t } from '../strings/index.ts';

export interface EditorHome {
  readonly devices: readonly Device[];
  readonly rooms: readonly Room[];
  readonly mode: string;
}

export interface Editing<Item> {
  readonly item: Item;
  readonly change: (item: Item) => void;
  readonly home: EditorHome;
  /** Makes ids of fields unique in the page. */
  readonly id: (field: string) => string;
  /** The error at a pointer inside the item, such as `/for`. */
  readonly error: (pointer: string) => string | null;
}

export interface ItemEditor<Item> {
  readonly kind: string;
  /** As the menu offers it, such as "A device changes". */
  readonly label: string;
  readonly icon: string;
  /** A new item; `rule` lets it begin with what the rule already speaks of. */
  readonly create: (home: EditorHome, rule: Rule) => Item;
  /** True where the fields show everything the item says, so that nothing is lost by editing. */
  readonly fits: (item: Item) => boolean;
  readonly fields: (editing: Editing<Item>) => TemplateResult;
  /** What is missing, by pointer inside the item. */
  readonly check: (item: Item) => Readonly<Record<string, string>>;
}

/** True where `item` has no member beyond `known`. */
export const onlyHas = (item: object, known: readonly string[]): boolean =>
  Object.keys(item).every((key) => known.includes(key));

export const isScalar = (value: unknown): boolean =>
  ['boolean', 'number', 'string', 'undefined'].includes(typeof value);

/** `item` without the members that are undefined: the hub refuses fields it does not know, and JSON has no undefined. */
export function compact<Item extends object>(item: { [Key in keyof Item]: Item[Key] | undefined }): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as Item;
}

/** Devices by name; two of one name are told apart by their room. */
export function deviceChoices({ devices, rooms }: EditorHome): Choice[] {
  const counts = Map.groupBy(devices, (each) => each.name);
  return devices
    .map((device) => {
      const room = rooms.find((each) => each.id === device.room)?.name;
      const twin = counts.get(device.name)!.length > 1;
      return { value: device.id, label: twin && room !== undefined ? `${device.name} (${room})` : device.name };
    })
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

export const withPlaceholder = (choices: readonly Choice[], chosen: string, placeholder: string): Choice[] =>
  chosen === '' ? [{ value: '', label: placeholder }, ...choices] : [...choices];

export function propertyChoices(device: Device | undefined): Choice[] {
  if (device === undefined) return [];
  return propertyKeys(device).map((key) => ({ value: key, label: propertyLabel(device, key) }));
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

/** The property people mean most often when they name a device. */
export function tellingProperty(device: Device | undefined): string {
  if (device === undefined) return '';
  const keys = propertyKeys(device);
  return TELLING.find((key) => keys.includes(key)) ?? keys[0] ?? '';
}

export const durationError = (text: string | undefined): string | null =>
  text === undefined || isDuration(text) ? null : t.errors.duration;

/** Drops the entries without an error. */
export function errorsOf(found: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(found).filter((each): each is [string, string] => each[1] !== null));
}

export const required = (value: string | undefined): string | null =>
  value === undefined || value === '' ? t.errors.required : null;
