import { html, type TemplateResult } from 'lit';
import { isPercent } from '../readers/format.ts';
import { te } from '../strings/editor.ts';
import { numberField } from './fields.ts';
import type { Editing } from './kit.ts';
import { describeIn } from './things.ts';
import type { DeviceSelector } from '@lintel/model';

interface Limited {
  readonly device: DeviceSelector;
  readonly property: string;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

export interface Limits {
  readonly above: number | undefined;
  readonly below: number | undefined;
}

/** "Above" and "Below" for a property that is a number, in the unit people read. */
export function limitFields<One>(
  editing: Editing<One>,
  { device, property, above, below }: Limited,
  change: (limits: Limits) => void,
): TemplateResult {
  const percent = isPercent(property);
  const hint = percent ? undefined : (describeIn(editing.home, device, property)?.unit ?? undefined);
  const shared = { percent, hint };
  return html`
    ${numberField(editing, { ...shared, name: 'above', label: te.above, value: above, change: (value) => change({ above: value, below }), pointer: '/above' })}
    ${numberField(editing, { ...shared, name: 'below', label: te.below, value: below, change: (value) => change({ above, below: value }), pointer: '/below' })}
  `;
}
