import { color, definePlugin, device, endpoint, level, onOff, recognise, z } from '@lintel/sdk';
import { fakeHub } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const WHITES = color({ temperature: [2200, 4000] });
const MODELS = [
  device({ match: { vendor: 'IKEA', model: 'LED1545G12' }, kind: 'light', has: [onOff(), level(), WHITES] }),
  device({
    match: { vendor: 'IKEA', model: ['E1', 'E2'] },
    kind: 'plug',
    has: [onOff()],
    manufacturer: 'IKEA of Sweden',
  }),
  device({
    match: { model: /^twin/g },
    has: [endpoint({ id: 'left' }, onOff()), endpoint({ id: 'right' }, onOff())],
    model: 'Twin',
  }),
  device({ match: { vendor: 'IKEA' }, has: [onOff()] }),
];

test('the first model that fits says what a device is', () => {
  const lamp = recognise(MODELS, { vendor: 'IKEA', model: 'LED1545G12' });
  assert.equal(lamp, { kind: 'light', endpoints: [endpoint(onOff(), level(), WHITES)] });
  assert.equal(recognise(MODELS, { vendor: 'IKEA', model: 'E2' })?.manufacturer, 'IKEA of Sweden');
  for (const model of ['twin 1', 'twin 2'])
    assert.equal(
      recognise(MODELS, { model })?.endpoints.map(({ id }) => id),
      ['left', 'right'],
    );
  assert.equal(recognise(MODELS, { vendor: 'IKEA', model: 'unheard of' })?.kind, 'other');
});

test('what fits no model, or does not say what is asked, is not known', () => {
  assert.is(recognise(MODELS, { vendor: 'Acme', model: 'LED1545G12' }), null);
  assert.is(recognise(MODELS, { model: 'LED1545G12' }), null);
  assert.is(recognise(MODELS, { vendor: undefined, model: 'E1' }), null);
  assert.is(recognise([], {}), null);
  const inherited = device({ match: { constructor: /Object/ }, has: [onOff()] });
  assert.is(recognise([inherited], {}), null);
});

test('a device that was recognised is one that the hub takes', async () => {
  const plugin = definePlugin({
    id: 'acme',
    name: 'Acme',
    settings: z.object({}),
    async setup(ctx) {
      const known = recognise(MODELS, { vendor: 'IKEA', model: 'LED1545G12' })!;
      await ctx.devices.add({ ...known, id: 'lamp-1', name: 'Lamp' });
      await ctx.report('lamp-1', { 'color.temperature': 4000 });
      return {};
    },
  });
  const hub = fakeHub();
  await hub.start(plugin);
  assert.is(hub.devices.get('lamp-1')?.kind, 'light');
  assert.is(hub.value('lamp-1', 'color.temperature'), 4000);
});

test.run();
