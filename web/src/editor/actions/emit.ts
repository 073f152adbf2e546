import { html } from 'lit';
import { mdiAccessPoint } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { entriesField, entriesFit } from '../entries-field.ts';
import { wordField } from '../fields.ts';
import { compact, onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';

type EmitAction = Extract<Action, { kind: 'emit' }>;

export const emitAction: ItemEditor<EmitAction> = {
  kind: 'emit',
  label: te.actions.emit,
  icon: mdiAccessPoint,
  create: () => ({ kind: 'emit', event: '' }),
  fits: (item) => onlyHas(item, ['kind', 'event', 'data']) && (item.data === undefined || entriesFit(item.data)),
  check: ({ event }) => ({ '/event': required(event) }),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
        ${wordField(editing, { name: 'event', label: te.event, value: item.event, change: (event) => change({ ...item, event }), pointer: '/event' })}
      </div>
      ${moreOptions(item.data !== undefined, () =>
        entriesField(editing, {
          name: 'data',
          label: te.arguments,
          entries: item.data ?? {},
          change: (data) => change(compact<EmitAction>({ ...item, data })),
          pointer: '/data',
        }),
      )}`;
  },
};
