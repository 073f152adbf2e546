import { html, type TemplateResult } from 'lit';
import { mdiCallSplit } from '@mdi/js';
import type { Action, Condition } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { blankCondition, compact, onlyHas, type Editing, type ItemEditor } from '../kit.ts';
import { nestedSteps } from '../nest.ts';

type ChooseAction = Extract<Action, { kind: 'choose' }>;
type Choice = ChooseAction['choices'][number];

function way(editing: Editing<ChooseAction>, choice: Choice, at: number): TemplateResult {
  const { item, change } = editing;
  const set = (next: Choice): void => change({ ...item, choices: item.choices.with(at, next) });
  const pointer = `/choices/${at}`;
  return html`<div class="nest" role="group" aria-label=${te.way(at + 1)}>
    <p class="nest-label" aria-hidden="true">${te.way(at + 1)}</p>
    ${nestedSteps<ChooseAction, Condition>(editing, {
      part: 'conditions',
      at: `${pointer}/if`,
      single: true,
      label: te.if,
      items: [choice.if],
      change: ([condition]) => set({ ...choice, if: condition! }),
    })}
    ${nestedSteps<ChooseAction, Action>(editing, { part: 'actions', at: `${pointer}/then`, label: te.then, items: choice.then, change: (then) => set({ ...choice, then }) })}
    <div>
      <button
        type="button"
        class="quiet danger"
        @click=${() => change({ ...item, choices: item.choices.toSpliced(at, 1) })}
      >
        ${te.removeWay(at + 1)}
      </button>
    </div>
  </div>`;
}

export const chooseAction: ItemEditor<ChooseAction> = {
  kind: 'choose',
  label: te.actions.choose,
  icon: mdiCallSplit,
  create: () => ({ kind: 'choose', choices: [{ if: blankCondition, then: [] }] }),
  fits: (item) =>
    onlyHas(item, ['kind', 'choices', 'else']) && item.choices.every((each) => onlyHas(each, ['if', 'then'])),
  nested: (item) => [
    ...item.choices.flatMap((each, at) => [
      { part: 'conditions', at: `/choices/${at}/if`, items: [each.if], single: true } as const,
      { part: 'actions', at: `/choices/${at}/then`, items: each.then } as const,
    ]),
    { part: 'actions', at: '/else', items: item.else ?? [] },
  ],
  fields: (editing) => {
    const { item, change } = editing;
    const add = (): void => change({ ...item, choices: [...item.choices, { if: blankCondition, then: [] }] });
    return html`
      ${item.choices.map((each, at) => way(editing, each, at))}
      <div><button type="button" class="quiet" @click=${add}>${te.addWay}</button></div>
      ${nestedSteps<ChooseAction, Action>(editing, {
        part: 'actions',
        at: '/else',
        label: te.else,
        items: item.else ?? [],
        change: (actions) =>
          change(compact<ChooseAction>({ ...item, else: actions.length === 0 ? undefined : actions })),
      })}
    `;
  },
};
