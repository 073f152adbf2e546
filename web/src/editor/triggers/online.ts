import { html } from 'lit';
import { mdiCellphoneLink } from '@mdi/js';
import type { OnlineTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, durationField } from '../fields.ts';
import { compact, durationError, onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { deviceChoices, withPlaceholder } from '../things.ts';
import { triggerIdField } from '../trigger-id.ts';

const BECOMES = [
  { value: 'false', label: te.silent },
  { value: 'true', label: te.answers },
];

export const onlineTrigger: ItemEditor<OnlineTrigger> = {
  kind: 'online',
  label: te.triggers.online,
  icon: mdiCellphoneLink,
  create: () => ({ kind: 'online', device: '', becomes: false }),
  fits: (item) => onlyHas(item, ['kind', 'id', 'device', 'becomes', 'for']),
  check: (item) => ({ '/device': required(item.device), '/for': durationError(item.for) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    return html`<div class="fields">
        ${choiceField(editing, { name: 'device', label: te.device, value: item.device, choices: withPlaceholder(deviceChoices(home), item.device, te.chooseDevice), change: (device) => change({ ...item, device }), pointer: '/device' })}
        ${choiceField(editing, { name: 'becomes', label: te.does, value: String(item.becomes), choices: BECOMES, change: (becomes) => change({ ...item, becomes: becomes === 'true' }), pointer: '/becomes' })}
        ${durationField(editing, { name: 'for', label: te.for, value: item.for, change: (value) => change(compact<OnlineTrigger>({ ...item, for: value })), pointer: '/for' })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
