// Damaged automations and random templates: each import ends with rules that the engine takes, or is refused by name.
// SEED=n throws those of another run, RUNS=n more of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRule } from '@lintel/engine';
import { HubError } from '@lintel/model';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { importText } from './importing.ts';

const test = suite('hostile text');
const runs = Number(process.env['RUNS'] ?? 500);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** The automations of the other tests, as a corpus to damage. */
const CORPUS = ['imported-triggers-fire-as-they-did', 'imported-actions-do-as-they-did', 'what-is-lost-is-named']
  .flatMap((name) => readFileSync(join(import.meta.dirname, `${name}.test.ts`), 'utf8').split('`'))
  .filter((text) => /trigger|action|service/.test(text) && text.includes('\n'));

const HARM = [
  '&a ',
  '*a',
  '!x ',
  '{{',
  '}}',
  '{%',
  '[',
  ']',
  '{',
  '}',
  ': ',
  '- ',
  '\n',
  '"',
  "'",
  '#',
  '|',
  '>',
  '? ',
  '<<: ',
  '\t',
  '\0',
  '😀',
  '9e999',
  '-1',
  'null',
  'on',
  '__proto__: ',
  'constructor',
  '24:99',
  '---\n',
];

const damaged = fc
  .tuple(
    fc.constantFrom(...CORPUS),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...HARM, '')), { maxLength: 4 }),
  )
  .map(([text, harms]) => {
    let result = text;
    for (const [at, cut, harm] of harms) {
      const index = at % (result.length + 1);
      result = result.slice(0, index) + harm + result.slice(index + cut);
    }
    return result;
  });

const WORDS = [
  'states',
  'state_attr',
  'is_state',
  'now',
  'trigger',
  'wait',
  'repeat',
  'x',
  'in',
  'not',
  'and',
  'or',
  'is',
  'none',
  '(',
  ')',
  '[',
  ']',
  '.',
  ',',
  '|',
  '==',
  '<',
  '+',
  '-',
  '~',
  '1',
  '0',
  "'light.hall'",
  "'on'",
  "'sensor.bath_temperature'",
  'float',
  'int',
  'round',
  'max',
  'to_state',
  'state',
  'timedelta',
  'minutes',
  '=',
];
const template = fc.array(fc.constantFrom(...WORDS), { maxLength: 24 }).map((words) => words.join(' '));

async function endsWell(yaml: string): Promise<void> {
  try {
    const { rules, report } = await importText(yaml);
    const lines = yaml.split('\n').length;
    for (const rule of rules) checkRule(rule);
    for (const { line } of report)
      assert.ok(Number.isInteger(line) && line >= 1 && line <= lines, `line ${line} of ${lines}`);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    assert.is(error.code, 'BAD_YAML');
    assert.type(error.extra?.['line'], 'number');
  }
}

test(`damaged automations (SEED=${seed})`, async () => {
  assert.ok(CORPUS.length > 20);
  await fc.assert(fc.asyncProperty(damaged, endsWell), { seed, numRuns: runs });
});

test(`random templates (SEED=${seed})`, async () => {
  const yamlOf = (text: string): string =>
    `- trigger: {platform: event, event_type: go}\n  condition: ${JSON.stringify(`{{ ${text} }}`)}\n  action: {event: x}`;
  await fc.assert(
    fc.asyncProperty(template, (text) => endsWell(yamlOf(text))),
    { seed, numRuns: runs },
  );
});

test('long chains and deep nests', async () => {
  const deep = `${'('.repeat(3_000)}1${')'.repeat(3_000)}`;
  const chains = [
    deep,
    `a${'.a'.repeat(1_900)}`,
    `1${' + 1'.repeat(900)}`,
    `${'not '.repeat(900)}true`,
    `x${'|float'.repeat(600)}`,
    `${'-'.repeat(3_000)}1`,
  ];
  for (const text of chains)
    await endsWell(`- trigger: {platform: event, event_type: go}\n  condition: "{{ ${text} }}"\n  action: {event: x}`);
  const nest = (depth: number): string =>
    depth === 0 ? '{event: x}' : `{if: "{{ true }}", then: [${nest(depth - 1)}]}`;
  await endsWell(`- trigger: {platform: event, event_type: go}\n  action: ${nest(25)}`);
});

test.run();
