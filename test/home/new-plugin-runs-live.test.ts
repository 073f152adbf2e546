// The tutorial's last step, in a real hub: a new plugin runs, prints its log, and starts anew with each change of a file, while
// its devices stay as they are.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { startHub, type Hub } from './harness.ts';

const ROOT = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-live-'));
const folder = join(scratch, 'pet-ball');
const Live = suite('a new plugin');
let hub: Hub;
let dev: ChildProcess;
let printed = '';

/** Resolves when the command has printed `text`, and forgets what it printed until then. */
function says(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`it did not say ${text}, but:\n${printed}`)), 60_000);
    const look = (): void => {
      const at = printed.indexOf(text);
      if (at === -1) return void dev.once('heard', look);
      clearTimeout(limit);
      printed = printed.slice(at + text.length);
      resolve();
    };
    look();
  });
}

/** What `npm install` leaves for a dependency that is a folder. */
function install(): void {
  mkdirSync(join(folder, 'node_modules/@lintel'), { recursive: true });
  mkdirSync(join(folder, 'node_modules/.bin'));
  symlinkSync(join(ROOT, 'packages/sdk'), join(folder, 'node_modules/@lintel/sdk'));
  symlinkSync('../@lintel/sdk/bin.js', join(folder, 'node_modules/.bin/lintel-plugin'));
}

/** Runs `npm run dev` as the tutorial says it. */
function runDev(token: string): void {
  const tutorial = readFileSync(join(ROOT, 'packages/sdk/docs/first-plugin.md'), 'utf8');
  assert.match(tutorial, '```sh live\nLINTEL_TOKEN=… npm run dev\n```');
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { dev: string } };
  const env = { ...process.env, LINTEL_URL: hub.address, LINTEL_TOKEN: token };
  const [command = '', ...args] = scripts.dev.split(' ');
  dev = spawn(process.execPath, [join(folder, 'node_modules/.bin', command), ...args], { cwd: folder, env });
  for (const stream of [dev.stdout!, dev.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk;
      dev.emit('heard');
    });
  }
}

const isOn = async (): Promise<unknown> => {
  const { body } = await hub.ask('GET', '/api/devices/pet-ball:device-1');
  return body.properties['onOff.on'].value;
};

const create = join(ROOT, 'packages/create-lintel-plugin');
const made = spawnSync(process.execPath, [create, 'pet-ball', '--yes'], { cwd: scratch, encoding: 'utf8' });
assert.is(made.status, 0, made.stderr);
install();
hub = await startHub();
await hub.claim();

Live('is linked, enabled and live, and its log is printed', async () => {
  const { body } = await hub.ask('POST', '/api/tokens', { name: 'dev' });
  runDev(body.token);
  await says(`linked ${folder}`);
  await says('pet-ball is running');
  await says('info 1 devices are up');
  const set = { set: { 'onOff.on': true } };
  assert.is((await hub.ask('POST', '/api/devices/pet-ball:device-1/commands', set)).body.status, 'done');
});

Live('is started anew when a file changes; its device keeps its name and its state', async () => {
  await hub.ask('PATCH', '/api/devices/pet-ball:device-1', { name: 'Red ball' });
  const entry = join(folder, 'src/index.js');
  const code = readFileSync(entry, 'utf8');
  writeFileSync(entry, code.replace('devices are up', 'balls are rolling'));
  await says('info 1 balls are rolling');
  assert.is(await isOn(), true);
  assert.is((await hub.ask('GET', '/api/devices/pet-ball:device-1')).body.name, 'Red ball');
});

Live('that is broken says why, and comes back with the next change', async () => {
  const entry = join(folder, 'src/index.js');
  const code = readFileSync(entry, 'utf8');
  writeFileSync(entry, code.replace('async setup(ctx, settings) {', 'async setup(ctx, settings) { nonsense(); '));
  await says('nonsense is not defined');
  writeFileSync(entry, code.replace('balls are rolling', 'balls are back'));
  await says('info 1 balls are back');
  assert.is(await isOn(), true);
});

Live.after(async () => {
  dev?.kill('SIGKILL');
  await hub?.stop();
  rmSync(scratch, { recursive: true, force: true });
});
Live.run();
