import { html } from 'lit';
import { mdiContentSaveOutline } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { wordField } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { hasOptions, isNoTarget, targetField, targetFits, targetOptions } from '../target-field.ts';

type SaveAction = Extract<Action, { kind: 'save' }>;

export const saveAction: ItemEditor<SaveAction> = {
  kind: 'save',
  label: te.actions.save,
  icon: mdiContentSaveOutline,
  create: () => ({ kind: 'save', target: { device: '' }, as: 'before' }),
  fits: (item) => targetFits(item.target) && onlyHas(item, ['kind', 'target', 'as']),
  check: ({ target, as }) => ({ '/target/device': isNoTarget(target) ? required('') : null, '/as': required(as) }),
  fields: (editing) => {
    const { item, change } = editing;
    const retarget = (target: SaveAction['target']): void => change({ ...item, target });
    const single = 'device' in item.target || 'trigger' in item.target;
    return html`<div class="fields">
        ${targetField(editing, { target: item.target, change: retarget })}
        ${wordField(editing, { name: 'as', label: te.savedAs, value: item.as, change: (as) => change({ ...item, as }), pointer: '/as' })}
      </div>
      ${single && !hasOptions(item.target) ? '' : moreOptions(hasOptions(item.target), () => targetOptions(editing, item.target, retarget))}`;
  },
};
