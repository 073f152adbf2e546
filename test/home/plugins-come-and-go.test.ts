// Plugins that people bring: linked from a folder, enabled, watched, taken away, all of it over HTTP.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { startHub, type Answer, type Hub } from './harness.ts';

const Plugins = suite('plugins come and go');
const MAIN = join(import.meta.dirname, '../../packages/app/src/main.ts');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-brought-'));
let hub: Hub;
let owner = '';

const CODE = `import { definePlugin, endpoint, onOff, z } from '@lintel/sdk';
export default definePlugin({ id: 'balls', name: 'Balls', settings: z.object({ balls: z.number().int().min(1).max(9).default(1) }),
  async setup(ctx, settings) {
    ctx.log.info('rolling ' + settings.balls);
    for (let at = 1; at <= settings.balls; at += 1) {
      await ctx.devices.add({ id: 'ball-' + at, name: 'Ball ' + at, kind: 'light', endpoints: [endpoint(onOff())] });
      await ctx.report('ball-' + at, { 'onOff.on': false });
    }
    return {
      async command(id, command) {
        if (id === 'ball-1') return new Promise(() => undefined);
        await ctx.report(id, command.set);
      },
      async remove(id) { ctx.log.info('rolled away ' + id); },
    };
  } });
`;

/** Writes a plugin to a folder of its own; answers its source. */
function write(name: string, manifest: object = {}): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  const lintel = { id: 'balls', api: '^1', entry: './index.js', permissions: {}, ...manifest };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.3.0', type: 'module', lintel }));
  writeFileSync(join(folder, 'index.js'), CODE);
  return `file:${folder}`;
}

const bring = (source: unknown): Promise<Answer> => hub.ask('POST', '/api/plugins', { source });
const devices = async (): Promise<Record<string, { online: boolean }>> => {
  const { items } = (await hub.ask('GET', '/api/devices?plugin=balls')).body;
  return Object.fromEntries(items.map((each: { id: string; online: boolean }) => [each.id, each]));
};

interface View {
  readonly status: string;
  readonly health: { readonly memory: number; readonly cpu: number | null };
}

/** Asks until the plugin is as wanted; its figures are read anew every few heartbeats, and no change tells of them. */
async function plugin(id: string, fits: (view: View) => boolean): Promise<void> {
  for (let at = 0; at < 600; at += 1) {
    const { body } = await hub.ask('GET', `/api/plugins/${id}`);
    if (fits(body)) return;
    await sleep(100);
  }
  assert.unreachable(`${id} did not come to be as wanted`);
}

hub = await startHub();
await hub.claim();
owner = hub.token;

Plugins('a folder is linked, not enabled, with what it may do in words', async () => {
  const { status, body } = await bring(write('balls'));
  assert.is(status, 201, JSON.stringify(body));
  assert.equal(
    [body.id, body.name, body.version, body.enabled, body.status],
    ['balls', 'Balls', '0.3.0', false, 'disabled'],
  );
  assert.equal(body.grants, ['Keeps settings, secrets and files of its own, and nothing else.']);
  assert.is(body.source, `file:${join(scratch, 'balls')}`);
  assert.is(body.previousVersion, null);
  assert.is(body.settingsSchema.properties.balls.maximum, 9);
});

Plugins('what cannot be brought is refused by name', async () => {
  const cases: [unknown, number, string, RegExp][] = [
    [write('again'), 409, 'ID_TAKEN', /balls/],
    [write('odd', { id: 'Not an id' }), 422, 'BAD_ID', /id/],
    [write('newer', { id: 'newer', api: '^2' }), 422, 'BAD_VALUE', /newer.*update Lintel/],
    [write('older', { id: 'older', api: '^0.3' }), 422, 'BAD_VALUE', /older.*update the plugin/],
    [write('silent', { id: 'silent', api: undefined }), 422, 'BAD_VALUE', /"api": "\^1"/],
    ['file:relative', 422, 'BAD_VALUE', /whole path/],
    [`file:${scratch}/nowhere`, 422, 'BAD_VALUE', /package\.json/],
    ['https://example.org/x.tgz', 422, 'BAD_VALUE', /npm:NAME/],
    ['npm:../evil', 422, 'BAD_VALUE', /name of a package/],
  ];
  for (const [source, status, code, detail] of cases) {
    const { status: answered, body } = await bring(source);
    assert.equal([answered, body.code, body.pointer], [status, code, '/source'], JSON.stringify([source, body]));
    assert.match(body.detail, detail);
  }
  assert.is((await hub.ask('POST', '/api/plugins', {})).status, 422);
  assert.is((await hub.ask('POST', '/api/plugins', { source: 'npm:x', more: 1 })).status, 422);
  const { items } = (await hub.ask('GET', '/api/plugins')).body;
  assert.not.ok(items.some(({ id }: { id: string }) => ['newer', 'older', 'silent'].includes(id)));
});

Plugins('it is enabled, says what it does in its log, and shows what it uses', async () => {
  const { body } = await hub.ask('PUT', '/api/plugins/balls', { enabled: true, settings: { balls: 2 } });
  assert.is(body.status, 'running', JSON.stringify(body.health));
  assert.equal(Object.keys(await devices()), ['balls:ball-1', 'balls:ball-2']);
  const { items, next } = (await hub.ask('GET', '/api/plugins/balls/log')).body;
  assert.is(next, null);
  assert.equal(
    items.map(({ level, text }: { level: string; text: string }) => `${level} ${text}`),
    ['info rolling 2'],
  );
  await plugin('balls', ({ health }) => health.memory > 0 && health.cpu !== null);
});

Plugins('a command that the device does not confirm is given up after 10 s', async () => {
  const asked = performance.now();
  const { status, body } = await hub.ask('POST', '/api/devices/balls:ball-1/commands', { set: { 'onOff.on': true } });
  assert.equal([status, body.status], [504, 'timeout'], JSON.stringify(body));
  assert.ok(performance.now() - asked > 9_900 && performance.now() - asked < 15_000);
});

Plugins('a restart runs the code that now stands in the folder, and devices keep their state', async () => {
  await hub.ask('POST', '/api/devices/balls:ball-2/commands', { set: { 'onOff.on': true } });
  writeFileSync(
    join(scratch, 'balls/index.js'),
    CODE.replace("'rolling '", "'bouncing '").replace(/ +await ctx.report\('ball-'.*\n/, ''),
  );
  assert.is((await hub.ask('POST', '/api/plugins/balls/restart')).body.status, 'running');
  const { items } = (await hub.ask('GET', '/api/plugins/balls/log?limit=1000')).body;
  assert.is(items.at(-1).text, 'bouncing 2');
  const { body } = await hub.ask('GET', '/api/devices/balls:ball-2');
  assert.is(body.properties['onOff.on'].value, true);
});

Plugins('bringing and taking away is the owner’s, the log an admin’s', async () => {
  await hub.ask('POST', '/api/users', { name: 'Bo', password: 'a ball in the hall at dawn', role: 'admin' });
  const signedIn = await hub.ask('POST', '/api/sessions', { name: 'Bo', password: 'a ball in the hall at dawn' });
  hub.token = signedIn.body.token;
  assert.is((await bring('npm:x')).status, 403);
  assert.is((await hub.ask('DELETE', '/api/plugins/balls')).status, 403);
  assert.is((await hub.ask('POST', '/api/plugins/balls/update')).status, 403);
  assert.is((await hub.ask('POST', '/api/plugins/balls/rollback')).status, 403);
  assert.is((await hub.ask('GET', '/api/plugins/balls/log')).status, 200);
  hub.token = owner;
});

Plugins('a linked folder has no version to go back to, and a plugin of Lintel’s own stays', async () => {
  assert.is((await hub.ask('POST', '/api/plugins/balls/update')).body.version, '0.3.0');
  assert.is((await hub.ask('POST', '/api/plugins/balls/rollback')).status, 404);
  const own = await hub.ask('DELETE', '/api/plugins/virtual');
  assert.is(own.status, 403);
  assert.match(own.body.detail, 'disable it instead');
  assert.is((await hub.ask('DELETE', '/api/plugins/balls?devices=maybe')).status, 422);
  assert.is((await hub.ask('DELETE', '/api/plugins/nothing')).status, 404);
  assert.is((await hub.ask('POST', '/api/plugins/virtual/restart')).status, 409);
});

Plugins('taken away, its devices stay offline; brought again, they are what they were', async () => {
  await hub.ask('PATCH', '/api/devices/balls:ball-1', { name: 'Red ball' });
  assert.is((await hub.ask('DELETE', '/api/plugins/balls')).status, 204);
  assert.is((await hub.ask('GET', '/api/plugins/balls')).status, 404);
  assert.equal(
    Object.values(await devices()).map(({ online }) => online),
    [false, false],
  );
  assert.is(
    (await hub.ask('DELETE', '/api/devices/balls:ball-2')).status,
    204,
    'one that is left over can be forgotten',
  );
  assert.equal(Object.keys(await devices()), ['balls:ball-1']);
  const again = await bring(`file:${join(scratch, 'balls')}`);
  assert.equal([again.status, again.body.enabled, again.body.settings], [201, false, { balls: 2 }]);
  await hub.ask('PUT', '/api/plugins/balls', { enabled: true });
  assert.is((await hub.ask('GET', '/api/devices/balls:ball-1')).body.name, 'Red ball');
  assert.equal(Object.keys(await devices()).toSorted(), ['balls:ball-1', 'balls:ball-2']);
});

Plugins('it is still there after a restart of the hub, and can be taken away with its devices', async () => {
  assert.is(await hub.stop(), 0);
  hub = await startHub({ data: hub.data });
  hub.token = owner;
  await plugin('balls', ({ status }) => status === 'running');
  assert.is((await hub.ask('DELETE', '/api/plugins/balls?devices=remove')).status, 204);
  assert.equal(await devices(), {});
  const again = await bring(`file:${join(scratch, 'balls')}`);
  assert.equal([again.status, again.body.settings], [201, {}]);
});

const addPlugin = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, 'plugin', ...args], { encoding: 'utf8', timeout: 90_000 });

Plugins('the command line adds a plugin to the hub that runs, and says what is wrong otherwise', async () => {
  write('thrown', { id: 'thrown' });
  writeFileSync(join(scratch, 'thrown/index.js'), CODE.replace("id: 'balls'", "id: 'thrown'"));
  const added = addPlugin('add', join(scratch, 'thrown'), '--data', hub.data);
  assert.equal([added.status, added.stderr], [0, '']);
  assert.match(added.stdout, /Balls 0\.3\.0 \(thrown\) is there, and not enabled\. Keeps settings, secrets and files/);
  assert.is((await hub.ask('GET', '/api/plugins/thrown')).body.enabled, false);
  const again = addPlugin('add', join(scratch, 'thrown'), '--data', hub.data);
  assert.equal([again.status, again.stdout], [1, '']);
  assert.match(again.stderr, /^lintel: a plugin with the id thrown is there already\n$/);
  assert.match(addPlugin('add', 'x', '--data', scratch).stderr, /^lintel: no hub runs on .*: start it first\n$/);
  assert.is(addPlugin('add').status, 2);
  assert.is(addPlugin('lose', 'x').status, 2);
});

Plugins.after(async () => {
  await hub?.stop();
  rmSync(scratch, { recursive: true, force: true });
});
Plugins.run();
