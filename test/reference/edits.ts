// What becomes of rules and their runs when the list of rules is replaced.

import { isDeepStrictEqual } from 'node:util';
import type { DeviceSelector, Rule, Trigger } from '@lintel/model';
import { holdFromKnown, holdFromMoved, updateHeld } from './held.ts';
import { beginNext, cancelled } from './runs.ts';
import { setsIn } from './reads.ts';
import { membersOf } from './selectors.ts';
import type { PropertyTrigger, ReferenceDevice, RuleMemory, Run, State, TriggerMemory, Watch } from './state.ts';
import { STATEMENT, expressionTruth, newMemory, statementOf } from './triggers.ts';
import { askAnew } from './watches.ts';

export interface Replaced {
  readonly kept: number;
  readonly finished: number;
  readonly cancelled: number;
}

const written = ({ author: _author, version: _version, ...rule }: Rule): unknown => rule;

const isSame = (a: Rule, b: Rule): boolean => isDeepStrictEqual(written(a), written(b));

/** What is remembered of a rule hangs on its conditions themselves, so these stay. */
function withEnabledOf({ enabled }: Rule, known: Rule): Rule {
  const { enabled: _enabled, ...rest } = known;
  return enabled === undefined ? rest : { ...rest, enabled };
}

/** The rule was switched, and its new text says no more than that. */
function saysWhatIsSo(memory: RuleMemory, rule: Rule): boolean {
  if ((rule.enabled ?? true) !== memory.enabled) return false;
  return isSame({ ...memory.rule, enabled: true }, { ...rule, enabled: true });
}

export function newRule(state: State, rule: Rule): RuleMemory {
  const triggers = rule.triggers.map((trigger) => newMemory(state, trigger));
  return { rule, enabled: rule.enabled ?? true, nextRun: 1, deleted: false, triggers, runs: [], queue: [] };
}

/** The new version takes over the runs of the old one, as `onEdit` of the version they began under says. */
function inherit(state: State, from: RuleMemory | undefined, to: RuleMemory): Run[] {
  const runs = [...(from?.runs ?? []), ...(from?.queue ?? [])];
  const ends = runs.filter((run) => run.rule.onEdit === 'cancel');
  to.runs = (from?.runs ?? []).filter((run) => !ends.includes(run));
  to.queue = (from?.queue ?? []).filter((run) => !ends.includes(run));
  to.nextRun = from?.nextRun ?? 1;
  for (const run of ends) cancelled(state, run);
  return ends;
}

const countRuns = (memories: readonly RuleMemory[]): number =>
  memories.reduce((sum, memory) => sum + memory.runs.length + memory.queue.length, 0);

export function replace(
  state: State,
  rules: readonly Rule[],
  devices: readonly ReferenceDevice[] | undefined,
): Replaced {
  const old = state.rules;
  const before = state.devices;
  state.devices = devices ?? before;
  const oldOf = (rule: Rule): RuleMemory | undefined => old.find((each) => each.rule.id === rule.id);
  const isKept = (memory: RuleMemory | undefined, rule: Rule): boolean =>
    memory !== undefined && !memory.deleted && (isSame(memory.rule, rule) || saysWhatIsSo(memory, rule));
  const kept: RuleMemory[] = [];
  const changed: RuleMemory[] = [];
  let ended = 0;
  const next = rules.map((rule) => {
    const before = oldOf(rule);
    if (isKept(before, rule)) {
      kept.push(before!);
      before!.rule = withEnabledOf(rule, before!.rule);
      return before!;
    }
    const memory = newRule(state, rule);
    holdFromKnown(state, rule);
    ended += inherit(state, before, memory).length;
    changed.push(memory);
    return memory;
  });
  for (const memory of old.filter((each) => !rules.some((rule) => rule.id === each.rule.id))) {
    const left = { ...memory, deleted: true };
    ended += inherit(state, memory, left).length;
    if (left.runs.length + left.queue.length > 0) changed.push(left);
  }
  state.rules = [...next, ...changed.filter((memory) => memory.deleted)];
  if (devices !== undefined) {
    for (const memory of kept) followMembers(state, memory, before);
    for (const memory of state.rules) followWaits(state, memory, before);
  }
  if (devices === undefined) updateHeld(state);
  else holdFromMoved(state);
  const result = { kept: countRuns(kept), finished: countRuns(changed), cancelled: ended };
  for (const memory of changed) beginNext(state, memory);
  return result;
}

type Devices = readonly ReferenceDevice[];

/** Devices that left a set are forgotten; what is said of the set is asked anew, and nothing fires by that alone. */
function followMembers(state: State, memory: RuleMemory, before: Devices): void {
  memory.rule.triggers.forEach((trigger, index) => followTrigger(state, trigger, memory.triggers[index]!, before));
}

function followTrigger(state: State, trigger: Trigger, { watches }: TriggerMemory, before: Devices): void {
  if (trigger.kind === 'expression') {
    if (!setsIn(trigger.expression).some((set) => hasMoved(state, set, before))) return;
    const truth = expressionTruth(state, trigger.expression);
    askAnew(watches[STATEMENT]!, truth);
    watches[STATEMENT]!.truth = truth;
  }
  if (trigger.kind !== 'property' || typeof trigger.device === 'string') return;
  forgetLeavers(state, trigger, watches);
  const watch = watches[STATEMENT];
  if (watch === undefined || !hasMoved(state, trigger.device, before)) return;
  const truth = statementOf(state, trigger);
  askAnew(watch, truth);
  watch.truth = truth ?? watch.truth;
}

const hasMoved = (state: State, selector: DeviceSelector, before: Devices): boolean =>
  membersOf({ ...state, devices: before }, selector).join() !== membersOf(state, selector).join();

function forgetLeavers(state: State, trigger: PropertyTrigger, watches: Record<string, Watch>): void {
  const members = membersOf(state, trigger.device);
  for (const device of Object.keys(watches))
    if (device !== STATEMENT && !members.includes(device)) delete watches[device];
}

/** A wait until something is so is asked again before anything else happens. */
function followWaits(state: State, memory: RuleMemory, before: Devices): void {
  for (const { wait } of memory.runs.flatMap((run) => run.threads)) {
    if (wait?.kind === 'until') wait.recheckAt = state.at;
    if (wait?.kind === 'event') followTrigger(state, wait.trigger, wait.memory, before);
  }
}
