import { definePlugin, endpoint, level, onOff, PluginError, reportWhatFits, z } from '@lintel/sdk';
import { fakeHub } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const lamps = definePlugin({
  id: 'acme',
  name: 'Acme lamps',
  settings: z.object({ lamps: z.number().int().min(0).max(500).default(2) }),
  async setup(ctx, settings) {
    for (let at = 1; at <= settings.lamps; at += 1) {
      await ctx.devices.add({
        id: `lamp-${at}`,
        name: `Lamp ${at}`,
        kind: 'light',
        endpoints: [endpoint(onOff(), level()), endpoint({ id: '2' }, onOff())],
      });
      await ctx.report(`lamp-${at}`, { 'onOff.on': false });
    }
    return {
      async command(id, command, signal) {
        if (id === 'lamp-2') await ctx.clock.sleep(60_000, signal);
        if (!('set' in command)) throw new PluginError('UNSUPPORTED', 'only set');
        await ctx.report(id, command.set, command.endpoint);
      },
      async *pair(request, signal) {
        yield { address: 'a', step: 'found' };
        await ctx.clock.sleep(request.seconds * 1000, signal).catch(() => undefined);
      },
    };
  },
});

test('defaults of the settings reach setup, and devices are described', async () => {
  const hub = fakeHub();
  await hub.start(lamps);
  assert.equal([...hub.devices.keys()], ['lamp-1', 'lamp-2']);
  assert.is(hub.value('lamp-1', 'onOff.on'), false);
  assert.is(hub.online('lamp-1'), true);
});

test('a command is confirmed by what the plugin reports, on its endpoint', async () => {
  const hub = fakeHub({ settings: { lamps: 1 } });
  await hub.start(lamps);
  assert.equal(await hub.send('lamp-1', { set: { 'onOff.on': true }, endpoint: '2' }), { status: 'done' });
  assert.is(hub.value('lamp-1', 'onOff.on@2'), true);
  assert.is(hub.value('lamp-1', 'onOff.on'), false);
});

test('a device that does not answer is a timeout at its deadline', async () => {
  const hub = fakeHub();
  await hub.start(lamps);
  const outcome = hub.send('lamp-2', { set: { 'onOff.on': true } }, 5_000);
  await hub.clock.advance(4_999);
  assert.is(await Promise.race([outcome, Promise.resolve('waiting')]), 'waiting');
  await hub.clock.advance(1);
  assert.is((await outcome).status, 'timeout');
});

test('what is not described cannot be reported, and names its property', async () => {
  const hub = fakeHub();
  const ctx = await hub.start(lamps);
  const refused = async (values: Record<string, unknown>): Promise<PluginError> =>
    ctx.report('lamp-1', values as never).then(
      () => assert.unreachable(),
      (error) => error,
    );
  assert.is((await refused({ 'level.level': 1.5 })).pointer, '/values/level.level');
  assert.match((await refused({ 'level.level': 1.5 })).message, 'at most 1');
  assert.match((await refused({ 'level.level': '1' })).message, 'expected a number');
  assert.match((await refused({ 'color.x': 0.5 })).message, 'no property color.x');
  assert.match((await refused({ constructor: 1 })).message, 'no property');
  assert.match((await ctx.report('lamp-9', {}).catch((error) => error)).message, 'no device "lamp-9"');
});

test('a device that says one thing that cannot be is still heard in everything else', async () => {
  const hub = fakeHub();
  const ctx = await hub.start(lamps);
  const values = { 'level.level': 1.5, 'onOff.on': true, 'color.x': 0.5 };
  const left = await reportWhatFits(ctx, 'lamp-1', values).catch((error) => error);
  assert.is(left.pointer, '/values/level.level');
  assert.equal([hub.value('lamp-1', 'onOff.on'), hub.value('lamp-1', 'level.level')], [true, undefined]);
  assert.is((await reportWhatFits(ctx, 'lamp-1', { 'level.level': 7 }).catch((error) => error)).code, 'BAD_VALUE');
  assert.match((await reportWhatFits(ctx, 'lamp-9', {}).catch((error) => error)).message, 'no device "lamp-9"');
});

test('pairing ends with its seconds, and nothing is reported after a stop', async () => {
  const hub = fakeHub();
  const ctx = await hub.start(lamps);
  const pairing = hub.pair({ seconds: 10 });
  await hub.clock.advance(10_000);
  await pairing.done;
  assert.equal(pairing.steps, [{ address: 'a', step: 'found' }]);
  await hub.stop();
  assert.match((await ctx.report('lamp-1', {}).catch((error) => error)).message, 'stopped');
});

test('devices and store outlive a restart', async () => {
  const hub = fakeHub();
  const ctx = await hub.start(lamps);
  await ctx.store.set('key', { deep: [1] });
  const again = await hub.restart({ lamps: 0 });
  assert.equal(again.devices.known(), ['lamp-1', 'lamp-2']);
  assert.equal(await again.store.get('key'), { deep: [1] });
  assert.is(await again.store.get('other'), null);
});

test.run();
