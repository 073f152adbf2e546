// Reads a whole rule.

import type { Rule } from '@lintel/model';
import { RuleError } from '../errors.ts';
import { ID_CHARACTERS_MAX, RULE_TRIGGERS_MAX, RUNS_OF_RULE_MAX } from '../../../../assembly/limits.ts';
import { readActions } from './actions.ts';
import { readConditions } from './conditions.ts';
import type { Json } from './reader.ts';
import {
  Place,
  isPlain,
  readBoolean,
  readChoice,
  readFields,
  readFilledList,
  readText,
  readWhole,
  show,
} from './reader.ts';
import { readTrigger } from './triggers.ts';

const FIELDS = [
  'id',
  'name',
  'enabled',
  'mode',
  'max',
  'onEdit',
  'missed',
  'triggers',
  'conditions',
  'actions',
  'author',
  'version',
];

/**
 * Checks the shape of a rule as it came from outside.
 *
 * @returns the same value, now known to be a rule
 * @throws RuleError naming the field at fault and what was expected there
 */
export function checkRule(raw: unknown): Rule {
  if (!isPlain(raw)) throw new RuleError('', '', `expected a rule, not ${show(raw)}`);
  const id = typeof raw['id'] === 'string' ? raw['id'] : '';
  const place = new Place(id);
  const fields = readFields(place, raw, FIELDS, 'a rule');
  readText(place.at('id'), fields['id'], 'an id');
  if (id.length > ID_CHARACTERS_MAX) place.at('id').fail(`expected an id of at most ${ID_CHARACTERS_MAX} characters`);
  readSettings(place, fields);
  const triggerIds = readTriggers(place.at('triggers'), fields['triggers']);
  if (fields['conditions'] !== undefined) readConditions(place.at('conditions'), fields['conditions'], { triggerIds });
  readFilledList(place.at('actions'), fields['actions'], 'actions');
  readActions(place.at('actions'), fields['actions'], { triggerIds, actions: 0, repeats: 0 });
  return raw as unknown as Rule;
}

function readSettings(place: Place, fields: Json): void {
  if (fields['name'] !== undefined && typeof fields['name'] !== 'string') {
    place.at('name').fail(`expected a text, not ${show(fields['name'])}`);
  }
  if (fields['enabled'] !== undefined) readBoolean(place.at('enabled'), fields['enabled']);
  if (fields['mode'] !== undefined)
    readChoice(place.at('mode'), fields['mode'], ['single', 'restart', 'queued', 'parallel']);
  if (fields['max'] !== undefined) readWhole(place.at('max'), fields['max'], 1, RUNS_OF_RULE_MAX);
  if (fields['onEdit'] !== undefined) readChoice(place.at('onEdit'), fields['onEdit'], ['finish', 'cancel']);
  if (fields['missed'] !== undefined) readChoice(place.at('missed'), fields['missed'], ['skip', 'run']);
}

/** The ids of the triggers, those left out being their index. */
function readTriggers(place: Place, raw: unknown): Set<string> {
  const ids = new Set<string>();
  for (const [index, item] of readFilledList(place, raw, 'triggers', RULE_TRIGGERS_MAX).entries()) {
    const id = readTrigger(place.at(index), item) ?? String(index);
    if (ids.has(id))
      place
        .at(index)
        .at('id')
        .fail(`expected an id of its own; another trigger is called ${show(id)}`);
    ids.add(id);
  }
  return ids;
}

/** Checks a list of rules, each on its own and that no id is used twice. */
export function checkRules(raw: unknown): readonly Rule[] {
  if (!Array.isArray(raw)) throw new RuleError('', '', `expected a list of rules, not ${show(raw)}`);
  const ids = new Set<string>();
  return raw.map((item) => {
    const rule = checkRule(item);
    if (ids.has(rule.id)) throw new RuleError(rule.id, '/id', `another rule has the id ${show(rule.id)}`);
    ids.add(rule.id);
    return rule;
  });
}
