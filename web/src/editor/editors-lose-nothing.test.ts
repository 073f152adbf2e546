// Which rules the editor may touch. An item whose fields cannot show all of it stays read-only, whatever its kind.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkRule, editorFor, EDITORS } from './catalogue.ts';
import { dropDraft, keepDraft, readDraft, written, type DraftStorage } from './draft.ts';
import type { EditorHome, Item, PartName } from './kit.ts';

const HOME: EditorHome = {
  devices: [],
  rooms: [],
  groups: [],
  scenes: [],
  rules: [],
  people: [],
  schedules: [],
  variables: [],
  mode: 'home',
};
const BLANK: Rule = { id: '', triggers: [], actions: [] };

function memory(): DraftStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const Editors = suite('editors');

Editors('every editor fits what it makes', () => {
  for (const [part, editors] of Object.entries(EDITORS)) {
    for (const editor of editors) {
      const made = editor.create(HOME, BLANK);
      assert.is(editorFor(part as PartName, made), editor, `${part}: ${editor.kind}`);
    }
  }
});

Editors('an item that says more than the language is kept, and not touched', () => {
  const strange: readonly (readonly [PartName, object])[] = [
    ['triggers', { kind: 'property', device: 'a', property: 'p', becomes: true, later: 1 }],
    ['triggers', { kind: 'moonrise' }],
    ['triggers', { kind: 'time', at: { dawn: true } }],
    ['triggers', { kind: 'property', device: { house: 1 }, property: 'p', changes: true }],
    ['conditions', { kind: 'property', device: 'a', property: 'p', is: true, above: 1 }],
    ['conditions', { kind: 'mode', is: null }],
    ['conditions', { kind: 'and' }],
    ['actions', { kind: 'set', target: { device: 'a', colour: 1 }, values: {} }],
    ['actions', { kind: 'set', target: { device: 'a' } }],
    ['actions', { kind: 'delay', for: { expression: '"5m"', unit: 's' } }],
    ['actions', { kind: 'repeat', count: 3, while: { kind: 'mode', is: 'home' }, actions: [] }],
    ['actions', { kind: 'wait' }],
  ];
  for (const [part, item] of strange) assert.is(editorFor(part, item as Item), null, JSON.stringify(item));
});

Editors('what is missing is named by its pointer', () => {
  const rule: Rule = {
    id: '',
    triggers: [{ kind: 'property', device: '', property: '', becomes: true }],
    conditions: [{ kind: 'sun', after: 'sunset', offset: '-soon' }],
    actions: [
      { kind: 'set', target: { device: 'a' }, values: { 'level.level': 1.5 } },
      { kind: 'wait', until: { kind: 'property', device: 'a', property: 'p', is: true, for: 'x' } },
      {
        kind: 'if',
        if: { kind: 'or', conditions: [{ kind: 'expression', expression: '' }] },
        then: [{ kind: 'repeat', count: 0, actions: [{ kind: 'scene', scene: '' }] }],
      },
      { kind: 'choose', choices: [{ if: { kind: 'mode', is: 'home' }, then: [{ kind: 'delay', for: '' }] }] },
    ],
  };
  assert.equal(Object.keys(checkRule(rule)).toSorted(), [
    '/actions/0/values/level.level',
    '/actions/1/until/for',
    '/actions/2/if/conditions/0/expression',
    '/actions/2/then/0/actions/0/scene',
    '/actions/2/then/0/count',
    '/actions/3/choices/0/then/0/for',
    '/conditions/0/offset',
    '/triggers/0/device',
    '/triggers/0/property',
  ]);
});

Editors('a wait begins with the opposite of what started the rule', () => {
  const rule: Rule = {
    ...BLANK,
    triggers: [{ kind: 'property', device: 'm', property: 'occupancy.occupied', becomes: true }],
  };
  const wait = EDITORS.actions.find((each) => each.kind === 'wait')!.create(HOME, rule);
  const until = { kind: 'property', device: 'm', property: 'occupancy.occupied', is: false, for: '5m' };
  assert.equal(wait, { kind: 'wait', until });
});

Editors('a draft comes back as it was, and a damaged one not at all', () => {
  const storage = memory();
  keepDraft('new', { rule: BLANK, base: null }, storage);
  assert.equal(readDraft('new', storage), { rule: BLANK, base: null });
  for (const damaged of ['{', '1', '{"rule":1}', '{"rule":{"triggers":[]}}', 'null']) {
    storage.items.set('lintel.draft.new', damaged);
    assert.is(readDraft('new', storage), null, damaged);
  }
  dropDraft('new', storage);
  assert.is(storage.items.size, 0);
});

Editors('a full storage does not stop the editing', () => {
  const full: DraftStorage = {
    ...memory(),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  keepDraft('new', { rule: BLANK, base: null }, full);
});

Editors('what the hub writes into a rule is not sent back', () => {
  const rule: Rule = { ...BLANK, id: 'x', author: 'u', version: 3 };
  assert.equal(written(rule), { id: 'x', triggers: [], actions: [] });
  assert.equal(written(BLANK), { triggers: [], actions: [] });
});

Editors.run();
