// A strip of several segments: the whole first, then each segment as an endpoint of its own, in the lamp's order.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { homeWith, until } from './home.ts';

const test = suite('segments are endpoints');
const [RGB, CCT] = [1, 6];

const home = await homeWith({ segments: [RGB, RGB, CCT] });
const { hub, lamp, id } = home;
test.after(() => home.close());

const set = async (values: object, endpoint?: string): Promise<object | null> => {
  const before = lamp.commands.length;
  const outcome = await hub.send(id, { set: { ...values }, ...(endpoint !== undefined && { endpoint }) });
  assert.equal(outcome, { status: 'done' });
  assert.is(lamp.commands.length, before + 1);
  return lamp.commands.at(-1)!;
};

test('each has what its LEDs can', () => {
  const offered = hub.devices
    .get(id)!
    .endpoints.map(({ id, name, capabilities }) => [
      id,
      name,
      capabilities.flatMap(({ name, properties }) => (name === 'color' ? [properties.length] : [])),
    ]);
  assert.equal(offered, [
    ['1', null, [6]],
    ['segment-1', 'Segment 1', [6]],
    ['segment-2', 'Segment 2', [6]],
    ['segment-3', 'Segment 3', [2]],
  ]);
  assert.is(home.value('onOff.on@segment-3'), true);
  assert.is(home.value('color.hue@segment-1'), 38);
});

test('one is set by its key or by its endpoint, the others stay', async () => {
  assert.equal(await set({ 'color.hue@segment-1': 120, 'color.saturation@segment-1': 1 }), {
    seg: [{ id: 0, col: [[0, 255, 0, 0]] }],
    v: true,
  });
  await set({ 'level.level': 0.5 }, 'segment-2');
  await set({ 'color.temperature': 4000 }, 'segment-3');
  assert.equal(
    lamp.state.segments.map(({ bri }) => bri),
    [255, 128, 255],
  );
  assert.is(home.value('level.level@segment-2'), 0.502);
  assert.is(home.value('color.hue@segment-2'), 38);
  assert.is(home.value('color.temperature@segment-3'), 4000);
  assert.is(home.value('level.level'), 0.502);
});

test('the whole is every one of them', async () => {
  await set({ 'color.temperature': 3000 });
  const values = ['', '@segment-1', '@segment-2', '@segment-3'].map((at) => home.value(`color.temperature${at}`));
  assert.equal(values, [3000, 3000, 3000, 3000]);
  assert.equal(await set({ 'onOff.on': false }), { on: false, v: true });
  assert.is(home.value('onOff.on@segment-2'), false);
});

test('the first that goes on goes on alone, and the whole brings all back', async () => {
  await set({ 'onOff.on@segment-2': true });
  assert.equal(
    lamp.state.segments.map(({ on }) => on),
    [false, true, false],
  );
  assert.equal([home.value('onOff.on'), home.value('onOff.on@segment-1')], [true, false]);
  await set({ 'onOff.on': false }, 'segment-2');
  assert.is(home.value('onOff.on'), false);
  await set({ 'onOff.on': true });
  assert.equal(
    lamp.state.segments.map(({ on }) => on),
    [true, true, true],
  );
});

test('two of them in one target are one message', async () => {
  await set({ 'level.level@segment-1': 0.2, 'level.level@segment-2': 0.4 });
  assert.equal(
    lamp.state.segments.map(({ bri }) => bri),
    [51, 102, 255],
  );
});

test('one that is dark is made brighter for later', async () => {
  await set({ 'onOff.on@segment-1': false });
  await set({ 'onOff.on@segment-1': false, 'level.level@segment-1': 0.8 });
  assert.equal([home.value('onOff.on@segment-1'), home.value('level.level@segment-1')], [false, 0.8]);
  await set({ 'level.level@segment-1': 0.6 });
  assert.equal([home.value('onOff.on@segment-1'), home.value('level.level@segment-1')], [true, 0.6]);
});

test('who divides the strip anew divides it here', async () => {
  lamp.touch({
    seg: [
      { id: 1, stop: 0 },
      { id: 2, n: '<b>Desk</b>' },
    ],
  });
  await until(() => hub.devices.get(id)!.endpoints.length === 3);
  assert.equal(
    hub.devices.get(id)!.endpoints.map(({ id, name }) => [id, name]),
    [
      ['1', null],
      ['segment-1', 'Segment 1'],
      ['segment-2', '<b>Desk</b>'],
    ],
  );
  await set({ 'color.temperature@segment-2': 5000 });
  assert.is(lamp.state.segments.find(({ id }) => id === 2)!.cct, (5000 - 1900) >> 5);
  const { seg, ...state } = lamp.state.toJson() as { seg: object[] };
  const unused = [{ stop: 0 }, { id: 7, start: 9, stop: 9 }, 7, null];
  const news = { ...state, bri: 99, seg: [...seg, ...unused] };
  lamp.push(JSON.stringify({ state: news, info: { mac: lamp.mac, name: 'Shelf', leds: { seglc: [1, 1, 6] } } }));
  await until(() => home.value('level.level') === 0.388);
  assert.is(hub.devices.get(id)!.endpoints.length, 3);
  lamp.touch({ seg: [{ id: 2, stop: 0 }] });
  await until(() => hub.devices.get(id)!.endpoints.length === 1);
  assert.equal(hub.refused, []);
});

test.run();
