import { html } from 'lit';
import { mdiHomeSwitch } from '@mdi/js';
import type { ModeTrigger } from '@lintel/model';
import { t } from '../../strings/index.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { modeField } from '../mode-field.ts';

export const modeTrigger: ItemEditor<ModeTrigger> = {
  kind: 'mode',
  label: t.editor.triggers.mode,
  icon: mdiHomeSwitch,
  create: () => ({ kind: 'mode', becomes: 'away' }),
  fits: (item) => typeof item.becomes === 'string' && onlyHas(item, ['kind', 'id', 'becomes']),
  check: () => ({}),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
      ${modeField(editing, t.editor.becomes, String(item.becomes), (becomes) => change({ ...item, becomes }), '/becomes')}
    </div>`;
  },
};
