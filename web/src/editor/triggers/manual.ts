import { html } from 'lit';
import { mdiGestureTapButton } from '@mdi/js';
import type { ManualTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

export const manualTrigger: ItemEditor<ManualTrigger> = {
  kind: 'manual',
  label: te.triggers.manual,
  icon: mdiGestureTapButton,
  create: () => ({ kind: 'manual' }),
  fits: (item) => onlyHas(item, ['kind', 'id']),
  fields: (editing) =>
    html`<p class="soft">${te.manualHint}</p>
      ${moreOptions(editing.item.id !== undefined, () => triggerIdField(editing))}`,
};
