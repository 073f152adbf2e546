// Every example of docs/rules.md is taken by the engine, and every kind of the language has one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { engineOf, rule, say, tell } from './home.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/rules.md'), 'utf8');
const test = suite('documented rules');

function examples(heading: string): { kind: string }[] {
  const start = text.indexOf(`\n## ${heading}`);
  assert.ok(start > 0, heading);
  const section = text.slice(start, text.indexOf('\n## ', start + 4));
  return [...section.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => JSON.parse(match[1]!) as { kind: string });
}

const KINDS = {
  When: [
    'property',
    'event',
    'time',
    'every',
    'cron',
    'sun',
    'mode',
    'presence',
    'online',
    'start',
    'manual',
    'webhook',
    'schedule',
    'expression',
  ],
  If: [
    'and',
    'or',
    'not',
    'property',
    'time',
    'sun',
    'mode',
    'presence',
    'online',
    'schedule',
    'expression',
    'trigger',
  ],
  Then: [
    'set',
    'command',
    'save',
    'restore',
    'scene',
    'notify',
    'mode',
    'emit',
    'variable',
    'automation',
    'delay',
    'wait',
    'if',
    'choose',
    'repeat',
    'parallel',
    'stop',
  ],
};

const wrap = {
  When: (example: unknown): Rule => rule('r', [example as Trigger], [say('x')]),
  If: (example: unknown): Rule => rule('r', [{ kind: 'manual' }], [say('x')], { conditions: [example as Condition] }),
  Then: (example: unknown): Rule => rule('r', [{ kind: 'manual' }], [example as Action]),
};

for (const heading of ['When', 'If', 'Then'] as const) {
  test(`${heading}: every example runs, and every kind has one`, async () => {
    const found = examples(heading);
    for (const example of found) {
      const engine = await engineOf([wrap[heading](example)]);
      engine.step(1000, [{ run: 'r' }]);
      engine.close();
    }
    assert.equal([...new Set(found.map((example) => example.kind))].toSorted(), [...KINDS[heading]].toSorted());
  });
}

test('whole rules run, and show every mode, what edits do, and what is made up for', async () => {
  const rules = [...text.matchAll(/```json\n([\s\S]*?)```/g)]
    .map((match) => JSON.parse(match[1]!) as Rule)
    .filter((example) => 'triggers' in example);
  (await engineOf(rules)).close();
  const shown = (field: 'mode' | 'onEdit' | 'missed'): unknown[] => [...new Set(rules.map((each) => each[field]))];
  for (const mode of ['single', 'restart', 'queued', 'parallel']) assert.ok(shown('mode').includes(mode), mode);
  assert.ok(shown('onEdit').includes('cancel') && shown('missed').includes('run'));
});

test('every target has an example', () => {
  const targets = examples('Then').flatMap((action) => ('target' in action ? [action.target as object] : []));
  const shown = new Set(targets.flatMap((target) => Object.keys(target)));
  const known = ['device', 'devices', 'room', 'floor', 'group', 'home', 'trigger', 'kind', 'except'];
  assert.equal([...shown].toSorted(), known.toSorted());
});

test('every name of an expression has an example, which the engine takes', async () => {
  const section = text.slice(text.indexOf('\n## Expressions'), text.indexOf('\n## Problems'));
  const rows = [...section.matchAll(/^\| (.+?) \| (.*?) \| (.+) \|$/gm)]
    .slice(1)
    .filter(([row]) => !row.includes('---'));
  const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
  assert.ok(rows.length > 15, String(rows.length));
  const shown = rows.flatMap(([, , , cell]) => quoted(cell!));
  for (const [, names, meaning] of rows) {
    for (const each of quoted(names === 'sets' ? meaning! : names!)) {
      const [name] = /^\.?[a-z.]+/i.exec(each)!;
      assert.ok(
        shown.some((expression) => expression.includes(name)),
        each,
      );
    }
  }
  for (const expression of shown) (await engineOf([rule('r', [{ kind: 'manual' }], [tell(expression)])])).close();
});

test.run();
