// Reads actions.

import {
  DATA_FIELDS_MAX,
  NOTIFICATION_ACTIONS_MAX,
  PARALLEL_BRANCHES_MAX,
  REPEATS_LIVE_MAX,
  RULE_ACTIONS_MAX,
  RULE_DEPTH_MAX,
} from '../../../../assembly/limits.ts';
import type { Scope } from './conditions.ts';
import { readCondition } from './conditions.ts';
import type { Json, Place } from './reader.ts';
import {
  isPlain,
  readBoolean,
  readChoice,
  readDurationAt,
  readFields,
  readFilledList,
  readList,
  readOneOrMore,
  readText,
  readValue,
  readWhole,
  show,
} from './reader.ts';
import { readOneOf, readProperty, readTarget } from './selectors.ts';
import { readExpression, readTrigger } from './triggers.ts';

/** Counts what the whole rule may have only so much of. */
export interface ActionScope extends Scope {
  actions: number;
  /** Repeats around this place; parallel branches add up. */
  repeats: number;
}

type Reader = (place: Place, fields: Json, scope: ActionScope) => void;

const ACTIONS: Readonly<Record<string, readonly [readonly string[], Reader]>> = {
  set: [['target', 'values', 'transition', 'for', 'onFailure'], readSet],
  command: [['target', 'command', 'args', 'onFailure'], readCommand],
  save: [['target', 'as'], readSave],
  restore: [['as', 'transition'], readRestore],
  scene: [['scene', 'transition'], readScene],
  notify: [['message', 'title', 'to', 'actions', 'tag', 'critical'], readNotify],
  mode: [['mode'], (place, fields) => readComputedText(place.at('mode'), fields['mode'], 'a mode')],
  emit: [['event', 'data'], readEmit],
  variable: [['name', 'value'], readVariable],
  automation: [['automation', 'do'], readAutomation],
  delay: [['for'], (place, fields) => readComputedDuration(place.at('for'), fields['for'])],
  wait: [['until', 'event', 'timeout', 'onTimeout'], readWait],
  if: [['if', 'then', 'else'], readIf],
  choose: [['choices', 'else'], readChoose],
  repeat: [['count', 'while', 'until', 'each', 'actions'], readRepeat],
  parallel: [['branches'], readParallel],
  stop: [[], () => undefined],
};

export function readActions(place: Place, raw: unknown, scope: ActionScope): void {
  for (const [index, item] of readList(place, raw, 'actions').entries()) readAction(place.at(index), item, scope);
}

function readAction(place: Place, raw: unknown, scope: ActionScope): void {
  scope.actions += 1;
  if (scope.actions > RULE_ACTIONS_MAX) place.fail(`a rule has at most ${RULE_ACTIONS_MAX} actions`);
  if (place.depth > RULE_DEPTH_MAX * 2) place.fail(`conditions and actions are nested at most ${RULE_DEPTH_MAX} deep`);
  if (!isPlain(raw)) place.fail(`expected an action, not ${show(raw)}`);
  const kind = readChoice(place.at('kind'), raw['kind'], Object.keys(ACTIONS));
  const [allowed, read] = ACTIONS[kind]!;
  read(place, readFields(place, raw, ['kind', ...allowed], `an action of kind ${kind}`), scope);
}

/** True when the value is `{"expression"}`, which stands wherever a value does. */
function readIfExpression(place: Place, raw: unknown): boolean {
  if (!isPlain(raw)) return false;
  readExpression(
    place.at('expression'),
    readFields(place, raw, ['expression'], 'a value or {"expression"}')['expression'],
  );
  return true;
}

function readComputedText(place: Place, raw: unknown, what: string): void {
  if (!readIfExpression(place, raw)) readText(place, raw, what);
}

function readComputedDuration(place: Place, raw: unknown): void {
  if (!readIfExpression(place, raw)) readDurationAt(place, raw);
}

function readComputedValue(place: Place, raw: unknown): void {
  if (!readIfExpression(place, raw)) readValue(place, raw);
}

function readSet(place: Place, fields: Json, scope: ActionScope): void {
  readTarget(place.at('target'), fields['target']);
  const values: Place = place.at('values');
  if (!isPlain(fields['values']))
    values.fail(`expected values by property such as {"onOff.on": true}, not ${show(fields['values'])}`);
  const entries = Object.entries(fields['values']);
  if (entries.length === 0) values.fail('expected at least one property');
  if (entries.length > DATA_FIELDS_MAX) values.fail(`expected at most ${DATA_FIELDS_MAX} properties`);
  for (const [property, value] of entries) {
    readProperty(values.at(property), property);
    readComputedValue(values.at(property), value);
  }
  if (fields['transition'] !== undefined) readComputedDuration(place.at('transition'), fields['transition']);
  if (fields['for'] !== undefined) readComputedDuration(place.at('for'), fields['for']);
  readOnFailure(place.at('onFailure'), fields['onFailure'], scope);
}

function readOnFailure(place: Place, raw: unknown, scope: ActionScope): void {
  if (Array.isArray(raw)) readActions(place, raw, scope);
  else if (raw !== undefined) readChoice(place, raw, ['continue', 'stop']);
}

function readCommand(place: Place, fields: Json, scope: ActionScope): void {
  readTarget(place.at('target'), fields['target']);
  readText(place.at('command'), fields['command'], 'a command such as "lock.lock"');
  if (fields['args'] !== undefined) {
    if (!isPlain(fields['args'])) place.at('args').fail(`expected an object, not ${show(fields['args'])}`);
    readArguments(place.at('args'), fields['args'], 0);
  }
  readOnFailure(place.at('onFailure'), fields['onFailure'], scope);
}

/** Arguments are free JSON, since each command has its own; expressions may stand anywhere in them. */
function readArguments(place: Place, raw: unknown, depth: number): void {
  if (depth > 8) place.fail('arguments are nested at most 8 deep');
  if (Array.isArray(raw)) {
    for (const [index, item] of readList(place, raw, 'values').entries())
      readArguments(place.at(index), item, depth + 1);
  } else if (isPlain(raw) && !isExpression(raw)) {
    if (Object.keys(raw).length > DATA_FIELDS_MAX) place.fail(`expected at most ${DATA_FIELDS_MAX} fields`);
    for (const [key, item] of Object.entries(raw)) readArguments(place.at(key), item, depth + 1);
  } else {
    readComputedValue(place, raw);
  }
}

export function isExpression(raw: unknown): raw is { readonly expression: string } {
  return isPlain(raw) && typeof raw['expression'] === 'string' && Object.keys(raw).length === 1;
}

function readSave(place: Place, fields: Json): void {
  readTarget(place.at('target'), fields['target']);
  readText(place.at('as'), fields['as'], 'a name for what is saved');
}

function readRestore(place: Place, fields: Json): void {
  readText(place.at('as'), fields['as'], 'the name of what was saved');
  if (fields['transition'] !== undefined) readComputedDuration(place.at('transition'), fields['transition']);
}

function readScene(place: Place, fields: Json): void {
  readText(place.at('scene'), fields['scene'], 'the id of a scene');
  if (fields['transition'] !== undefined) readComputedDuration(place.at('transition'), fields['transition']);
}

function readNotify(place: Place, fields: Json): void {
  readComputedText(place.at('message'), fields['message'], 'a message');
  if (fields['title'] !== undefined) readComputedText(place.at('title'), fields['title'], 'a title');
  if (fields['to'] !== undefined)
    readOneOrMore(place.at('to'), fields['to'], 'people', (at, item) => readText(at, item, 'a person'));
  if (fields['tag'] !== undefined) readText(place.at('tag'), fields['tag'], 'a tag');
  if (fields['critical'] !== undefined) readBoolean(place.at('critical'), fields['critical']);
  if (fields['actions'] === undefined) return;
  const list = place.at('actions');
  for (const [index, item] of readFilledList(list, fields['actions'], 'actions', NOTIFICATION_ACTIONS_MAX).entries()) {
    const action = readFields(list.at(index), item, ['id', 'title'], 'an action {"id", "title"}');
    readText(list.at(index).at('id'), action['id'], 'an id');
    readText(list.at(index).at('title'), action['title'], 'a title');
  }
}

function readEmit(place: Place, fields: Json): void {
  readText(place.at('event'), fields['event'], 'the name of an event');
  if (fields['data'] === undefined) return;
  const data: Place = place.at('data');
  if (!isPlain(fields['data'])) data.fail(`expected values by name, not ${show(fields['data'])}`);
  if (Object.keys(fields['data']).length > DATA_FIELDS_MAX) data.fail(`expected at most ${DATA_FIELDS_MAX} values`);
  for (const [key, value] of Object.entries(fields['data'])) readComputedValue(data.at(key), value);
}

function readVariable(place: Place, fields: Json): void {
  readText(place.at('name'), fields['name'], 'the name of a variable');
  readComputedValue(place.at('value'), fields['value']);
}

function readAutomation(place: Place, fields: Json): void {
  readText(place.at('automation'), fields['automation'], 'the id of an automation');
  readChoice(place.at('do'), fields['do'], ['run', 'enable', 'disable']);
}

function readWait(place: Place, fields: Json, scope: ActionScope): void {
  if (readOneOf(place, fields, ['until', 'event']) === 'until')
    readCondition(place.at('until'), fields['until'], scope);
  else readWaitEvent(place.at('event'), fields['event']);
  if (fields['timeout'] !== undefined) readComputedDuration(place.at('timeout'), fields['timeout']);
  if (fields['onTimeout'] === undefined) return;
  readChoice(place.at('onTimeout'), fields['onTimeout'], ['continue', 'stop']);
  if (fields['timeout'] === undefined) place.at('onTimeout').fail('onTimeout goes with timeout');
}

function readWaitEvent(place: Place, raw: unknown): void {
  readTrigger(place, raw);
  const fields = raw as Json;
  if (fields['kind'] === 'manual') place.at('kind').fail('a run cannot wait to be run by hand');
}

function readIf(place: Place, fields: Json, scope: ActionScope): void {
  readCondition(place.at('if'), fields['if'], scope);
  readActions(place.at('then'), fields['then'], scope);
  if (fields['else'] !== undefined) readActions(place.at('else'), fields['else'], scope);
}

function readChoose(place: Place, fields: Json, scope: ActionScope): void {
  const choices = place.at('choices');
  for (const [index, item] of readFilledList(choices, fields['choices'], 'choices').entries()) {
    const choice = readFields(choices.at(index), item, ['if', 'then'], 'a choice {"if", "then"}');
    readCondition(choices.at(index).at('if'), choice['if'], scope);
    readActions(choices.at(index).at('then'), choice['then'], scope);
  }
  if (fields['else'] !== undefined) readActions(place.at('else'), fields['else'], scope);
}

function readRepeat(place: Place, fields: Json, scope: ActionScope): void {
  const how = readOneOf(place, fields, ['count', 'while', 'until', 'each']);
  if (how === 'count' && !readIfExpression(place.at('count'), fields['count'])) {
    readWhole(place.at('count'), fields['count'], 0, 1_000_000);
  }
  if (how === 'while' || how === 'until') readCondition(place.at(how), fields[how], scope);
  if (how === 'each') {
    for (const [index, item] of readFilledList(place.at('each'), fields['each'], 'values').entries()) {
      readComputedValue(place.at('each').at(index), item);
    }
  }
  scope.repeats += 1;
  if (scope.repeats > REPEATS_LIVE_MAX) place.fail(`at most ${REPEATS_LIVE_MAX} repeats may be under way at once`);
  readActions(place.at('actions'), fields['actions'], scope);
  scope.repeats -= 1;
}

function readParallel(place: Place, fields: Json, scope: ActionScope): void {
  const branches = place.at('branches');
  const list = readFilledList(branches, fields['branches'], 'branches', PARALLEL_BRANCHES_MAX);
  for (const [index, item] of list.entries()) readActions(branches.at(index), item, scope);
}
