import { html } from 'lit';
import { mdiClockOutline } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { weekdayField } from '../fields.ts';
import { compact, onlyHas, required, type ItemEditor } from '../kit.ts';
import { timeField } from '../time-field.ts';

type TimeCondition = Extract<Condition, { kind: 'time' }>;

export const timeCondition: ItemEditor<TimeCondition> = {
  kind: 'time',
  label: te.conditions.time,
  icon: mdiClockOutline,
  create: () => ({ kind: 'time', after: '22:00', before: '06:00' }),
  fits: (item) => onlyHas(item, ['kind', 'after', 'before', 'weekdays']),
  check: ({ after, before, weekdays }) => ({
    '/after': after === undefined && before === undefined && weekdays === undefined ? required('') : null,
  }),
  fields: ({ item, change, id, error }) => {
    const set = (part: Partial<Record<'after' | 'before', string>>): void => {
      const next = { ...item, ...part };
      change(compact<TimeCondition>({ ...next, after: next.after || undefined, before: next.before || undefined }));
    };
    return html`<div class="fields">
        ${timeField({ id: id('after'), label: te.after, value: item.after ?? '', change: (after) => set({ after }), error: error('/after') })}
        ${timeField({ id: id('before'), label: te.before, value: item.before ?? '', change: (before) => set({ before }), error: error('/before') })}
      </div>
      ${weekdayField(item.weekdays, (weekdays) => change(compact<TimeCondition>({ ...item, weekdays })))}`;
  },
};
