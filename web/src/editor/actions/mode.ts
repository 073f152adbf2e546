import { html } from 'lit';
import { mdiHomeSwitch } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, computedField } from '../fields.ts';
import { computedFits, onlyHas, required, type ItemEditor } from '../kit.ts';
import { modeChoices } from '../mode-field.ts';

type ModeAction = Extract<Action, { kind: 'mode' }>;

export const modeAction: ItemEditor<ModeAction> = {
  kind: 'mode',
  label: te.actions.mode,
  icon: mdiHomeSwitch,
  create: () => ({ kind: 'mode', mode: 'night' }),
  fits: (item) => computedFits(item.mode) && onlyHas(item, ['kind', 'mode']),
  check: ({ mode }) => ({ '/mode': required(mode) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const field = { name: 'mode', label: te.mode, pointer: '/mode' };
    const set = (mode: ModeAction['mode'] | undefined): void => change({ ...item, mode: mode ?? home.mode });
    return html`<div class="fields">
      ${computedField(editing, { ...field, value: item.mode, change: set }, (mode = '') =>
        choiceField(editing, { ...field, value: mode, choices: modeChoices(home, [mode]), change: set }),
      )}
    </div>`;
  },
};
