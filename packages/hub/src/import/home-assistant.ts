// Automations, scripts and scenes of Home Assistant as rules: nothing is saved, and nothing is lost without a word.

import { createEngine, RuleError, type EngineDevice } from '@lintel/engine';
import { RESERVED_RULE_IDS } from '@lintel/model';
import type { Rule } from '@lintel/model';
import type { ImportAnswer } from '../views.ts';
import { automationRule, sceneRule, scriptRule, type Identified } from './automation.ts';
import { blueprintOf, filled, unfolded, type Blueprint } from './blueprints.ts';
import { Entities, type Mapping } from './entities.ts';
import { IMPORTED_RULES_MAX } from './limits.ts';
import { Notes } from './notes.ts';
import { show } from './reading.ts';
import type { Scope } from './scope.ts';
import { readYaml, sourceOf, type Fields, type Source } from './source.ts';

export interface ImportInput {
  readonly yaml: string;
  /** What the inputs of a blueprint are. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Entities, devices and areas of Home Assistant by their ids. */
  readonly entities: Readonly<Record<string, Mapping>>;
  readonly devices: readonly EngineDevice[];
}

type Kind = 'automation' | 'script' | 'scene';
interface Found {
  readonly kind: Kind;
  /** What it is called by in the text, where that is said beside it. */
  readonly key: string | null;
  readonly source: Fields;
}

/** @throws HubError BAD_YAML with the line */
export async function importHomeAssistant({ yaml, inputs, entities, devices }: ImportInput): Promise<ImportAnswer> {
  const notes = new Notes();
  const documents = readYaml(yaml);
  const found = itemsFound(documents, inputs, notes);
  const identified = identify(found.slice(0, IMPORTED_RULES_MAX));
  for (const { source } of found.slice(IMPORTED_RULES_MAX, IMPORTED_RULES_MAX + 1))
    notes.lose(source.line, `from here on nothing is taken: at most ${IMPORTED_RULES_MAX} are at once`);
  const scope: Scope = {
    notes,
    entities: new Entities(entities, devices),
    names: { rules: namesOf(identified) },
    variables: new Map(),
    saved: new Set(),
    triggers: new Map(),
    triggered: null,
    within: new Set(),
  };
  const made = identified.flatMap((each) => {
    const rule = notes.attempt(() => READERS[each.kind](each, { ...scope, saved: new Set() }));
    return rule === null ? [] : [{ rule, line: each.source.line }];
  });
  const rules = await runnable(made, notes);
  return { rules, report: notes.list.toSorted((a, b) => a.line - b.line) };
}

const READERS: Readonly<Record<Kind, (each: Identified, scope: Scope) => Rule>> = {
  automation: automationRule,
  script: scriptRule,
  scene: sceneRule,
};

interface Made {
  readonly rule: Rule;
  readonly line: number;
}

/** What has the right shape may still be too large for the core: looked at all at once, and one by one where that fails. */
async function runnable(made: readonly Made[], notes: Notes): Promise<Rule[]> {
  const rules = made.map(({ rule }) => rule);
  if ((await refusalOf(rules)) === null) return rules;
  const kept: Rule[] = [];
  for (const { rule, line } of made) {
    const refusal = await refusalOf([rule]);
    if (refusal === null) kept.push(rule);
    else notes.lose(line, `this makes no rule: ${refusal.pointer} ${refusal.message}`);
  }
  return kept;
}

async function refusalOf(rules: readonly Rule[]): Promise<RuleError | null> {
  try {
    const home = { latitude: 0, longitude: 0, timeZone: 'UTC' };
    (await createEngine({ rules, home, startAt: 0, strict: false })).close();
    return null;
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
}

function itemsFound(documents: readonly Source[], inputs: ImportInput['inputs'], notes: Notes): Found[] {
  const blueprints: Blueprint[] = [];
  const found = documents.flatMap((document) => {
    const blueprint = notes.attempt(() => blueprintOf(document));
    if (blueprint === null) return ofDocument(document, notes);
    blueprints.push(blueprint);
    return [];
  });
  const uses = found.some(({ source }) => source.entries.has('use_blueprint'));
  const given = new Map(Object.entries(inputs).map(([name, value]) => [name, value] as const));
  const filledIn = uses ? [] : blueprints.map((blueprint) => fillIn(blueprint, given));
  return [...filledIn, ...found].flatMap((each) => {
    const source = notes.attempt(() => unfolded(each.source, blueprints, notes));
    return source === null ? [] : [{ ...each, source }];
  });
}

function fillIn({ body, defaults }: Blueprint, inputs: ReadonlyMap<string, unknown>): Found {
  const given = new Map(defaults);
  for (const [name, value] of inputs) given.set(name, sourceOf(value, body.line));
  const source = filled(body, given) as Fields;
  return { kind: source.entries.has('sequence') ? 'script' : 'automation', key: null, source };
}

const SECTION = /^(automation|script|scene)( .*)?$/;

function ofDocument(document: Source, notes: Notes): Found[] {
  if (document.type === 'list') return document.items.flatMap((item) => ofItem(item, notes));
  if (document.type !== 'map') {
    notes.lose(document.line, 'expected automations, scripts or scenes');
    return [];
  }
  if (isAutomation(document) || isScene(document)) return ofItem(document, notes);
  return [...document.entries].flatMap(([name, { line, value }]): Found[] => {
    const section = SECTION.exec(name)?.[1];
    if (section === 'script') return scripts(value);
    if (section !== undefined)
      return (value.type === 'list' ? value.items : [value]).flatMap((item) => ofItem(item, notes));
    if (value.type === 'map' && value.entries.has('sequence')) return [{ kind: 'script', key: name, source: value }];
    notes.warn(line, `${show(name)} is no automation, script or scene`);
    return [];
  });
}

const isAutomation = ({ entries }: Fields): boolean =>
  ['trigger', 'triggers', 'action', 'actions', 'use_blueprint', 'sequence'].some((name) => entries.has(name));
const isScene = ({ entries }: Fields): boolean => entries.has('entities') && entries.has('name');

function ofItem(item: Source, notes: Notes): Found[] {
  if (item.type === 'map' && isScene(item)) return [{ kind: 'scene', key: null, source: item }];
  if (item.type === 'map' && item.entries.has('sequence')) return [{ kind: 'script', key: null, source: item }];
  if (item.type === 'map' && isAutomation(item)) return [{ kind: 'automation', key: null, source: item }];
  notes.lose(item.line, 'this is no automation, script or scene');
  return [];
}

function scripts(value: Source): Found[] {
  if (value.type !== 'map') return [];
  return [...value.entries].flatMap(([key, entry]): Found[] =>
    entry.value.type === 'map' ? [{ kind: 'script', key, source: entry.value }] : [],
  );
}

/** Ids that a saved rule may have. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

interface Known extends Found, Identified {}

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');

const fieldText = ({ entries }: Fields, name: string): string => {
  const value = entries.get(name)?.value;
  return value?.type === 'scalar' ? value.text : '';
};

/** Each under an id of its own: the one it has, else one made of its name. */
function identify(found: readonly Found[]): Known[] {
  const taken = new Set<string>(RESERVED_RULE_IDS);
  return found.map((each, index) => {
    const own = fieldText(each.source, 'id');
    const name = each.key ?? (fieldText(each.source, 'alias') || fieldText(each.source, 'name'));
    const base = ID.test(own) ? own : slug(name === '' ? own : name).slice(0, 56) || `imported-${index + 1}`;
    let id = base;
    for (let count = 2; taken.has(id); count += 1) id = `${base.slice(0, 56)}-${count}`;
    taken.add(id);
    return { ...each, id };
  });
}

/** What others call them by: `automation.hall_light`, `script.good_night`, `scene.evening`. */
function namesOf(identified: readonly Known[]): Map<string, string> {
  return new Map(
    identified.flatMap(({ kind, key, source, id }) =>
      [key ?? '', slug(fieldText(source, 'alias')), slug(fieldText(source, 'name')), kind === 'automation' ? '' : id]
        .filter((name) => name !== '')
        .map((name): [string, string] => [`${kind}.${name}`, id]),
    ),
  );
}
