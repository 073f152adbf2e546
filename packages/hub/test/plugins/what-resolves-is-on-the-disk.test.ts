// What the SDK promises a plugin of the hub: credit, acknowledgement, and that what has resolved is durable.

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CREDIT_INPUTS } from '@lintel/sdk/host';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Credits } from '../../../sdk/src/child/credits.ts';
import { Bench, memoryStore } from './harness.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lintel-durable-'));
const folder = join(scratch, 'durable');
mkdirSync(folder);
const lintel = { id: 'durable', api: '^1', entry: './index.js', permissions: {} };
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'durable', type: 'module', lintel }));
writeFileSync(
  join(folder, 'index.js'),
  `import { definePlugin, endpoint, onOff, z } from '@lintel/sdk';
   export default definePlugin({ id: 'durable', name: 'Durable', settings: z.object({}), async setup(ctx) {
     const add = (id) => ctx.devices.add({ id, name: id, kind: 'light', endpoints: [endpoint(onOff())] });
     const errorOf = (promise) => promise.then(() => null, (error) => error.code);
     await add('lamp');
     return { async request(name, body) {
       if (name === 'add') await add(body).then(() => ctx.log.info('added ' + body));
       if (name === 'keep') await ctx.store.set('kept', body).then(() => ctx.log.info('kept ' + body));
       if (name === 'hide') await ctx.secrets.set('kept', body).then(() => ctx.log.info('hidden ' + body));
       if (name === 'strange') return Promise.all([
         errorOf(ctx.report('other:lamp', { 'onOff.on': true })),
         errorOf(ctx.report('lamp', { 'level.level': 1 })),
         errorOf(ctx.report('lamp', { 'onOff.on': 'yes' })),
         errorOf(ctx.event('nobody', 'button.pressed')),
         errorOf(ctx.online('nobody', true)),
         errorOf(add('no id')),
         errorOf(ctx.store.set('', 1)),
       ]);
       if (name === 'flood') {
         let sent = 0;
         void (async () => { for (;;) { await ctx.report('lamp', { 'onOff.on': true }); sent += 1; if (sent % 512 === 0) await null; if (sent >= body) break; } })();
         await ctx.clock.sleep(300);
         return sent;
       }
     } };
   } });`,
);

const gate = Promise.withResolvers<void>();
const held = memoryStore();
const slowStore = {
  ...held,
  set: (...given: Parameters<typeof held.set>) => gate.promise.then(() => held.set(...given)),
};
const bench = new Bench([folder], { store: slowStore, secrets: slowStore });
const { host } = bench;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

const Durable = suite('what resolves');

await host.described();
assert.is((await host.start('durable', {})).status, 'running');
Durable.after(async () => {
  await bench.close();
  rmSync(scratch, { recursive: true, force: true });
});

Durable('a stored value and a secret resolve when they are synced, and not before', async () => {
  const asked = [host.request('durable', 'keep', 7), host.request('durable', 'hide', 8)];
  await pause();
  assert.not.ok(bench.logged('kept 7') || bench.logged('hidden 8'));
  gate.resolve();
  await Promise.all(asked);
  await bench.until(() => bench.logged('kept 7') && bench.logged('hidden 8'));
});

Durable('an added device resolves when the hub has it', async () => {
  const synced = Promise.withResolvers<void>();
  bench.onDevice = () => synced.promise;
  const asked = host.request('durable', 'add', 'second');
  await pause();
  assert.not.ok(bench.logged('added second'));
  synced.resolve();
  await asked;
  await bench.until(() => bench.logged('added second'));
});

Durable('what is not the plugin’s own is rejected, and nothing of it reaches the hub', async () => {
  const before = bench.reports.length;
  const codes = (await host.request('durable', 'strange', null)) as unknown[];
  assert.equal(codes, ['BAD_VALUE', 'BAD_VALUE', 'BAD_VALUE', 'BAD_VALUE', 'BAD_VALUE', 'BAD_VALUE', 'BAD_VALUE']);
  assert.is(bench.reports.length, before);
});

Durable('reports resolve on credit, and no further until the hub has acknowledged some', async () => {
  const acknowledge: (() => void)[] = [];
  const before = bench.reports.length;
  bench.onReport = (_report, each) => void acknowledge.push(each);
  assert.is(await host.request('durable', 'flood', CREDIT_INPUTS + 1_000), CREDIT_INPUTS);
  assert.is(acknowledge.length, CREDIT_INPUTS);
  for (const each of acknowledge.splice(0)) each();
  await bench.until(() => bench.reports.length === before + CREDIT_INPUTS + 1_000);
  for (const each of acknowledge) each();
});

Durable(
  'acknowledgement is cumulative: the highest count stands for all before it, and no count gives credit twice',
  () => {
    let sent = 0;
    const credits = new Credits(() => (sent += 1));
    const input = { type: 'stale', device: 'x' } as const;
    for (let at = 0; at < CREDIT_INPUTS + 30; at += 1) void credits.input(input);
    assert.is(sent, CREDIT_INPUTS);
    credits.acknowledge(10);
    assert.is(sent, CREDIT_INPUTS + 10);
    credits.acknowledge(10);
    credits.acknowledge(4);
    assert.is(sent, CREDIT_INPUTS + 10);
    credits.acknowledge(25);
    assert.is(sent, CREDIT_INPUTS + 25);
    credits.acknowledge(1e9);
    for (let at = 0; at < 2 * CREDIT_INPUTS; at += 1) void credits.input(input);
    assert.is(sent, 2 * CREDIT_INPUTS + 25);
  },
);

Durable.run();
