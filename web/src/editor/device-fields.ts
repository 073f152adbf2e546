// "Device" and "Property", also where a set of devices is meant.

import { html, nothing, type TemplateResult } from 'lit';
import type { DeviceSelector, Match, OriginKind } from '@lintel/model';
import type { Choice } from '../elements/field.ts';
import { chips } from '../elements/chips.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import { choiceField, wordChoices } from './fields.ts';
import { asList, asOneOrMany, compact, onlyHas, type Editing, type EditorHome } from './kit.ts';
import {
  deviceChoices,
  devicesOf,
  floorsOf,
  kindsOf,
  propertyChoices,
  tellingProperty,
  thingChoices,
  withPlaceholder,
} from './things.ts';

export interface Watched {
  readonly device: DeviceSelector;
  readonly match?: Match | undefined;
  readonly property: string;
}

type DeviceSet = Exclude<DeviceSelector, string>;
const SET = 'set:';
const SHAPES = ['devices', 'room', 'floor', 'home'] as const;

export const selectorFits = (selector: unknown): boolean =>
  typeof selector === 'string' ||
  (typeof selector === 'object' &&
    selector !== null &&
    SHAPES.some((shape) => shape in selector && onlyHas(selector, [shape, 'kind'])));

const shapeOf = (set: DeviceSet): (typeof SHAPES)[number] => SHAPES.find((shape) => shape in set) ?? 'home';

/** A new set of a shape, beginning with the first room or floor there is. */
function begin(shape: string, home: EditorHome): DeviceSet {
  if (shape === 'devices') return { devices: [] };
  if (shape === 'room') return { room: home.rooms[0]?.id ?? '' };
  return shape === 'floor' ? { floor: floorsOf(home)[0] ?? '' } : { home: true };
}

/** True where nothing is chosen yet. */
export const isNoDevice = (selector: DeviceSelector | undefined): boolean => {
  if (selector === undefined || selector === '') return true;
  if (typeof selector === 'string') return false;
  if ('devices' in selector) return selector.devices.length === 0;
  return ('room' in selector && selector.room === '') || ('floor' in selector && selector.floor === '');
};

interface SelectorField {
  readonly selector: DeviceSelector | undefined;
  readonly change: (selector: DeviceSelector) => void;
  /** Where the selector stands inside the item. */
  readonly at?: string;
  /** Only these devices are offered. */
  readonly home?: EditorHome;
}

/** "Device": one of them, or one of the sets that a rule can speak of. */
export function selectorField<One>(editing: Editing<One>, field: SelectorField): TemplateResult {
  const { selector = '', change, at = '/device', home = editing.home } = field;
  const value = typeof selector === 'string' ? selector : SET + shapeOf(selector);
  const sets = wordChoices(te.sets).map((each): Choice => ({ ...each, value: SET + each.value }));
  const pick = (chosen: string): void =>
    change(chosen.startsWith(SET) ? begin(chosen.slice(SET.length), home) : chosen);
  return html`${choiceField(editing, {
    name: 'device',
    label: te.device,
    value,
    choices: [...withPlaceholder(deviceChoices(home), value, te.chooseDevice), ...sets],
    change: pick,
    pointer: at,
  })}
  ${typeof selector === 'string' ? nothing : setFields(editing, selector, change, at)}`;
}

function setFields<One>(
  editing: Editing<One>,
  set: DeviceSet,
  change: (set: DeviceSet) => void,
  at: string,
): TemplateResult {
  const { home, error } = editing;
  const kinds = kindsOf(home).map((kind) => ({ value: kind, label: t.kindName(kind) }));
  const kind = (chosen: string): void =>
    change(compact<DeviceSet>({ ...set, kind: chosen === '' ? undefined : chosen }));
  return html`
    ${
      'devices' in set
        ? chips({
            label: te.which,
            choices: deviceChoices(home),
            chosen: set.devices,
            change: (devices) => change({ ...set, devices }),
            error: error(`${at}/devices`),
          })
        : nothing
    }
    ${
      'room' in set
        ? choiceField(editing, {
            name: 'room',
            label: te.room,
            value: set.room,
            choices: thingChoices(home.rooms),
            change: (room) => change({ ...set, room }),
            pointer: `${at}/room`,
          })
        : nothing
    }
    ${
      'floor' in set
        ? choiceField(editing, {
            name: 'floor',
            label: te.floor,
            value: set.floor,
            choices: floorsOf(home).map((floor) => ({ value: floor, label: floor })),
            change: (floor) => change({ ...set, floor }),
            pointer: `${at}/floor`,
          })
        : nothing
    }
    ${choiceField(editing, { name: 'kind', label: te.kind, value: set.kind ?? '', choices: [{ value: '', label: te.anyKind }, ...kinds], change: kind, pointer: `${at}/kind` })}
  `;
}

/** "Device" and "Property"; choosing a device chooses the property people mean most often. */
export function deviceAndProperty<One>(
  editing: Editing<One>,
  { device, match, property }: Watched,
  choose: (watched: Watched) => void,
): TemplateResult {
  const { home } = editing;
  const known = devicesOf(home, device);
  const pick = (chosen: DeviceSelector): void => {
    const keeps = typeof chosen !== 'string' && typeof device !== 'string';
    const next = devicesOf(home, chosen);
    const has = keeps && propertyChoices(next).some(({ value }) => value === property);
    const matched = typeof chosen === 'string' ? undefined : match;
    choose({ device: chosen, match: matched, property: has ? property : tellingProperty(next) });
  };
  return html`
    ${selectorField(editing, { selector: device, change: pick })}
    ${
      typeof device === 'string'
        ? nothing
        : choiceField(editing, {
            name: 'match',
            label: te.match,
            value: match ?? 'any',
            choices: wordChoices(te.matches),
            change: (chosen: string) =>
              choose({ device, property, match: chosen === 'any' ? undefined : (chosen as Match) }),
            pointer: '/match',
          })
    }
    ${choiceField(editing, {
      name: 'property',
      label: te.property,
      value: property,
      choices: withPlaceholder(propertyChoices(known), property, te.chooseProperty),
      change: (chosen) => choose({ device, match, property: chosen }),
      pointer: '/property',
    })}
  `;
}

/** Who must have made the change. */
export const originField = (
  origin: OriginKind | readonly OriginKind[] | undefined,
  change: (origin: OriginKind | readonly OriginKind[] | undefined) => void,
): TemplateResult =>
  chips({
    label: te.origin,
    choices: wordChoices(te.origins),
    chosen: asList(origin),
    change: (chosen) => change(asOneOrMany(chosen as readonly OriginKind[])),
  });
