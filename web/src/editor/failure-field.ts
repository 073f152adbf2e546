import { html, nothing, type TemplateResult } from 'lit';
import type { Action, FailurePolicy } from '@lintel/model';
import { te } from '../strings/editor.ts';
import { choiceField, wordChoices } from './fields.ts';
import type { Editing, Nested } from './kit.ts';
import { nestedSteps } from './nest.ts';

const wayOf = (policy: FailurePolicy | undefined): string =>
  policy === undefined ? 'continue' : typeof policy === 'string' ? policy : 'actions';

/** What follows where a device refuses: go on, stop, or do something else. */
export function failureField<One>(
  editing: Editing<One>,
  policy: FailurePolicy | undefined,
  change: (policy: FailurePolicy | undefined) => void,
): TemplateResult {
  const pick = (way: string): void => change(way === 'actions' ? [] : way === 'stop' ? 'stop' : undefined);
  return html`
    ${choiceField(editing, { name: 'failure', label: te.onFailure, value: wayOf(policy), choices: wordChoices(te.failures), change: pick, pointer: '/onFailure' })}
    ${
      typeof policy === 'object'
        ? nestedSteps<One, Action>(editing, {
            part: 'actions',
            at: '/onFailure',
            label: te.failures.actions,
            items: policy,
            change,
          })
        : nothing
    }
  `;
}

export const failureSteps = (policy: FailurePolicy | undefined): readonly Nested[] =>
  typeof policy === 'object' ? [{ part: 'actions', at: '/onFailure', items: policy }] : [];
