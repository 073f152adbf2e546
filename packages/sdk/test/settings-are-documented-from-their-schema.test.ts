import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from '@lintel/sdk';
import type { PluginDefinition } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { keepDocs, settingsTable, withSettings } from '../src/dev/docs.ts';

const PLUGINS = join(import.meta.dirname, '../../../plugins');
const Docs = suite('the settings of a plugin');

Docs('are a table of every field, with what it takes and what it is without one', () => {
  const settings = z.object({
    host: z.string().min(1).max(80).meta({ title: 'Address', description: 'IP | name' }),
    token: z.string().optional().meta({ title: 'Token', writeOnly: true }),
    every: z.number().int().min(5).default(30).meta({ title: 'Seconds' }),
    mode: z.enum(['fast', 'slow']).default('slow').meta({ title: 'Mode' }),
    near: z
      .object({ on: z.boolean().default(false).meta({ title: 'On' }) })
      .default({ on: false })
      .meta({ title: 'Near' }),
    lamps: z
      .array(z.union([z.object({ kind: z.literal('a'), port: z.number() }), z.object({ kind: z.literal('b') })]))
      .max(9)
      .optional(),
  });
  assert.equal(settingsTable({ settings }).split('\n').slice(2), [
    '| `host` | Address: IP \\| name | text, 1 to 80 characters | required |',
    '| `token` | Token (a secret, never shown again) | text |  |',
    '| `every` | Seconds | whole number, at least 5 | `30` |',
    '| `mode` | Mode | `fast`, `slow` | `slow` |',
    '| `near` | Near | group | `{"on":false}` |',
    '| `near.on` | On | yes or no | `false` |',
    '| `lamps` |  | list, at most 9 entries |  |',
    '| `lamps[].kind` |  | `a` | required |',
    '| `lamps[].port` |  | number | required |',
    '',
  ]);
  assert.match(settingsTable({ settings: z.object({}) }), 'no settings');
});

Docs('stand between their marks, and the rest of the page is the author’s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-docs-'));
  cpSync(join(PLUGINS, 'virtual'), folder, { recursive: true });
  const page = join(folder, 'README.md');
  writeFileSync(page, 'mine $& alone\n');
  await keepDocs(folder);
  assert.is(readFileSync(page, 'utf8'), 'mine $& alone\n');
  const settings = z.object({ price: z.string().default('$&').meta({ title: 'Price' }) });
  const next = withSettings('before\n<!-- settings -->\nold\n<!-- /settings -->\nafter\n', { settings })!;
  assert.ok(next.startsWith('before\n<!-- settings -->\n\n| setting |'));
  assert.ok(next.endsWith('| `price` | Price | text | `$&` |\n\n<!-- /settings -->\nafter\n'), next);
  assert.is(withSettings(next, { settings }), next);
  rmSync(folder, { recursive: true, force: true });
});

for (const id of ['lighting', 'matter', 'virtual', 'zigbee']) {
  Docs(`are in the README of the plugin ${id} as its schema has them`, async () => {
    const text = readFileSync(join(PLUGINS, id, 'README.md'), 'utf8');
    const { default: definition } = (await import(join(PLUGINS, id, 'src/index.ts'))) as { default: PluginDefinition };
    assert.is(text, withSettings(text, definition), `run \`node packages/sdk/bin.js docs\` in plugins/${id}`);
  });
}

Docs.run();
