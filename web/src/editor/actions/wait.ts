import { html } from 'lit';
import { mdiTimerSandEmpty } from '@mdi/js';
import type { Action, Condition, PropertyTrigger, Rule, Trigger } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, computedDuration, wordChoices } from '../fields.ts';
import { compact, computedFits, durationError, onlyHas, type Editing, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { nestedSteps } from '../nest.ts';

type WaitAction = Extract<Action, { kind: 'wait' }>;
type PropertyCondition = Extract<Condition, { kind: 'property' }>;

const QUIET: PropertyCondition = { kind: 'property', device: '', property: '', is: false, for: '5m' };
const PRESS: Trigger = { kind: 'event', event: 'button.pressed', device: '' };

/** What started the rule, the other way round: after "motion" one mostly waits for "no motion". */
function opposite(rule: Rule): PropertyCondition {
  const trigger = rule.triggers.find(
    (each): each is PropertyTrigger => each.kind === 'property' && typeof each.becomes === 'boolean',
  );
  if (trigger === undefined || typeof trigger.device !== 'string' || trigger.device === '') return QUIET;
  return { ...QUIET, device: trigger.device, property: trigger.property, is: trigger.becomes !== true };
}

/** What ends the wait: a condition or an event, shown as steps of their own. */
function ending(editing: Editing<WaitAction>): unknown {
  const { item, change } = editing;
  const { until: _until, event: _event, ...rest } = item;
  if (item.event !== undefined) {
    return nestedSteps<WaitAction, Trigger>(editing, {
      part: 'triggers',
      at: '/event',
      single: true,
      items: [item.event],
      change: ([event]) => change({ ...rest, event: event! }),
    });
  }
  return nestedSteps<WaitAction, Condition>(editing, {
    part: 'conditions',
    at: '/until',
    single: true,
    items: item.until === undefined ? [] : [item.until],
    change: ([until]) => change({ ...rest, until: until! }),
  });
}

export const waitAction: ItemEditor<WaitAction> = {
  kind: 'wait',
  label: te.actions.wait,
  icon: mdiTimerSandEmpty,
  create: (_home, rule) => ({ kind: 'wait', until: opposite(rule) }),
  fits: (item) =>
    onlyHas(item, ['kind', 'until', 'event', 'timeout', 'onTimeout']) &&
    (item.until === undefined) !== (item.event === undefined) &&
    computedFits(item.timeout),
  check: ({ timeout }) => ({ '/timeout': durationError(timeout) }),
  nested: ({ until, event }) => [
    ...(until === undefined ? [] : [{ part: 'conditions', at: '/until', items: [until], single: true } as const]),
    ...(event === undefined ? [] : [{ part: 'triggers', at: '/event', items: [event], single: true } as const]),
  ],
  fields: (editing) => {
    const { item, change, rule } = editing;
    const { until: _until, event: _event, ...rest } = item;
    const way = item.event === undefined ? 'until' : 'event';
    const pick = (chosen: string): void =>
      change(chosen === 'event' ? { ...rest, event: PRESS } : { ...rest, until: opposite(rule) });
    return html`${ending(editing)}
      <div class="fields">
        ${computedDuration(editing, { name: 'timeout', label: te.atMost, value: item.timeout, change: (timeout) => change(compact<WaitAction>({ ...item, timeout })), pointer: '/timeout' })}
      </div>
      ${moreOptions(
        item.onTimeout !== undefined,
        () => html`
          ${choiceField(editing, { name: 'way', label: te.waitEnds, value: way, choices: wordChoices(te.waitWays), change: pick, pointer: '' })}
          ${choiceField(editing, {
            name: 'on-timeout',
            label: te.onTimeout,
            value: item.onTimeout ?? 'continue',
            choices: wordChoices(te.onTimeouts),
            change: (chosen: string) =>
              change(compact<WaitAction>({ ...item, onTimeout: chosen === 'stop' ? 'stop' : undefined })),
            pointer: '/onTimeout',
          })}
        `,
      )}`;
  },
};
