import { html } from 'lit';
import { mdiHeartPulse } from '@mdi/js';
import type { StartTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

export const startTrigger: ItemEditor<StartTrigger> = {
  kind: 'start',
  label: te.triggers.start,
  icon: mdiHeartPulse,
  create: () => ({ kind: 'start' }),
  fits: (item) => onlyHas(item, ['kind', 'id']),
  fields: (editing) =>
    html`<p class="soft">${te.startHint}</p>
      ${moreOptions(editing.item.id !== undefined, () => triggerIdField(editing))}`,
};
