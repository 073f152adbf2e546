// Devices of the home as Matter endpoints: which types they get, what follows the home, and what a command comes to.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import {
  appliance,
  battery,
  co2,
  color,
  cover,
  endpoint,
  energy,
  fan,
  filter,
  humidity,
  level,
  media,
  onOff,
  pm10,
  pm25,
  power,
  temperature,
  thermostat,
  vacuum,
  voc,
  type CapabilityDescription,
  type HomeDevice,
  type Values,
} from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('home is shown in Matter');

const PLUG = 0x10a;
const METER = 0x510;
const SOLAR = 0x17;

let home: BridgedHome;

const only = async (kind: HomeDevice['kind'], capabilities: readonly CapabilityDescription[], values?: Values) => {
  home = await BridgedHome.open([deviceOf('device', kind, [endpoint(...capabilities)], values)]);
};
const report = (values: Values): Promise<void> => home.hear({ type: 'values', id: 'device', endpoint: '1', values });
const holds = (behavior: string, wanted: Readonly<Record<string, unknown>>): void => {
  const state = home.state('device', behavior);
  const held = Object.fromEntries(Object.keys(wanted).map((name) => [name, state[name]]));
  assert.equal(JSON.parse(JSON.stringify(held)), wanted);
};

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

shows('a plug tells what it takes beside its switch', async () => {
  await only('plug', [
    onOff(),
    power({ properties: ['power', 'voltage', 'current'] }),
    energy({ properties: ['imported'] }),
  ]);
  const [plug] = home.seen('device');
  assert.ok([PLUG, METER].every((type) => plug!.types.includes(type)));
  holds('electricalPowerMeasurement', { activePower: null, voltage: null, activeCurrent: null });
  holds('electricalEnergyMeasurement', { cumulativeEnergyImported: null });
  await report({ 'power.power': 12.345, 'power.voltage': 230.1, 'power.current': 0.053, 'energy.imported': 1.5 });
  holds('electricalPowerMeasurement', { activePower: 12_345, voltage: 230_100, activeCurrent: 53 });
  holds('electricalEnergyMeasurement', { cumulativeEnergyImported: { energy: 1_500_000 } });
});

shows('each phase of a meter is a meter, and what no attribute can hold is held at its limit', async () => {
  const phases = ['1', 'phase-a'].map((id) => endpoint({ id }, power({ properties: ['power', 'factor'] })));
  home = await BridgedHome.open([deviceOf('device', 'meter', phases, { 'power.power': 1e300, 'power.factor': -0.98 })]);
  const [node, ...meters] = home.seen('device');
  assert.not.ok(node!.types.includes(METER));
  assert.equal(
    meters.map(({ types }) => types),
    [[METER], [METER]],
  );
  holds('electricalPowerMeasurement', { activePower: 1_000_000_000_000, powerFactor: -9800 });
});

shows('a solar panel tells all that Matter wants of one, and what is never known stays so', async () => {
  await only('solar', [energy({ properties: ['exported'] })], { 'energy.exported': 2 });
  assert.ok(home.seen('device')[0]!.types.includes(SOLAR));
  holds('electricalPowerMeasurement', { activePower: null, voltage: null, activeCurrent: null });
  holds('electricalEnergyMeasurement', { cumulativeEnergyExported: { energy: 2_000_000 } });
  holds('powerSource', { status: 1, wiredCurrentType: 0 });
  const [tag] = home.state('device', 'descriptor')['tagList'] as { namespaceId: number; tag: number }[];
  assert.equal([tag!.namespaceId, tag!.tag], [0x0f, 2]);
  await home.close();
  await only('solar', [power(), battery()], { 'battery.level': 0.5 });
  await report({ 'power.power': -40 });
  holds('powerSource', { batPercentRemaining: 100 });
});

const asked = (): unknown[] => home.asked.splice(0).map(({ command }) => command);

shows('a player plays, and its speaker is louder or muted', async () => {
  const sources = {
    values: { source: ['Radio', 'A name that is far longer than the sixty-four bytes that Matter has for it'] },
  };
  await only('media', [media(sources)], { 'media.playback': 'paused', 'media.volume': 0.5, 'media.muted': true });
  holds('mediaPlayback', { currentState: 1 });
  holds('levelControl', { currentLevel: 127 });
  assert.equal(await home.invoke('device', 'mediaPlayback', 'play'), { status: 0 });
  assert.equal(await home.invoke('device', 'keypadInput', 'sendKey', { keyCode: 0x4b }), { status: 0 });
  assert.equal(await home.invoke('device', 'keypadInput', 'sendKey', { keyCode: 0x01 }), { status: 1 });
  assert.equal(asked(), [
    { command: 'media.play', endpoint: '1' },
    { command: 'media.next', endpoint: '1' },
  ]);
  holds('mediaPlayback', { currentState: 1 });
  await report({ 'media.playback': 'playing', 'media.volume': null, 'media.source': 'Radio' });
  holds('mediaPlayback', { currentState: 0 });
  holds('levelControl', { currentLevel: null });
  holds('mediaInput', { currentInput: 0 });
  home.refuses = true;
  const refused = (await home.invoke('device', 'mediaPlayback', 'next')) as { status: number };
  assert.is(refused.status, 2);
});

shows('a vacuum cleans the areas that were selected, and says when it is through', async () => {
  const values = { 'vacuum.state': 'docked', 'vacuum.mode': 'strong', 'vacuum.areas': '["Kitchen","Hall"]' };
  await only('vacuum', [vacuum({ values: { mode: ['quiet', 'strong'] } })], values);
  holds('rvcOperationalState', { operationalState: 0x42 });
  holds('rvcCleanMode', { currentMode: 1 });
  const selected = (await home.invoke('device', 'serviceArea', 'selectAreas', { newAreas: [2] })) as { status: number };
  assert.is(selected.status, 0);
  await home.invoke('device', 'rvcRunMode', 'changeToMode', { newMode: 1 });
  assert.equal(asked(), [{ command: 'vacuum.start', args: { areas: ['Hall'] }, endpoint: '1' }]);
  await report({ 'vacuum.state': 'cleaning', 'vacuum.currentArea': 'Hall' });
  holds('rvcRunMode', { currentMode: 1 });
  holds('serviceArea', { currentArea: 2 });
  let completions = 0;
  const events = home.with('device', 'rvcOperationalState').endpoint.eventsOf('rvcOperationalState');
  (events as unknown as Record<string, { on(hear: () => void): void }>)['operationCompletion']!.on(
    () => void completions++,
  );
  await home.invoke('device', 'rvcOperationalState', 'goHome');
  await report({ 'vacuum.state': 'returning', 'vacuum.currentArea': null });
  assert.is(completions, 0);
  await report({ 'vacuum.state': 'docked', 'vacuum.areas': 'Kitchen' });
  assert.is(completions, 1);
  holds('serviceArea', { currentArea: null, selectedAreas: [] });
});

shows('a machine runs its program, tells how far it is, and what is wrong', async () => {
  const values = { 'appliance.state': 'stopped', 'appliance.program': 'Quick 30' };
  await only('appliance', [appliance({ values: { program: ['Eco 50', 'Quick 30'] } })], values);
  holds('dishwasherMode', { currentMode: 1 });
  holds('operationalState', { operationalState: 0, phaseList: null, currentPhase: null, countdownTime: null });
  const started = await home.invoke('device', 'operationalState', 'start');
  assert.equal(started, { commandResponseState: { errorStateId: 0 } });
  assert.equal(asked(), [{ command: 'appliance.start', endpoint: '1' }]);
  const finishesAt = new Date(Date.now() + 3_600_000).toISOString();
  await report({ 'appliance.state': 'running', 'appliance.phase': 'rinsing', 'appliance.finishesAt': finishesAt });
  holds('operationalState', { operationalState: 1, phaseList: ['rinsing'], currentPhase: 0 });
  assert.ok(Math.abs(Number(home.state('device', 'operationalState')['countdownTime']) - 3600) <= 2);
  await report({ 'appliance.state': 'error', 'appliance.error': 'no water', 'appliance.phase': null });
  holds('operationalState', {
    operationalState: 3,
    operationalError: { errorStateId: 2, errorStateDetails: 'no water' },
    currentPhase: null,
  });
  await report({ 'appliance.state': 'finished', 'appliance.error': null });
  holds('operationalState', { operationalState: 0, operationalError: { errorStateId: 0 } });
});

const now = { transitionTime: 0, optionsMask: {}, optionsOverride: {} };

shows('a lamp is asked in its own words, and for no more than it takes', async () => {
  await only('light', [onOff(), level(), color({ hue: true })], { 'onOff.on': true });
  await home.invoke('device', 'colorControl', 'moveToColor', { colorX: 45_875, colorY: 19_661, ...now });
  const [red] = asked() as [{ set: Readonly<Record<string, number>> }];
  assert.ok(red.set['color.hue']! < 5 || red.set['color.hue']! > 355, JSON.stringify(red));
  await home.close();
  await only('light', [onOff(), level(), color({ temperature: [2200, 4000] })], { 'onOff.on': true });
  await home.invoke('device', 'colorControl', 'moveToColorTemperature', { colorTemperatureMireds: 500, ...now });
  assert.equal(asked(), [{ set: { 'color.temperature': 2200 }, endpoint: '1' }]);
});

shows('a device that is asked which one it is shows itself in its own way', async () => {
  await only('vacuum', [vacuum()], { 'vacuum.state': 'docked' });
  await home.invoke('device', 'identify', 'identify', { identifyTime: 5 });
  assert.equal(asked(), [{ command: 'vacuum.locate', endpoint: '1' }]);
  await home.invoke('device', 'identify', 'identify', { identifyTime: 0 });
  assert.equal(asked(), []);
});

shows('what an ecosystem asks and the home refuses is taken back', async () => {
  await only('plug', [onOff()], { 'onOff.on': false });
  home.refuses = true;
  await home.invoke('device', 'onOff', 'on');
  assert.equal(asked(), [{ set: { 'onOff.on': true }, endpoint: '1' }]);
  holds('onOff', { onOff: false });
});

shows('a fan blows, stops at its switch and minds itself', async () => {
  const abilities = fan({ values: { mode: ['auto', 'low'], direction: ['forward', 'reverse'] } });
  await only('fan', [abilities, onOff()], { 'onOff.on': true, 'fan.speed': 0.5, 'fan.mode': 'low' });
  holds('fanControl', { fanMode: 2, percentSetting: 50, percentCurrent: 50, fanModeSequence: 2, airflowDirection: 0 });
  await report({ 'fan.mode': 'auto', 'fan.direction': 'reverse' });
  holds('fanControl', { fanMode: 5, percentSetting: null, percentCurrent: 50, airflowDirection: 1 });
  await home.write('device', 'fanControl', { percentSetting: 80 });
  await home.write('device', 'fanControl', { fanMode: 0 });
  await home.write('device', 'fanControl', { airflowDirection: 0 });
  assert.equal(asked(), [
    { set: { 'onOff.on': true, 'fan.speed': 0.8 }, endpoint: '1' },
    { set: { 'onOff.on': false }, endpoint: '1' },
    { set: { 'fan.direction': 'forward' }, endpoint: '1' },
  ]);
  await report({ 'onOff.on': false, 'fan.speed': 3 });
  holds('fanControl', { fanMode: 0, percentSetting: 0 });
});

shows('the air is as good as the worst in it, and a purifier tells of its filter', async () => {
  await only('sensor', [co2(), pm25(), pm10(), voc()], { 'co2.co2': 600, 'pm25.pm25': 30 });
  assert.is(home.seen('device').length, 1);
  holds('airQuality', { airQuality: 4 });
  holds('pm10ConcentrationMeasurement', { measuredValue: null });
  await home.close();
  await only('airPurifier', [fan({ properties: ['speed'] }), onOff(), filter()], { 'filter.life': 0.05 });
  assert.ok(home.seen('device')[0]!.types.includes(0x2d));
  holds('hepaFilterMonitoring', { condition: 5, changeIndication: 1 });
});

shows('names are cut to what Matter holds, and no value from outside keeps a device away', async () => {
  const name = '\u{1F4A1}'.repeat(9);
  const values = {
    'temperature.temperature': 5000,
    'humidity.humidity': -3,
    'cover.position': 1.7,
    'battery.level': 9,
  };
  const parts = [temperature(), humidity(), cover({ properties: ['position'] }), battery()];
  home = await BridgedHome.open([{ ...deviceOf('device', 'sensor', [endpoint(...parts)], values), name }]);
  holds('bridgedDeviceBasicInformation', { nodeLabel: '\u{1F4A1}'.repeat(8) });
  holds('temperatureMeasurement', { measuredValue: 32_767 });
  holds('relativeHumidityMeasurement', { measuredValue: 0 });
  holds('windowCovering', { currentPositionLiftPercent100ths: 0 });
  holds('powerSource', { batPercentRemaining: 200 });
});

shows('a device that Matter will not take is named, keeps no other away, and is shown once it is right', async () => {
  const heats = (min: number, max: number) =>
    endpoint(
      thermostat({ properties: ['mode', 'heatingSetpoint'], limits: { heatingSetpoint: [min, max] } }),
      humidity(),
    );
  const [wrong, right] = [[heats(400, 500)], [heats(5, 30)]].map((each) => deviceOf('device', 'thermostat', each));
  home = await BridgedHome.open([wrong!, deviceOf('other', 'plug', [endpoint(onOff())])]);
  assert.is(home.failures.splice(0).length, 1);
  assert.is(home.seen('device').length, 0);
  assert.is(home.seen('other').length, 1);
  await home.hear({ type: 'device', device: right! });
  holds('thermostat', { occupiedHeatingSetpoint: 2000 });
});

test.run();
