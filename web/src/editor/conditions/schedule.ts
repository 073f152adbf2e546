import { html } from 'lit';
import { mdiCalendarClock } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { areScalars, onlyHas, required, type ItemEditor } from '../kit.ts';
import { thingChoices, withPlaceholder } from '../things.ts';
import { specOf, valuesField } from '../value-fields.ts';

type ScheduleCondition = Extract<Condition, { kind: 'schedule' }>;

export const scheduleCondition: ItemEditor<ScheduleCondition> = {
  kind: 'schedule',
  label: te.conditions.schedule,
  icon: mdiCalendarClock,
  create: ({ schedules }) => ({
    kind: 'schedule',
    schedule: schedules[0]?.id ?? '',
    is: schedules[0]?.type === 'boolean' ? true : '',
  }),
  fits: (item) => areScalars(item.is) && onlyHas(item, ['kind', 'schedule', 'is']),
  check: ({ schedule, is }) => ({ '/schedule': required(schedule), '/is': required(is) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const choices = withPlaceholder(thingChoices(home.schedules), item.schedule, te.choose);
    return html`<div class="fields">
      ${choiceField(editing, { name: 'schedule', label: te.schedule, value: item.schedule, choices, change: (schedule) => change({ ...item, schedule }), pointer: '/schedule' })}
      ${valuesField(editing, { name: 'is', label: te.says, property: '', spec: specOf(home.schedules, item.schedule), value: item.is, change: (is) => change({ ...item, is: is ?? '' }), pointer: '/is' })}
    </div>`;
  },
};
