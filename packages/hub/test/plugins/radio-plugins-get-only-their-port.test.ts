import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { readManifest } from '../../src/plugins/manifest.ts';
import { Ports } from '../../src/plugins/ports.ts';
import { Sandbox } from '../../src/plugins/sandbox.ts';
import { Bench } from './harness.ts';

const CODE = `
import { definePlugin, z } from '@lintel/sdk';
export default definePlugin({
  id: 'radio', name: 'Radio', settings: z.object({ port: z.string() }),
  async setup(ctx) {
    return { async request() { ctx.health('reconnecting', 'the stick is away'); } };
  },
});
`;

const Radio = suite('a radio plugin');
const bench = new Bench([]);
const folder = join(bench.folder, 'radio');
mkdirSync(folder);
const manifestWith = (serial: boolean): string =>
  JSON.stringify({ type: 'module', lintel: { id: 'radio', api: '^1', entry: './index.js', permissions: { serial } } });
writeFileSync(join(folder, 'package.json'), manifestWith(true));
writeFileSync(join(folder, 'index.js'), CODE);
const manifest = readManifest(folder);

// The only folder of devices in which anyone may make a name; what is behind it is a device that every machine has.
const port = `/dev/shm/lintel-port-${process.pid}`;
const plug = (device: string): void => {
  rmSync(port, { force: true });
  symlinkSync(device, port);
};
const test = process.platform === 'linux' && existsSync('/dev/shm') ? Radio : Radio.skip;

test('gets the devices that its settings name, and what is no device is none', () => {
  plug('/dev/full');
  const settings = {
    port,
    more: [{ at: '/dev/zero' }],
    folder: '/dev/shm',
    climbs: '/dev/shm/../null',
    file: folder,
    n: 1,
  };
  assert.equal(new Ports(true, settings).paths, [port, '/dev/zero']);
  assert.equal(new Ports(false, settings).paths, []);
  assert.equal(new Ports(true, { port: '/dev/no-such-port' }).paths, []);
  assert.equal(new Ports(true, null).paths, []);
});

test('may read and write its port by the permissions of Node', () => {
  plug('/dev/full');
  const sandbox = new Sandbox('node', bench.folder);
  const { args } = sandbox.launch(manifest, 'run', folder, { port });
  for (const flag of [`--allow-fs-read=${port}`, `--allow-fs-write=${port}`]) assert.ok(args.includes(flag), flag);
  rmSync(port);
  assert.ok(
    sandbox.launch(manifest, 'run', folder, { port }).args.includes(`--allow-fs-read=${port}`),
    'it can say so',
  );
  assert.not.ok(
    sandbox.launch(manifest, 'run', folder, { port: '/dev/shm' }).args.includes('--allow-fs-read=/dev/shm'),
  );
  assert.equal(sandbox.launch(manifest, 'describe', folder, { port }).ports.paths, []);
  sandbox.close();
});

const sandbox = new Sandbox('bubblewrap', bench.folder);
const isFenced = sandbox.fenceOf(manifest).layers.includes('bubblewrap');
const whereFenced = isFenced ? test : Radio.skip;

/** The devices that there are inside the fence. */
function devicesFor(settings: unknown): string[] {
  const { command, args } = sandbox.launch(manifest, 'run', folder, settings);
  const fence = args.slice(0, args.indexOf('--') + 1);
  const { stdout, stderr } = spawnSync(command, [...fence, 'find', '/dev', '!', '-type', 'd'], { encoding: 'utf8' });
  assert.is(stderr, '');
  return stdout.trim().split('\n').toSorted();
}

whereFenced('sees no device of the machine but its port, and before it has one none', () => {
  plug('/dev/full');
  const without = devicesFor({});
  for (const each of without)
    assert.match(each, /^\/dev\/(?:console|core|fd|full|null|ptmx|pts\/\w+|random|std\w+|tty|urandom|zero)$/);
  assert.equal(devicesFor({ port }), [...without, port].toSorted());
});

test('is started anew when the stick that was away is put in again', async () => {
  plug('/dev/full');
  await bench.host.install(`file:${folder}`);
  await bench.host.start('radio', { port });
  await bench.host.request('radio', 'lose', null);
  await bench.until(() => bench.host.get('radio').status === 'reconnecting');
  plug('/dev/zero');
  await bench.until(() => bench.host.get('radio').status === 'running', 10_000);
  const { lastError, restarts } = bench.host.get('radio').health;
  assert.is(lastError, 'another device is at its port now');
  assert.is(restarts, 1);
});

Radio.after(async () => {
  sandbox.close();
  rmSync(port, { force: true });
  await bench.close();
});
Radio.run();
