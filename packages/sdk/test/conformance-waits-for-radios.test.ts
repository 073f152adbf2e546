// A radio lives on the host's time, whatever the hub's clock says: the suite lets both pass.

import { setTimeout as hostSleep } from 'node:timers/promises';

import { definePlugin, endpoint, onOff, PluginError, z } from '@lintel/sdk';
import type { PluginContext, PluginDefinition } from '@lintel/sdk';
import { testPlugin } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const ANSWER_MS = 40;
const PACE = 2_000;
let hasPower = true;
/** By how much the hub's clock went on for each millisecond of the host's, while an answer was awaited. */
let rates: number[] = [];

async function answer(ctx: PluginContext): Promise<void> {
  const [hub, host] = [ctx.clock.now(), performance.now()];
  await hostSleep(ANSWER_MS, undefined, { signal: ctx.signal });
  rates.push((ctx.clock.now() - hub) / (performance.now() - host));
}

const radio = (before: (ctx: PluginContext) => void = () => undefined): PluginDefinition =>
  definePlugin({
    id: 'radio',
    name: 'Radio',
    settings: z.object({}),
    async setup(ctx) {
      before(ctx);
      await answer(ctx);
      await ctx.devices.add({ id: 'lamp', name: 'Lamp', kind: 'light', endpoints: [endpoint(onOff())] });
      return {
        async command(id, command) {
          if (id !== 'lamp' || !('set' in command)) throw new PluginError('UNSUPPORTED', 'not that');
          await answer(ctx);
          if (hasPower) return ctx.report(id, command.set);
          void hostSleep(ANSWER_MS).then(() => ctx.online(id, false));
          throw new PluginError('DEVICE_OFFLINE', 'it has no power');
        },
      };
    },
  });

const options = {
  pace: PACE,
  before: () => void (hasPower = true),
  unreachable: () => void (hasPower = false),
};

test('what a radio is asked to do has its time on the host’s clock', async () => {
  rates = [];
  const report = await testPlugin(radio(), options);
  assert.equal(report.failures, []);
  assert.is(report.level, 'silver');
  assert.ok(rates.length > 200, 'every command of the flood came to the radio');
  assert.ok(Math.max(...rates) < 1.5, `the hub's clock ran ${Math.max(...rates)} times as fast`);
});

test('a timer of the host’s that goes on after the stop is found out', async () => {
  const late = radio((ctx) => {
    const report = (): Promise<void> => ctx.report('lamp', { 'onOff.on': true }).catch(() => undefined);
    ctx.signal.addEventListener('abort', () => void hostSleep(ANSWER_MS).then(report), { once: true });
  });
  const { failures } = await testPlugin(late, options);
  assert.match(failures.join('\n'), 'went on reporting after it was stopped');
});

test('a pace that would hold the hub’s clock back is refused', async () => {
  const { failures } = await testPlugin(radio(), { ...options, pace: 0 });
  assert.match(failures.join('\n'), 'a pace is a number from 1, not 0');
});

test.run();
