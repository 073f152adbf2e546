import { html } from 'lit';
import { mdiAccessPoint } from '@mdi/js';
import type { WebhookTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { wordField } from '../fields.ts';
import { onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

export const webhookTrigger: ItemEditor<WebhookTrigger> = {
  kind: 'webhook',
  label: te.triggers.webhook,
  icon: mdiAccessPoint,
  create: () => ({ kind: 'webhook', webhook: '' }),
  fits: (item) => onlyHas(item, ['kind', 'id', 'webhook']),
  check: ({ webhook }) => ({ '/webhook': required(webhook) }),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
        ${wordField(editing, { name: 'webhook', label: te.webhook, value: item.webhook, hint: te.webhookHint, change: (webhook) => change({ ...item, webhook }), pointer: '/webhook' })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
