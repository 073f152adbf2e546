import { mdiNotEqualVariant } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { blankCondition, onlyHas, type ItemEditor } from '../kit.ts';
import { nestedSteps } from '../nest.ts';

type NotCondition = Extract<Condition, { kind: 'not' }>;

export const notCondition: ItemEditor<NotCondition> = {
  kind: 'not',
  label: te.conditions.not,
  icon: mdiNotEqualVariant,
  create: () => ({ kind: 'not', condition: blankCondition }),
  fits: (item) => onlyHas(item, ['kind', 'condition']),
  nested: ({ condition }) => [{ part: 'conditions', at: '/condition', items: [condition], single: true }],
  fields: (editing) => {
    const { item, change } = editing;
    return nestedSteps<NotCondition, Condition>(editing, {
      part: 'conditions',
      at: '/condition',
      single: true,
      label: te.conditions.not,
      items: [item.condition],
      change: ([condition]) => change({ ...item, condition: condition! }),
    });
  },
};
