import { mdiFunctionVariant } from '@mdi/js';
import type { Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { formulaField } from '../fields.ts';
import { formulaError, onlyHas, type ItemEditor } from '../kit.ts';

type ExpressionCondition = Extract<Condition, { kind: 'expression' }>;

export const expressionCondition: ItemEditor<ExpressionCondition> = {
  kind: 'expression',
  label: te.conditions.expression,
  icon: mdiFunctionVariant,
  create: () => ({ kind: 'expression', expression: '' }),
  fits: (item) => onlyHas(item, ['kind', 'expression']),
  check: ({ expression }) => ({ '/expression': formulaError(expression) }),
  fields: (editing) =>
    formulaField(editing, {
      name: 'expression',
      label: te.expression,
      value: editing.item.expression,
      hint: te.expressionHint,
      change: (expression) => editing.change({ ...editing.item, expression }),
      pointer: '/expression',
    }),
};
