import { html } from 'lit';
import { mdiTimerSandEmpty } from '@mdi/js';
import type { Action, PropertyTrigger, Rule } from '@lintel/model';
import { t } from '../../strings/index.ts';
import { checkCondition, conditionFields, conditionFits, type PropertyCondition } from '../conditions/property.ts';
import { durationField } from '../fields.ts';
import { compact, durationError, errorsOf, onlyHas, type ItemEditor } from '../kit.ts';

type WaitAction = Extract<Action, { kind: 'wait' }>;

const NOTHING_YET: PropertyCondition = { kind: 'property', device: '', property: '', is: false, for: '5m' };

/** What started the rule, the other way round: after "motion" one mostly waits for "no motion". */
function opposite(rule: Rule): PropertyCondition {
  const trigger = rule.triggers.find(
    (each): each is PropertyTrigger => each.kind === 'property' && typeof each.becomes === 'boolean',
  );
  if (trigger === undefined || typeof trigger.device !== 'string' || trigger.device === '') return NOTHING_YET;
  return { ...NOTHING_YET, device: trigger.device, property: trigger.property, is: trigger.becomes !== true };
}

export const waitAction: ItemEditor<WaitAction> = {
  kind: 'wait',
  label: t.editor.actions.wait,
  icon: mdiTimerSandEmpty,
  create: (_home, rule) => ({ kind: 'wait', until: opposite(rule) }),
  fits: (item) =>
    onlyHas(item, ['kind', 'until', 'timeout']) &&
    item.until?.kind === 'property' &&
    conditionFits(item.until) &&
    (item.timeout === undefined || typeof item.timeout === 'string'),
  check: ({ until, timeout }) => ({
    ...(until?.kind === 'property' ? checkCondition(until, '/until') : {}),
    ...errorsOf({ '/timeout': typeof timeout === 'string' ? durationError(timeout) : null }),
  }),
  fields: (editing) => {
    const { item, change } = editing;
    const until = item.until?.kind === 'property' ? item.until : NOTHING_YET;
    return html`<div class="fields">
      ${conditionFields(editing, until, (next) => change({ ...item, until: next }), '/until')}
      ${durationField(editing, {
        name: 'timeout',
        label: t.editor.atMost,
        value: item.timeout as string | undefined,
        change: (timeout) => change(compact<WaitAction>({ ...item, timeout })),
        pointer: '/timeout',
      })}
    </div>`;
  },
};
