import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { HubError } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { readManifest } from '../../src/plugins/manifest.ts';
import { Sandbox } from '../../src/plugins/sandbox.ts';
import { grantsInWords } from '../../src/plugins/grants.ts';
import type { RunNpm } from '../../src/plugins/packages.ts';
import { Bench, FIXTURES } from './harness.ts';

const Brought = suite('plugins that people bring');

/** What the registry would give: the lamp fixture under another name, with a package it needs beside it. */
let version = '1.0.0';
let api = '^1';
let permissions: object = { network: true };
const asked: string[][] = [];
const npm: RunNpm = async (args, folder) => {
  asked.push([...args]);
  const name = args.at(-1)!.split('@')[0]!;
  if (name === 'absent')
    throw new Error('npm error code E404\nnpm error 404 Not Found - GET https://example.org/absent');
  if (name === 'away')
    throw new Error('npm warn old\nnpm error code ECONNREFUSED\nnpm error no answer\nnpm error A complete log');
  const target = join(folder, 'node_modules', name);
  mkdirSync(join(folder, 'node_modules/needed'), { recursive: true });
  writeFileSync(
    join(folder, 'node_modules/needed/package.json'),
    '{"name":"needed","type":"module","exports":"./index.js"}',
  );
  writeFileSync(join(folder, 'node_modules/needed/index.js'), `export const needed = '${version}';`);
  mkdirSync(target, { recursive: true });
  const lintel = { id: 'bought', api, entry: './index.js', permissions };
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ name, version, type: 'module', dependencies: { needed: '1' }, lintel }),
  );
  writeFileSync(
    join(target, 'index.js'),
    `import { definePlugin, z } from '@lintel/sdk';
     import { needed } from 'needed';
     export default definePlugin({ id: 'bought', name: 'Bought', settings: z.object({}), async setup() {
       return { request: async () => needed };
     } });`,
  );
};

const bench = new Bench([], { npm });
const unasked = (): Promise<void> => assert.unreachable('nothing more was asked for') as never;
const { host } = bench;
const fault = async (promise: Promise<unknown>): Promise<HubError> =>
  promise.then(
    () => assert.unreachable(),
    (error: HubError) => error,
  ) as Promise<HubError>;

Brought('a package is fetched without running its scripts, described, and not started', async () => {
  assert.is(await host.install('npm:lintel-plugin-bought'), 'bought');
  assert.ok(asked[0]!.includes('--ignore-scripts'));
  assert.ok(asked[0]!.includes('--legacy-peer-deps'), 'the SDK as a peer comes from the hub');
  assert.is(asked[0]!.at(-1), 'lintel-plugin-bought@latest');
  const info = host.get('bought');
  assert.equal([info.status, info.name, info.version], ['disabled', 'Bought', '1.0.0']);
  assert.equal(info.grants, [
    'Uses your network and the internet.',
    'Keeps settings, secrets and files of its own, and sees those of no other plugin.',
  ]);
  await host.start('bought', {});
  assert.is(await host.request('bought', 'x', null), '1.0.0', bench.log.map(({ text }) => text).join('\n'));
});

Brought('an update keeps it running, one that does not fit changes nothing, and it can be taken back', async () => {
  version = '1.1.0';
  assert.is((await host.update('bought', {}, unasked)).version, '1.1.0');
  assert.is(await host.request('bought', 'x', null), '1.1.0');
  version = '2.0.0';
  api = '^2';
  const refused = await fault(host.update('bought', {}, unasked));
  assert.match(refused.message, 'update Lintel');
  assert.is(host.get('bought').version, '1.1.0');
  api = '^1';
  assert.is((await host.rollBack('bought', {})).version, '1.0.0');
  assert.is(await host.request('bought', 'x', null), '1.0.0');
  assert.is((await fault(host.rollBack('bought', {}))).code, 'NOT_FOUND');
});

Brought('an update that asks for more waits until people have read what', async () => {
  version = '1.2.0';
  permissions = { network: true, serial: true };
  let asks = 0;
  const { status, health, grants } = await host.update('bought', {}, async () => void (asks += 1));
  assert.equal([asks, status, host.get('bought').version], [1, 'disabled', '1.2.0']);
  assert.match(health.message ?? '', 'Version 1.2.0 asks for more: Uses the serial port');
  assert.is(grants.length, 3);
  assert.is((await host.start('bought', {})).status, 'running');
  version = '1.3.0';
  permissions = { network: true };
  assert.is((await host.update('bought', {}, unasked)).status, 'running', 'less was asked for');
  assert.is((await host.rollBack('bought', {})).version, '1.2.0');
});

Brought('a folder is linked, so that a restart runs its present code', async () => {
  const folder = join(bench.folder, 'linked');
  cpSync(join(FIXTURES, 'lamp'), folder, { recursive: true });
  assert.is(await host.install(`file:${folder}`), 'lamp');
  await host.start('lamp', {});
  assert.equal([...bench.devices.keys()], ['lamp:lamp-1']);
  const entry = join(folder, 'index.ts');
  writeFileSync(entry, readFileSync(entry, 'utf8').replaceAll('`lamp-${at}`', '`bulb-${at}`'));
  await host.restart('lamp');
  assert.ok(bench.devices.has('lamp:bulb-1'));
});

Brought('a folder that calls itself another plugin is not run, whatever that one is', async () => {
  const file = join(bench.folder, 'linked/package.json');
  const manifest = readFileSync(file, 'utf8');
  writeFileSync(file, manifest.replace('"lamp"', '"bought"'));
  const info = await host.restart('lamp');
  assert.equal([info.id, info.status], ['lamp', 'failed']);
  assert.match(info.health.message ?? '', 'calls itself bought now');
  writeFileSync(file, manifest);
  assert.is((await host.restart('lamp')).status, 'running');
});

Brought('a folder that is gone leaves its plugin listed, which says so and can be taken away', async () => {
  const [folder, away] = [join(bench.folder, 'linked'), join(bench.folder, 'away')];
  renameSync(folder, away);
  assert.match((await host.restart('lamp')).health.message ?? '', 'package.json cannot be read');
  const again = new Bench([], { npm, data: join(bench.folder, 'plugins') });
  await again.host.described();
  const { status, health } = again.host.get('lamp');
  assert.equal([status, again.host.get('bought').status], ['failed', 'disabled']);
  assert.match(health.lastError ?? '', folder);
  renameSync(away, folder);
  assert.is((await again.host.start('lamp', {})).status, 'running', again.host.get('lamp').health.message ?? '');
  await again.host.close();
});

Brought('bad sources say what is wrong with them', async () => {
  const of = async (source: string): Promise<[string, string | undefined]> => {
    const { code, pointer } = await fault(host.install(source));
    return [code, pointer];
  };
  assert.equal(await of('npm:absent'), ['BAD_VALUE', '/source']);
  assert.equal(await of('npm:away'), ['PLUGIN_FAILED', '/source']);
  assert.is((await fault(host.install('npm:away'))).message, 'npm could not fetch away@latest: no answer');
  assert.equal(await of('npm:../evil'), ['BAD_VALUE', '/source']);
  assert.equal(await of('npm:--flag'), ['BAD_VALUE', '/source']);
  assert.equal(await of('npm:a b'), ['BAD_VALUE', '/source']);
  assert.equal(await of('http://x'), ['BAD_VALUE', '/source']);
  assert.equal(await of('file:relative'), ['BAD_VALUE', '/source']);
  assert.equal(await of('file:/nowhere'), ['BAD_VALUE', '/source']);
  assert.equal(await of('npm:lintel-plugin-bought'), ['ID_TAKEN', '/source']);
  const bad = join(bench.folder, 'bad');
  mkdirSync(bad);
  writeFileSync(join(bad, 'package.json'), JSON.stringify({ lintel: { id: 'Not An Id', entry: './x.js' } }));
  assert.equal(await of(`file:${bad}`), ['BAD_ID', '/source']);
  writeFileSync(join(bad, 'package.json'), JSON.stringify({ lintel: { id: 'bad', entry: '../../outside.js' } }));
  assert.equal(await of(`file:${bad}`), ['BAD_VALUE', '/source']);
});

Brought('what was brought is there after a restart of the hub, until it is taken away', async () => {
  const again = new Bench([], { npm, data: join(bench.folder, 'plugins') });
  assert.equal(
    again.host
      .list()
      .map(({ id }) => id)
      .toSorted(),
    ['bought', 'lamp'],
  );
  await again.host.described();
  await again.host.close();
  await host.uninstall('bought');
  await host.uninstall('lamp');
  assert.equal(host.list(), []);
  assert.not.ok(existsSync(join(bench.folder, 'plugins/packages/bought')));
  assert.ok(existsSync(join(bench.folder, 'linked/package.json')));
});

Brought('permissions are sentences', () => {
  const words = (permissions: object) =>
    grantsInWords({
      permissions: {
        network: false,
        hosts: [],
        serial: false,
        addons: false,
        firmware: false,
        home: '',
        ...permissions,
      },
    });
  assert.equal(words({}), ['Keeps settings, secrets and files of its own, and nothing else.']);
  assert.match(words({ network: true, hosts: ['api.example.org'] })[0]!, 'api.example.org');
  assert.is(words({ serial: true, addons: true }).length, 3);
  assert.is(
    words({ network: true }).at(-1),
    'Keeps settings, secrets and files of its own, and sees those of no other plugin.',
  );
  assert.match(words({ firmware: true })[0]!, /firmware images/);
  assert.match(words({ home: '/bridge' })[0]!, 'that you choose in its settings');
});

Brought('that a plugin is not held to the hosts it names is said, whatever the fence', () => {
  const manifest = readManifest(join(FIXTURES, 'lamp'));
  for (const strongest of ['bubblewrap', 'namespaces', 'node'] as const) {
    const sandbox = new Sandbox(strongest, bench.folder);
    const fenceWith = (network: boolean, hosts: string[]) =>
      sandbox.fenceOf({ ...manifest, permissions: { ...manifest.permissions, network, hosts } });
    const named = fenceWith(true, ['api.example.org']);
    assert.is(named.strength, 'partial');
    assert.ok(named.open.includes('network'));
    assert.not.ok(fenceWith(true, []).open.includes('network'), 'the whole network was asked for, and granted');
    assert.is(fenceWith(false, ['api.example.org']).strength, fenceWith(false, []).strength);
    sandbox.close();
  }
});

Brought.after(() => bench.close());
Brought.run();
