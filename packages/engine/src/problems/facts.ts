// Which conditions can never hold together. Only what is certain counts: what is not understood is taken to be possible.

import type { Condition, KnownValue } from '@lintel/model';
import { CHECKED_WAYS_MAX } from '../../../../assembly/limits.ts';
import { parseTimeOfDay } from '../check/reader.ts';

/** A condition without parts, or its contrary. */
interface Atom {
  readonly condition: Exclude<Condition, { readonly kind: 'and' | 'or' | 'not' }>;
  readonly negated: boolean;
}

/** Whether these conditions can never all hold at one instant. */
export function isImpossible(conditions: readonly Condition[]): boolean {
  const ways = waysOf({ kind: 'and', conditions }, false);
  return ways !== null && ways.every(contradicts);
}

/** Whether the second holds wherever the first does. */
export const implies = (first: Condition, second: Condition): boolean =>
  isImpossible([first, { kind: 'not', condition: second }]);

/** Whether a condition holds whatever the home is like; one on values never does, since they may be unknown. */
export function isAlways(condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every(isAlways);
    case 'or':
      return condition.conditions.some(isAlways);
    case 'not':
      return condition.condition.kind === 'expression' && condition.condition.expression.trim() === 'false';
    case 'expression':
      return condition.expression.trim() === 'true';
    case 'time':
      return condition.weekdays === undefined && condition.before === undefined && seconds(condition.after) === 0;
    default:
      return false;
  }
}

/** The condition as alternatives of atoms that hold together; null where there are too many. */
function waysOf(condition: Condition, negated: boolean): Atom[][] | null {
  switch (condition.kind) {
    case 'not':
      return waysOf(condition.condition, !negated);
    case 'and':
    case 'or':
      return (condition.kind === 'and') === negated
        ? anyOf(condition.conditions, negated)
        : allOf(condition.conditions, negated);
    default:
      return [[{ condition, negated }]];
  }
}

function anyOf(conditions: readonly Condition[], negated: boolean): Atom[][] | null {
  const ways: Atom[][] = [];
  for (const condition of conditions) {
    const more = waysOf(condition, negated);
    if (more === null || ways.length + more.length > CHECKED_WAYS_MAX) return null;
    ways.push(...more);
  }
  return ways;
}

function allOf(conditions: readonly Condition[], negated: boolean): Atom[][] | null {
  let ways: Atom[][] = [[]];
  for (const condition of conditions) {
    const more = waysOf(condition, negated);
    if (more === null || ways.length * more.length > CHECKED_WAYS_MAX) return null;
    ways = ways.flatMap((way) => more.map((each) => [...way, ...each]));
  }
  return ways;
}

function contradicts(way: readonly Atom[]): boolean {
  const bySubject = Map.groupBy(way, subjectOf);
  return [...bySubject].some(([subject, atoms]) => subject !== '' && !canHold(atoms));
}

/** What an atom is about; empty where nothing can be said of it beside others. */
function subjectOf({ condition }: Atom): string {
  switch (condition.kind) {
    case 'property': {
      const { device, property, match } = condition;
      if (typeof device !== 'string' || condition.origin !== undefined) return '';
      return `property ${JSON.stringify([device, property, match])}`;
    }
    case 'presence':
      return `presence ${condition.person}`;
    case 'online':
      return `online ${condition.device}`;
    case 'schedule':
      return `schedule ${condition.schedule}`;
    case 'expression':
      return `expression ${condition.expression.trim()}`;
    case 'sun':
      return '';
    default:
      return condition.kind;
  }
}

function canHold(atoms: readonly Atom[]): boolean {
  switch (atoms[0]!.condition.kind) {
    case 'property':
      return hasValue(atoms);
    case 'time':
      return hasTime(atoms);
    case 'expression': {
      const { expression } = atoms[0]!.condition;
      const truth = expression.trim() === 'true' ? true : expression.trim() === 'false' ? false : null;
      return new Set(atoms.map(({ negated }) => negated)).size === 1 && (truth === null || truth !== atoms[0]!.negated);
    }
    default:
      return hasChoice(atoms.map(({ condition, negated }) => ({ negated, values: choicesOf(condition) })));
  }
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value]) as readonly T[];

function choicesOf(condition: Atom['condition']): readonly KnownValue[] {
  switch (condition.kind) {
    case 'mode':
    case 'presence':
    case 'online':
    case 'schedule':
    case 'trigger':
      return listOf<KnownValue>(condition.is);
    default:
      return [];
  }
}

interface Choice {
  readonly negated: boolean;
  readonly values: readonly KnownValue[];
}

/** Whether one value fits all: in every list that is wanted, in none that is not. */
function hasChoice(choices: readonly Choice[]): boolean {
  const wanted = choices.filter(({ negated }) => !negated);
  const refused = choices.filter(({ negated }) => negated).flatMap(({ values }) => values);
  const [first, ...others] = wanted;
  if (first === undefined) return !(refused.includes(true) && refused.includes(false));
  return first.values.some((value) => !refused.includes(value) && others.every(({ values }) => values.includes(value)));
}

type PropertyCondition = Extract<Condition, { readonly kind: 'property' }>;

function hasValue(atoms: readonly Atom[]): boolean {
  const all = atoms.map(({ condition, negated }) => ({ condition: condition as PropertyCondition, negated }));
  const choices = all.flatMap(({ condition, negated }) =>
    // "Not so for five minutes" says nothing of the value now.
    condition.is === undefined || (negated && condition.for !== undefined)
      ? []
      : [{ negated, values: listOf(condition.is) }],
  );
  const isUnknown = all.some(({ condition: { unknown }, negated }) => unknown !== undefined && unknown !== negated);
  const isKnown = all.some(({ condition: { unknown } }) => unknown === undefined);
  if (isUnknown && isKnown) return false;
  const bounds = all.flatMap(({ condition, negated }) => boundsOf(condition, negated));
  const inBounds = (value: number): boolean => bounds.every((each) => each(value));
  const numbers = choices.flatMap(({ negated, values }) => (negated ? [] : values));
  if (numbers.length > 0 && bounds.length > 0)
    return numbers.some((value) => typeof value === 'number' && inBounds(value)) && hasChoice(choices);
  return hasChoice(choices) && isOpen(all, inBounds);
}

type Test = (value: number) => boolean;

function boundsOf({ above, below, between, for: held }: PropertyCondition, negated: boolean): Test[] {
  if (negated && held !== undefined) return [];
  const tests: Test[] = [];
  if (above !== undefined) tests.push((value) => value > above);
  if (below !== undefined) tests.push((value) => value < below);
  if (between !== undefined) tests.push((value) => value >= between[0] && value <= between[1]);
  if (tests.length === 0) return [];
  const inside: Test = (value) => tests.every((test) => test(value));
  return [negated ? (value) => !inside(value) : inside];
}

/** Whether any number lies within all limits: tried at each limit, beside it, and between them. */
function isOpen(all: readonly { readonly condition: PropertyCondition }[], inBounds: Test): boolean {
  const limits = all.flatMap(({ condition: { above, below, between } }) =>
    [above, below, ...(between ?? [])].filter((each) => each !== undefined),
  );
  if (limits.length === 0) return true;
  const sorted = limits.toSorted((a, b) => a - b);
  const middles = sorted.slice(1).map((limit, index) => (limit + sorted[index]!) / 2);
  return [sorted[0]! - 1, ...sorted, ...middles, sorted.at(-1)! + 1].some(inBounds);
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_SECONDS = 86_400;
const seconds = (time: string | undefined): number | null => (time === undefined ? null : parseTimeOfDay(time));

type TimeCondition = Extract<Condition, { readonly kind: 'time' }>;

/** Whether any second of a week lies within all windows; holidays are every day that they might be. */
function hasTime(atoms: readonly Atom[]): boolean {
  const all = atoms.map(({ condition, negated }) => ({ condition: condition as TimeCondition, negated }));
  const marks = all.flatMap(({ condition: { after, before } }) => [seconds(after) ?? 0, seconds(before) ?? 0]);
  const instants = [...new Set([0, ...marks, ...marks.map((mark) => (mark + DAY_SECONDS - 1) % DAY_SECONDS)])];
  return DAYS.some((day) =>
    instants.some((instant) => all.every(({ condition, negated }) => mayBe(condition, day, instant, negated))),
  );
}

function mayBe(
  { after, before, weekdays }: TimeCondition,
  day: (typeof DAYS)[number],
  instant: number,
  negated: boolean,
): boolean {
  const from = seconds(after) ?? 0;
  const until = seconds(before) ?? DAY_SECONDS;
  const inWindow = from <= until ? instant >= from && instant < until : instant >= from || instant < until;
  if (weekdays === undefined) return inWindow !== negated;
  const isVague = weekdays.includes('holiday') || weekdays.includes('workday');
  if (isVague) return negated || inWindow;
  return (inWindow && weekdays.includes(day)) !== negated;
}
