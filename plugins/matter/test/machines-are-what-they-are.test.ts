// The home knows no kinds of machines: by its name each is what it is in Matter, made of what Matter wants it made of.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { appliance, contact, endpoint, fan, generic, onOff, power, temperature } from '@lintel/sdk';
import type { CapabilityDescription, HomeDevice, Values } from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('machines are what they are');

const [OVEN, REFRIGERATOR, CABINET, COOKTOP, HOOD] = [0x7b, 0x70, 0x71, 0x78, 0x7a];
const [WASHER, DRYER, DISHWASHER, BRIDGED, METER] = [0x73, 0x7c, 0x75, 0x13, 0x510];

let home: BridgedHome;

const open = async (...devices: readonly HomeDevice[]): Promise<void> => {
  home = await BridgedHome.open(devices);
};
const called = (name: string, capabilities: readonly CapabilityDescription[], values?: Values): HomeDevice => ({
  ...deviceOf('device', 'appliance', [endpoint(...capabilities)], values),
  name,
});
const typesOf = (id: string): number[][] =>
  home.seen(id).map(({ types }) => types.filter((type) => type !== BRIDGED && type !== METER));
const report = (values: Values, at = '1'): Promise<void> =>
  home.hear({ type: 'values', id: 'device', endpoint: at, values });
const holds = (behavior: string, wanted: Readonly<Record<string, unknown>>): void => {
  const state = home.state('device', behavior);
  const held = Object.fromEntries(Object.keys(wanted).map((name) => [name, state[name]]));
  assert.equal(JSON.parse(JSON.stringify(held)), wanted);
};
const asked = (): unknown[] => home.asked.splice(0).map(({ command }) => command);

/** A test of one home, of which nothing may fail unseen. */
const shows = (what: string, run: () => Promise<void>): void =>
  test(what, async () => {
    try {
      await run();
      assert.equal(home.failures, []);
    } finally {
      await home.close();
    }
  });

const target = (min: number, max: number): CapabilityDescription =>
  generic({ targetTemperature: { type: 'number', unit: '°C', label: 'Target', min, max, settable: true } });

shows('each is of its own type', async () => {
  const names = ['Washing machine', 'Trockner', 'Lave-vaisselle', 'Backofen', 'Kühlschrank', 'Hob', 'Coffee machine'];
  await open(...names.map((name) => ({ ...called(name, [appliance()]), id: name })));
  const types = names.map((name) => typesOf(name).flat());
  assert.equal(types, [
    [WASHER],
    [DRYER],
    [DISHWASHER],
    [OVEN, CABINET],
    [REFRIGERATOR, CABINET],
    [COOKTOP],
    [DISHWASHER],
  ]);
});

shows('an oven bakes in its cavity, holds a temperature, and tells its own', async () => {
  const programs = ['Grill', 'Hot air'];
  const abilities = [appliance({ values: { program: programs } }), target(30, 300), temperature(), power()];
  await open(called('Oven', abilities, { 'appliance.program': 'Hot air', 'temperature.temperature': 21.5 }));
  assert.equal(typesOf('device'), [[OVEN], [CABINET]]);
  assert.ok(home.seen('device')[0]!.types.includes(METER));
  holds('temperatureControl', { temperatureSetpoint: 3000, minTemperature: 3000, maxTemperature: 30_000 });
  holds('temperatureMeasurement', { measuredValue: 2150 });
  const modes = home.state('device', 'ovenMode') as { supportedModes: { modeTags: { value: number }[] }[] };
  const tags = modes.supportedModes.map(({ modeTags }) => modeTags.map(({ value }) => value));
  assert.equal(tags, [[0x4000, 0x4002], [0x4001]]);
  holds('ovenMode', { currentMode: 1 });
  await home.invoke('device', 'temperatureControl', 'setTemperature', { targetTemperature: 18_050 });
  await home.invoke('device', 'ovenMode', 'changeToMode', { newMode: 0 });
  await home.invoke('device', 'ovenCavityOperationalState', 'start');
  assert.equal(asked(), [
    { set: { 'generic.targetTemperature': 180.5 }, endpoint: '1' },
    { set: { 'appliance.program': 'Grill' }, endpoint: '1' },
    { command: 'appliance.start', endpoint: '1' },
  ]);
  await report({ 'appliance.state': 'running', 'generic.targetTemperature': 180 });
  holds('ovenCavityOperationalState', { operationalState: 1 });
  holds('temperatureControl', { temperatureSetpoint: 18_000 });
});

shows('an oven is not told to be hotter than it can', async () => {
  await open(called('Oven', [appliance(), target(30, 300)]));
  try {
    await home.invoke('device', 'temperatureControl', 'setTemperature', { targetTemperature: 30_100 });
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, 'cannot be held');
  }
  assert.equal(asked(), []);
});

shows('a cavity tells when it is through', async () => {
  await open(called('Oven', [appliance()], { 'appliance.state': 'running' }));
  let completions = 0;
  const events = home.with('device', 'ovenCavityOperationalState').endpoint.eventsOf('ovenCavityOperationalState');
  (events as unknown as Record<string, { on(hear: () => void): void }>)['operationCompletion']!.on(
    () => void completions++,
  );
  await report({ 'appliance.state': 'finished' });
  assert.is(completions, 1);
});

shows('a refrigerator has a cabinet for each compartment, told apart by name', async () => {
  const compartment = (id: string, name: string, ...more: readonly CapabilityDescription[]) => ({
    ...endpoint({ id }, target(-24, 9), ...more),
    name,
  });
  const parts = [compartment('1', 'Fridge', temperature(), power()), compartment('2', 'Freezer', power(), contact())];
  const device = { ...deviceOf('device', 'appliance', parts), name: 'Gefrierkombination' };
  await open({ ...device, values: { 1: { 'generic.targetTemperature': 5 }, 2: { 'generic.targetTemperature': -18 } } });
  assert.equal(typesOf('device'), [[], [REFRIGERATOR], [CABINET], [CABINET], [0x15]]);
  const cabinets = home.seen('device').filter(({ types }) => types.includes(CABINET));
  assert.equal(
    cabinets.map(({ state }) => state['temperatureControl']!['temperatureSetpoint']),
    [500, -1800],
  );
  const tags = cabinets.map(({ state }) => state['descriptor']!['tagList'] as { tag: number; label: string }[]);
  assert.equal(
    tags.map(([tag]) => [tag!.tag, tag!.label]),
    [
      [1, 'Fridge'],
      [2, 'Freezer'],
    ],
  );
  // Each compartment's meter is told: the first's on the refrigerator itself.
  assert.equal(
    home.seen('device').map(({ types }) => types.includes(METER)),
    [false, true, false, true, false],
  );
  await report({ 'generic.targetTemperature': -20 }, '2');
  assert.is(cabinets[1]!.endpoint.stateOf('temperatureControl')['temperatureSetpoint'], -2000);
});

shows('a cooktop is put out from afar, and never lit', async () => {
  await open(called('Induction cooktop', [appliance()], { 'appliance.state': 'running' }));
  holds('onOff', { onOff: true, featureMap: { lighting: false, deadFrontBehavior: false, offOnly: true } });
  await home.invoke('device', 'onOff', 'off');
  assert.equal(asked(), [{ command: 'appliance.stop', endpoint: '1' }]);
  holds('onOff', { onOff: true });
  await report({ 'appliance.state': 'stopped' });
  holds('onOff', { onOff: false });
  await home.close();
  await open(called('Induction cooktop', [onOff()], { 'onOff.on': true }));
  assert.equal(typesOf('device'), [[COOKTOP]]);
  await home.invoke('device', 'onOff', 'off');
  assert.equal(asked(), [{ set: { 'onOff.on': false }, endpoint: '1' }]);
});

shows('a hood is no fan that turns round', async () => {
  const abilities = fan({ values: { direction: ['forward', 'reverse'] } });
  await open(called('Cooker hood', [abilities, onOff()], { 'fan.speed': 0.5 }));
  assert.equal(typesOf('device'), [[HOOD]]);
  holds('fanControl', { percentSetting: 50 });
  const { airflowDirection } = home.state('device', 'fanControl')['featureMap'] as Readonly<Record<string, boolean>>;
  assert.not(airflowDirection);
});

test.run();
