import { html } from 'lit';
import { mdiHomeAutomation } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, wordChoices } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';
import { thingChoices, withPlaceholder } from '../things.ts';

type AutomationAction = Extract<Action, { kind: 'automation' }>;

export const automationAction: ItemEditor<AutomationAction> = {
  kind: 'automation',
  label: te.actions.automation,
  icon: mdiHomeAutomation,
  create: () => ({ kind: 'automation', automation: '', do: 'run' }),
  fits: (item) => onlyHas(item, ['kind', 'automation', 'do']),
  check: ({ automation }) => ({ '/automation': required(automation) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const rules = home.rules.map(({ id, name }) => ({ id, name: name ?? id }));
    return html`<div class="fields">
      ${choiceField(editing, { name: 'automation', label: te.automation, value: item.automation, choices: withPlaceholder(thingChoices(rules), item.automation, te.choose), change: (automation: string) => change({ ...item, automation }), pointer: '/automation' })}
      ${choiceField(editing, { name: 'do', label: te.what, value: item.do, choices: wordChoices(te.automationWays), change: (what: AutomationAction['do']) => change({ ...item, do: what }), pointer: '/do' })}
    </div>`;
  },
};
