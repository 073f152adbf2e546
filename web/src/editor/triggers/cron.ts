import { html } from 'lit';
import { mdiCalendarClock } from '@mdi/js';
import type { CronTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { wordField } from '../fields.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

const FIELDS = 5;

export const cronTrigger: ItemEditor<CronTrigger> = {
  kind: 'cron',
  label: te.triggers.cron,
  icon: mdiCalendarClock,
  create: () => ({ kind: 'cron', cron: '0 7 * * mon-fri' }),
  fits: (item) => onlyHas(item, ['kind', 'id', 'cron']),
  check: ({ cron }) => ({ '/cron': cron.trim().split(/\s+/).length === FIELDS ? null : te.cronError }),
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
        ${wordField(editing, { name: 'cron', label: te.cron, value: item.cron, hint: te.cronHint, change: (cron) => change({ ...item, cron }), pointer: '/cron' })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
