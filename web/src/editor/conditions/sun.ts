import { html, nothing } from 'lit';
import { mdiWeatherNight } from '@mdi/js';
import type { Condition, SunEvent } from '@lintel/model';
import { selectField } from '../../elements/field.ts';
import { te } from '../../strings/editor.ts';
import { compact, onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { offsetError, offsetField, sunChoices } from '../sun-fields.ts';

type SunCondition = Extract<Condition, { kind: 'sun' }>;

const NONE = { value: '', label: te.noLimit };
const EVENING: readonly (SunEvent | undefined)[] = ['sunset', 'dusk'];

/** "After sunset" means the night for people; after anything else it lasts until midnight unless they say otherwise. */
function withAfter(item: SunCondition, chosen: string): SunCondition {
  const after = chosen === '' ? undefined : (chosen as SunEvent);
  const before =
    EVENING.includes(item.after) && item.before === 'sunrise' && !EVENING.includes(after) ? undefined : item.before;
  const offset = after === undefined ? undefined : item.offset;
  const end = before === after ? undefined : before;
  const beforeOffset = end === undefined ? undefined : item.beforeOffset;
  return compact<SunCondition>({ ...item, after, before: end, offset, beforeOffset });
}

export const sunCondition: ItemEditor<SunCondition> = {
  kind: 'sun',
  label: te.conditions.sun,
  icon: mdiWeatherNight,
  create: () => ({ kind: 'sun', after: 'sunset', before: 'sunrise' }),
  fits: (item) => onlyHas(item, ['kind', 'after', 'before', 'offset', 'beforeOffset']),
  check: (item) => ({
    '/after': item.after === undefined && item.before === undefined ? required('') : null,
    '/offset': offsetError(item.offset),
    '/beforeOffset': offsetError(item.beforeOffset),
  }),
  fields: (editing) => {
    const { item, change, id, error } = editing;
    const before = (chosen: string): void =>
      change(
        compact<SunCondition>({
          ...item,
          before: chosen === '' ? undefined : (chosen as SunEvent),
          beforeOffset: chosen === '' ? undefined : item.beforeOffset,
        }),
      );
    return html`<div class="fields">
        ${selectField({
          id: id('after'),
          label: te.after,
          value: item.after ?? '',
          choices: [...sunChoices, NONE],
          change: (chosen) => change(withAfter(item, chosen)),
          error: error('/after'),
        })}
        ${selectField({
          id: id('before'),
          label: te.before,
          value: item.before ?? '',
          choices: [...sunChoices, NONE],
          change: before,
          error: error('/before'),
        })}
        ${item.after === undefined && item.offset === undefined ? nothing : offsetField(editing, item.offset, (offset) => change(compact<SunCondition>({ ...item, offset })))}
      </div>
      ${
        item.before === undefined
          ? nothing
          : moreOptions(item.beforeOffset !== undefined, () =>
              offsetField(
                editing,
                item.beforeOffset,
                (beforeOffset) => change(compact<SunCondition>({ ...item, beforeOffset })),
                'beforeOffset',
              ),
            )
      }`;
  },
};
