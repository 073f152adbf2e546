import { html } from 'lit';
import { mdiHomeSwitch } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { areScalars, onlyHas, required, type ItemEditor } from '../kit.ts';
import { modesField } from '../mode-field.ts';

type ModeCondition = Extract<Condition, { kind: 'mode' }>;

export const modeCondition: ItemEditor<ModeCondition> = {
  kind: 'mode',
  label: te.conditions.mode,
  icon: mdiHomeSwitch,
  create: ({ mode }) => ({ kind: 'mode', is: mode }),
  fits: (item) => areScalars(item.is) && onlyHas(item, ['kind', 'is']),
  check: ({ is }) => ({ '/is': required(is) }),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
      ${modesField(editing, { name: 'is', label: te.is, modes: item.is, change: (is) => change({ ...item, is: is ?? '' }), pointer: '/is' })}
    </div>`;
  },
};
