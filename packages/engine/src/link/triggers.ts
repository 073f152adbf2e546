// Writes the records of triggers, predicates and clocks.

import * as abi from '../../../../assembly/abi.ts';
import type { Clock, CompiledTrigger, Predicate } from '../compile/fragment.ts';
import type { FormWriter, Section } from './form-writer.ts';

export function writeTrigger(writer: FormWriter, trigger: CompiledTrigger, number: number): void {
  const { triggers } = writer.sections;
  const at = number * abi.TRIGGER_SIZE;
  if (trigger.predicate !== null) writePredicate(writer, triggers, at, trigger.predicate);
  if (trigger.channel !== null) writeEvent(writer, at, trigger);
  triggers.word(at + abi.TRIGGER_KIND, trigger.kind);
  triggers.word(at + abi.TRIGGER_FLAGS, trigger.flags);
  triggers.base(at + abi.TRIGGER_RULE, 'rule', 0);
  triggers.word(at + abi.TRIGGER_INDEX, trigger.index);
  triggers.text(at + abi.TRIGGER_ID, trigger.id);
  if (trigger.from.length > 0) triggers.list(at + abi.TRIGGER_FROM, writer.values(trigger.from));
  triggers.word(at + abi.TRIGGER_FROM_COUNT, trigger.from.length);
  triggers.float(at + abi.TRIGGER_FOR, trigger.for);
  triggers.float(at + abi.TRIGGER_HYSTERESIS, trigger.hysteresis);
  if (trigger.code !== null) triggers.base(at + abi.TRIGGER_CODE, 'code', trigger.code.at * abi.OP_SIZE);
  if (trigger.clock !== null) triggers.list(at + abi.TRIGGER_CLOCK, writeClock(writer, trigger.clock));
}

/** An event trigger has its actions where a property trigger has its values. */
function writeEvent(writer: FormWriter, at: number, trigger: CompiledTrigger): void {
  const { triggers } = writer.sections;
  const { actions } = trigger;
  triggers.key(at + abi.PREDICATE_SLOT, writer.key(trigger.channel!));
  if (actions.length > 0) {
    const place = writer.list(actions.length, 8, (lists, each, index) => lists.text(each, actions[index]!));
    triggers.list(at + abi.PREDICATE_VALUES, place);
    triggers.word(at + abi.PREDICATE_VALUE_COUNT, actions.length);
  }
  if (trigger.button !== null) triggers.text(at + abi.TRIGGER_BUTTON, trigger.button);
  if (trigger.devices === null || !trigger.waits) return;
  const devices = eventDevices(writer, trigger);
  const place = writer.list(devices.length + 1, 4, (lists, each, index) => {
    if (index === 0) lists.word(each, devices.length);
    else lists.text(each, devices[index - 1] ?? '');
  });
  triggers.list(at + abi.TRIGGER_DEVICES, place);
}

/** The devices whose events a trigger takes; null stands for events of one's own. */
export function eventDevices({ home }: FormWriter, { devices }: CompiledTrigger): readonly (string | null)[] {
  return devices === null || typeof devices === 'string' ? [devices] : home.members(devices);
}

export function writePredicate(writer: FormWriter, section: Section, at: number, predicate: Predicate): void {
  const { keys } = writer.resolve(predicate.members);
  section.word(at + abi.PREDICATE_KIND, predicate.over);
  if (predicate.over !== abi.OVER_ONE) section.list(at + abi.PREDICATE_MEMBERS, writer.keyList(keys));
  else if (keys.length > 0) section.key(at + abi.PREDICATE_SLOT, keys[0]!);
  section.word(at + abi.PREDICATE_MEMBER_COUNT, keys.length);
  writeTests(writer, section, at, predicate);
}

/** A predicate about one member of its set. */
export function writeMember(writer: FormWriter, at: number, predicate: Predicate, key: number): void {
  const { holds } = writer.sections;
  holds.word(at + abi.PREDICATE_KIND, abi.OVER_ONE);
  holds.key(at + abi.PREDICATE_SLOT, key);
  writeTests(writer, holds, at, predicate);
}

function writeTests(writer: FormWriter, section: Section, at: number, predicate: Predicate): void {
  section.word(at + abi.PREDICATE_TESTS, predicate.tests);
  if (predicate.values.length > 0) section.list(at + abi.PREDICATE_VALUES, writer.values(predicate.values));
  section.word(at + abi.PREDICATE_VALUE_COUNT, predicate.values.length);
  section.word(at + abi.PREDICATE_ORIGINS, predicate.origins);
  section.float(at + abi.PREDICATE_LOW, predicate.low);
  section.float(at + abi.PREDICATE_HIGH, predicate.high);
}

function writeClock(writer: FormWriter, clock: Clock): number {
  const { lists } = writer.sections;
  const at = lists.reserve(abi.CLOCK_SIZE);
  lists.word(at + abi.CLOCK_WEEKDAYS, clock.weekdays);
  if (clock.cron !== null) return writeCron(lists, at, clock.cron);
  if (clock.times.length > 0) lists.list(at + abi.CLOCK_TIMES, writer.words(clock.times));
  lists.word(at + abi.CLOCK_TIME_COUNT, clock.times.length);
  if (clock.dates.length > 0) lists.list(at + abi.CLOCK_DATES, writer.words(clock.dates));
  lists.word(at + abi.CLOCK_DATE_COUNT, clock.dates.length);
  lists.float(at + abi.CLOCK_ELEVATION, clock.elevation);
  lists.word(at + abi.CLOCK_DIRECTION, clock.direction);
  lists.float(at + abi.CLOCK_PERIOD, clock.period > 0 ? clock.period : clock.offset);
  if (clock.source !== null) lists.key(at + abi.CLOCK_SOURCE, writer.key(clock.source));
  else lists.word(at + abi.CLOCK_SOURCE, clock.times.length > 0 ? abi.NO_SOURCE : clock.sunEvent);
  return at;
}

function writeCron(lists: Section, at: number, cron: NonNullable<Clock['cron']>): number {
  lists.word(at + abi.CLOCK_MINUTES, Number(cron.minutes & 0xffff_ffffn));
  lists.word(at + abi.CLOCK_MINUTES + 4, Number(cron.minutes >> 32n));
  lists.word(at + abi.CLOCK_HOURS, cron.hours);
  lists.word(at + abi.CLOCK_DAYS, cron.days);
  lists.word(at + abi.CLOCK_MONTHS, cron.months);
  lists.word(at + abi.CLOCK_WEEK, cron.weekdays);
  lists.word(at + abi.CLOCK_EITHER, cron.either ? 1 : 0);
  return at;
}
