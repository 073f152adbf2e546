import { html, nothing } from 'lit';
import { mdiListStatus } from '@mdi/js';
import type { Condition, KnownValue } from '@lintel/model';
import { describe } from '../../readers/devices.ts';
import { t } from '../../strings/index.ts';
import { deviceAndProperty, durationField, isNumeric, limitFields, valueField } from '../fields.ts';
import {
  compact,
  durationError,
  errorsOf,
  isScalar,
  onlyHas,
  required,
  type Editing,
  type ItemEditor,
} from '../kit.ts';

export type PropertyCondition = Extract<Condition, { kind: 'property' }>;

const deviceOf = (item: PropertyCondition): string => (typeof item.device === 'string' ? item.device : '');

export const conditionFits = (item: PropertyCondition): boolean =>
  typeof item.device === 'string' &&
  isScalar(item.is) &&
  onlyHas(item, ['kind', 'device', 'property', 'is', 'above', 'below', 'for']);

const isOpen = ({ is, above, below }: PropertyCondition): boolean =>
  is === undefined && above === undefined && below === undefined;

/** What is missing, by pointer; `at` is where the condition stands inside its item. */
export function checkCondition(item: PropertyCondition, at = ''): Record<string, string> {
  const device = required(deviceOf(item));
  return errorsOf({
    [`${at}/device`]: device,
    [`${at}/property`]: required(item.property),
    [`${at}/above`]: device === null && isOpen(item) ? t.errors.required : null,
    [`${at}/for`]: durationError(item.for),
  });
}

function begin<Item>(
  item: PropertyCondition,
  device: string,
  property: string,
  { home }: Editing<Item>,
): PropertyCondition {
  const known = home.devices.find((each) => each.id === device);
  const spec = known && describe(known, property);
  const keepsValue = spec?.type === 'boolean' && typeof item.is === 'boolean';
  const is = keepsValue ? item.is : spec?.type === 'boolean' ? true : spec?.values?.[0];
  return compact<PropertyCondition>({ kind: 'property', device, property, is, for: item.for });
}

/** Device, property, "Is" (or limits) and "For"; also the inside of a wait. */
export function conditionFields<Item>(
  editing: Editing<Item>,
  item: PropertyCondition,
  change: (item: PropertyCondition) => void,
  at = '',
): unknown {
  const watched = { device: deviceOf(item), property: item.property };
  return html`
    ${deviceAndProperty(editing, watched, ({ device, property }) => change(begin(item, device, property, editing)), at)}
    ${
      item.property === ''
        ? nothing
        : isNumeric(editing, watched)
          ? limitFields(
              editing,
              item.property,
              item,
              (limits) => change(compact<PropertyCondition>({ ...item, is: undefined, ...limits })),
              at,
            )
          : valueField(editing, {
              label: t.editor.is,
              watched,
              value: item.is as KnownValue | undefined,
              change: (is) => change(compact<PropertyCondition>({ ...item, is })),
              pointer: `${at}/is`,
            })
    }
    ${durationField(editing, {
      name: 'for',
      label: t.editor.for,
      value: item.for,
      change: (value) => change(compact<PropertyCondition>({ ...item, for: value })),
      pointer: `${at}/for`,
    })}
  `;
}

export const propertyCondition: ItemEditor<PropertyCondition> = {
  kind: 'property',
  label: t.editor.conditions.property,
  icon: mdiListStatus,
  create: () => ({ kind: 'property', device: '', property: '', is: true }),
  fits: conditionFits,
  check: (item) => checkCondition(item),
  fields: (editing) => html`<div class="fields">${conditionFields(editing, editing.item, editing.change)}</div>`,
};
