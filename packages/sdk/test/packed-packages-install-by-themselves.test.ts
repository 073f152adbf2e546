// `npm pack` in a copy of the workspace, so that nothing here changes meanwhile; then what npm would get is installed, offline.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const ROOT = join(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-packed-'));
const workspace = join(scratch, 'workspace');
const consumer = join(scratch, 'consumer');
const plugin = join(consumer, 'my-plugin');

function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  assert.is(status, 0, stdout + stderr);
  return stdout;
}

/** What publint says of a package as npm would publish it, a sentence each. */
async function faultsOf(folder: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

const Packed = suite('the packed packages');

mkdirSync(join(workspace, 'packages'), { recursive: true });
const isSource = (path: string): boolean => !/\/(?:dist|node_modules)(?:\/|$)/.test(path.slice(ROOT.length));
for (const name of ['sdk', 'model', 'create-lintel-plugin'])
  cpSync(join(ROOT, 'packages', name), join(workspace, 'packages', name), { recursive: true, filter: isSource });
for (const file of ['package.json', 'tsconfig.json']) cpSync(join(ROOT, file), join(workspace, file));
mkdirSync(join(workspace, 'node_modules/@lintel'), { recursive: true });
symlinkSync(join(workspace, 'packages/model'), join(workspace, 'node_modules/@lintel/model'));
symlinkSync(join(workspace, 'packages/sdk'), join(workspace, 'node_modules/@lintel/sdk'));
for (const name of ['zod', 'typescript', '@typescript', '@types', 'undici-types'])
  if (existsSync(join(ROOT, 'node_modules', name)))
    symlinkSync(join(ROOT, 'node_modules', name), join(workspace, 'node_modules', name));
const packages = ['-w', '@lintel/sdk', '-w', 'create-lintel-plugin'];
run(workspace, 'npm', 'pack', ...packages, '--pack-destination', scratch);
mkdirSync(consumer);
writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }');
Packed.after(() => rmSync(scratch, { recursive: true, force: true }));

Packed('install by themselves: what they need beside zod is inside', () => {
  const tarballs = readdirSync(scratch).filter((name) => name.endsWith('.tgz'));
  assert.is(tarballs.length, 2);
  const given = [...tarballs.map((name) => join(scratch, name)), join(ROOT, 'node_modules/zod')];
  run(consumer, 'npm', 'install', '--offline', '--no-audit', '--no-fund', ...given);
  assert.equal(readdirSync(join(consumer, 'node_modules/@lintel')), ['sdk']);
});

Packed('make a plugin whose test passes', () => {
  run(consumer, process.execPath, 'node_modules/create-lintel-plugin', 'my-plugin', '--yes');
  run(plugin, process.execPath, '../node_modules/@lintel/sdk/bin.js', 'test');
  assert.ok(existsSync(join(plugin, 'lintel.quality.json')));
});

Packed('are without fault to publint, and so is the plugin', async () => {
  for (const folder of ['node_modules/@lintel/sdk', 'node_modules/create-lintel-plugin', 'my-plugin'])
    assert.equal(await faultsOf(join(consumer, folder)), [], folder);
});

Packed.run();
