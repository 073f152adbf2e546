import { html } from 'lit';
import { mdiTimerOutline } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { computedDuration } from '../fields.ts';
import { computedFits, durationError, onlyHas, required, type ItemEditor } from '../kit.ts';

type DelayAction = Extract<Action, { kind: 'delay' }>;

export const delayAction: ItemEditor<DelayAction> = {
  kind: 'delay',
  label: te.actions.delay,
  icon: mdiTimerOutline,
  create: () => ({ kind: 'delay', for: '1m' }),
  fits: (item) => computedFits(item.for) && onlyHas(item, ['kind', 'for']),
  check: (item) => ({ '/for': required(item.for) ?? durationError(item.for) }),
  fields: (editing) =>
    html`<div class="fields">
      ${computedDuration(editing, { name: 'for', label: te.for, value: editing.item.for, hint: te.durationNeeded, change: (value) => editing.change({ kind: 'delay', for: value ?? '' }), pointer: '/for' })}
    </div>`,
};
