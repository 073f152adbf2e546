// One automation, script or scene of Home Assistant as a rule.

import { checkRule, RuleError } from '@lintel/engine';
import type { Action, Condition, Rule, RunMode, Trigger } from '@lintel/model';
import { NAME_HIDDEN, NAME_LENGTH_MAX } from '../limits.ts';
import { defined, readActions } from './actions.ts';
import { readConditions } from './conditions.ts';
import type { Meaning } from './entities.ts';
import { Lost, type Notes } from './notes.ts';
import { FieldReader, isOff, itemsOf, numberOf, show, textOf } from './reading.ts';
import { sceneSets } from './scenes.ts';
import type { Scope } from './scope.ts';
import type { Fields, Source } from './source.ts';
import { readTrigger, type Started } from './triggers.ts';

export interface Identified {
  readonly id: string;
  readonly source: Fields;
}

const STOP: Action = { kind: 'stop' };
const BY_HAND: Trigger = { kind: 'manual' };

export function automationRule({ id, source }: Identified, around: Scope): Rule {
  const { notes } = around;
  const before = notes.losses;
  const fields = new FieldReader(source, 'an automation');
  fields.ignore('id', 'trace', 'hide_entity', 'max_exceeded', 'icon');
  const name = nameOf(fields, 'alias', notes);
  noteDescription(fields, notes);
  const given = variablesOf(fields, around);
  const started = readTriggers(fields.take('triggers', 'trigger'), given);
  const scope: Scope = { ...given, triggers: started.ids, triggered: commonMeaning(started.all) };
  const conditions = [
    ...guards(started.all),
    ...readConditions(fields.take('conditions', 'condition'), scope).filter((condition) =>
      isTaken(notes, source.line, { triggers: started.triggers, conditions: [condition], actions: [STOP] }),
    ),
  ];
  const actions = readActions(fields.take('actions', 'action'), scope, true);
  const isOn = fields.text('initial_state') !== 'false';
  const settings = runSettings(fields, notes);
  fields.done(notes, 'an automation');
  if (started.triggers.length === 0 && notes.losses === before)
    notes.lose(source.line, 'nothing starts this automation');
  return finished(
    {
      id,
      ...(name !== undefined && { name }),
      ...settings,
      triggers: started.triggers.length === 0 ? [BY_HAND] : started.triggers,
      ...(conditions.length > 0 && { conditions }),
      actions,
    },
    { notes, line: source.line, isOn: () => isOn && notes.losses === before },
  );
}

export function scriptRule({ id, source }: Identified, around: Scope): Rule {
  const { notes } = around;
  const before = notes.losses;
  const fields = new FieldReader(source, 'a script');
  fields.ignore('icon', 'trace', 'max_exceeded', 'id');
  const name = nameOf(fields, 'alias', notes);
  noteDescription(fields, notes);
  const asked = fields.entry('fields');
  if (asked !== undefined) notes.warn(asked.line, 'a script is started here without fields');
  const scope = variablesOf(fields, around);
  const actions = readActions(fields.take('sequence'), scope, true);
  const settings = runSettings(fields, notes);
  fields.done(notes, 'a script');
  const rule = { id, ...(name !== undefined && { name }), ...settings, triggers: [BY_HAND], actions };
  return finished(rule, { notes, line: source.line, isOn: () => notes.losses === before });
}

export function sceneRule({ id, source }: Identified, scope: Scope): Rule {
  const { notes } = scope;
  const before = notes.losses;
  const fields = new FieldReader(source, 'a scene');
  fields.ignore('id', 'icon', 'metadata');
  const name = nameOf(fields, 'name', notes);
  const entities = fields.take('entities');
  const actions = entities === undefined ? [] : (notes.attempt(() => sceneSets(entities, scope)) ?? []);
  fields.done(notes, 'a scene');
  const rule = { id, ...(name !== undefined && { name }), triggers: [BY_HAND], actions };
  return finished(rule, { notes, line: source.line, isOn: () => notes.losses === before });
}

interface Ending {
  readonly notes: Notes;
  readonly line: number;
  readonly isOn: () => boolean;
}

/** @throws Lost where what came out is no rule, such as one that is too large */
function finished(rule: Omit<Rule, 'enabled'>, { notes, line, isOn }: Ending): Rule {
  if (rule.actions.length === 0 && isOn()) notes.lose(line, 'nothing is done');
  const whole = { ...rule, actions: rule.actions.length === 0 ? [STOP] : rule.actions, enabled: isOn() };
  try {
    return checkRule(whole);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    throw new Lost(line, `this makes no rule: ${error.pointer} ${error.message}`);
  }
}

/** A name as the home takes it: on one line, and not too long. */
function nameOf(fields: FieldReader, field: string, notes: Notes): string | undefined {
  const entry = fields.entry(field);
  if (entry === undefined) return undefined;
  const name = textOf(entry.value).replaceAll(new RegExp(NAME_HIDDEN, 'gu'), ' ').trim();
  if (name.length <= NAME_LENGTH_MAX) return name;
  notes.info(entry.line, `the name is cut: it has at most ${NAME_LENGTH_MAX} characters`);
  return name.slice(0, NAME_LENGTH_MAX).trim();
}

function noteDescription(fields: FieldReader, notes: Notes): void {
  const description = fields.entry('description');
  if (description !== undefined) notes.info(description.line, 'the description is not kept');
}

function variablesOf(fields: FieldReader, scope: Scope): Scope {
  let known = scope;
  for (const name of ['trigger_variables', 'variables']) {
    const entry = fields.entry(name);
    if (entry !== undefined) known = scope.notes.attempt(() => defined(entry, known)) ?? known;
  }
  return known;
}

const MODES = new Set<string>(['single', 'restart', 'queued', 'parallel'] satisfies RunMode[]);

function runSettings(fields: FieldReader, notes: Notes): { mode?: RunMode; max?: number } {
  const mode = fields.entry('mode');
  const max = fields.entry('max');
  const text = mode === undefined ? '' : notes.attempt(() => textOf(mode.value));
  if (mode !== undefined && text !== null && !MODES.has(text))
    notes.warn(mode.line, `the mode ${show(text)} is not known; single is taken`);
  const most =
    max === undefined
      ? null
      : notes.attempt(() => Math.min(1_000, Math.max(1, Math.round(numberOf(max.value, 'max')))));
  return {
    ...(text !== null && MODES.has(text) && { mode: text as RunMode }),
    ...(most !== null && { max: most }),
  };
}

interface StartedHere extends Started {
  readonly id: string;
}

function readTriggers(source: Source | undefined, scope: Scope) {
  const ids = new Map<string, string[]>();
  const taken = new Set<string>();
  const all: StartedHere[] = [];
  const items = itemsOf(source).flatMap((item) => nested(item));
  for (const [index, item] of items.entries()) {
    const isLeftOut = scope.notes.attempt(() => isOff(item));
    if (isLeftOut === true) scope.notes.info(item.line, 'a trigger that is switched off is left out');
    const started = isLeftOut === false ? scope.notes.attempt(() => readTrigger(item, scope)) : null;
    const name = item.type === 'map' ? item.entries.get('id')?.value : undefined;
    const wanted = name?.type === 'scalar' && name.text !== '' ? name.text.slice(0, 100) : null;
    for (const each of started ?? []) {
      if (!isTaken(scope.notes, item.line, { triggers: [each.trigger], actions: [STOP] })) continue;
      const id = freeId(wanted ?? String(all.length), taken);
      const key = wanted ?? String(index);
      ids.set(key, [...(ids.get(key) ?? []), id]);
      const trigger = id === String(all.length) ? each.trigger : { ...each.trigger, id };
      all.push({ ...each, trigger, id });
    }
  }
  return { all, ids, triggers: all.map(({ trigger }) => trigger) };
}

/** `triggers:` may stand in a list of triggers once more. */
const nested = (item: Source): readonly Source[] =>
  item.type === 'map' && item.entries.size === 1 && item.entries.has('triggers')
    ? itemsOf(item.entries.get('triggers')!.value)
    : [item];

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`;
  taken.add(id);
  return id;
}

/** Whether rules take it; what they do not is reported. */
function isTaken(notes: Notes, line: number, part: Pick<Rule, 'triggers' | 'conditions' | 'actions'>): boolean {
  try {
    checkRule({ id: 'part', ...part, ...(part.triggers.length === 0 && { triggers: [BY_HAND] }) });
    return true;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    notes.lose(line, error.message);
    return false;
  }
}

function commonMeaning(started: readonly StartedHere[]): Meaning | null {
  const meanings = started.map(({ meaning }) => meaning);
  const [first] = meanings;
  const isCommon = first !== undefined && meanings.every((each) => each?.property === first.property);
  return isCommon ? first : null;
}

/** What is asked of an event's data, where it was this trigger that fired. */
function guards(started: readonly StartedHere[]): Condition[] {
  return started.flatMap(({ id, only }): Condition[] => {
    if (only === undefined) return [];
    const asked: Condition = { kind: 'expression', expression: only };
    if (started.length === 1) return [asked];
    return [{ kind: 'or', conditions: [{ kind: 'not', condition: { kind: 'trigger', is: id } }, asked] }];
  });
}
