// Which editors there are. Whatever has none is shown in words and kept as it is.

import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { delayAction } from './actions/delay.ts';
import { modeAction } from './actions/mode.ts';
import { setAction } from './actions/set.ts';
import { waitAction } from './actions/wait.ts';
import { modeCondition } from './conditions/mode.ts';
import { propertyCondition } from './conditions/property.ts';
import { sunCondition } from './conditions/sun.ts';
import { timeCondition } from './conditions/time.ts';
import type { ItemEditor } from './kit.ts';
import { eventTrigger } from './triggers/event.ts';
import { modeTrigger } from './triggers/mode.ts';
import { propertyTrigger } from './triggers/property.ts';
import { sunTrigger } from './triggers/sun.ts';
import { timeTrigger } from './triggers/time.ts';

export type Item = Trigger | Condition | Action;
export type PartName = 'triggers' | 'conditions' | 'actions';

/** Each editor only ever gets items of its own kind: {@link editorFor} sees to that. */
type AnyEditor = ItemEditor<Item>;
const all = (...editors: readonly unknown[]): readonly AnyEditor[] => editors as readonly AnyEditor[];

export const EDITORS: Readonly<Record<PartName, readonly AnyEditor[]>> = {
  triggers: all(propertyTrigger, eventTrigger, timeTrigger, sunTrigger, modeTrigger),
  conditions: all(sunCondition, propertyCondition, timeCondition, modeCondition),
  actions: all(setAction, waitAction, delayAction, modeAction),
};

/** The editor that can show all of `item`, or null. */
export function editorFor(part: PartName, item: Item): AnyEditor | null {
  const editor = EDITORS[part].find((each) => each.kind === item.kind);
  return editor?.fits(item) === true ? editor : null;
}

/** What is missing in a whole rule, by JSON pointer. */
export function checkRule(rule: Rule): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const part of ['triggers', 'conditions', 'actions'] as const) {
    for (const [at, item] of (rule[part] ?? []).entries()) {
      const found = editorFor(part, item)?.check(item) ?? {};
      for (const [pointer, error] of Object.entries(found)) errors[`/${part}/${at}${pointer}`] = error;
    }
  }
  return errors;
}
