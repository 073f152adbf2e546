// The mapping tables without a network: what clusters say, and what is sent to them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { shapeOf, type TreeEndpoint } from '../src/mapping/device.ts';
import { lightPlan } from '../src/mapping/lighting.ts';
import { capabilitiesOf, clusterView, rowFor, valuesOf } from '../src/mapping/table.ts';
import type { EndpointView, Fields, Plan } from '../src/mapping/types.ts';

const test = suite('clusters become capabilities');
const NOON = Date.UTC(2027, 0, 1, 12);

const endpointOf = (clusters: Readonly<Record<string, Fields>>, ...deviceTypes: number[]): EndpointView => ({
  number: 1,
  deviceTypes,
  clusters,
});
const says = (cluster: string, attributes: Fields, ...deviceTypes: number[]) =>
  valuesOf(cluster, endpointOf({ [cluster]: attributes }, ...deviceTypes), NOON);
const plan = (
  cluster: string,
  key: string,
  value: unknown,
  attributes: Fields,
  others: Readonly<Record<string, Fields>> = {},
) => {
  const endpoint = endpointOf({ [cluster]: attributes, ...others });
  const row = rowFor(cluster, endpoint)!;
  const view = clusterView(cluster, endpoint);
  return row.set?.[key]
    ? row.set[key](value as never, view, { values: {} })
    : (row.commands![key]!(value as Fields, view, 'UTC') as Plan);
};

const MEASURED: readonly (readonly [string, Fields, Fields])[] = [
  ['temperatureMeasurement', { measuredValue: 2150 }, { 'temperature.temperature': 21.5 }],
  [
    'doorLock',
    { lockState: 1, doorState: 5, featureMap: { doorPositionSensor: true } },
    { 'lock.state': 'locked', 'contact.open': true },
  ],
  ['temperatureMeasurement', { measuredValue: null }, { 'temperature.temperature': null }],
  ['relativeHumidityMeasurement', { measuredValue: 4500 }, { 'humidity.humidity': 45 }],
  ['illuminanceMeasurement', { measuredValue: 20_001 }, { 'illuminance.illuminance': 100 }],
  ['illuminanceMeasurement', { measuredValue: 0 }, { 'illuminance.illuminance': 0 }],
  ['pressureMeasurement', { measuredValue: 1013 }, { 'pressure.pressure': 1013 }],
  [
    'pressureMeasurement',
    { measuredValue: 1013, scaledValue: 10_132, scale: -1, featureMap: { extended: true } },
    { 'pressure.pressure': 1013.2 },
  ],
  ['occupancySensing', { occupancy: { occupied: true } }, { 'occupancy.occupied': true }],
  [
    'windowCovering',
    {
      featureMap: { positionAwareLift: true },
      currentPositionLiftPercent100ths: 2500,
      targetPositionLiftPercent100ths: 0,
      operationalStatus: { global: 1 },
    },
    { 'cover.position': 0.75, 'cover.target': 1, 'cover.moving': 'opening', 'cover.state': 'between' },
  ],
  ['doorLock', { lockState: 2 }, { 'lock.state': 'unlocked' }],
  ['doorLock', { lockState: null }, { 'lock.state': 'unknown' }],
  ['valveConfigurationAndControl', { currentState: 2, targetState: 1 }, { 'valve.open': true }],
  [
    'electricalPowerMeasurement',
    { activePower: 1_200_500n, voltage: 230_000, activeCurrent: 5217 },
    { 'power.power': 1200.5, 'power.voltage': 230, 'power.current': 5.217 },
  ],
  [
    'electricalEnergyMeasurement',
    { featureMap: { importedEnergy: true }, cumulativeEnergyImported: { energy: 1_500_000n } },
    { 'energy.imported': 1.5 },
  ],
  [
    'carbonDioxideConcentrationMeasurement',
    { featureMap: { numericMeasurement: true }, measurementUnit: 0, measuredValue: 620 },
    { 'co2.co2': 620 },
  ],
  [
    'pm25ConcentrationMeasurement',
    { featureMap: { numericMeasurement: true }, measurementUnit: 3, measuredValue: 0.012 },
    { 'pm25.pm25': 12 },
  ],
  ['hepaFilterMonitoring', { featureMap: { condition: true }, condition: 80 }, { 'filter.life': 0.8 }],
  ['energyEvse', { state: 3, maximumChargeCurrent: 16_000 }, { 'evse.state': 'charging', 'evse.limit': 16 }],
  ['mediaPlayback', { currentState: 1 }, { 'media.playback': 'paused' }],
  ['flowMeasurement', { measuredValue: 12 }, { 'generic.flow': 1.2 }],
  [
    'thermostat',
    { featureMap: { heating: true }, systemMode: 4, occupiedHeatingSetpoint: 2000, piHeatingDemand: 35 },
    {
      'thermostat.mode': 'heat',
      'thermostat.heatingSetpoint': 20,
      'thermostat.valve': 0.35,
      'temperature.temperature': null,
    },
  ],
];

for (const [cluster, attributes, expected] of MEASURED) {
  test(`${cluster} says ${JSON.stringify(expected)}`, () => assert.equal(says(cluster, attributes), expected));
}

test('a boolean state means what its device type makes of it', () => {
  assert.equal(says('booleanState', { stateValue: true }, 0x15), { 'contact.open': false });
  assert.equal(says('booleanState', { stateValue: true }, 0x43), { 'waterLeak.leaking': true });
  assert.equal(says('booleanState', { stateValue: true }, 0x44), { 'generic.booleanState_stateValue': true });
});

test('a battery tells its charge, and a battery of the home is a storage', () => {
  const attributes = {
    featureMap: { battery: true },
    batPercentRemaining: 130,
    batChargeLevel: 1,
    batCommonDesignation: 2,
  };
  assert.equal(says('powerSource', attributes), { 'battery.level': 0.65, 'battery.low': true, 'battery.type': 'AA' });
  assert.equal(says('powerSource', { ...attributes, batChargeState: 1 }, 0x18), {
    'storage.charge': 0.65,
    'storage.state': 'charging',
  });
});

test('a machine says when it will be through, to the minute', () => {
  const attributes = {
    operationalState: 1,
    countdownTime: 610,
    phaseList: ['Wash', 'Rinse'],
    currentPhase: 1,
    operationalError: { errorStateId: 0 },
  };
  const { 'appliance.finishesAt': at, 'appliance.phase': phase } = says('operationalState', attributes);
  assert.equal([at, phase], ['2027-01-01T12:10:00.000Z', 'Rinse']);
});

test('a part with the cells of a home battery is the storage that it belongs to', () => {
  const attributes = { featureMap: { battery: true }, batPercentRemaining: 100, batChargeState: 1 };
  const part = { ...endpointOf({ powerSource: attributes }, 0x11), above: [0x18] };
  assert.equal(valuesOf('powerSource', part, NOON), { 'storage.charge': 0.5, 'storage.state': 'charging' });
});

test('what is one of several modes is a choice by name', () => {
  const attributes = {
    description: 'Scent',
    supportedModes: [
      { label: 'Rose', mode: 1 },
      { label: 'Lime', mode: 4 },
    ],
    currentMode: 4,
  };
  const endpoint = endpointOf({ modeSelect: attributes });
  const [property] = capabilitiesOf('modeSelect', endpoint)[0]!.properties;
  assert.equal([property!.label, property!.values, property!.settable], ['Scent', ['Rose', 'Lime'], true]);
  assert.equal(says('modeSelect', attributes), { 'generic.modeSelect': 'Lime' });
  const [told] = plan('modeSelect', 'generic.modeSelect', 'Rose', attributes).actions;
  assert.equal(told, { cluster: 'modeSelect', invoke: 'changeToMode', args: { newMode: 1 } });
  assert.throws(() => plan('modeSelect', 'generic.modeSelect', 'Mint', attributes), /no mode Mint/);
});

test('presets have the name their owner gave them, else of their occasion', () => {
  const [sleep, guests] = [Uint8Array.of(1), Uint8Array.of(2)];
  const attributes = {
    featureMap: { heating: true, presets: true },
    systemMode: 4,
    presets: [
      { presetHandle: sleep, presetScenario: 3, name: null },
      { presetHandle: guests, presetScenario: 254, name: 'Guests' },
    ],
    activePresetHandle: Uint8Array.of(2),
  };
  assert.is(says('thermostat', attributes)['thermostat.preset'], 'Guests');
  assert.is(says('thermostat', { ...attributes, activePresetHandle: null })['thermostat.preset'], 'none');
  const told = (name: string) => plan('thermostat', 'thermostat.preset', name, attributes).actions[0];
  assert.equal(told('sleep'), {
    cluster: 'thermostat',
    invoke: 'setActivePresetRequest',
    args: { presetHandle: sleep },
  });
  assert.equal(told('none'), { cluster: 'thermostat', invoke: 'setActivePresetRequest', args: { presetHandle: null } });
  assert.throws(() => told('party'), /no preset party/);
});

const LAMP = {
  onOff: { onOff: false },
  levelControl: { currentLevel: 127, minLevel: 1, maxLevel: 254, onLevel: null },
  colorControl: {
    featureMap: { xy: true, hueSaturation: true, colorTemperature: true },
    colorTempPhysicalMinMireds: 153,
    colorTempPhysicalMaxMireds: 500,
    colorMode: 2,
  },
};
const sent = (values: Fields, lamp: Readonly<Record<string, Fields>> = LAMP, transition?: number) =>
  lightPlan({ values: values as never, ...(transition !== undefined && { transition }) }, endpointOf(lamp)).actions.map(
    (action) => ('invoke' in action ? `${action.cluster}.${action.invoke}` : 'write'),
  );

test('a level above nothing turns the lamp on, nothing turns it off and keeps the level', () => {
  assert.equal(sent({ 'level.level': 0.5 }), ['levelControl.moveToLevelWithOnOff']);
  assert.equal(sent({ 'level.level': 0 }), ['onOff.off']);
  assert.equal(sent({ 'onOff.on': false, 'level.level': 0.5 }), ['onOff.off', 'levelControl.moveToLevel']);
});

test('a lamp that is off takes its colour before it comes on', () => {
  assert.equal(sent({ 'onOff.on': true, 'color.temperature': 2700 }), [
    'colorControl.moveToColorTemperature',
    'onOff.on',
  ]);
  assert.equal(sent({ 'color.hue': 120, 'color.saturation': 1 }), ['colorControl.moveToHueAndSaturation']);
});

test('a lamp that knows only points of the diagram takes hue and saturation all the same', () => {
  const lamp = { ...LAMP, colorControl: { ...LAMP.colorControl, featureMap: { xy: true } } };
  assert.equal(sent({ 'color.hue': 120, 'color.saturation': 1 }, lamp), ['colorControl.moveToColor']);
  assert.equal(sent({ 'color.temperature': 2700 }, lamp), ['colorControl.moveToColor']);
});

test('a lamp of whites is in the only mode it has, whatever it begins with', () => {
  const featureMap = { colorTemperature: true };
  for (const colorMode of [0, 1, 2, null]) {
    const said = says('colorControl', { featureMap, colorMode, colorTemperatureMireds: 370 });
    assert.equal(said, { 'color.mode': 'temperature', 'color.temperature': 2703 });
  }
});

test('a transition goes along, in tenths of a second', () => {
  const [action] = lightPlan({ values: { 'level.level': 1 }, transition: 2000 }, endpointOf(LAMP)).actions;
  assert.is('args' in action! && action.args!['transitionTime'], 20);
});

test('covers count from open, setpoints in hundredths', () => {
  const lift = plan('windowCovering', 'cover.position', 0.25, {}).actions[0];
  assert.equal(lift, {
    cluster: 'windowCovering',
    invoke: 'goToLiftPercentage',
    args: { liftPercent100thsValue: 7500 },
  });
  const heat = plan('thermostat', 'thermostat.heatingSetpoint', 21.5, {}).actions[0];
  assert.equal(heat, { cluster: 'thermostat', write: { occupiedHeatingSetpoint: 2150 } });
});

test('a lock with a latch draws only its bolt when it is unlocked', () => {
  assert.equal(plan('doorLock', 'lock.unlock', {}, { featureMap: { unbolting: true } }).actions[0], {
    cluster: 'doorLock',
    invoke: 'unboltDoor',
    args: {},
  });
  assert.throws(() => plan('doorLock', 'lock.setCode', { slot: 1, code: '12' }, {}), /4 to 8 digits/);
});

test('a fan that is off does not turn, whatever it is set to', () => {
  assert.is(says('fanControl', { fanMode: 0, percentSetting: 70 })['fan.speed'], 0);
  assert.is(says('fanControl', { fanMode: 3, percentSetting: 70 })['fan.speed'], 0.7);
});

test('each press of a button is told once', () => {
  const endpoint = endpointOf({
    switch: { featureMap: { momentarySwitch: true, momentarySwitchRelease: true, momentarySwitchMultiPress: true } },
  });
  const row = rowFor('switch', endpoint)!;
  const said = (event: string, payload: Fields = {}) => row.events![event]!(payload, clusterView('switch', endpoint));
  assert.is(said('initialPress'), null);
  assert.is(said('shortRelease'), null);
  assert.equal(said('multiPressComplete', { totalNumberOfPressesCounted: 2 }), {
    event: 'button.pressed',
    data: { action: 'double' },
  });
});

test('a bridge becomes a device of its own, and each child another', () => {
  const part = (
    number: number,
    types: number[],
    clusters: Readonly<Record<string, Fields>>,
    parts: TreeEndpoint[] = [],
  ): TreeEndpoint => ({ number, deviceTypes: types, clusters, parts });
  const child = part(3, [0x13, 0x100], {
    bridgedDeviceBasicInformation: { nodeLabel: 'Hall' },
    onOff: { onOff: true },
  });
  const root = part(0, [0x16], { basicInformation: { vendorName: 'Acme', productName: 'Acme bridge' } }, [
    part(1, [0x0e], {}, [child]),
  ]);
  const { devices, places, heads } = shapeOf('5', root);
  assert.equal(
    devices.map(({ id, kind, name, bridge }) => [id, kind, name, bridge]),
    [
      ['5', 'bridge', 'Acme bridge', undefined],
      ['5.3', 'light', 'Hall', '5'],
    ],
  );
  assert.equal(places.get(3), { device: '5.3', endpoint: '3', main: '3' });
  assert.is(heads.get('5.3'), 3);
});

test.run();
