// Every example of docs/rules.md is taken by the engine, and every kind of the language has one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { engineOf, rule, say } from './home.ts';

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

test('the first example is a whole rule', async () => {
  const [first] = [...text.matchAll(/```json\n([\s\S]*?)```/g)];
  (await engineOf([JSON.parse(first![1]!) as Rule])).close();
});

test.run();
