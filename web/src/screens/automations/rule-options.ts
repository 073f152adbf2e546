// How a rule runs: what happens when it is triggered again, edited, or missed its time.

import { html, nothing, type TemplateResult } from 'lit';
import type { Rule } from '@lintel/model';
import { wordChoices } from '../../editor/fields.ts';
import { selectField, textField } from '../../elements/field.ts';
import { te } from '../../strings/editor.ts';

const CLOCKS = new Set(['time', 'every', 'cron', 'sun']);
const MAX_DEFAULT = 10;

interface RuleOptions {
  readonly rule: Rule;
  readonly errors: Readonly<Record<string, string>>;
  readonly edit: (part: Partial<Rule>) => void;
}

export function ruleOptions({ rule, errors, edit }: RuleOptions): TemplateResult {
  const { mode = 'single', onEdit = 'finish', missed = 'skip' } = rule;
  const many = mode === 'queued' || mode === 'parallel';
  return html`<details class="part">
    <summary>${te.more}</summary>
    <div class="fields">
      ${selectField({
        id: 'rule-mode',
        label: te.again,
        value: mode,
        choices: wordChoices(te.runModes),
        change: (value) => edit({ mode: value as NonNullable<Rule['mode']> }),
        error: errors['/mode'],
      })}
      ${
        many || rule.max !== undefined
          ? textField({
              id: 'rule-max',
              label: te.max,
              type: 'number',
              inputmode: 'numeric',
              value: String(rule.max ?? MAX_DEFAULT),
              input: (typed) => edit({ max: typed === '' ? MAX_DEFAULT : Number(typed) }),
              error: errors['/max'],
            })
          : nothing
      }
      ${selectField({
        id: 'rule-on-edit',
        label: te.onEdit,
        value: onEdit,
        choices: wordChoices(te.onEdits),
        change: (value) => edit({ onEdit: value as NonNullable<Rule['onEdit']> }),
        error: errors['/onEdit'],
      })}
      ${
        rule.missed !== undefined || rule.triggers.some(({ kind }) => CLOCKS.has(kind))
          ? selectField({
              id: 'rule-missed',
              label: te.missed,
              value: missed,
              choices: wordChoices(te.missedWays),
              change: (value) => edit({ missed: value as NonNullable<Rule['missed']> }),
              error: errors['/missed'],
            })
          : nothing
      }
    </div>
  </details>`;
}
