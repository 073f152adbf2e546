// A plugin that writes to the hub's socket past the SDK. Real processes; times are what the supervisor promises.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { systemScheduler } from '../../src/clock.ts';
import { Bench } from './harness.ts';

const Rogue = suite('a plugin that misbehaves');
const bench = new Bench(['rogue', 'lamp']);
const { host } = bench;

const running = (): boolean => host.get('rogue').status === 'running';
const ask = (kind: string, name?: string): Promise<unknown> => host.request('rogue', kind, name);

/** Starts afresh, with the count of crashes cleared. */
async function fresh(): Promise<void> {
  await host.start('rogue', {});
  assert.ok(running(), bench.log.map(({ text }) => text).join('\n'));
  bench.reports.length = 0;
}

await host.start('lamp', {});

Rogue('what it may not say is dropped and named in its log, and it runs on', async () => {
  await fresh();
  for (const deed of (await ask('deed')) as string[]) {
    const before = bench.log.length;
    await ask('deed', deed);
    await ask('deed');
    const isQuiet =
      deed.startsWith('unasked') || deed.includes('call') || deed.includes('device of') || deed.includes('bad ');
    if (!isQuiet && deed !== 'deep store value') assert.ok(bench.log.length > before, `${deed} left no line`);
    assert.ok(running(), `${deed} ended it`);
  }
  assert.equal(bench.reports, []);
  assert.equal(bench.events, []);
  assert.equal([...bench.devices.keys()], ['lamp:lamp-1', 'rogue:a']);
  assert.is(({} as Record<string, unknown>)['x'], undefined);
});

for (const [ending, why] of [
  ['not JSON', 'not JSON'],
  ['oversized', 'over 1048576 bytes'],
  ['endless line', 'over 1048576 bytes'],
  ['exit', 'code 5'],
  ['throw', 'thrown on purpose'],
  ['rejected promise', 'rejected on purpose'],
  ['memory by heap', 'memory'],
  ['memory by buffers', 'memory'],
  ['hang', 'hung'],
] as const) {
  Rogue(`ends with "${ending}", says why, and is back`, async () => {
    await fresh();
    await ask('end', ending);
    const asked = performance.now();
    await bench.until(() => !running());
    const noticed = performance.now();
    await bench.until(running);
    const back = performance.now();
    assert.match(host.get('rogue').health.lastError!, why);
    assert.is(host.get('rogue').health.restarts, 1);
    if (ending !== 'memory by heap')
      assert.ok(noticed - asked < 3_500, `${ending} noticed after ${noticed - asked} ms`);
    assert.ok(back - noticed < 3_000, `${ending} back after ${back - noticed} ms`);
  });
}

Rogue('commands under way are answered when it ends, and time out by themselves', async () => {
  await fresh();
  const late = host.send('rogue', [{ id: 'a', command: { set: { 'onOff.on': true } }, deadline: 40 }]);
  assert.is((await late)[0]!.status, 'timeout');
  const lost = host.send('rogue', [{ id: 'a', command: { set: { 'onOff.on': true } }, deadline: 9_000 }]);
  await ask('end', 'exit');
  assert.is((await lost)[0]!.error?.code, 'PLUGIN_FAILED');
  await bench.until(running);
});

Rogue('between slices of a flood that costs the hub much, the hub turns to others', async () => {
  await fresh();
  let [inTurn, most, cost] = [0, 0, 0];
  const steady = (): number => performance.now() + cost;
  const slow = new Bench(['rogue'], { scheduler: { ...systemScheduler, steady } });
  slow.onReport = (_report, acknowledge) => {
    // As though each took a tenth of a millisecond: journal, rules, history.
    cost += 0.1;
    inTurn += 1;
    acknowledge();
  };
  const turn = (): void => {
    most = Math.max(most, inTurn);
    inTurn = 0;
    if (slow.reports.length < 2_000) setImmediate(turn);
  };
  await slow.host.start('rogue', {});
  await slow.host.request('rogue', 'flood', 'reports');
  turn();
  await slow.until(() => slow.reports.length >= 2_000);
  assert.ok(most <= 20, `${most} reports were taken before others were heard`);
  await slow.close();
});

for (const flood of ['log', 'reports', 'output', 'calls']) {
  Rogue(`a flood of ${flood} does not keep another plugin from answering`, async () => {
    await fresh();
    const before = process.memoryUsage().rss;
    await ask('flood', flood);
    const times: number[] = [];
    for (let at = 0; at < 60; at += 1) {
      const from = performance.now();
      const values = { 'level.level': (at + 1) / 100 };
      const [outcome] = await host.send('lamp', [{ id: 'lamp-1', command: { set: values }, deadline: 5_000 }]);
      assert.is(outcome!.status, 'done');
      times.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    times.sort((a, b) => a - b);
    assert.ok(times[30]! < 50, `half of the commands took over ${times[30]} ms`);
    const grown = (process.memoryUsage().rss - before) / 1_048_576;
    assert.ok(grown < 96, `the hub grew by ${grown} MiB`);
    await host.stop('rogue');
    bench.reports.length = 0;
  });
}

Rogue('five ends in ten minutes put it in quarantine, until a person starts it', async () => {
  await fresh();
  for (let crash = 1; crash <= 5; crash += 1) {
    await bench.until(running);
    await ask('end', 'exit');
    await bench.until(() => !running());
  }
  await bench.until(() => host.get('rogue').status === 'quarantined');
  assert.match(host.get('rogue').health.message!, 'too often');
  await fresh();
  assert.is(host.get('rogue').health.restarts, 0);
});

Rogue('one that ends at every start is put in quarantine too', async () => {
  await host.start('rogue', { exitAtStart: true });
  await bench.until(() => host.get('rogue').status === 'quarantined');
  assert.match(host.get('rogue').health.lastError!, 'code 9');
});

Rogue.after(() => bench.close());
Rogue.run();
