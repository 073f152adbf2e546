import { html } from 'lit';
import { mdiRestore } from '@mdi/js';
import type { Action, Rule } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, computedDuration } from '../fields.ts';
import { compact, computedFits, durationError, onlyHas, required, type ItemEditor } from '../kit.ts';
import { withPlaceholder } from '../things.ts';

type RestoreAction = Extract<Action, { kind: 'restore' }>;

/** What the rule remembers somewhere, however deep. */
function remembered(rule: Rule): string[] {
  const found = JSON.stringify(rule.actions).matchAll(/"kind":"save".*?"as":("(?:[^"\\]|\\.)*")/g);
  return [...new Set([...found].map(([, name]) => JSON.parse(name!) as string))];
}

export const restoreAction: ItemEditor<RestoreAction> = {
  kind: 'restore',
  label: te.actions.restore,
  icon: mdiRestore,
  create: (_home, rule) => ({ kind: 'restore', as: remembered(rule)[0] ?? '' }),
  fits: (item) => computedFits(item.transition) && onlyHas(item, ['kind', 'as', 'transition']),
  check: ({ as, transition }) => ({ '/as': required(as), '/transition': durationError(transition) }),
  fields: (editing) => {
    const { item, change, rule } = editing;
    const choices = withPlaceholder(
      remembered(rule).map((as) => ({ value: as, label: as })),
      item.as,
      te.choose,
    );
    return html`<div class="fields">
      ${choiceField(editing, { name: 'as', label: te.savedAs, value: item.as, choices, change: (as: string) => change({ ...item, as }), pointer: '/as' })}
      ${computedDuration(editing, { name: 'transition', label: te.fade, value: item.transition, change: (transition) => change(compact<RestoreAction>({ ...item, transition })), pointer: '/transition' })}
    </div>`;
  },
};
