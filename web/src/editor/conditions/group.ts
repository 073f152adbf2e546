import { mdiSetAll, mdiSetCenter } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { nestedSteps } from '../nest.ts';

type GroupCondition = Extract<Condition, { kind: 'and' | 'or' }>;

const group = (kind: 'and' | 'or', icon: string): ItemEditor<GroupCondition> => ({
  kind,
  label: te.conditions[kind],
  icon,
  create: () => ({ kind, conditions: [] }),
  fits: (item) => Array.isArray(item.conditions) && onlyHas(item, ['kind', 'conditions']),
  nested: ({ conditions }) => [{ part: 'conditions', at: '/conditions', items: conditions }],
  fields: (editing) => {
    const { item, change } = editing;
    return nestedSteps<GroupCondition, Condition>(editing, {
      part: 'conditions',
      at: '/conditions',
      label: te.conditions[kind],
      items: item.conditions,
      change: (conditions) => change({ ...item, conditions }),
    });
  },
});

export const orCondition = group('or', mdiSetAll);
export const andCondition = group('and', mdiSetCenter);
