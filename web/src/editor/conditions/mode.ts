import { html } from 'lit';
import { mdiHomeSwitch } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { t } from '../../strings/index.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { modeField } from '../mode-field.ts';

type ModeCondition = Extract<Condition, { kind: 'mode' }>;

export const modeCondition: ItemEditor<ModeCondition> = {
  kind: 'mode',
  label: t.editor.conditions.mode,
  icon: mdiHomeSwitch,
  create: ({ mode }) => ({ kind: 'mode', is: mode }),
  fits: (item) => typeof item.is === 'string' && onlyHas(item, ['kind', 'is']),
  check: () => ({}),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
      ${modeField(editing, t.editor.is, String(item.is), (is) => change({ ...item, is }), '/is')}
    </div>`;
  },
};
