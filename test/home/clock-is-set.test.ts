// A real hub whose machine's clock is set while it runs, and is wrong when it starts.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, newDataFolder, startHub, type Hub } from './harness.ts';

const test = suite('clock is set');
const DAY = 86_400_000;
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'set-clock.mjs')).href;

interface ClockedHub {
  readonly hub: Hub;
  /** How far its clock is off from now on. */
  setClock(offsetMs: number): Promise<void>;
  again(offsetMs: number): Promise<ClockedHub>;
}

async function start(offsetMs: number, data = newDataFolder(), token = ''): Promise<ClockedHub> {
  const file = `${data}.clock`;
  writeFileSync(file, String(offsetMs));
  const hub = await startHub({ data, env: { NODE_OPTIONS: `--import ${PRELOAD}`, LINTEL_TEST_CLOCK: file } });
  hub.token = token;
  return {
    hub,
    setClock: async (offset) => {
      writeFileSync(file, String(offset));
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    again: async (offset) => {
      await hub.kill();
      return start(offset, data, hub.token);
    },
  };
}

async function ok(hub: Hub, method: string, path: string, body?: unknown) {
  const answer = await hub.ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const texts = async (hub: Hub): Promise<string[]> =>
  (await ok(hub, 'GET', '/api/notifications')).items.map(({ text }: { text: string }) => text).toReversed();

const says = (hub: Hub, expected: readonly string[]): Promise<unknown> =>
  eventually(
    () => texts(hub),
    (found) => found.length >= expected.length,
    expected.join(),
  ).then((found) => assert.equal(found, expected));

/** The time of day in so many seconds, as triggers write it. */
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19);

const addClock = (hub: Hub): Promise<unknown> =>
  ok(hub, 'POST', '/api/automations', {
    triggers: [{ kind: 'time', at: inSeconds(3) }],
    actions: [{ kind: 'notify', message: 'clock' }],
  });
const WAIT = {
  id: 'wait',
  mode: 'parallel',
  triggers: [{ kind: 'manual' }],
  actions: [
    { kind: 'delay', for: '1s' },
    { kind: 'notify', message: 'waited' },
  ],
};

const health = (hub: Hub) => ok(hub, 'GET', '/api/health');
const clockRepair = async (hub: Hub) =>
  (await ok(hub, 'GET', '/api/repairs')).items.find(({ id }: { id: string }) => id === 'clock');

test('the home goes on by its own time, says what is wrong, and takes the clock when it is told to', async () => {
  let { hub, setClock, again } = await start(0);
  await hub.claim({ home: { name: 'Home', latitude: 51.48, longitude: 0, timeZone: 'UTC' } });
  await ok(hub, 'POST', '/api/automations', WAIT);
  await addClock(hub);
  await says(hub, ['clock']);
  await setClock(-30 * DAY);
  await ok(hub, 'POST', '/api/automations/wait/run');
  await says(hub, ['clock', 'waited']);
  const sick = await health(hub);
  assert.is(sick.status, 'degraded');
  assert.match(sick.reasons.join(), /clock of this machine/);
  assert.is((await clockRepair(hub)).fix, 'Use this clock');

  ({ hub, setClock, again } = await again(42_000 - Date.now()));
  assert.match((await health(hub)).reasons.join(), /do not act on times of day/);
  await ok(hub, 'POST', '/api/automations/wait/run');
  await says(hub, ['clock', 'waited', 'waited']);
  await setClock(0);
  const found = await eventually(
    () => health(hub),
    ({ status }) => status === 'ok',
    'the clock is right again',
  );
  assert.equal(found.reasons, []);
  assert.is(await clockRepair(hub), undefined);
  await addClock(hub);
  await says(hub, ['clock', 'waited', 'waited', 'clock']);

  await setClock(-2 * DAY);
  await eventually(
    () => clockRepair(hub),
    (repair) => repair !== undefined,
    'a repair',
  );
  await ok(hub, 'POST', '/api/repairs/clock/fix');
  assert.is((await health(hub)).status, 'ok');
  const [run] = (await ok(hub, 'GET', '/api/activity?limit=1')).items;
  assert.ok(Math.abs(Date.parse(run.at) - (Date.now() - 2 * DAY)) < 60_000, run.at);
  assert.is(await hub.stop(), 0);
});

test.run();
