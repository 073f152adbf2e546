import { html } from 'lit';
import { mdiCalendarClock } from '@mdi/js';
import type { ScheduleTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { areScalars, compact, onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { thingChoices, withPlaceholder } from '../things.ts';
import { triggerIdField } from '../trigger-id.ts';
import { specOf, valuesField } from '../value-fields.ts';

export const scheduleTrigger: ItemEditor<ScheduleTrigger> = {
  kind: 'schedule',
  label: te.triggers.schedule,
  icon: mdiCalendarClock,
  create: ({ schedules }) => ({ kind: 'schedule', schedule: schedules[0]?.id ?? '' }),
  fits: (item) => areScalars(item.becomes) && onlyHas(item, ['kind', 'id', 'schedule', 'becomes']),
  check: ({ schedule }) => ({ '/schedule': required(schedule) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const choices = withPlaceholder(thingChoices(home.schedules), item.schedule, te.choose);
    return html`<div class="fields">
        ${choiceField(editing, { name: 'schedule', label: te.schedule, value: item.schedule, choices, change: (schedule) => change({ ...item, schedule }), pointer: '/schedule' })}
        ${valuesField(editing, { name: 'becomes', label: te.becomes, property: '', spec: specOf(home.schedules, item.schedule), value: item.becomes, change: (becomes) => change(compact<ScheduleTrigger>({ ...item, becomes })), pointer: '/becomes', anything: true })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
