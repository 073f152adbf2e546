// Which editors there are: one for each kind of trigger, condition and action. An item that says more than its editor's
// fields can show is shown in words and kept as it is.

import type { Rule } from '@lintel/model';
import { automationAction } from './actions/automation.ts';
import { chooseAction } from './actions/choose.ts';
import { commandAction } from './actions/command.ts';
import { delayAction } from './actions/delay.ts';
import { emitAction } from './actions/emit.ts';
import { ifAction } from './actions/if.ts';
import { modeAction } from './actions/mode.ts';
import { notifyAction } from './actions/notify.ts';
import { parallelAction } from './actions/parallel.ts';
import { repeatAction } from './actions/repeat.ts';
import { restoreAction } from './actions/restore.ts';
import { saveAction } from './actions/save.ts';
import { sceneAction } from './actions/scene.ts';
import { setAction } from './actions/set.ts';
import { stopAction } from './actions/stop.ts';
import { variableAction } from './actions/variable.ts';
import { waitAction } from './actions/wait.ts';
import { expressionCondition } from './conditions/expression.ts';
import { andCondition, orCondition } from './conditions/group.ts';
import { modeCondition } from './conditions/mode.ts';
import { notCondition } from './conditions/not.ts';
import { onlineCondition } from './conditions/online.ts';
import { presenceCondition } from './conditions/presence.ts';
import { propertyCondition } from './conditions/property.ts';
import { scheduleCondition } from './conditions/schedule.ts';
import { sunCondition } from './conditions/sun.ts';
import { timeCondition } from './conditions/time.ts';
import { triggerCondition } from './conditions/trigger.ts';
import { errorsOf, type Item, type ItemEditor, type PartName } from './kit.ts';
import { cronTrigger } from './triggers/cron.ts';
import { eventTrigger } from './triggers/event.ts';
import { everyTrigger } from './triggers/every.ts';
import { expressionTrigger } from './triggers/expression.ts';
import { manualTrigger } from './triggers/manual.ts';
import { modeTrigger } from './triggers/mode.ts';
import { onlineTrigger } from './triggers/online.ts';
import { presenceTrigger } from './triggers/presence.ts';
import { propertyTrigger } from './triggers/property.ts';
import { scheduleTrigger } from './triggers/schedule.ts';
import { startTrigger } from './triggers/start.ts';
import { sunTrigger } from './triggers/sun.ts';
import { timeTrigger } from './triggers/time.ts';
import { webhookTrigger } from './triggers/webhook.ts';

/** Each editor only ever gets items of its own kind: {@link editorFor} sees to that. */
type AnyEditor = ItemEditor<Item>;
const all = (...editors: readonly unknown[]): readonly AnyEditor[] => editors as readonly AnyEditor[];

/** What people use most comes first. */
export const EDITORS: Readonly<Record<PartName, readonly AnyEditor[]>> = {
  triggers: all(
    propertyTrigger,
    eventTrigger,
    timeTrigger,
    sunTrigger,
    modeTrigger,
    presenceTrigger,
    onlineTrigger,
    everyTrigger,
    scheduleTrigger,
    cronTrigger,
    expressionTrigger,
    webhookTrigger,
    startTrigger,
    manualTrigger,
  ),
  conditions: all(
    sunCondition,
    propertyCondition,
    timeCondition,
    modeCondition,
    presenceCondition,
    onlineCondition,
    scheduleCondition,
    triggerCondition,
    orCondition,
    andCondition,
    notCondition,
    expressionCondition,
  ),
  actions: all(
    setAction,
    waitAction,
    delayAction,
    modeAction,
    sceneAction,
    notifyAction,
    commandAction,
    ifAction,
    chooseAction,
    repeatAction,
    parallelAction,
    saveAction,
    restoreAction,
    variableAction,
    automationAction,
    emitAction,
    stopAction,
  ),
};

/** The editor that can show all of `item`, or null. */
export function editorFor(part: PartName, item: Item): AnyEditor | null {
  const editor = EDITORS[part].find((each) => each.kind === item.kind);
  try {
    return editor?.fits(item) === true ? editor : null;
  } catch {
    // A member that is not shaped as the language says: no editor for it, and no harm done.
    return null;
  }
}

function checkItem(part: PartName, item: Item, pointer: string): Record<string, string> {
  const editor = editorFor(part, item);
  if (editor === null) return {};
  const own = Object.entries(errorsOf(editor.check?.(item) ?? {})).map(([at, error]) => [pointer + at, error]);
  const inner = (editor.nested?.(item) ?? []).map(({ part: inside, at, items, single }) =>
    checkItems(inside, items, pointer + at, single === true),
  );
  return Object.assign(Object.fromEntries(own) as Record<string, string>, ...inner) as Record<string, string>;
}

function checkItems(part: PartName, items: readonly Item[], pointer: string, single = false): Record<string, string> {
  const each = items.map((item, at) => checkItem(part, item, single ? pointer : `${pointer}/${at}`));
  return Object.assign({}, ...each) as Record<string, string>;
}

/** What is missing in a whole rule, however deep, by JSON pointer. */
export function checkRule(rule: Rule): Record<string, string> {
  const parts = (['triggers', 'conditions', 'actions'] as const).map((part) =>
    checkItems(part, rule[part] ?? [], `/${part}`),
  );
  return Object.assign({}, ...parts) as Record<string, string>;
}
