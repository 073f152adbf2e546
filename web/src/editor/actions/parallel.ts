import { html } from 'lit';
import { mdiCallSplit } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';
import { nestedSteps } from '../nest.ts';

type ParallelAction = Extract<Action, { kind: 'parallel' }>;

export const parallelAction: ItemEditor<ParallelAction> = {
  kind: 'parallel',
  label: te.actions.parallel,
  icon: mdiCallSplit,
  create: () => ({ kind: 'parallel', branches: [[], []] }),
  fits: (item) => onlyHas(item, ['kind', 'branches']),
  nested: ({ branches }) => branches.map((items, at) => ({ part: 'actions', at: `/branches/${at}`, items }) as const),
  fields: (editing) => {
    const { item, change } = editing;
    const set = (branches: ParallelAction['branches']): void => change({ ...item, branches });
    return html`
      ${item.branches.map(
        (items, at) => html`
          ${nestedSteps<ParallelAction, Action>(editing, { part: 'actions', at: `/branches/${at}`, label: te.branch(at + 1), items, change: (next) => set(item.branches.with(at, next)) })}
          ${
            item.branches.length > 1
              ? html`<div>
                  <button type="button" class="quiet danger" @click=${() => set(item.branches.toSpliced(at, 1))}>
                    ${te.removeBranch(at + 1)}
                  </button>
                </div>`
              : ''
          }
        `,
      )}
      <div>
        <button type="button" class="quiet" @click=${() => set([...item.branches, []])}>${te.addBranch}</button>
      </div>
    `;
  },
};
