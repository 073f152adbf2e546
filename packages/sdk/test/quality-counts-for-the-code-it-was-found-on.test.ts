// From a plugin's own test run to what the hub believes of it.

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Bench, FIXTURES } from '../../hub/test/plugins/harness.ts';
import { QUALITY_FILE, readQuality } from '../src/quality.ts';

const PACKAGES = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-quality-'));
const folder = join(scratch, 'pet-ball');
const file = join(folder, QUALITY_FILE);
const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
const runTests = (...args: string[]) => run(join(PACKAGES, 'sdk/bin.js'), 'test', ...args);

const Quality = suite('quality');

spawnSync(process.execPath, [join(PACKAGES, 'create-lintel-plugin'), folder, '--yes']);
mkdirSync(join(folder, 'node_modules/@lintel'), { recursive: true });
symlinkSync(join(PACKAGES, 'sdk'), join(folder, 'node_modules/@lintel/sdk'));
Quality.after(() => rmSync(scratch, { recursive: true }));

Quality('a test run that passes leaves its level beside the plugin, and in what is published', () => {
  assert.is(readQuality(folder), null);
  assert.is(runTests().status, 0);
  assert.is(readQuality(folder), 'silver');
  const { files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { files: string[] };
  assert.ok(files.includes(QUALITY_FILE));
});

Quality('the hub shows the level of a plugin that people brought, until its code is another', async () => {
  const bench = new Bench([]);
  try {
    await bench.host.install(`file:${folder}`);
    assert.is(bench.host.get('pet-ball').quality, 'silver');
    appendFileSync(join(folder, 'src/device.js'), '\n// changed\n');
    await bench.host.start('pet-ball', {});
    assert.is(bench.host.get('pet-ball').status, 'running');
    assert.is(bench.host.get('pet-ball').quality, null);
  } finally {
    await bench.close();
  }
});

Quality('a level of another manifest, of another version of the SDK, or of no such name counts for nothing', () => {
  assert.is(runTests().status, 0);
  const kept = readFileSync(file, 'utf8');
  assert.is(readQuality(folder), 'silver');
  for (const forged of [kept.replace('silver', 'platinum'), kept.replace('1.0.0', '0.9.0'), '{', 'null']) {
    writeFileSync(file, forged);
    assert.is(readQuality(folder), null);
  }
  writeFileSync(file, kept);
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  writeFileSync(
    join(folder, 'package.json'),
    manifest.replace('"permissions": {}', '"permissions": { "network": true }'),
  );
  assert.is(readQuality(folder), null);
  writeFileSync(join(folder, 'package.json'), manifest);
  assert.is(readQuality(folder), 'silver');
});

Quality('of several runs of the suite the lowest level counts', () => {
  const second = `import { testPlugin } from '@lintel/sdk/testing'; import plugin from '../src/index.js';
    import { test } from 'node:test'; test('bronze', () => testPlugin(plugin));`;
  writeFileSync(join(folder, 'test/second.test.js'), second);
  assert.is(runTests().status, 0);
  assert.is(readQuality(folder), 'bronze');
  rmSync(join(folder, 'test/second.test.js'));
});

Quality('some of the tests alone change nothing, and one that fails takes the level away', () => {
  const before = readFileSync(file, 'utf8');
  assert.is(runTests('test/plugin.test.js').status, 0);
  assert.is(readFileSync(file, 'utf8'), before);
  writeFileSync(join(folder, 'test/third.test.js'), `throw new Error('no');`);
  assert.is(runTests().status, 1);
  assert.not.ok(existsSync(file));
});

Quality('a plugin that comes with Lintel has the level that Lintel’s own tests found', () => {
  const bench = new Bench([], { folders: [join(PACKAGES, '../plugins'), FIXTURES] });
  assert.is(bench.host.get('virtual').quality, 'gold');
  assert.is(bench.host.get('matter').quality, 'gold');
  assert.is(bench.host.get('lamp').quality, null, 'no test of Lintel’s found one');
  return bench.close();
});

Quality.run();
