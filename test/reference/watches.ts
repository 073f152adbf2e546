// One predicate of a property trigger on one device, or on a statement over a set of devices: when it fires at once, and
// when its `for` begins, starts over and breaks.

import { readDuration } from '@lintel/model';
import type { KnownValue, Origin, PropertyTrigger, Value } from '@lintel/model';
import { listOf } from './state.ts';
import type { TriggerContext, Watch } from './state.ts';

/** What a watch is told: a value, the last known one before it, and where it came from. */
export interface Observation {
  readonly at: number;
  readonly before: Value;
  readonly value: Value;
  readonly origin: Origin | null;
  readonly cause: number;
  readonly context: TriggerContext;
}

type Predicate = Omit<PropertyTrigger, 'kind' | 'device' | 'property'>;

const isNumeric = (trigger: Predicate): boolean => trigger.above !== undefined || trigger.below !== undefined;
const restartsOnChange = (trigger: Predicate): boolean => trigger.becomes === undefined && !isNumeric(trigger);
const isIn = (values: KnownValue | readonly KnownValue[], value: KnownValue): boolean => listOf(values).includes(value);

/** Whether a state predicate holds for a value, as its `for` asks. */
export function holdsFor(trigger: Predicate, value: KnownValue): boolean {
  if (trigger.becomes !== undefined) return isIn(trigger.becomes, value);
  if (isNumeric(trigger)) return isBeyond(trigger, value);
  return trigger.changes === true || !isIn(trigger.from!, value);
}

function isBeyond(trigger: Predicate, value: KnownValue): boolean {
  if (typeof value !== 'number') return false;
  return (
    (trigger.above === undefined || value > trigger.above) && (trigger.below === undefined || value < trigger.below)
  );
}

function isFarBack(trigger: Predicate, value: KnownValue): boolean {
  const hysteresis = trigger.hysteresis ?? 0;
  if (typeof value !== 'number') return false;
  const backBelow = trigger.above !== undefined && value <= trigger.above - hysteresis;
  const backAbove = trigger.below !== undefined && value >= trigger.below + hysteresis;
  return backBelow || backAbove;
}

export function newWatch(trigger: Predicate, known: Value): Watch {
  const armed = known === null || !isNumeric(trigger) ? null : !isBeyond(trigger, known);
  return { armed, truth: null, deadline: null, broken: false, cause: 0, context: null };
}

/** Whether an armed numeric watch meets its edge; arms it on the way. */
function crosses(trigger: Predicate, watch: Watch, value: KnownValue): boolean {
  if (watch.armed === null) {
    watch.armed = !isBeyond(trigger, value);
    return false;
  }
  if (isFarBack(trigger, value)) watch.armed = true;
  return watch.armed && isBeyond(trigger, value);
}

function isEdge(trigger: Predicate, watch: Watch, before: Value, value: KnownValue): boolean {
  if (isNumeric(trigger)) return crosses(trigger, watch, value);
  if (before === null || before === value) return false;
  if (trigger.becomes !== undefined && !isIn(trigger.becomes, value)) return false;
  if (trigger.from === undefined) return true;
  return isIn(trigger.from, before) && (trigger.becomes !== undefined || !isIn(trigger.from, value));
}

const comesFrom = (trigger: Predicate, origin: Origin | null): boolean =>
  trigger.origin === undefined || listOf(trigger.origin).includes(origin?.kind ?? 'device');

function begin(trigger: Predicate, watch: Watch, seen: Observation): void {
  watch.deadline = seen.at + readDuration(trigger.for)!;
  watch.cause = seen.cause;
  watch.context = seen.context;
}

function breakOff(watch: Watch): void {
  watch.broken = watch.broken || watch.deadline !== null;
  watch.deadline = null;
}

/** Tells a watch what is reported; true when its trigger fires now. */
export function observe(trigger: Predicate, watch: Watch, seen: Observation): boolean {
  const { value, before } = seen;
  if (value === null) {
    breakOff(watch);
    return false;
  }
  const edge = isEdge(trigger, watch, before, value);
  const fits = comesFrom(trigger, seen.origin);
  // A crossing that comes from elsewhere is spent.
  const spent = hasFor(trigger) ? !fits && watch.deadline === null : true;
  if (edge && isNumeric(trigger) && spent) watch.armed = false;
  if (!hasFor(trigger)) return edge && fits;
  const changed = before !== null && before !== value;
  if (watch.deadline !== null) goOn(trigger, watch, seen, changed, fits);
  else if (watch.broken ? holdsFor(trigger, value) : edge && fits) begin(trigger, watch, seen);
  watch.broken = false;
  return false;
}

function hasFor(trigger: Predicate): boolean {
  return trigger.for !== undefined && readDuration(trigger.for) !== 0;
}

/** A pending `for`: broken by the value, started over by a change, or left alone. */
function goOn(trigger: Predicate, watch: Watch, seen: Observation, changed: boolean, fits: boolean): void {
  if (!holdsFor(trigger, seen.value!)) watch.deadline = null;
  else if (changed && restartsOnChange(trigger)) {
    watch.deadline = null;
    if (fits) begin(trigger, watch, seen);
  }
}

/** What is said of a whole set, after others have come into it. */
export function askAnew(watch: Watch, truth: boolean | null): void {
  if (truth === null) breakOff(watch);
  else if (!truth) Object.assign(watch, { deadline: null, broken: false });
}

/** The `for` has ended: the trigger fires. */
export function complete(watch: Watch): void {
  watch.deadline = null;
  if (watch.armed !== null) watch.armed = false;
}
