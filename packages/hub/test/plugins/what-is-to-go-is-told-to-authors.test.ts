import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Bench } from './harness.ts';

const CODE = `
import { deprecate } from 'node:util';
import { definePlugin, z } from '@lintel/sdk';
const old = deprecate(() => undefined, 'old() is to go: call young()', 'LINTEL1');
export default definePlugin({
  id: 'aged', name: 'Aged', settings: z.object({}),
  async setup() {
    old();
    console.error('a plain fault');
    return {};
  },
});
`;

const Aged = suite('what is on its way out');
const bench = new Bench([]);
const folder = join(bench.folder, 'aged');
mkdirSync(folder);
const write = (api: string): void =>
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', lintel: { id: 'aged', api, entry: './index.js' } }),
  );
write('1');
writeFileSync(join(folder, 'index.js'), CODE);
const told = (level: string): string[] =>
  bench.host
    .log('aged')
    .filter((line) => line.level === level)
    .map(({ text }) => text);

Aged('is in the log by a level of its own, and in nothing that homeowners see of the plugin', async () => {
  await bench.host.install(`file:${folder}`);
  await bench.host.start('aged', {});
  await bench.until(() => bench.logged('a plain fault') && bench.logged('--trace-deprecation'));
  const [manifest, member, hint, ...more] = told('deprecation');
  assert.match(manifest!, 'write "^1"');
  assert.match(member!, 'old() is to go: call young()');
  assert.match(hint!, '--trace-deprecation');
  assert.equal(more, []);
  assert.equal(told('error'), ['a plain fault']);
  const { status, health } = bench.host.get('aged');
  assert.equal([status, health.message, health.lastError], ['running', null, null]);
});

Aged('is said once a start, and no more once the author has mended it', async () => {
  const before = told('deprecation').length;
  write('^1');
  await bench.host.restart('aged');
  await bench.until(() => told('deprecation').length === before + 2);
  assert.is(told('deprecation').filter((text) => text.includes('write "^1"')).length, 1);
});

Aged.after(() => bench.close());
Aged.run();
