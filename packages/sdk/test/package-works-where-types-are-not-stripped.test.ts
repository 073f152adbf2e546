// Builds the package as npm would get it, in a copy, and uses it from under a node_modules, where Node strips no types.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const ROOT = join(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-pack-'));
const copy = join(scratch, 'packages/sdk');
const consumer = join(scratch, 'consumer');

interface Packed {
  readonly exports: Record<string, { types: string; default: string }>;
  readonly dependencies: Record<string, string>;
}
const manifest = (): Packed => JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as Packed;

const run = (cwd: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  assert.is(status, 0, stdout + stderr);
  return stdout;
};

const Package = suite('the package');

for (const name of ['sdk', 'model']) {
  const from = join(ROOT, 'packages', name);
  cpSync(from, join(scratch, 'packages', name), { recursive: true, filter: (path) => !path.includes('/dist') });
}
cpSync(join(ROOT, 'tsconfig.json'), join(scratch, 'tsconfig.json'));
mkdirSync(join(scratch, 'node_modules/@lintel'), { recursive: true });
symlinkSync(join(scratch, 'packages/model'), join(scratch, 'node_modules/@lintel/model'));
symlinkSync(copy, join(scratch, 'node_modules/@lintel/sdk'));
for (const name of ['zod', 'typescript', '@typescript', '@types', 'undici-types']) {
  const from = join(ROOT, 'node_modules', name);
  if (existsSync(from)) symlinkSync(from, join(scratch, 'node_modules', name));
}
run(copy, 'scripts/pack.js', 'before');
mkdirSync(join(consumer, 'node_modules/@lintel/sdk'), { recursive: true });
cpSync(join(copy, 'dist'), join(consumer, 'node_modules/@lintel/sdk/dist'), { recursive: true });
for (const file of ['package.json', 'bin.js'])
  cpSync(join(copy, file), join(consumer, 'node_modules/@lintel/sdk', file));
symlinkSync(join(ROOT, 'node_modules/zod'), join(consumer, 'node_modules/zod'));

Package('every export is there, with types, and the model is inside', () => {
  for (const [name, { types, default: file }] of Object.entries(manifest().exports)) {
    for (const each of [types, file]) assert.ok(existsSync(join(copy, each)), `${name}: ${each}`);
  }
  assert.equal(Object.keys(manifest().dependencies), ['zod']);
  for (const file of ['index.js', 'index.d.ts', 'plugin.d.ts', 'host.js']) {
    const text = readFileSync(join(copy, 'dist/sdk/src', file), 'utf8');
    assert.not.match(text, /@lintel\/model/);
    assert.not.match(text, /from '\.[^']*\.ts'/);
  }
});

Package('a plugin in plain JavaScript is tested with it', () => {
  writeFileSync(
    join(consumer, 'test.mjs'),
    `import { definePlugin, endpoint, onOff, z } from '@lintel/sdk';
     import { fakeHub } from '@lintel/sdk/testing';
     const plugin = definePlugin({ id: 'a', name: 'A', settings: z.object({ n: z.number().default(2) }), async setup(ctx, { n }) {
       await ctx.devices.add({ id: 'x', name: 'X', kind: 'switch', endpoints: [endpoint(onOff())] });
       return { command: (id, { set }) => ctx.report(id, set), request: async () => n };
     } });
     const hub = fakeHub();
     await hub.start(plugin);
     const { status } = await hub.send('x', { set: { 'onOff.on': true } });
     console.log(status, hub.value('x', 'onOff.on'), await hub.request('n'));`,
  );
  assert.is(run(consumer, 'test.mjs').trim(), 'done true 2');
});

Package('a plugin in TypeScript type-checks with it under strict, its declarations included', () => {
  writeFileSync(
    join(consumer, 'plugin.mts'),
    `import { definePlugin, endpoint, level, onOff, PluginError, z } from '@lintel/sdk';
     import { testPlugin, type ConformanceReport } from '@lintel/sdk/testing';
     const plugin = definePlugin({
       id: 'a', name: 'A', settings: z.object({ lamps: z.number().default(2) }),
       async test(settings, ctx) { ctx.log.info(settings.lamps.toFixed()); },
       async setup(ctx, { lamps }) {
         await ctx.devices.add({ id: 'x', name: 'X'.repeat(lamps), kind: 'light', endpoints: [endpoint(onOff(), level())] });
         return { async command(id, command) {
           if (!('set' in command)) throw new PluginError('UNSUPPORTED', 'no');
           await ctx.report(id, command.set);
         } };
       },
     });
     export const report: ConformanceReport = await testPlugin(plugin, { settings: { lamps: 1 } });
     // @ts-expect-error an id is a text
     export default definePlugin({ ...plugin, id: 7 });`,
  );
  symlinkSync(join(ROOT, 'node_modules/@types'), join(consumer, 'node_modules/@types'));
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
  const modules = ['--noEmit', '--module', 'nodenext', '--target', 'es2024', '--types', 'node', '--ignoreConfig'];
  run(consumer, join(ROOT, 'node_modules/typescript/bin/tsc'), ...strict, ...modules, 'plugin.mts');
});

Package('its command runs a plugin’s tests', () => {
  mkdirSync(join(consumer, 'test'));
  writeFileSync(join(consumer, 'test/a.test.js'), `require('node:test').test('a test', () => undefined);`);
  assert.match(run(consumer, 'node_modules/@lintel/sdk/bin.js', 'test'), /pass 2/);
});

Package('in a plugin’s process zod stays out', () => {
  const script =
    "import { z } from '@lintel/sdk'; console.log(typeof z.object({}).strict().optional, Object.keys(z).length)";
  assert.is(run(consumer, '--conditions=lintel-plugin', '--input-type=module', '-e', script).trim(), 'function 0');
});

Package('package.json is as it was when npm is done', () => {
  run(copy, 'scripts/pack.js', 'after');
  const original = readFileSync(join(ROOT, 'packages/sdk/package.json'), 'utf8');
  assert.is(readFileSync(join(copy, 'package.json'), 'utf8'), original);
});

Package.run();
