// A damaged data folder starts whole, or is refused with the damage named; it is never unclaimed and never empty.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newDataFolder, startHub, type Hub } from './harness.ts';

const test = suite('damaged folder');
const MAIN = join(import.meta.dirname, '../../packages/app/src/main.ts');

const first = await startHub();
await first.claim();
await first.ask('POST', '/api/rooms', { id: 'hall', name: 'Hall' });
await first.ask('POST', '/api/automations', {
  id: 'rule',
  name: 'Rule',
  triggers: [{ kind: 'start' }],
  actions: [{ kind: 'delay', for: '1h' }],
});
await first.stop();
const { data: template, token } = first;

function copy(): string {
  const data = newDataFolder();
  cpSync(template, data, { recursive: true });
  return data;
}

const filesIn = (data: string, folder: string): string[] =>
  readdirSync(join(data, folder)).map((name) => join(data, folder, name));

/** Starts on the folder; answers the hub, or the exit code and what it said. */
async function tryStart(data: string): Promise<Hub | { code: number | null; said: string }> {
  const hub = await startHub({ data }).catch((error: Error) => error);
  if (!(hub instanceof Error)) {
    hub.token = token;
    return hub;
  }
  const code = /ended with (\d+)/.exec(hub.message);
  return { code: code === null ? null : Number(code[1]), said: hub.message };
}

async function isWhole(started: Awaited<ReturnType<typeof tryStart>>): Promise<void> {
  assert.ok('ask' in started, JSON.stringify(started));
  const hub = started as Hub;
  const { body: rooms } = await hub.ask('GET', '/api/rooms');
  const { body: rules } = await hub.ask('GET', '/api/automations');
  const { body: setup } = await hub.ask('GET', '/api/setup');
  await hub.stop();
  assert.equal(rooms.items, [{ id: 'hall', name: 'Hall' }]);
  assert.is(rules.items.length, 1);
  assert.is(setup.claimed, true);
}

function isRefused(started: Awaited<ReturnType<typeof tryStart>>, names: RegExp): void {
  assert.not('ask' in started, 'it started');
  const { code, said } = started as { code: number; said: string };
  assert.is(code, 1, said);
  assert.match(said, names);
  assert.is(said.trim().split('\n').length <= 3, true, said);
}

test('a journal with a torn end starts whole', async () => {
  const data = copy();
  const newest = filesIn(data, 'journal').toSorted().at(-1)!;
  truncateSync(newest, statSync(newest).size - 3);
  await isWhole(await tryStart(data));
});

test('garbage at the end of the journal is cut off', async () => {
  const data = copy();
  const newest = filesIn(data, 'journal').toSorted().at(-1)!;
  writeFileSync(newest, Buffer.concat([readFileSync(newest), Buffer.alloc(100, 7)]));
  await isWhole(await tryStart(data));
});

test('a flipped bit in the journal costs one record, which is named, and no document', async () => {
  for (const edited of ['"collection":"home"', '"collection":"automations"']) {
    const data = copy();
    for (const image of filesIn(data, 'images')) rmSync(image);
    const segment = filesIn(data, 'journal').find((file) => readFileSync(file).includes(edited))!;
    const bytes = readFileSync(segment);
    bytes[bytes.indexOf(edited) + 5]! ^= 4;
    writeFileSync(segment, bytes);
    const started = await tryStart(data);
    assert.ok('ask' in started, JSON.stringify(started));
    const { body } = await (started as Hub).ask('GET', '/api/health');
    assert.match(body.reasons.join(), /record \d+ is lost|\d+ bytes cut off/);
    await isWhole(started);
  }
});

test('without images the journal alone brings the home back', async () => {
  const data = copy();
  for (const image of filesIn(data, 'images')) rmSync(image);
  await isWhole(await tryStart(data));
});

test('a damaged image is passed over', async () => {
  const data = copy();
  for (const image of filesIn(data, 'images')) {
    const bytes = readFileSync(image);
    bytes[bytes.length >> 1]! ^= 255;
    writeFileSync(image, bytes);
  }
  await isWhole(await tryStart(data));
});

test('without a journal the image and the database bring the home back', async () => {
  const data = copy();
  for (const segment of filesIn(data, 'journal')) rmSync(segment);
  await isWhole(await tryStart(data));
});

test('without journal and images the database brings the home back, and the loss is said', async () => {
  const data = copy();
  for (const file of [...filesIn(data, 'journal'), ...filesIn(data, 'images')]) rmSync(file);
  const started = await tryStart(data);
  assert.ok('ask' in started, JSON.stringify(started));
  const { body } = await (started as Hub).ask('GET', '/api/health');
  assert.is(body.status, 'degraded');
  assert.ok(body.reasons.length > 0);
  await isWhole(started);
});

test('a missing database is refused by its name', async () => {
  const data = copy();
  rmSync(join(data, 'lintel.db'));
  isRefused(await tryStart(data), /lintel\.db is missing/);
});

test('a database of garbage is refused by its name', async () => {
  const data = copy();
  rmSync(join(data, 'lintel.db-wal'), { force: true });
  writeFileSync(join(data, 'lintel.db'), Buffer.alloc(8192, 3));
  isRefused(await tryStart(data), /lintel\.db/);
});

test('an empty database is refused, not taken for a new home', async () => {
  const data = copy();
  rmSync(join(data, 'lintel.db-wal'), { force: true });
  writeFileSync(join(data, 'lintel.db'), '');
  isRefused(await tryStart(data), /lintel\.db/);
});

test('a damaged key is refused by its name', async () => {
  const data = copy();
  writeFileSync(join(data, 'hub.key'), 'short');
  isRefused(await tryStart(data), /hub\.key/);
});

test('a missing key is refused by its name', async () => {
  const data = copy();
  rmSync(join(data, 'hub.key'));
  isRefused(await tryStart(data), /hub\.key/);
});

test('a folder in use by another hub is refused, and a killed hub leaves no lock', async () => {
  const data = copy();
  const first = await tryStart(data);
  isRefused(await tryStart(data), /in use by another hub/);
  await (first as Hub).kill();
  await isWhole(await tryStart(data));
});

test('a port in use, a folder that cannot be, and bad settings are one readable line', async () => {
  const hub = await startHub();
  const port = new URL(hub.address).port;
  const run = (args: string[], env: Record<string, string> = {}) => {
    const done = spawnSync(process.execPath, [MAIN, ...args], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, ...env },
    });
    return { code: done.status, said: done.stderr };
  };
  const file = join(newDataFolder(), 'file');
  writeFileSync(file, '');
  isRefused(run(['--port', port, '--host', '127.0.0.1', '--data', newDataFolder()]), /port \d+ is taken/);
  isRefused(run(['--data', join(file, 'below')]), /cannot be written/);
  if (process.platform === 'linux') isRefused(run(['--data', '/proc/lintel']), /cannot be written/);
  isRefused(run(['--port', 'eighty']), /port: expected/);
  isRefused(run([], { LINTEL_LOG: 'loud' }), /LINTEL_LOG: expected/);
  isRefused(run([], { LINTEL_SETUP_CODE: 'short' }), /LINTEL_SETUP_CODE: expected/);
  assert.is(run(['--bogus']).code, 2);
  assert.is(run(['frobnicate']).code, 2);
  assert.is(run(['--help']).code, 0);
  await hub.stop();
});

test('key files are for the owner of the process alone', () => {
  assert.is(statSync(join(template, 'hub.key')).mode & 0o777, 0o600);
  assert.ok(existsSync(join(template, 'lintel.db')));
});

test.run();
