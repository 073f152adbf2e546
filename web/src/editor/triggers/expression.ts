import { html } from 'lit';
import { mdiFunctionVariant } from '@mdi/js';
import type { ExpressionTrigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { durationField, formulaField } from '../fields.ts';
import { compact, durationError, formulaError, onlyHas, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { triggerIdField } from '../trigger-id.ts';

export const expressionTrigger: ItemEditor<ExpressionTrigger> = {
  kind: 'expression',
  label: te.triggers.expression,
  icon: mdiFunctionVariant,
  create: () => ({ kind: 'expression', expression: '' }),
  fits: (item) => onlyHas(item, ['kind', 'id', 'expression', 'for']),
  check: (item) => ({ '/expression': formulaError(item.expression), '/for': durationError(item.for) }),
  fields: (editing) => {
    const { item, change } = editing;
    return html`${formulaField(editing, { name: 'expression', label: te.expression, value: item.expression, hint: te.expressionHint, change: (expression) => change({ ...item, expression }), pointer: '/expression' })}
      <div class="fields">
        ${durationField(editing, { name: 'for', label: te.for, value: item.for, change: (value) => change(compact<ExpressionTrigger>({ ...item, for: value })), pointer: '/for' })}
      </div>
      ${moreOptions(item.id !== undefined, () => triggerIdField(editing))}`;
  },
};
