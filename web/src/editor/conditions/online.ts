import { html } from 'lit';
import { mdiCellphoneLink } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';
import { deviceChoices, withPlaceholder } from '../things.ts';

type OnlineCondition = Extract<Condition, { kind: 'online' }>;

const IS = [
  { value: 'true', label: te.isAnswering },
  { value: 'false', label: te.isSilent },
];

export const onlineCondition: ItemEditor<OnlineCondition> = {
  kind: 'online',
  label: te.conditions.online,
  icon: mdiCellphoneLink,
  create: () => ({ kind: 'online', device: '', is: true }),
  fits: (item) => onlyHas(item, ['kind', 'device', 'is']),
  check: ({ device }) => ({ '/device': required(device) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    return html`<div class="fields">
      ${choiceField(editing, { name: 'device', label: te.device, value: item.device, choices: withPlaceholder(deviceChoices(home), item.device, te.chooseDevice), change: (device) => change({ ...item, device }), pointer: '/device' })}
      ${choiceField(editing, { name: 'is', label: te.does, value: String(item.is), choices: IS, change: (is) => change({ ...item, is: is === 'true' }), pointer: '/is' })}
    </div>`;
  },
};
