import { html } from 'lit';
import { mdiCallSplit } from '@mdi/js';
import type { Action, Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { blankCondition, compact, onlyHas, type ItemEditor } from '../kit.ts';
import { nestedSteps } from '../nest.ts';

type IfAction = Extract<Action, { kind: 'if' }>;

export const ifAction: ItemEditor<IfAction> = {
  kind: 'if',
  label: te.actions.if,
  icon: mdiCallSplit,
  create: () => ({ kind: 'if', if: blankCondition, then: [] }),
  fits: (item) => onlyHas(item, ['kind', 'if', 'then', 'else']),
  nested: (item) => [
    { part: 'conditions', at: '/if', items: [item.if], single: true },
    { part: 'actions', at: '/then', items: item.then },
    { part: 'actions', at: '/else', items: item.else ?? [] },
  ],
  fields: (editing) => {
    const { item, change } = editing;
    return html`
      ${nestedSteps<IfAction, Condition>(editing, {
        part: 'conditions',
        at: '/if',
        single: true,
        label: te.if,
        items: [item.if],
        change: ([condition]) => change({ ...item, if: condition! }),
      })}
      ${nestedSteps<IfAction, Action>(editing, { part: 'actions', at: '/then', label: te.then, items: item.then, change: (then) => change({ ...item, then }) })}
      ${nestedSteps<IfAction, Action>(editing, {
        part: 'actions',
        at: '/else',
        label: te.else,
        items: item.else ?? [],
        change: (actions) => change(compact<IfAction>({ ...item, else: actions.length === 0 ? undefined : actions })),
      })}
    `;
  },
};
