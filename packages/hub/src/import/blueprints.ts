// Blueprints: an automation with `!input` where something is to be filled in.

import { Lost, type Notes } from './notes.ts';
import { FieldReader, show, textOf } from './reading.ts';
import { sourceOf, type Entry, type Fields, type Source } from './source.ts';

export interface Blueprint {
  readonly name: string;
  readonly body: Fields;
  readonly defaults: ReadonlyMap<string, Source>;
}

export function blueprintOf(source: Source): Blueprint | null {
  const head = source.type === 'map' ? source.entries.get('blueprint')?.value : undefined;
  if (head === undefined || source.type !== 'map') return null;
  const fields = new FieldReader(head, 'a blueprint');
  const defaults = new Map<string, Source>();
  const inputs = fields.take('input');
  if (inputs !== undefined) addDefaults(inputs, defaults, 0);
  const entries = new Map([...source.entries].filter(([name]) => name !== 'blueprint'));
  const name = fields.text('name') ?? '';
  return { name, body: { type: 'map', line: source.line, entries: named(entries, name, head.line) }, defaults };
}

function named(entries: Map<string, Entry>, name: string, line: number): Map<string, Entry> {
  if (name === '' || entries.has('alias')) return entries;
  return entries.set('alias', { line, value: { type: 'scalar', line, value: name, text: name } });
}

/** Inputs may stand in sections, which have inputs of their own. */
function addDefaults(inputs: Source, defaults: Map<string, Source>, depth: number): void {
  if (inputs.type !== 'map' || depth > 4) return;
  for (const [name, { value }] of inputs.entries) {
    if (value.type !== 'map') continue;
    const section = value.entries.get('input');
    if (section !== undefined) addDefaults(section.value, defaults, depth + 1);
    const given = value.entries.get('default');
    if (given !== undefined) defaults.set(name, given.value);
  }
}

/** The automation with its inputs filled in, each on the line where it is used; those that are not given stay. */
export function filled(source: Source, inputs: ReadonlyMap<string, Source>): Source {
  switch (source.type) {
    case 'input': {
      const given = inputs.get(source.name);
      return given === undefined ? source : moved(given, source.line);
    }
    case 'list':
      return { ...source, items: source.items.map((item) => filled(item, inputs)) };
    case 'map': {
      const entries = [...source.entries].map(([name, { line, value }]): [string, Entry] => [
        name,
        { line, value: filled(value, inputs) },
      ]);
      return { ...source, entries: new Map(entries) };
    }
    default:
      return source;
  }
}

function moved(source: Source, line: number): Source {
  if (source.type === 'list') return { ...source, line, items: source.items.map((item) => moved(item, line)) };
  if (source.type !== 'map') return { ...source, line };
  const entries = [...source.entries].map(([name, { value }]): [string, Entry] => [
    name,
    { line, value: moved(value, line) },
  ]);
  return { ...source, line, entries: new Map(entries) };
}

/** The one blueprint that comes with Home Assistant and that nearly everyone uses. */
const MOTION_LIGHT = {
  mode: 'restart',
  triggers: { trigger: 'state', entity_id: 'motion_entity', from: 'off', to: 'on' },
  actions: [
    { action: 'light.turn_on', target: 'light_target' },
    { wait_for_trigger: { trigger: 'state', entity_id: 'motion_entity', from: 'on', to: 'off' } },
    { delay: 'no_motion_wait' },
    { action: 'light.turn_off', target: 'light_target' },
  ],
};

function builtIn(path: string, line: number): Blueprint | null {
  if (path !== 'homeassistant/motion_light.yaml') return null;
  const inputs = ['motion_entity', 'light_target', 'no_motion_wait'];
  const asInputs = (source: Source): Source => {
    if (source.type === 'scalar' && inputs.includes(source.text)) return { type: 'input', line, name: source.text };
    if (source.type === 'list') return { ...source, items: source.items.map(asInputs) };
    if (source.type !== 'map') return source;
    const entries = [...source.entries].map(([name, entry]): [string, Entry] => [
      name,
      { line, value: asInputs(entry.value) },
    ]);
    return { ...source, entries: new Map(entries) };
  };
  const body = asInputs(sourceOf(MOTION_LIGHT, line)) as Fields;
  return { name: 'Motion-activated light', body, defaults: new Map([['no_motion_wait', sourceOf(120, line)]]) };
}

/**
 * The automation that `use_blueprint` stands for; the source itself where it uses none.
 * @throws Lost where the blueprint is not in the text
 */
export function unfolded(source: Fields, blueprints: readonly Blueprint[], notes: Notes): Fields {
  const use = source.entries.get('use_blueprint');
  if (use === undefined) return source;
  const fields = new FieldReader(use.value, 'use_blueprint');
  const path = textOf(fields.need('path'));
  const blueprint = foundIn(blueprints, path) ?? builtIn(path, use.line);
  if (blueprint === null)
    throw new Lost(
      use.line,
      `the blueprint ${show(path)} is not in this text; put it before, parted by a line with ---`,
    );
  const given = new Map(blueprint.defaults);
  const inputs = fields.take('input', 'inputs');
  if (inputs?.type === 'map') for (const [name, { value }] of inputs.entries) given.set(name, value);
  fields.done(notes, 'use_blueprint');
  const body = filled(blueprint.body, given) as Fields;
  const own = [...source.entries].filter(([name]) => name !== 'use_blueprint');
  return { type: 'map', line: source.line, entries: new Map([...body.entries, ...own]) };
}

const bare = (text: string): string =>
  text
    .replace(/^.*\//, '')
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');

function foundIn(blueprints: readonly Blueprint[], path: string): Blueprint | null {
  const found = blueprints.find(({ name }) => bare(name) === bare(path));
  return found ?? (blueprints.length === 1 ? blueprints[0]! : null);
}
