import { html } from 'lit';
import { mdiTimerOutline } from '@mdi/js';
import type { Action } from '@lintel/model';
import { t } from '../../strings/index.ts';
import { durationField } from '../fields.ts';
import { durationError, errorsOf, onlyHas, required, type ItemEditor } from '../kit.ts';

type DelayAction = Extract<Action, { kind: 'delay' }>;

const text = (item: DelayAction): string => (typeof item.for === 'string' ? item.for : '');

export const delayAction: ItemEditor<DelayAction> = {
  kind: 'delay',
  label: t.editor.actions.delay,
  icon: mdiTimerOutline,
  create: () => ({ kind: 'delay', for: '1m' }),
  fits: (item) => typeof item.for === 'string' && onlyHas(item, ['kind', 'for']),
  check: (item) => errorsOf({ '/for': required(text(item)) ?? durationError(text(item)) }),
  fields: (editing) =>
    html`<div class="fields">
      ${durationField(editing, {
        name: 'for',
        label: t.editor.for,
        value: text(editing.item),
        change: (value) => editing.change({ kind: 'delay', for: value ?? '' }),
        pointer: '/for',
      })}
    </div>`,
};
