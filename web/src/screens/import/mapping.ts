// What each entity of the other hub is here: a choice of things, and of a property where a device has several.

import { html, nothing, type TemplateResult } from 'lit';
import type { Person, Variable } from '@lintel/model';
import { selectField } from '../../elements/field.ts';
import { byName, propertyKeys } from '../../readers/devices.ts';
import { sortsFor, type Candidate, type Sort } from '../../readers/import-needs.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { store } from '../../store/store.ts';
import { ti } from '../../strings/import.ts';

/** As the import is told: `{device, property?}`, `{person}`, `{scene}` and so on. */
export type Mapping = { readonly [One in Sort]?: string } & { readonly property?: string };

export interface Others {
  readonly people: readonly Person[];
  readonly variables: readonly Variable[];
}

/** Everything that an entity may be here. */
export function candidates({ people, variables }: Others): readonly Candidate[] {
  const { devices, scenes } = store.state;
  const roomOf = (room: string | null): string => (room === null ? '' : (store.state.rooms.get(room)?.name ?? ''));
  return [
    ...[...devices.values()]
      .toSorted(byName)
      .map(({ id, name, room }) => ({ sort: 'device' as const, id, name, more: roomOf(room) })),
    ...people.map(({ id, name }) => ({ sort: 'person' as const, id, name })),
    ...[...scenes.values()].map(({ id, name }) => ({ sort: 'scene' as const, id, name })),
    ...store.rooms().map(({ id, name }) => ({ sort: 'room' as const, id, name })),
    ...variables.map(({ name }) => ({ sort: 'variable' as const, id: name, name })),
  ];
}

const encode = (mapping: Mapping | undefined): string => {
  const [sort, id] = Object.entries(mapping ?? {}).find(([name]) => name !== 'property') ?? [];
  return sort === undefined ? '' : `${sort}:${id}`;
};

export function decode(value: string): Mapping | null {
  const at = value.indexOf(':');
  return at === -1 ? null : { [value.slice(0, at) as Sort]: value.slice(at + 1) };
}

interface EntityField {
  readonly entity: string;
  readonly at: number;
  readonly mapping: Mapping | undefined;
  readonly all: readonly Candidate[];
  readonly change: (mapping: Mapping | null) => void;
}

export function entityField({ entity, at, mapping, all, change }: EntityField): TemplateResult {
  const sorts = sortsFor(entity);
  const offered = sorts.flatMap((sort) => all.filter((each) => each.sort === sort));
  const choices = offered.map(({ sort, id, name, more = '' }) => ({
    value: `${sort}:${id}`,
    label: [name, more, sort === sorts[0] ? '' : ti.groups[sort]].filter((each) => each !== '').join(' · '),
  }));
  return html`<div class="fields">
    ${selectField({
      id: `entity-${at}`,
      label: entity,
      value: encode(mapping),
      choices: [{ value: '', label: ti.notHere }, ...choices],
      change: (value) => change(decode(value)),
    })}
    ${mapping?.device === undefined ? nothing : propertyField(entity, at, mapping, change)}
  </div>`;
}

function propertyField(
  entity: string,
  at: number,
  mapping: Mapping,
  change: (mapping: Mapping) => void,
): TemplateResult | typeof nothing {
  const device = store.device(mapping.device ?? '');
  if (device === undefined) return nothing;
  const choices = propertyKeys(device).map((key) => ({ value: key, label: propertyLabel(device, key) }));
  return selectField({
    id: `entity-property-${at}`,
    label: ti.property(entity),
    value: mapping.property ?? '',
    choices: [{ value: '', label: ti.anyProperty }, ...choices],
    change: (property) => change({ device: device.id, ...(property !== '' && { property }) }),
  });
}
