import { html, nothing } from 'lit';
import { mdiWeatherSunset } from '@mdi/js';
import type { SunEvent, SunTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, numberField, wordChoices } from '../fields.ts';
import { compact, onlyHas, required, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { offsetError, offsetField, sunChoices } from '../sun-fields.ts';
import { triggerIdField } from '../trigger-id.ts';

const HEIGHT = '*';

export const sunTrigger: ItemEditor<SunTrigger> = {
  kind: 'sun',
  label: te.triggers.sun,
  icon: mdiWeatherSunset,
  create: () => ({ kind: 'sun', event: 'sunset' }),
  fits: (item) =>
    onlyHas(item, ['kind', 'id', 'offset', ...(item.event === undefined ? ['elevation', 'direction'] : ['event'])]),
  check: (item) => ({
    '/offset': offsetError(item.offset),
    '/elevation': item.event === undefined ? required(item.elevation) : null,
  }),
  fields: (editing) => {
    const { item, change } = editing;
    const named = item.id === undefined ? {} : { id: item.id };
    const pick = (chosen: string): void =>
      change(
        chosen === HEIGHT
          ? { kind: 'sun', ...named, elevation: 6 }
          : compact<SunTrigger>({ kind: 'sun', ...named, event: chosen as SunEvent, offset: item.offset }),
      );
    return html`<div class="fields">
        ${choiceField(editing, { name: 'event', label: te.sunEvent, value: item.event ?? HEIGHT, choices: [...sunChoices, { value: HEIGHT, label: te.sunAtHeight }], change: pick, pointer: '/event' })}
        ${item.event === undefined && item.offset === undefined ? nothing : offsetField(editing, item.offset, (offset) => change(compact<SunTrigger>({ ...item, offset })))}
        ${
          item.event === undefined
            ? html`${numberField(editing, { name: 'elevation', label: te.elevation, value: item.elevation, change: (elevation) => change(compact<SunTrigger>({ ...item, elevation })), pointer: '/elevation' })}
              ${choiceField(editing, {
                name: 'direction',
                label: te.direction,
                value: item.direction ?? 'any',
                choices: wordChoices(te.directions),
                change: (chosen: string) =>
                  change(
                    compact<SunTrigger>({ ...item, direction: chosen === 'any' ? undefined : (chosen as 'rising') }),
                  ),
                pointer: '/direction',
              })}`
            : nothing
        }
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
