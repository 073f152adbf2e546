// Rules in sentences. Whatever the language of rules can say has words here, also what no form can edit yet.

import type {
  Action,
  Computed,
  Condition,
  DeviceSelector,
  Expression,
  KnownValue,
  Rule,
  Target,
  Trigger,
  Value,
} from '@lintel/model';
import { t } from '../strings/index.ts';
import { durationWords } from './durations.ts';
import { formatValue, isPercent, percent } from './format.ts';

/** Names of things by id, as the page knows them. */
export interface Names {
  readonly device: (id: string) => string;
  readonly room: (id: string) => string;
  readonly rule: (id: string) => string;
  readonly scene: (id: string) => string;
  /** Where people and schedules are not known, they are told by their ids. */
  readonly person?: (id: string) => string;
  readonly schedule?: (id: string) => string;
}

const list = (values: readonly string[], join: string = t.rule.or): string =>
  values.length < 2 ? (values[0] ?? '') : `${values.slice(0, -1).join(', ')} ${join} ${values.at(-1)!}`;

const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && 'expression' in value;

function valueText(property: string, value: Computed<Value>): string {
  if (isExpression(value)) return t.rule.computed;
  return formatValue(property, value, null, 'metric');
}

const quoted = (property: string, value: KnownValue | readonly KnownValue[]): string =>
  list(
    (Array.isArray(value) ? (value as readonly KnownValue[]) : [value as KnownValue]).map(
      (each) => `“${valueText(property, each)}”`,
    ),
  );

function selectorText(selector: DeviceSelector, names: Names): string {
  if (typeof selector === 'string') return selector === '' ? t.rule.noDevice : names.device(selector);
  const kind = selector.kind === undefined ? t.rule.anyDevice : t.rule.anyKind(t.kindName(selector.kind).toLowerCase());
  if ('devices' in selector) return list(selector.devices.map(names.device));
  if ('room' in selector) return t.rule.inRoom(kind, names.room(selector.room));
  return 'floor' in selector ? t.rule.inRoom(kind, selector.floor) : t.rule.atHome(kind);
}

interface Comparison {
  readonly property: string;
  readonly above?: number;
  readonly below?: number;
}

function limitsText({ property, above, below }: Comparison): string {
  const shown = (value: number): string => (isPercent(property) ? percent(value) : String(value));
  const parts = [
    above === undefined ? '' : t.rule.above(shown(above)),
    below === undefined ? '' : t.rule.below(shown(below)),
  ];
  return parts.filter((each) => each !== '').join(` ${t.rule.and} `);
}

const forText = (duration: unknown): string =>
  duration === undefined ? '' : ` ${t.rule.for(durationWords(duration))}`;
const offsetText = (offset: string | undefined): string =>
  offset === undefined
    ? ''
    : ` ${offset.startsWith('-') ? t.rule.earlier(durationWords(offset.slice(1))) : t.rule.later(durationWords(offset.replace('+', '')))}`;
const days = (weekdays: readonly string[] | undefined): string =>
  weekdays === undefined || weekdays.length === 0
    ? ''
    : ` ${t.rule.onDays(
        list(
          weekdays.map((each) => t.rule.days[each] ?? each),
          t.rule.and,
        ),
      )}`;
const asList = <One>(value: One | readonly One[]): readonly One[] =>
  Array.isArray(value) ? (value as readonly One[]) : [value as One];

function eventText({ event, device, button, action }: Extract<Trigger, { kind: 'event' }>, names: Names): string {
  if (event !== 'button.pressed')
    return device === undefined
      ? t.rule.event(event)
      : t.rule.sends(selectorText(device, names), t.humanise(event.split('.').at(-1)!).toLowerCase());
  const actions = action === undefined ? '' : list(asList(action).map((each) => t.humanise(each).toLowerCase()));
  return t.rule.pressed(device === undefined ? t.rule.anyButton : selectorText(device, names), button, actions);
}

/** A trigger after "When", such as "Hall motion becomes “Motion” for 5 minutes". */
export function triggerText(trigger: Trigger, names: Names): string {
  switch (trigger.kind) {
    case 'property': {
      const who = selectorText(trigger.device, names);
      const property = t.propertyName(trigger.property).toLowerCase();
      if (trigger.becomes !== undefined)
        return t.rule.becomes(who, quoted(trigger.property, trigger.becomes)) + forText(trigger.for);
      if (trigger.changes === true) return t.rule.changes(who, property) + forText(trigger.for);
      if (trigger.from !== undefined)
        return t.rule.leaves(who, quoted(trigger.property, trigger.from)) + forText(trigger.for);
      return t.rule.goes(who, property, limitsText(trigger)) + forText(trigger.for);
    }
    case 'event':
      return eventText(trigger, names);
    case 'time':
      return (
        t.rule.at(list(asList(trigger.at).map((each) => (typeof each === 'string' ? each : t.rule.computed)))) +
        days(trigger.weekdays)
      );
    case 'every':
      return t.rule.every(durationWords(trigger.every));
    case 'cron':
      return t.rule.cron(trigger.cron);
    case 'sun':
      return trigger.event === undefined
        ? t.rule.elevation(trigger.elevation ?? 0)
        : t.rule.sun(t.rule.sunEvents[trigger.event] ?? trigger.event) + offsetText(trigger.offset);
    case 'mode':
      return t.rule.mode(
        trigger.becomes === undefined ? '' : list(asList(trigger.becomes).map((each) => t.home.modes[each] ?? each)),
      );
    case 'presence':
      return t.rule.presence(
        t.rule.people[trigger.person] ?? names.person?.(trigger.person) ?? trigger.person,
        trigger.becomes,
      );
    case 'online':
      return t.rule.online(names.device(trigger.device), trigger.becomes) + forText(trigger.for);
    case 'schedule':
      return t.rule.schedule(names.schedule?.(trigger.schedule) ?? trigger.schedule);
    case 'webhook':
      return t.rule.webhook(trigger.webhook);
    case 'expression':
      return t.rule.expression(trigger.expression) + forText(trigger.for);
    case 'start':
      return t.rule.start;
    case 'manual':
      return t.rule.manual;
  }
}

/** A condition after "if", such as "it is after sunset". */
export function conditionText(condition: Condition, names: Names): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return list(
        condition.conditions.map((each) => conditionText(each, names)),
        t.rule[condition.kind],
      );
    case 'not':
      return t.rule.not(conditionText(condition.condition, names));
    case 'property': {
      const who = selectorText(condition.device, names);
      const tail = forText(condition.for);
      if (condition.is !== undefined) return t.rule.is(who, quoted(condition.property, condition.is)) + tail;
      if (condition.unknown !== undefined) return t.rule.unknown(who, condition.unknown);
      const { between } = condition;
      const limits =
        between === undefined ? limitsText(condition) : t.rule.between(String(between[0]), String(between[1]));
      return t.rule.stands(who, t.propertyName(condition.property).toLowerCase(), limits) + tail;
    }
    case 'time':
      return t.rule.timeBetween(condition.after, condition.before) + days(condition.weekdays);
    case 'sun': {
      const name = (event: string | undefined): string | undefined =>
        event === undefined ? undefined : (t.rule.sunEvents[event] ?? event);
      return t.rule.sunBetween(name(condition.after), name(condition.before)) + offsetText(condition.offset);
    }
    case 'mode':
      return t.rule.modeIs(list(asList(condition.is).map((each) => t.home.modes[each] ?? each)));
    case 'presence':
      return t.rule.presenceIs(
        t.rule.people[condition.person] ?? names.person?.(condition.person) ?? condition.person,
        condition.is,
      );
    case 'online':
      return t.rule.onlineIs(names.device(condition.device), condition.is);
    case 'schedule':
      return t.rule.scheduleIs(
        names.schedule?.(condition.schedule) ?? condition.schedule,
        list(asList(condition.is).map(String)),
      );
    case 'expression':
      return t.rule.expression(condition.expression);
    case 'trigger':
      return t.rule.triggerIs(condition.is);
  }
}

function targetText(target: Target, names: Names): string {
  if ('device' in target) return target.device === '' ? t.rule.noDevice : names.device(target.device);
  if ('devices' in target) return list(target.devices.map(names.device), t.rule.and);
  if ('trigger' in target) return t.rule.triggering;
  const kind = target.kind === undefined ? t.rule.lights : t.rule.all(t.kindName(target.kind).toLowerCase());
  if ('room' in target) return t.rule.inRoom(kind, names.room(target.room));
  if ('floor' in target) return t.rule.inRoom(kind, target.floor);
  return 'group' in target ? target.group : t.rule.atHome(kind);
}

function setText(action: Extract<Action, { kind: 'set' }>, names: Names): string {
  const who = targetText(action.target, names);
  const { 'onOff.on': on, ...others } = action.values;
  const rest = Object.entries(others).map(
    ([key, value]) => `${t.propertyName(key.split('@')[0]!).toLowerCase()} ${valueText(key, value)}`,
  );
  const what = on === true ? t.rule.turnOn(who) : on === false ? t.rule.turnOff(who) : t.rule.set(who);
  const over = action.transition === undefined ? '' : ` ${t.rule.over(durationWords(action.transition))}`;
  const back = action.for === undefined ? '' : ` ${t.rule.for(durationWords(action.for))}`;
  return (rest.length === 0 ? what : t.rule.to(what, list(rest, t.rule.and))) + over + back;
}

/** An action after "then", such as "turn on Hall lamp: brightness 30%". */
export function actionText(action: Action, names: Names): string {
  const inner = (actions: readonly Action[]): string => actions.map((each) => actionText(each, names)).join(', ');
  switch (action.kind) {
    case 'set':
      return setText(action, names);
    case 'command':
      return t.rule.command(t.humanise(action.command.split('.').at(-1)!), targetText(action.target, names));
    case 'delay':
      return t.rule.delay(durationWords(action.for));
    case 'wait': {
      const what =
        action.until === undefined
          ? action.event === undefined
            ? ''
            : triggerText(action.event, names)
          : conditionText(action.until, names);
      return (
        t.rule.wait(what) + (action.timeout === undefined ? '' : ` ${t.rule.atMost(durationWords(action.timeout))}`)
      );
    }
    case 'if':
      return t.rule.if(
        conditionText(action.if, names),
        inner(action.then),
        action.else === undefined ? '' : inner(action.else),
      );
    case 'choose':
      return t.rule.choose(action.choices.length);
    case 'repeat':
      return t.rule.repeat(typeof action.count === 'number' ? String(action.count) : '', inner(action.actions));
    case 'parallel':
      return t.rule.parallel(action.branches.length);
    case 'scene':
      return t.rule.scene(names.scene(action.scene));
    case 'notify':
      return t.rule.notify(isExpression(action.message) ? t.rule.computed : action.message);
    case 'mode':
      return t.rule.setMode(isExpression(action.mode) ? t.rule.computed : (t.home.modes[action.mode] ?? action.mode));
    case 'save':
      return t.rule.saveState(targetText(action.target, names));
    case 'restore':
      return t.rule.restore(action.as);
    case 'emit':
      return t.rule.emit(action.event);
    case 'variable':
      return t.rule.variable(action.name);
    case 'automation':
      return t.rule.automation(action.do, names.rule(action.automation));
    case 'stop':
      return t.rule.stop;
  }
}

/** The whole rule in one sentence. */
export function ruleText(rule: Rule, names: Names): string {
  const when = list(rule.triggers.map((each) => triggerText(each, names)));
  const conditions = rule.conditions ?? [];
  const only =
    conditions.length === 0
      ? ''
      : list(
          conditions.map((each) => conditionText(each, names)),
          t.rule.and,
        );
  return t.rule.whole(when, only, rule.actions.map((each) => actionText(each, names)).join(', '));
}
