// Rules, or triggers of theirs, that nothing ever starts.

import type { Condition, PropertyTrigger, Rule, RuleProblem, TimeTrigger, Trigger, Weekday } from '@lintel/model';
import { parseDate } from '../check/triggers.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import { isImpossible } from './facts.ts';

export function neverFires(fragments: readonly Fragment[], map: HomeMap): RuleProblem[] {
  const started = new Set(
    fragments.flatMap(({ instructions }) =>
      instructions.flatMap(({ a }) => (typeof a === 'object' && a.type === 'rule' ? [a.rule] : [])),
    ),
  );
  return fragments.flatMap(({ rule }) => {
    const problem = (pointer: string, message: string): RuleProblem => ({
      severity: 'warning',
      code: 'never-fires',
      rule: rule.id,
      pointer,
      message,
    });
    if (!started.has(rule.id) && rule.triggers.every((trigger) => trigger.kind === 'manual'))
      return [problem('/triggers', 'nothing starts this rule by itself: all its triggers are by hand')];
    return rule.triggers.flatMap((trigger, index) => {
      const why = deadBecause(trigger, map) ?? stoppedBecause(trigger, index, rule);
      return why === null ? [] : [problem(`/triggers/${index}`, why)];
    });
  });
}

/** Why a trigger can never fire, or null. */
function deadBecause(trigger: Trigger, map: HomeMap): string | null {
  switch (trigger.kind) {
    case 'property':
      return isSame(trigger.becomes, trigger.from) ? 'this never fires: it becomes what it was' : beyond(trigger, map);
    case 'mode':
      return isSame(trigger.becomes, trigger.from) ? 'this never fires: it becomes what it was' : null;
    case 'time':
      return wrongDay(trigger) ? 'this never fires: none of the dates is on one of the weekdays' : null;
    case 'expression':
      return trigger.expression.trim() === 'false' || trigger.expression.trim() === 'true'
        ? 'this never fires: it never becomes true'
        : null;
    default:
      return null;
  }
}

/** One value that it leaves for itself. */
const isSame = (becomes: unknown, from: unknown): boolean =>
  becomes !== undefined && !Array.isArray(becomes) && !Array.isArray(from) && becomes === from;

/** Limits outside what the property can be. */
function beyond({ device, property, above, below, becomes }: PropertyTrigger, map: HomeMap): string | null {
  if (!map.known || typeof device !== 'string') return null;
  const { min, max } = map.describe(device, property) ?? { min: null, max: null };
  const range = `${property} is from ${min ?? '−∞'} to ${max ?? '∞'}`;
  if (above !== undefined && max !== null && above >= max) return `this never fires: ${range}, never above ${above}`;
  if (below !== undefined && min !== null && below <= min) return `this never fires: ${range}, never below ${below}`;
  if (above !== undefined && min !== null && below === undefined && above < min)
    return `this never fires: ${range}, always above ${above}`;
  if (below !== undefined && max !== null && above === undefined && below > max)
    return `this never fires: ${range}, always below ${below}`;
  const isOut = (value: unknown): boolean =>
    typeof value === 'number' && ((min !== null && value < min) || (max !== null && value > max));
  const wanted = becomes === undefined ? [] : Array.isArray(becomes) ? becomes : [becomes];
  return wanted.length > 0 && wanted.every(isOut) ? `this never fires: ${range}` : null;
}

const DAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Every date has a year, and so a weekday, which is none of those that are wanted. */
function wrongDay({ dates, weekdays }: TimeTrigger): boolean {
  if (dates === undefined || weekdays === undefined) return false;
  if (weekdays.includes('holiday') || weekdays.includes('workday')) return false;
  return dates.every(
    (date) => (parseDate(date) ?? 0) >= 10_000 && !weekdays.includes(DAYS[new Date(date).getUTCDay()]!),
  );
}

/** Whether the conditions never hold at the instant of the trigger. */
function stoppedBecause(trigger: Trigger, index: number, { conditions = [], missed }: Rule): string | null {
  if (conditions.length === 0 || (trigger.kind === 'time' && missed === 'run')) return null;
  const certain: Condition[] = [{ kind: 'trigger', is: trigger.id ?? String(index) }];
  const moments = momentsOf(trigger);
  const stopped = moments.every((moment) => isImpossible([...certain, ...moment, ...conditions]));
  // Conditions that never hold at all are told as such.
  if (!stopped || isImpossible(conditions)) return null;
  return 'this never starts the rule: its conditions never hold when this happens';
}

/** What is so when a trigger fires; several for a trigger that fires in several ways. */
function momentsOf(trigger: Trigger): Condition[][] {
  switch (trigger.kind) {
    case 'property': {
      const { device, property, becomes, above, below } = trigger;
      if (typeof device !== 'string') return [[]];
      const is = becomes === undefined ? [] : [{ kind: 'property', device, property, is: becomes } as const];
      const band = { ...(above !== undefined && { above }), ...(below !== undefined && { below }) };
      const hasBand = above !== undefined || below !== undefined;
      return [[...is, ...(hasBand ? [{ kind: 'property', device, property, ...band } as const] : [])]];
    }
    case 'mode':
      return [trigger.becomes === undefined ? [] : [{ kind: 'mode', is: trigger.becomes }]];
    case 'presence':
      return [[{ kind: 'presence', person: trigger.person, is: trigger.becomes }]];
    case 'online':
      return [[{ kind: 'online', device: trigger.device, is: trigger.becomes }]];
    case 'time':
      return timesOf(trigger);
    default:
      return [[]];
  }
}

function timesOf({ at, weekdays }: TimeTrigger): Condition[][] {
  const times = Array.isArray(at) ? at : [at];
  const days = weekdays === undefined ? [] : [{ kind: 'time', weekdays } as const];
  return times.map((time): Condition[] =>
    typeof time === 'string' ? [{ kind: 'time', after: time, before: secondAfter(time) }, ...days] : days,
  );
}

function secondAfter(time: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const next = (hours * 3_600 + minutes * 60 + seconds + 1) % 86_400;
  return [Math.floor(next / 3_600), Math.floor(next / 60) % 60, next % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
