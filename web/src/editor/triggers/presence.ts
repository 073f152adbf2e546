import { html } from 'lit';
import { mdiAccountMultiple } from '@mdi/js';
import type { PresenceTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { personChoices } from '../person-choices.ts';
import { triggerIdField } from '../trigger-id.ts';

const BECOMES = [
  { value: 'home', label: te.arrives },
  { value: 'away', label: te.leaves },
];

export const presenceTrigger: ItemEditor<PresenceTrigger> = {
  kind: 'presence',
  label: te.triggers.presence,
  icon: mdiAccountMultiple,
  create: () => ({ kind: 'presence', person: 'anyone', becomes: 'home' }),
  fits: (item) => onlyHas(item, ['kind', 'id', 'person', 'becomes']),
  check: ({ person }) => ({ '/person': required(person) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    return html`<div class="fields">
        ${choiceField(editing, { name: 'person', label: te.who, value: item.person, choices: personChoices(home), change: (person) => change({ ...item, person }), pointer: '/person' })}
        ${choiceField(editing, { name: 'becomes', label: te.does, value: item.becomes, choices: BECOMES, change: (becomes) => change({ ...item, becomes }), pointer: '/becomes' })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
