import { html } from 'lit';
import { mdiRepeat } from '@mdi/js';
import { readDuration, type EveryTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { durationField } from '../fields.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

const LEAST_MS = 1_000;
const MOST_MS = 86_400_000;

export const everyTrigger: ItemEditor<EveryTrigger> = {
  kind: 'every',
  label: te.triggers.every,
  icon: mdiRepeat,
  create: () => ({ kind: 'every', every: '15m' }),
  fits: (item) => onlyHas(item, ['kind', 'id', 'every']),
  check: ({ every }) => {
    const ms = readDuration(every) ?? 0;
    return { '/every': ms >= LEAST_MS && ms <= MOST_MS ? null : te.everyError };
  },
  fields: (editing) => {
    const { item, change } = editing;
    return html`<div class="fields">
        ${durationField(editing, { name: 'every', label: te.every, value: item.every, hint: te.everyHint, change: (every) => change({ ...item, every: every ?? '' }), pointer: '/every' })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
