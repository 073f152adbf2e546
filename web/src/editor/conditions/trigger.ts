import { html } from 'lit';
import { mdiAccessPoint } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { triggerText } from '../../readers/sentences.ts';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';

type TriggerCondition = Extract<Condition, { kind: 'trigger' }>;

export const triggerCondition: ItemEditor<TriggerCondition> = {
  kind: 'trigger',
  label: te.conditions.trigger,
  icon: mdiAccessPoint,
  create: (_home, { triggers }) => ({ kind: 'trigger', is: triggers[0]?.id ?? '0' }),
  fits: (item) => typeof item.is === 'string' && onlyHas(item, ['kind', 'is']),
  check: ({ is }) => ({ '/is': required(is) }),
  fields: (editing) => {
    const { item, change, rule, names } = editing;
    const choices = rule.triggers.map((each, at) => ({
      value: each.id ?? String(at),
      label: `${te.triggerNumber(at + 1)}: ${triggerText(each, names)}`,
    }));
    return html`<div class="fields">
      ${choiceField(editing, { name: 'is', label: te.startedBy, value: item.is, choices, change: (is) => change({ ...item, is }), pointer: '/is' })}
    </div>`;
  },
};
