import { html, nothing } from 'lit';
import { mdiAccessPoint } from '@mdi/js';
import type { KnownValue, PropertyTrigger } from '@lintel/model';
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

const deviceOf = (item: PropertyTrigger): string => (typeof item.device === 'string' ? item.device : '');

/** A new device or property begins with the value it most likely waits for. */
function begin(
  item: PropertyTrigger,
  device: string,
  property: string,
  editing: Editing<PropertyTrigger>,
): PropertyTrigger {
  const known = editing.home.devices.find((each) => each.id === device);
  const spec = known && describe(known, property);
  const { kind, id } = item;
  const base = {
    kind,
    ...(id !== undefined && { id }),
    device,
    property,
    ...(item.for !== undefined && { for: item.for }),
  };
  if (spec?.type === 'boolean') return { ...base, becomes: true };
  return spec?.type === 'string' && spec.values !== null
    ? { ...base, becomes: spec.values[0]! }
    : { ...base, changes: true };
}

function withValue(item: PropertyTrigger, value: KnownValue | undefined): PropertyTrigger {
  const { becomes: _becomes, changes: _changes, ...rest } = item;
  return value === undefined ? { ...rest, changes: true } : { ...rest, becomes: value };
}

function withLimits(
  item: PropertyTrigger,
  limits: { above: number | undefined; below: number | undefined },
): PropertyTrigger {
  const { changes: _changes, becomes: _becomes, above: _above, below: _below, ...rest } = item;
  const any = limits.above === undefined && limits.below === undefined;
  return compact<PropertyTrigger>({ ...rest, ...limits, changes: any ? true : undefined });
}

export const propertyTrigger: ItemEditor<PropertyTrigger> = {
  kind: 'property',
  label: t.editor.triggers.property,
  icon: mdiAccessPoint,
  create: () => ({ kind: 'property', device: '', property: '', becomes: true }),
  fits: (item) =>
    typeof item.device === 'string' &&
    isScalar(item.becomes) &&
    onlyHas(item, ['kind', 'id', 'device', 'property', 'becomes', 'above', 'below', 'changes', 'for']),
  check: (item) =>
    errorsOf({
      '/device': required(deviceOf(item)),
      '/property': required(item.property),
      '/for': durationError(item.for),
    }),
  fields: (editing) => {
    const { item, change } = editing;
    const watched = { device: deviceOf(item), property: item.property };
    return html`<div class="fields">
      ${deviceAndProperty(editing, watched, ({ device, property }) => change(begin(item, device, property, editing)))}
      ${
        item.property === ''
          ? nothing
          : isNumeric(editing, watched)
            ? limitFields(editing, item.property, item, (limits) => change(withLimits(item, limits)))
            : valueField(editing, {
                label: t.editor.becomes,
                watched,
                value: item.becomes as KnownValue | undefined,
                change: (value) => change(withValue(item, value)),
                pointer: '/becomes',
                anything: true,
              })
      }
      ${durationField(editing, {
        name: 'for',
        label: t.editor.for,
        value: item.for,
        change: (value) => change(compact<PropertyTrigger>({ ...item, for: value })),
        pointer: '/for',
      })}
    </div>`;
  },
};
