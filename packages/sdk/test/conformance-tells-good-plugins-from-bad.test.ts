import { definePlugin, endpoint, level, onOff, PluginError, temperature, z } from '@lintel/sdk';
import type { CapabilityName, PluginContext, PluginDefinition, PropertyDescription, RunningPlugin } from '@lintel/sdk';
import { testPlugin } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

type Behaviour = (ctx: PluginContext) => RunningPlugin;
let isReachable = true;
const DAY = 86_400_000;

const plugin = (behaviour: Behaviour, before?: (ctx: PluginContext) => Promise<void>): PluginDefinition =>
  definePlugin({
    id: 'tested',
    name: 'Tested',
    settings: z.object({ count: z.number().int().min(1).default(1).meta({ title: 'Lamps' }) }),
    async setup(ctx, { count }) {
      for (let at = 1; at <= count; at += 1) {
        await ctx.devices.add({
          id: `lamp-${at}`,
          name: `Lamp ${at}`,
          kind: 'light',
          endpoints: [endpoint(onOff(), level())],
        });
      }
      await before?.(ctx);
      return behaviour(ctx);
    },
  });

const good: Behaviour = (ctx) => ({
  async command(id, command) {
    if (!ctx.devices.known().includes(id) || !('set' in command)) throw new PluginError('UNSUPPORTED', 'not that');
    if (!isReachable) {
      await ctx.online(id, false);
      throw new PluginError('DEVICE_OFFLINE', 'it has no power');
    }
    await ctx.report(id, command.set, command.endpoint);
  },
});

const options = {
  settings: { count: 2 },
  before: () => void (isReachable = true),
  unreachable: () => void (isReachable = false),
};

const failuresOf = async (tested: PluginDefinition): Promise<string> =>
  (await testPlugin(tested, options)).failures.join('\n');

test('a plugin that behaves is silver without pairing, and every check is named', async () => {
  const report = await testPlugin(plugin(good), options);
  assert.equal(report.failures, []);
  assert.is(report.level, 'silver');
  assert.equal(
    report.results.filter(({ status }) => status === 'skipped').map(({ detail }) => detail),
    ['the plugin has no pairing'],
  );
  const withPairing = plugin((ctx) => ({
    ...good(ctx),
    async *pair(_request, signal) {
      yield { address: 'a', step: 'found' };
      await ctx.clock.sleep(DAY, signal).catch(() => undefined);
    },
  }));
  assert.is((await testPlugin(withPairing, options)).level, 'gold');
});

test('a plugin that pairs by a code is given one', async () => {
  const withCode = plugin((ctx) => ({
    ...good(ctx),
    async checkPairing({ code }) {
      if (code !== '34970112332') throw new PluginError('BAD_VALUE', 'that is no code', '/code');
    },
    async *pair(_request, signal) {
      yield { address: 'a', step: 'found' };
      await ctx.clock.sleep(DAY, signal).catch(() => undefined);
    },
  }));
  assert.match(await failuresOf(withCode), 'that is no code');
  assert.is((await testPlugin(withCode, { ...options, pairing: { code: '34970112332' } })).level, 'gold');
});

for (const [what, bad, failure] of [
  ['confirms without a report', () => ({ async command() {} }), 'without a report'],
  ['never answers', () => ({ command: () => new Promise<void>(() => undefined) }), 'time'],
  [
    'confirms what is not there',
    (ctx) => ({ command: (_id, command) => ctx.report('lamp-1', 'set' in command ? command.set : {}) }),
    'not there',
  ],
  [
    'does not stop',
    (ctx) => ({ ...good(ctx), stop: () => new Promise<void>(() => undefined) }),
    'stop did not come to an end',
  ],
  [
    'cannot be stopped twice',
    (ctx) => {
      let stops = 0;
      return {
        ...good(ctx),
        async stop() {
          if ((stops += 1) > 1) throw new Error('the port is closed already');
        },
      };
    },
    'the port is closed already',
  ],
  [
    'leaves a flood of commands to its deadline',
    (ctx) => {
      let busy = 0;
      return {
        async command(id, command, signal) {
          busy += 1;
          try {
            if (busy > 20) await ctx.clock.sleep(DAY, signal);
            else await good(ctx).command!(id, command, signal);
            await ctx.clock.sleep(100, signal);
          } finally {
            busy -= 1;
          }
        },
      };
    },
    'of 200 commands of one instant',
  ],
  [
    'reports what it did not describe',
    (ctx) => ({ ...good(ctx), command: (id) => ctx.report(id, { 'color.x': 1 }).catch(() => undefined) }),
    'the hub refused',
  ],
] as [string, Behaviour, string][]) {
  test(`a plugin that ${what} is found out`, async () => {
    const failures = await failuresOf(plugin(bad));
    if (what === 'never answers') assert.not.match((await testPlugin(plugin(bad), options)).level ?? 'none', 'silver');
    else assert.match(failures, failure);
  });
}

for (const [what, wrong, failure] of [
  ['degrees of its own', { ...temperature().properties[0]!, unit: '°F' }, 'is in °F'],
  ['a scale of its own', { ...level().properties[0]!, max: 254 }, 'up to 254'],
  ['a scale below', { ...level().properties[0]!, min: -1 }, 'from -1'],
] as [string, PropertyDescription, string][]) {
  test(`${what} instead of the table’s is found out`, async () => {
    const name = wrong.name as CapabilityName;
    const capability = { name, properties: [wrong], commands: [] };
    const odd = plugin(good, (ctx) =>
      ctx.devices.add({ id: 'odd', name: 'Odd', kind: 'sensor', endpoints: [endpoint(capability)] }),
    );
    assert.match(await failuresOf(odd), failure);
  });
}

test('ids that change over a restart are found out', async () => {
  let starts = 0;
  const changing = plugin(good, async (ctx) => {
    await ctx.devices.add({ id: `start-${(starts += 1)}`, name: 'x', kind: 'light', endpoints: [endpoint(onOff())] });
  });
  assert.match(await failuresOf(changing), 'its devices were');
});

for (const [what, say] of [
  ['reports', (ctx) => ctx.report('lamp-1', { 'onOff.on': true })],
  ['tells of people', (ctx) => ctx.presence('phone', 'home')],
  ['tells of devices that do not answer', (ctx) => ctx.stale('lamp-1')],
] as [string, (ctx: PluginContext) => Promise<void>][]) {
  test(`a timer that ${what} after the stop is found out`, async () => {
    const late = plugin(good, async (ctx) => {
      void ctx.clock.sleep(5_000).then(() => say(ctx).catch(() => undefined));
    });
    assert.match(await failuresOf(late), 'went on reporting after it was stopped');
  });
}

test.run();
