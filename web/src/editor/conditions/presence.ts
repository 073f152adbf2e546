import { html } from 'lit';
import { mdiAccountMultiple } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';
import { personChoices } from '../person-choices.ts';

type PresenceCondition = Extract<Condition, { kind: 'presence' }>;

const IS = [
  { value: 'home', label: te.isHome },
  { value: 'away', label: te.isAway },
];

export const presenceCondition: ItemEditor<PresenceCondition> = {
  kind: 'presence',
  label: te.conditions.presence,
  icon: mdiAccountMultiple,
  create: () => ({ kind: 'presence', person: 'anyone', is: 'home' }),
  fits: (item) => onlyHas(item, ['kind', 'person', 'is']),
  check: ({ person }) => ({ '/person': required(person) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    return html`<div class="fields">
      ${choiceField(editing, { name: 'person', label: te.who, value: item.person, choices: personChoices(home), change: (person) => change({ ...item, person }), pointer: '/person' })}
      ${choiceField(editing, { name: 'is', label: te.is, value: item.is, choices: IS, change: (is) => change({ ...item, is }), pointer: '/is' })}
    </div>`;
  },
};
