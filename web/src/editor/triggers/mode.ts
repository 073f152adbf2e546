import { html } from 'lit';
import { mdiHomeSwitch } from '@mdi/js';
import type { ModeTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { areScalars, compact, onlyHas, type ItemEditor } from '../kit.ts';
import { modesField } from '../mode-field.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

export const modeTrigger: ItemEditor<ModeTrigger> = {
  kind: 'mode',
  label: te.triggers.mode,
  icon: mdiHomeSwitch,
  create: () => ({ kind: 'mode', becomes: 'away' }),
  fits: (item) => areScalars(item.becomes) && areScalars(item.from) && onlyHas(item, ['kind', 'id', 'becomes', 'from']),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
        ${modesField(editing, { name: 'becomes', label: te.becomes, modes: item.becomes, change: (becomes) => change(compact<ModeTrigger>({ ...item, becomes })), pointer: '/becomes', anything: true })}
      </div>
      ${moreOptions(
        item.from !== undefined || item.id !== undefined,
        () => html`
          ${modesField(editing, { name: 'from', label: te.was, modes: item.from, change: (from) => change(compact<ModeTrigger>({ ...item, from })), pointer: '/from', anything: true })}
          ${triggerIdField(editing)}
        `,
      )}`;
  },
};
