import { html } from 'lit';
import { mdiHomeSwitch } from '@mdi/js';
import type { Action } from '@lintel/model';
import { t } from '../../strings/index.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { modeField } from '../mode-field.ts';

type ModeAction = Extract<Action, { kind: 'mode' }>;

export const modeAction: ItemEditor<ModeAction> = {
  kind: 'mode',
  label: t.editor.actions.mode,
  icon: mdiHomeSwitch,
  create: () => ({ kind: 'mode', mode: 'night' }),
  fits: (item) => typeof item.mode === 'string' && onlyHas(item, ['kind', 'mode']),
  check: () => ({}),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
      ${modeField(editing, t.editor.mode, String(item.mode), (mode) => change({ ...item, mode }), '/mode')}
    </div>`;
  },
};
