// Which rules the editor may touch. An item whose fields cannot show all of it stays read-only, whatever its kind.

import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkRule, editorFor, EDITORS, type PartName } from './catalogue.ts';
import { dropDraft, keepDraft, readDraft, written, type DraftStorage } from './draft.ts';
import type { EditorHome } from './kit.ts';

const HOME: EditorHome = { devices: [], rooms: [], mode: 'home' };
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

Editors('nothing with a member that no field shows is editable', () => {
  const triggers: readonly Trigger[] = [
    { kind: 'property', device: 'a', property: 'p', above: 1, hysteresis: 2 },
    { kind: 'property', device: { room: 'hall' }, property: 'p', becomes: true },
    { kind: 'property', device: 'a', property: 'p', becomes: ['x', 'y'] },
    { kind: 'property', device: 'a', property: 'p', becomes: true, origin: 'user' },
    { kind: 'event', event: 'my.event' },
    { kind: 'time', at: ['07:00', '08:00'] },
    { kind: 'time', at: '07:00', weekdays: ['workday'] },
    { kind: 'sun', elevation: 3 },
    { kind: 'cron', cron: '0 7 * * *' },
  ];
  for (const each of triggers) assert.is(editorFor('triggers', each), null, JSON.stringify(each));
  const conditions: readonly Condition[] = [
    { kind: 'property', device: 'a', property: 'p', between: [1, 2] },
    { kind: 'property', device: 'a', property: 'p', unknown: true },
    { kind: 'sun', after: 'sunset', beforeOffset: '1h' },
    { kind: 'mode', is: ['home', 'away'] },
    { kind: 'and', conditions: [] },
  ];
  for (const each of conditions) assert.is(editorFor('conditions', each), null, JSON.stringify(each));
  const actions: readonly Action[] = [
    { kind: 'set', target: { device: 'a' }, values: { 'color.hue': 1 } },
    { kind: 'set', target: { device: 'a' }, values: { 'level.level': { expression: '1' } } },
    { kind: 'set', target: { device: 'a' }, values: { 'onOff.on': true }, for: '5m' },
    { kind: 'set', target: { room: 'a', kind: 'fan' }, values: { 'onOff.on': true } },
    { kind: 'wait', event: { kind: 'manual' } },
    { kind: 'wait', until: { kind: 'mode', is: 'home' } },
    { kind: 'delay', for: { expression: '"5m"' } },
    { kind: 'stop' },
  ];
  for (const each of actions) assert.is(editorFor('actions', each), null, JSON.stringify(each));
});

Editors('what is missing is named by its pointer', () => {
  const rule: Rule = {
    id: '',
    triggers: [{ kind: 'property', device: '', property: '', becomes: true }],
    conditions: [{ kind: 'sun', after: 'sunset', offset: '-soon' }],
    actions: [
      { kind: 'set', target: { device: 'a' }, values: { 'level.level': 1.5 } },
      { kind: 'wait', until: { kind: 'property', device: 'a', property: 'p', is: true, for: 'x' } },
      { kind: 'choose', choices: [] },
    ],
  };
  assert.equal(Object.keys(checkRule(rule)).toSorted(), [
    '/actions/0/values/level.level',
    '/actions/1/until/for',
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
