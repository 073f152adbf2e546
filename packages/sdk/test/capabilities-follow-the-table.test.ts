import { CAPABILITIES, describeCapability } from '@lintel/model';
import type { CapabilityDescription, CapabilityName } from '@lintel/model';
import * as sdk from '@lintel/sdk';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const NARROWED = new Set(['onOff', 'effect', 'button']);
const builders = sdk as unknown as Record<string, (options?: unknown) => CapabilityDescription>;

test('every row of the table has a builder of its name that gives the row whole', () => {
  for (const name of Object.keys(CAPABILITIES) as CapabilityName[]) {
    assert.type(builders[name], 'function', `no builder ${name}`);
    if (name === 'color')
      assert.equal(
        sdk
          .color()
          .properties.map((each) => each.name)
          .toSorted(),
        ['hue', 'mode', 'saturation', 'temperature', 'x', 'y'],
      );
    else if (!NARROWED.has(name)) assert.equal(builders[name]!(), describeCapability(name), name);
  }
});

test('options keep what the device has and narrow it', () => {
  const white = sdk.color({ temperature: [2200, 4000] });
  assert.equal(
    white.properties.map(({ name, min, max, values }) => [name, min, max, values]),
    [
      ['mode', null, null, ['temperature']],
      ['temperature', 2200, 4000, null],
    ],
  );
  const meter = sdk.power({ properties: ['power'], limits: { power: [0, 3680] } });
  assert.equal(
    meter.properties.map(({ name, max, unit }) => [name, max, unit]),
    [['power', 3680, 'W']],
  );
  assert.equal(sdk.effect(['candle']).properties[0]!.values, ['none', 'candle']);
  assert.equal(sdk.lock({ commands: ['lock'] }).commands, ['lock']);
  assert.equal(
    sdk.onOff().properties.map(({ name }) => name),
    ['on'],
  );
  const remote = sdk.button({ buttons: ['on', 'off'], actions: ['press', 'hold'] });
  assert.equal(remote.events, [
    { event: 'button.pressed', button: 'on', actions: ['press', 'hold'] },
    { event: 'button.pressed', button: 'off', actions: ['press', 'hold'] },
  ]);
});

test('endpoints are plain, or named', () => {
  assert.is(sdk.endpoint(sdk.onOff()).id, '1');
  const left = sdk.endpoint({ id: 'left', name: 'Left gang', kind: 'light' }, sdk.onOff());
  assert.equal([left.id, left.name, left.kind, left.capabilities.length], ['left', 'Left gang', 'light', 1]);
});

test.run();
