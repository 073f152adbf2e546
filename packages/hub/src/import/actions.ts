// Sequences of Home Assistant as actions of rules.

import type { Action, Condition, Trigger } from '@lintel/model';
import { readCall } from './calls.ts';
import { all, NEVER, readCondition, wholeCondition } from './conditions.ts';
import { deviceAction } from './device-actions.ts';
import { recall } from './home-calls.ts';
import { conditionOf } from './jinja/template.ts';
import { Lost } from './notes.ts';
import { FieldReader, isOff, isTemplate, itemsOf, numberOf, show, textOf } from './reading.ts';
import { withVariables, type Scope } from './scope.ts';
import type { Entry, Source } from './source.ts';
import { isTemplated } from './templated.ts';
import { anyValue, durationValue, numberValue } from './values.ts';
import { waitFor } from './waits.ts';

type Reader = (fields: FieldReader, scope: Scope) => Action[];

/** Steps by the field that tells them apart, in the order in which they are looked for. */
const READERS: Readonly<Record<string, Reader>> = {
  action: serviceStep,
  service: serviceStep,
  service_template: serviceStep,
  delay: (fields, scope) => [{ kind: 'delay', for: durationValue(fields.need('delay'), scope) }],
  wait_template: (fields, scope) => [
    { kind: 'wait', until: conditionOf(fields.need('wait_template'), scope), ...timeout(fields, scope) },
  ],
  wait_for_trigger: (fields, scope) => [
    { kind: 'wait', event: waitedTrigger(fields, scope), ...timeout(fields, scope) },
  ],
  event: emit,
  scene: (fields, scope) => recall(textOf(fields.need('scene')), fields.line, { scope }),
  choose,
  if: (fields, scope) => {
    const otherwise = fields.take('else');
    return [
      {
        kind: 'if',
        if: wholeCondition(fields.take('if'), scope),
        then: readActions(fields.take('then'), scope),
        ...(otherwise !== undefined && { else: readActions(otherwise, scope) }),
      },
    ];
  },
  repeat,
  parallel: (fields, scope) => [
    { kind: 'parallel', branches: itemsOf(fields.take('parallel')).map((item) => branch(item, scope)) },
  ],
  sequence: (fields, scope) => readActions(fields.take('sequence'), scope),
  stop: (fields) => {
    fields.ignore('error', 'stop');
    return [{ kind: 'stop' }];
  },
  type: deviceAction,
};

const CONDITIONS = ['condition', 'and', 'or', 'not'];

/** A list of actions; what cannot be said of it is reported and left out. */
export function readActions(source: Source | undefined, scope: Scope, isWhole = false): Action[] {
  const actions: Action[] = [];
  const items = itemsOf(source);
  let known = scope;
  for (const [index, item] of items.entries()) {
    if (known.notes.attempt(() => isOff(item)) === true) {
      known.notes.info(item.line, 'an action that is switched off is left out');
      continue;
    }
    const variables = item.type === 'map' ? item.entries.get('variables') : undefined;
    if (variables !== undefined && item.type === 'map' && !item.entries.has('action') && !item.entries.has('service')) {
      known = known.notes.attempt(() => defined(variables, known)) ?? known;
      continue;
    }
    const condition = conditionStep(item, known);
    if (condition === null) {
      actions.push(...(known.notes.attempt(() => readStep(item, known)) ?? []));
    } else if (isWhole) {
      actions.push({ kind: 'if', if: condition, then: [], else: [{ kind: 'stop' }] });
    } else {
      const rest: Source = { type: 'list', line: item.line, items: items.slice(index + 1) };
      actions.push({ kind: 'if', if: condition, then: readActions(rest, known) });
      break;
    }
  }
  return actions;
}

/** A condition among actions, which ends the sequence it stands in; null where the item is none. */
function conditionStep(item: Source, scope: Scope): Condition | null {
  const isCondition =
    item.type === 'scalar'
      ? isTemplate(item)
      : item.type === 'map' && CONDITIONS.some((name) => item.entries.has(name));
  if (!isCondition) return null;
  const conditions = scope.notes.attempt(() => readCondition(item, scope));
  return conditions === null ? NEVER : all(conditions);
}

/** Variables are filled in where they are used. */
export function defined({ value }: Entry, scope: Scope): Scope {
  const variables = new FieldReader(value, 'variables').rest().map(([name, { line, value: given }]) => {
    if (isTemplated(given)) scope.notes.warn(line, `the variable ${show(name)} is worked out anew wherever it is used`);
    return [name, given] as const;
  });
  return withVariables(scope, variables);
}

function readStep(source: Source, scope: Scope): Action[] {
  const fields = new FieldReader(source, 'an action');
  const kind = Object.keys(READERS).find((name) => fields.has(name));
  if (kind === undefined) throw new Lost(source.line, 'this action has no counterpart');
  fields.ignore('alias', 'enabled', 'continue_on_error', 'metadata');
  const actions = READERS[kind]!(fields, scope);
  if (fields.has('response_variable'))
    throw new Lost(source.line, 'what an action answers (response_variable) is not kept');
  fields.done(scope.notes, `the action ${kind}`);
  return actions;
}

function serviceStep(fields: FieldReader, scope: Scope): Action[] {
  const name = fields.entry('action', 'service', 'service_template')!;
  return readCall(textOf(name.value), name.line, fields, scope);
}

function timeout(
  fields: FieldReader,
  scope: Scope,
): { timeout?: ReturnType<typeof durationValue>; onTimeout?: 'stop' } {
  const given = fields.take('timeout');
  const goesOn = fields.text('continue_on_timeout');
  if (given === undefined) return {};
  return {
    timeout: durationValue(given, scope),
    ...(goesOn !== undefined && goesOn.toLowerCase() === 'false' && { onTimeout: 'stop' }),
  };
}

const waitedTrigger = (fields: FieldReader, scope: Scope): Trigger => waitFor(fields.need('wait_for_trigger'), scope);

function emit(fields: FieldReader, scope: Scope): Action[] {
  const entries = [fields.take('event_data'), fields.take('event_data_template')].flatMap((data) =>
    data === undefined ? [] : new FieldReader(data, 'event_data').rest(),
  );
  const data = Object.fromEntries(entries.map(([name, { value }]) => [name, anyValue(value, scope)]));
  return [{ kind: 'emit', event: textOf(fields.need('event')), ...(entries.length > 0 && { data }) }];
}

function choose(fields: FieldReader, scope: Scope): Action[] {
  const choices = itemsOf(fields.take('choose')).map((item) => {
    const choice = new FieldReader(item, 'a choice');
    choice.ignore('alias');
    const condition = wholeCondition(choice.take('conditions', 'condition'), scope);
    const then = readActions(choice.take('sequence'), scope);
    choice.done(scope.notes, 'a choice');
    return { if: condition, then };
  });
  const otherwise = fields.take('default');
  if (choices.length === 0) return readActions(otherwise, scope);
  return [{ kind: 'choose', choices, ...(otherwise !== undefined && { else: readActions(otherwise, scope) }) }];
}

function repeat(outer: FieldReader, scope: Scope): Action[] {
  const fields = new FieldReader(outer.need('repeat'), 'repeat');
  const actions = readActions(fields.take('sequence'), scope);
  const [count, each] = [fields.take('count'), fields.take('for_each')];
  if (count !== undefined) {
    const plain = isTemplate(count) ? numberValue(count, scope) : numberOf(count, 'how often');
    return [{ kind: 'repeat', count: plain, actions }];
  }
  if (each !== undefined) {
    const values = itemsOf(each).map((item) => {
      if (item.type !== 'scalar' || isTemplate(item))
        throw new Lost(item.line, '`for_each` is taken with plain values only');
      return item.value;
    });
    return [{ kind: 'repeat', each: values, actions }];
  }
  const how = (['while', 'until'] as const).find((name) => fields.has(name));
  if (how === undefined) throw new Lost(fields.line, 'expected count, while, until or for_each');
  return [{ kind: 'repeat', [how]: wholeCondition(fields.take(how), scope), actions }];
}

function branch(item: Source, scope: Scope): Action[] {
  return readActions(item.type === 'list' ? item : { type: 'list', line: item.line, items: [item] }, scope);
}
