import { html } from 'lit';
import { mdiWeatherNight } from '@mdi/js';
import type { Condition, SunEvent } from '@lintel/model';
import { selectField } from '../../elements/field.ts';
import { t } from '../../strings/index.ts';
import { compact, errorsOf, onlyHas, type ItemEditor } from '../kit.ts';
import { offsetError, offsetField, sunChoices } from '../sun-fields.ts';

type SunCondition = Extract<Condition, { kind: 'sun' }>;

const NONE = { value: '', label: t.editor.noLimit };
const EVENING: readonly (SunEvent | undefined)[] = ['sunset', 'dusk'];

/** "After sunset" means the night for people; after anything else it lasts until midnight unless they say otherwise. */
function withAfter(item: SunCondition, chosen: string): SunCondition {
  const after = chosen === '' ? undefined : (chosen as SunEvent);
  const before =
    EVENING.includes(item.after) && item.before === 'sunrise' && !EVENING.includes(after) ? undefined : item.before;
  const offset = after === undefined ? undefined : item.offset;
  return compact<SunCondition>({ ...item, after, before: before === after ? undefined : before, offset });
}

export const sunCondition: ItemEditor<SunCondition> = {
  kind: 'sun',
  label: t.editor.conditions.sun,
  icon: mdiWeatherNight,
  create: () => ({ kind: 'sun', after: 'sunset', before: 'sunrise' }),
  fits: (item) => onlyHas(item, ['kind', 'after', 'before', 'offset']),
  check: (item) =>
    errorsOf({
      '/after': item.after === undefined && item.before === undefined ? t.errors.required : null,
      '/offset': offsetError(item.offset),
    }),
  fields: (editing) => {
    const { item, change, id, error } = editing;
    const before = (chosen: string): void =>
      change(compact<SunCondition>({ ...item, before: chosen === '' ? undefined : (chosen as SunEvent) }));
    return html`<div class="fields">
      ${selectField({
        id: id('after'),
        label: t.editor.after,
        value: item.after ?? '',
        choices: [...sunChoices, NONE],
        change: (chosen) => change(withAfter(item, chosen)),
        error: error('/after'),
      })}
      ${selectField({
        id: id('before'),
        label: t.editor.before,
        value: item.before ?? '',
        choices: [...sunChoices, NONE],
        change: before,
        error: error('/before'),
      })}
      ${item.after === undefined ? '' : offsetField(editing, item.offset, (offset) => change(compact<SunCondition>({ ...item, offset })))}
    </div>`;
  },
};
