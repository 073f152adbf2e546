import { html, nothing, type TemplateResult } from 'lit';
import { mdiListStatus } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { isPercent } from '../../readers/format.ts';
import { te } from '../../strings/editor.ts';
import { deviceAndProperty, isNoDevice, originField, selectorFits } from '../device-fields.ts';
import { choiceField, durationField, numberField } from '../fields.ts';
import { areScalars, compact, durationError, onlyHas, required, type Editing, type ItemEditor } from '../kit.ts';
import { limitFields } from '../limit-fields.ts';
import { moreOptions } from '../more.ts';
import { describeIn } from '../things.ts';
import { valuesField } from '../value-fields.ts';

export type PropertyCondition = Extract<Condition, { kind: 'property' }>;
type Test = keyof typeof te.tests;

const isLimit = ({ above, below }: PropertyCondition): boolean => above !== undefined || below !== undefined;

function testOf(item: PropertyCondition, numeric: boolean): Test {
  if (item.unknown !== undefined) return item.unknown ? 'unknown' : 'known';
  if (item.between !== undefined) return 'between';
  return isLimit(item) || (numeric && item.is === undefined) ? 'limits' : 'is';
}

/** The members that belong to one test only. */
function without(item: PropertyCondition): PropertyCondition {
  const { is: _is, above: _a, below: _l, between: _b, unknown: _u, ...rest } = item;
  return rest;
}

function retest(item: PropertyCondition, test: Test, { home }: Editing<PropertyCondition>): PropertyCondition {
  const base = without(item);
  const spec = describeIn(home, item.device, item.property);
  switch (test) {
    case 'unknown':
    case 'known': {
      const { for: _for, ...rest } = base;
      return { ...rest, unknown: test === 'unknown' };
    }
    case 'between':
      return { ...base, between: [spec?.min ?? 0, spec?.max ?? 1] };
    case 'limits':
      return base;
    case 'is':
      return { ...base, is: spec?.type === 'boolean' ? true : spec?.type === 'number' ? 0 : (spec?.values?.[0] ?? '') };
  }
}

/** A new device or property begins with the value it had, where that fits. */
function begin(
  item: PropertyCondition,
  watched: Partial<PropertyCondition>,
  editing: Editing<PropertyCondition>,
): PropertyCondition {
  const next = compact<PropertyCondition>({ ...without(item), match: undefined, ...watched } as PropertyCondition);
  const spec = describeIn(editing.home, next.device, next.property);
  if (spec?.type === 'boolean' && typeof item.is === 'boolean') return { ...next, is: item.is };
  return retest(next, spec?.type === 'number' ? 'limits' : 'is', editing);
}

function testFields(editing: Editing<PropertyCondition>, test: Test): TemplateResult | typeof nothing {
  const { item, change, home } = editing;
  const set = (part: Partial<Record<keyof PropertyCondition, unknown>>): void =>
    change(compact<PropertyCondition>({ ...item, ...part } as PropertyCondition));
  if (test === 'limits') return limitFields(editing, item, (limits) => set({ ...limits }));
  if (test === 'between') {
    const [low, high] = item.between ?? [0, 0];
    const percent = isPercent(item.property);
    return html`
      ${numberField(editing, { name: 'from', label: te.from, value: low, percent, change: (value) => set({ between: [value ?? Number.NaN, high] }), pointer: '/between/0' })}
      ${numberField(editing, { name: 'to', label: te.to, value: high, percent, change: (value) => set({ between: [low, value ?? Number.NaN] }), pointer: '/between/1' })}
    `;
  }
  if (test !== 'is') return nothing;
  return valuesField(editing, {
    name: 'value',
    label: te.is,
    property: item.property,
    spec: describeIn(home, item.device, item.property),
    value: item.is,
    change: (is) => set({ is }),
    pointer: '/is',
  });
}

function furtherFields(editing: Editing<PropertyCondition>, test: Test): TemplateResult {
  const { item, change, home } = editing;
  const numeric = describeIn(home, item.device, item.property)?.type === 'number';
  const choices = Object.entries(te.tests)
    .filter(([each]) => numeric || !['limits', 'between'].includes(each) || each === test)
    .map(([value, label]) => ({ value, label }));
  return html`
    ${choiceField(editing, { name: 'test', label: te.watch, value: test, choices, change: (chosen: Test) => change(retest(item, chosen, editing)), pointer: '/unknown' })}
    ${originField(item.origin, (origin) => change(compact<PropertyCondition>({ ...item, origin })))}
  `;
}

const holdsNumbers = (item: PropertyCondition): boolean =>
  isLimit(item) || item.between !== undefined || item.is !== undefined || item.unknown !== undefined;

export const propertyCondition: ItemEditor<PropertyCondition> = {
  kind: 'property',
  label: te.conditions.property,
  icon: mdiListStatus,
  create: () => ({ kind: 'property', device: '', property: '', is: true }),
  fits: (item) =>
    selectorFits(item.device) &&
    areScalars(item.is) &&
    [item.is !== undefined, isLimit(item), item.between !== undefined, item.unknown !== undefined].filter(Boolean)
      .length < 2 &&
    onlyHas(item, [
      'kind',
      'device',
      'match',
      'property',
      'is',
      'above',
      'below',
      'between',
      'unknown',
      'for',
      'origin',
    ]),
  check: (item) => ({
    '/device': isNoDevice(item.device) ? required('') : null,
    '/property': required(item.property),
    '/above': !isNoDevice(item.device) && !holdsNumbers(item) ? required('') : null,
    '/between/0': Number.isNaN(item.between?.[0]) ? required('') : null,
    '/between/1': Number.isNaN(item.between?.[1]) ? required('') : null,
    '/for': durationError(item.for),
  }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const test = testOf(item, describeIn(home, item.device, item.property)?.type === 'number');
    return html`<div class="fields">
        ${deviceAndProperty(editing, item, (watched) => change(begin(item, watched as Partial<PropertyCondition>, editing)))}
        ${item.property === '' ? nothing : testFields(editing, test)}
        ${
          item.unknown === undefined
            ? durationField(editing, {
                name: 'for',
                label: te.for,
                value: item.for,
                change: (value) => change(compact<PropertyCondition>({ ...item, for: value })),
                pointer: '/for',
              })
            : nothing
        }
      </div>
      ${item.property === '' ? nothing : moreOptions(item.origin !== undefined || item.unknown !== undefined || item.between !== undefined, () => furtherFields(editing, test))}`;
  },
};
