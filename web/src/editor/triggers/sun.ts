import { html } from 'lit';
import { mdiWeatherSunset } from '@mdi/js';
import type { SunEvent, SunTrigger } from '@lintel/model';
import { selectField } from '../../elements/field.ts';
import { t } from '../../strings/index.ts';
import { offsetError, offsetField, sunChoices } from '../sun-fields.ts';
import { compact, errorsOf, onlyHas, type ItemEditor } from '../kit.ts';

export const sunTrigger: ItemEditor<SunTrigger> = {
  kind: 'sun',
  label: t.editor.triggers.sun,
  icon: mdiWeatherSunset,
  create: () => ({ kind: 'sun', event: 'sunset' }),
  fits: (item) => item.event !== undefined && onlyHas(item, ['kind', 'id', 'event', 'offset']),
  check: (item) => errorsOf({ '/offset': offsetError(item.offset) }),
  fields: (editing) => {
    const { item, change, id, error } = editing;
    return html`<div class="fields">
      ${selectField({
        id: id('event'),
        label: t.editor.sunEvent,
        value: item.event ?? 'sunset',
        choices: sunChoices,
        change: (event) => change({ ...item, event: event as SunEvent }),
        error: error('/event'),
      })}
      ${offsetField(editing, item.offset, (offset) => change(compact<SunTrigger>({ ...item, offset })))}
    </div>`;
  },
};
