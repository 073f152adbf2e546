import { html } from 'lit';
import { mdiClockOutline } from '@mdi/js';
import type { TimeTrigger } from '@lintel/model';
import { t } from '../../strings/index.ts';
import { weekdayField } from '../fields.ts';
import { compact, errorsOf, onlyHas, required, type ItemEditor } from '../kit.ts';
import { timeField } from '../time-field.ts';

export const timeTrigger: ItemEditor<TimeTrigger> = {
  kind: 'time',
  label: t.editor.triggers.time,
  icon: mdiClockOutline,
  create: () => ({ kind: 'time', at: '07:00' }),
  fits: (item) =>
    typeof item.at === 'string' &&
    onlyHas(item, ['kind', 'id', 'at', 'weekdays']) &&
    !(item.weekdays ?? []).some((each) => each === 'workday' || each === 'holiday'),
  check: (item) => errorsOf({ '/at': required(typeof item.at === 'string' ? item.at : 'set') }),
  fields: ({ item, change, id, error }) =>
    html`<div class="fields">
        ${timeField({ id: id('at'), label: t.editor.at, value: String(item.at), change: (at) => change({ ...item, at }), error: error('/at') })}
      </div>
      ${weekdayField(item.weekdays, (weekdays) => change(compact<TimeTrigger>({ ...item, weekdays })))}`,
};
