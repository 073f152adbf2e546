// A backup is made while the hub runs or not, is tried at once, and brings the whole home back; a damaged one changes nothing.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, newDataFolder, startHub, type Hub } from './harness.ts';

const test = suite('backups');
const MAIN = join(import.meta.dirname, '../../packages/app/src/main.ts');
const file = join(newDataFolder(), 'home.lintel-backup');
let hub: Hub;

const lintel = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
};
const addRoom = (id: string): Promise<unknown> => hub.ask('POST', '/api/rooms', { id, name: id });
const roomsOf = async (which: Hub): Promise<string[]> =>
  (await which.ask('GET', '/api/rooms')).body.items.map(({ id }: { id: string }) => id);
const asideOf = (data: string): string[] =>
  readdirSync(dirname(data)).filter((name) => name.startsWith(`${basename(data)}.before-restore-`));

hub = await startHub();
await hub.claim();
await addRoom('hall');
test.after(() => hub.kill());

test('a running hub is backed up to a file that only its owner can read', async () => {
  const { code, said } = await lintel('backup', file, '--data', hub.data);
  assert.is(code, 0, said);
  assert.is(statSync(file).mode & 0o777, 0o600);
  assert.is((await lintel('backup', '/none/here', '--data', hub.data)).code, 1);
  assert.is((await lintel('backup')).code, 2);
});

test('a home comes back elsewhere from the file, with its people and rooms', async () => {
  const data = join(newDataFolder(), 'elsewhere');
  const { code, said } = await lintel('restore', file, '--data', data);
  assert.is(code, 0, said);
  const other = await startHub({ data });
  other.token = hub.token;
  assert.equal(await roomsOf(other), ['hall']);
  const running = await lintel('restore', file, '--data', data);
  assert.is(running.code, 1);
  assert.match(running.said, /in use by another hub/);
  await other.stop();
  assert.is((await lintel('restore', file, '--data', data)).code, 0);
  assert.is(asideOf(data).length, 1, 'what was there is kept');
});

test('a damaged backup is named, and changes nothing', async () => {
  const bytes = readFileSync(file);
  const damaged = `${file}.damaged`;
  for (const harm of [bytes.subarray(0, bytes.length >> 1), Buffer.from('no backup'), flipped(bytes)]) {
    writeFileSync(damaged, harm);
    const { code, said } = await lintel('restore', damaged, '--data', hub.data);
    assert.is(code, 1, said);
    assert.match(said, /this backup cannot be used/);
  }
  assert.equal(asideOf(hub.data), []);
  assert.not.ok(existsSync(`${hub.data}.restoring`));
});

function flipped(bytes: Buffer): Buffer {
  const harmed = Buffer.from(bytes);
  harmed[harmed.length >> 1]! ^= 0xff;
  return harmed;
}

test('the doctor and a replay say what they find', async () => {
  assert.match((await lintel('doctor', '--data', hub.data)).said, /runs on .*: ok/);
  const replayed = await lintel('replay', file);
  assert.is(replayed.code, 0, replayed.said);
  assert.match(replayed.said, /"Home": 0 devices, 0 automations/);
  assert.is((await lintel('doctor', '--data', join(newDataFolder(), 'none'))).code, 1);
});

test('over HTTP a backup is made, listed, downloaded, and restored with the hub starting anew', async () => {
  const made = await hub.ask('POST', '/api/backups');
  assert.is(made.status, 201, JSON.stringify(made.body));
  const { id } = made.body;
  assert.equal((await hub.ask('GET', '/api/backups')).body.items, [made.body]);
  const headers = { authorization: `Bearer ${hub.token}` };
  const download = await fetch(`${hub.address}/api/backups/${id}`, { headers });
  assert.is((await download.arrayBuffer()).byteLength, made.body.bytes);
  await addRoom('attic');
  assert.is((await hub.ask('POST', '/api/restore', { backup: 'none' })).status, 404);
  assert.is((await hub.ask('POST', '/api/restore', { backup: id })).status, 202);
  const rooms = (): Promise<string[]> => roomsOf(hub).catch(() => ['not there']);
  await eventually(rooms, (found) => found.length === 1 && found[0] === 'hall', 'the room of before', 20_000);
  await addRoom('cellar');
  assert.equal(await roomsOf(hub), ['hall', 'cellar']);
});

test.run();
