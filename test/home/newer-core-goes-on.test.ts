// A hub that is updated to a core with another memory goes on where the old one was, and so does the old one after a step back.

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildWith } from '../mutants/build.ts';
import { widened } from '../mutants/wider-core.ts';
import { eventually, startHub, type Hub } from './harness.ts';

const test = suite('a newer core goes on');
const PRELOAD = pathToFileURL(join(import.meta.dirname, '../mutants/other-version.ts')).href;
const LAMP = 'virtual:lamp';
const DEVICES = [{ id: 'lamp', kind: 'light', name: 'Lamp' }];
const core = join(mkdtempSync(join(tmpdir(), 'lintel-core-')), 'core.wasm');
await buildWith((file, text) => (file === 'abi' ? widened(text) : text), core);

const NEWER = { NODE_OPTIONS: `--import ${PRELOAD}`, LINTEL_TEST_CORE: core };
let hub: Hub;

async function ok(method: string, path: string, body?: unknown) {
  const answer = await hub.ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function restart(env: Record<string, string>, end: 'stop' | 'kill'): Promise<void> {
  const { data, token } = hub;
  await hub[end]();
  hub = await startHub({ data, env });
  hub.token = token;
  const { status, reasons } = await ok('GET', '/api/health');
  assert.equal([status, reasons], ['ok', []]);
}

const hook = (name: string) => [{ kind: 'webhook', webhook: name }] as const;
const say = (message: unknown) => ({ kind: 'notify', message }) as const;
const wait = (duration: string) => ({ kind: 'delay', for: duration }) as const;
const RULES = [
  { id: 'hour', triggers: hook('go'), actions: [wait('1h'), say('hour')] },
  { id: 'queue', mode: 'queued', triggers: hook('go'), actions: [wait('2h'), say('queue')] },
  {
    id: 'rounds',
    triggers: hook('go'),
    actions: [
      {
        kind: 'repeat',
        count: 3,
        actions: [{ kind: 'wait', event: hook('next')[0] }, say({ expression: 'repeat.index' })],
      },
    ],
  },
  { id: 'count', mode: 'parallel', triggers: hook('go'), actions: [{ kind: 'variable', name: 'n', value: 7 }] },
  {
    id: 'either',
    triggers: hook('go'),
    actions: [
      { kind: 'parallel', branches: [[wait('3h')], [{ kind: 'wait', until: { kind: 'mode', is: 'night' } }]] },
      say('either'),
    ],
  },
];

const pending = async (): Promise<unknown> => (await ok('GET', '/api/pending')).items;
const texts = async (): Promise<string[]> =>
  (await ok('GET', '/api/notifications')).items.map(({ text }: { text: string }) => text).toReversed();

test('the newer core is another: neither reads the images of the other', () => {
  const script = `
    const { createEngine } = await import('@lintel/engine');
    const home = { latitude: 0, longitude: 0, timeZone: 'UTC' };
    const engine = await createEngine({ rules: [], home, startAt: 0 });
    const given = process.argv[1];
    try {
      if (given) engine.restore(Uint8Array.from(Buffer.from(given, 'base64')));
      console.log(Buffer.from(engine.snapshot()).toString('base64'));
    } catch (error) {
      console.log(error.message);
    }`;
  const run = (env: Record<string, string>, image = ''): string =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, image], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
      env: { ...process.env, ...env },
    }).stdout.trim();
  const [old, newer] = [run({}), run(NEWER)];
  assert.ok(old.length > 100);
  assert.is(run({}, old), old);
  assert.is(run(NEWER, newer), newer);
  assert.match(run(NEWER, old), 'this is no image');
  assert.match(run({}, newer), 'this is no image');
  assert.ok(newer.length > old.length);
});

test('runs, waits, queues, counters, reverts and variables, forth and back, stopped or killed', async () => {
  hub = await startHub();
  await hub.claim();
  await ok('PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  await eventually(
    () => ok('GET', '/api/devices'),
    ({ items }) => items.length === 1,
    'a lamp',
  );
  for (const rule of RULES) await ok('POST', '/api/automations', rule);
  await ok('POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': false } });
  await ok('POST', `/api/devices/${LAMP}/commands`, { set: { 'onOff.on': true }, for: '4h' });
  await ok('POST', '/api/webhooks/go');
  await ok('POST', '/api/webhooks/go');
  await ok('POST', '/api/webhooks/next');
  const before = await pending();
  assert.is((before as unknown[]).length, 6, JSON.stringify(before));

  await restart(NEWER, 'stop');
  assert.equal(await pending(), before);
  assert.is((await ok('GET', '/api/variables/n')).value, 7);
  await ok('POST', '/api/webhooks/next');
  assert.equal(await texts(), ['1', '2']);

  await restart(NEWER, 'kill');
  assert.equal(await pending(), before);
  await restart({}, 'stop');
  assert.equal(await pending(), before);
  await ok('POST', '/api/webhooks/next');
  assert.equal(await texts(), ['1', '2', '3']);
  const [run] = (await ok('GET', '/api/automations/rounds/runs')).items;
  assert.is(run.outcome, 'finished');
  assert.is(await hub.stop(), 0);
});

test.run();
