// The values of a "set" beyond the usual ones: each settable property can be added, also as a formula.

import { html, type TemplateResult } from 'lit';
import { mdiClose } from '@mdi/js';
import type { Action, Computed, Device, PropertyDescription, Value } from '@lintel/model';
import { icon } from '../elements/icon.ts';
import { propertyKeys } from '../readers/devices.ts';
import { plainKey } from '../readers/format.ts';
import { propertyLabel } from '../readers/labels.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import { choiceField } from './fields.ts';
import { compact, type Editing, type EditorHome } from './kit.ts';
import { describeAt, findDevice } from './things.ts';
import { reached } from './target-field.ts';
import { computedValueField } from './value-fields.ts';

type SetAction = Extract<Action, { kind: 'set' }>;
type Values = Readonly<Record<string, Computed<Value>>>;

function devicesOf(home: EditorHome, { target }: SetAction): readonly Device[] {
  if ('device' in target) return [findDevice(home, target.device)].filter((each) => each !== undefined);
  return reached(home, target);
}

/** Every property that some device of the target can be set to. */
function settable(home: EditorHome, item: SetAction): Map<string, { label: string; spec: PropertyDescription }> {
  const found = new Map<string, { label: string; spec: PropertyDescription }>();
  for (const device of devicesOf(home, item)) {
    for (const key of propertyKeys(device)) {
      const spec = describeAt(home, device.id, key);
      if (spec?.settable === true && !found.has(key)) found.set(key, { label: propertyLabel(device, key), spec });
    }
  }
  return found;
}

function firstValue(spec: PropertyDescription | undefined): Value {
  if (spec?.type === 'boolean') return true;
  return spec?.type === 'number' ? (spec.min ?? 0) : (spec?.values?.[0] ?? '');
}

/** A field for each value that is not in `basic`, and a choice of what else to set. */
export function furtherValues(editing: Editing<SetAction>, basic: readonly string[]): TemplateResult {
  const { item, change, home } = editing;
  const known = settable(home, item);
  const set = (key: string, value: Computed<Value> | undefined): void =>
    change({ ...item, values: compact<Values>({ ...item.values, [key]: value }) });
  const others = Object.keys(item.values).filter((key) => !basic.includes(key));
  const free = [...known].filter(([key]) => item.values[key] === undefined && !basic.includes(key));
  const nameOf = (key: string): string => known.get(key)?.label ?? t.propertyName(plainKey(key));
  return html`
    ${others.map(
      (key) =>
        html`<div class="with-remove">
          ${computedValueField(editing, {
            name: key.replaceAll(/\W/g, '-'),
            label: nameOf(key),
            property: key,
            spec: known.get(key)?.spec,
            value: item.values[key],
            change: (value) => set(key, value ?? ''),
            pointer: `/values/${key}`,
          })}
          <button type="button" class="round-button bare" @click=${() => set(key, undefined)}>
            ${icon(mdiClose, 20)}<span class="hidden">${te.removeEntry(nameOf(key))}</span>
          </button>
        </div>`,
    )}
    ${choiceField(editing, {
      name: 'also',
      label: te.alsoSet,
      value: '',
      choices: [{ value: '', label: te.choose }, ...free.map(([value, { label }]) => ({ value, label }))],
      change: (key: string) => {
        if (key !== '') set(key, firstValue(known.get(key)?.spec));
      },
      pointer: '/values',
    })}
  `;
}
