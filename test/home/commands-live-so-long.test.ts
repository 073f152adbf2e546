// Commands that a killed hub owed are sent once while they are worth anything, and dropped after that with a line in the trace.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, newDataFolder, startHub, type Hub } from './harness.ts';

const test = suite('commands live so long');
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'set-clock.mjs')).href;
const MINUTE = 60_000;
const LAMP = 'virtual:lamp';
const LOCK = 'virtual:lock';
const DEVICES = [
  { id: 'lamp', kind: 'light', name: 'Lamp' },
  { id: 'lock', kind: 'lock', name: 'Door' },
];
const data = newDataFolder();
let offset = 0;
let hub: Hub;

async function ok(method: string, path: string, body?: unknown) {
  const answer = await hub.ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The hub again, after it was killed and away for so long. */
async function start(downFor: number): Promise<void> {
  const token = hub?.token ?? '';
  await hub?.kill();
  writeFileSync(`${data}.clock`, String((offset += downFor)));
  hub = await startHub({
    data,
    env: { NODE_OPTIONS: `--import ${PRELOAD}`, LINTEL_TEST_CLOCK: `${data}.clock` },
  });
  hub.token = token;
}

const radio = (enabled: boolean): Promise<unknown> =>
  ok('PUT', '/api/plugins/virtual', { enabled, settings: { devices: DEVICES } });

const property = async (device: string, name: string): Promise<unknown> =>
  (await ok('GET', `/api/devices/${device}`)).properties[name].value;

const addRule = (id: string, action: object): Promise<unknown> =>
  ok('POST', '/api/automations', { id, triggers: [{ kind: 'manual' }], actions: [action] });

/** The lines of the newest run of a rule. */
async function linesOf(rule: string): Promise<string[]> {
  const [{ run }] = (await ok('GET', `/api/automations/${rule}/runs`)).items;
  const { commands } = await ok('GET', `/api/automations/${rule}/runs/${run}`);
  return commands.map(({ text }: { text: string }) => text);
}

const told = async (device: string, text: RegExp): Promise<number> =>
  (await ok('GET', `/api/activity?device=${device}&limit=1000`)).items.filter((each: { text: string }) =>
    text.test(each.text),
  ).length;

test('a lamp is told once within ten minutes, a lock within one, and neither after', async () => {
  await start(0);
  await hub.claim();
  await radio(true);
  await eventually(
    () => ok('GET', '/api/devices'),
    ({ items }) => items.length === 2,
    'two devices',
  );
  await ok('POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': true, 'level.level': 0.5 } });
  await ok('POST', `/api/devices/${LOCK}/commands`, { command: 'lock.unlock' });
  await addRule('dim', { kind: 'set', target: { device: LAMP }, values: { 'level.level': 0.2 } });
  await addRule('lock', { kind: 'command', target: { device: LOCK }, command: 'lock.lock' });

  await radio(false);
  await ok('POST', '/api/automations/dim/run');
  await ok('POST', '/api/automations/lock/run');
  await start(9 * MINUTE);
  await radio(true);
  await eventually(
    () => property(LAMP, 'level.level'),
    (level) => level === 0.2,
    'the lamp is dimmed',
  );
  assert.is(await property(LOCK, 'lock.state'), 'unlocked');
  assert.equal((await linesOf('dim')).length, 1);
  const [, dropped = ''] = await linesOf('lock');
  assert.match(dropped, /^dropped: lock, since Door could not be told in time$/);
  assert.is(await told(LAMP, /: 20%$/), 1);

  await ok('POST', `/api/devices/${LAMP}/commands`, { set: { 'level.level': 0.9 } });
  await start(0);
  await eventually(
    () => property(LAMP, 'level.level'),
    (level) => level === 0.9,
    'the lamp as it was told last',
  );
  assert.is(await told(LAMP, /: 20%$/), 1, 'what was acknowledged is not sent again');

  await radio(false);
  await ok('POST', '/api/automations/dim/run');
  await ok('POST', '/api/automations/lock/run');
  await start(30_000);
  await radio(true);
  await eventually(
    () => property(LOCK, 'lock.state'),
    (state) => state === 'locked',
    'the lock is told within a minute',
  );

  await radio(false);
  await ok('POST', `/api/automations/dim/run`);
  await start(11 * MINUTE);
  await radio(true);
  const lines = await eventually(
    () => linesOf('dim'),
    (found) => found.length === 2,
    'a line says so',
  );
  assert.match(lines[1]!, /^dropped: 20%, since Lamp could not be told in time$/);
  assert.is(await hub.stop(), 0);
});

test.run();
