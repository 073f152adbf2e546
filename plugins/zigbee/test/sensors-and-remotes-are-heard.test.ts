// What devices say by themselves arrives once, in our units; buttons are events.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { createHome, pause, until } from './home.ts';

const sensors = suite('sensors and remotes');
const KINDS = [
  'philips-motion',
  'aqara-motion',
  'sonoff-motion',
  'aqara-contact',
  'aqara-climate',
  'aqara-leak',
  'heiman-smoke',
  'innr-plug',
  'ikea-remote',
  'hue-dimmer',
  'tuya-climate',
];

const home = await createHome(KINDS);
await home.join(...KINDS);
sensors.after(() => home.close());

const value = (kind: string, property: string) => home.hub.value(home.id(kind), property);
const reportsOf = (kind: string, property: string): number =>
  home.hub.reports.filter((each) => each.id === home.id(kind) && property in each.values).length;
const presses = (kind: string) => home.hub.events.filter((each) => each.id === home.id(kind)).map((each) => each.data);

sensors('a motion sensor shows at once that nobody is there, so that its first motion is a change', () => {
  assert.is(value('philips-motion', 'occupancy.occupied'), false);
  assert.is(value('aqara-motion', 'occupancy.occupied'), false);
  assert.is(value('sonoff-motion', 'occupancy.occupied'), false);
});

sensors('motion, light and warmth arrive in lux and degrees', async () => {
  home.simulator.report('philips-motion', { 'msOccupancySensing.occupancy': 1 });
  await until(() => value('philips-motion', 'occupancy.occupied') === true);
  home.simulator.report('philips-motion', { 'msTemperatureMeasurement.measuredValue': 2256 });
  home.simulator.report('philips-motion', { 'msIlluminanceMeasurement.measuredValue': 10_001 });
  await until(() => value('philips-motion', 'temperature.temperature') === 22.56);
  await until(() => Math.round(Number(value('philips-motion', 'illuminance.illuminance'))) === 10);
  home.simulator.report('philips-motion', { 'msOccupancySensing.occupancy': 0 });
  await until(() => value('philips-motion', 'occupancy.occupied') === false);
});

sensors('an alarm zone says motion, water and smoke', async () => {
  home.simulator.report('sonoff-motion', { 'ssIasZone.zoneStatus': 1 });
  home.simulator.report('aqara-leak', { 'ssIasZone.zoneStatus': 1 });
  home.simulator.report('heiman-smoke', { 'ssIasZone.zoneStatus': 1 });
  await until(() => value('sonoff-motion', 'occupancy.occupied') === true);
  await until(() => value('aqara-leak', 'waterLeak.leaking') === true);
  await until(() => value('heiman-smoke', 'smoke.alarm') === true);
});

sensors('a door is open when its contact is not closed', async () => {
  home.simulator.report('aqara-contact', { 'genOnOff.onOff': true });
  await until(() => value('aqara-contact', 'contact.open') === true);
  home.simulator.report('aqara-contact', { 'genOnOff.onOff': false });
  await until(() => value('aqara-contact', 'contact.open') === false);
});

sensors('humidity, pressure and the data points of Tuya arrive in the units of the model', async () => {
  home.simulator.report('aqara-climate', { 'msRelativeHumidity.measuredValue': 5512 });
  home.simulator.report('aqara-climate', { 'msPressureMeasurement.measuredValue': 998 });
  home.simulator.report('tuya-climate', {
    'manuSpecificTuya.dp1': 234,
    'manuSpecificTuya.dp2': 551,
    'manuSpecificTuya.dp4': 80,
  });
  await until(() => value('aqara-climate', 'humidity.humidity') === 55.12);
  await until(() => value('aqara-climate', 'pressure.pressure') === 998);
  await until(() => value('tuya-climate', 'temperature.temperature') === 23.4);
  await until(() => value('tuya-climate', 'battery.level') === 0.8);
});

sensors('a plug measures, as it was told to report', async () => {
  home.simulator.change('innr-plug', {
    'genOnOff.onOff': true,
    'haElectricalMeasurement.activePower': 60,
    'haElectricalMeasurement.rmsCurrent': 260,
    'seMetering.currentSummDelivered': 1234,
  });
  await until(() => value('innr-plug', 'onOff.on') === true);
  await until(() => value('innr-plug', 'power.power') === 60, 12_000);
  await until(() => value('innr-plug', 'power.current') === 0.26, 12_000);
  await until(() => value('innr-plug', 'energy.imported') === 12.34, 12_000);
});

sensors('a press is an event of its button', async () => {
  home.simulator.press('ikea-remote', 'toggle');
  home.simulator.press('ikea-remote', 'up');
  home.simulator.press('ikea-remote', 'up-hold');
  home.simulator.press('ikea-remote', 'up-release');
  home.simulator.press('ikea-remote', 'left');
  await until(() => presses('ikea-remote').length === 5);
  const said = presses('ikea-remote').map(({ button, action }) => `${String(button)} ${String(action)}`);
  assert.equal(said, ['toggle single', 'up single', 'up hold', 'up release', 'left single']);
});

sensors("a dimmer switch's press and hold are told apart", async () => {
  for (const name of ['on-press', 'on-release', 'off-hold', 'off-hold-release'])
    home.simulator.press('hue-dimmer', name);
  await until(() => presses('hue-dimmer').length === 4);
  const said = presses('hue-dimmer').map(({ button, action }) => `${String(button)} ${String(action)}`);
  assert.equal(said, ['on press', 'on single', 'off hold', 'off release']);
});

sensors('a frame that the air repeats counts once', async () => {
  const before = presses('ikea-remote').length;
  home.simulator.faults.duplicate = 1;
  home.simulator.press('ikea-remote', 'toggle');
  await until(() => presses('ikea-remote').length > before);
  await pause(50);
  assert.is(presses('ikea-remote').length, before + 1);
  const reports = reportsOf('aqara-climate', 'temperature.temperature');
  home.simulator.faults.duplicate = 1;
  home.simulator.report('aqara-climate', { 'msTemperatureMeasurement.measuredValue': 1980 });
  await until(() => value('aqara-climate', 'temperature.temperature') === 19.8);
  await pause(50);
  assert.is(reportsOf('aqara-climate', 'temperature.temperature'), reports + 1);
});

sensors('a garbled frame is dropped, and the next is heard', async () => {
  home.simulator.faults.garble = 1;
  home.simulator.report('aqara-climate', { 'msTemperatureMeasurement.measuredValue': 100 });
  home.simulator.report('aqara-climate', { 'msTemperatureMeasurement.measuredValue': 2000 });
  await until(() => value('aqara-climate', 'temperature.temperature') === 20);
  assert.not(home.hub.reports.some((each) => each.values['temperature.temperature'] === 1));
});

sensors('whatever a device says, the next thing is heard', async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
  const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 });
  const cluster = fc.constantFrom(0x0000, 0x0001, 0x0006, 0x0402, 0x0405, 0x0500, 0xef00, 0xfcc0, 0x1234);
  const frame = fc.record({ cluster, bytes, command: fc.nat(40), specific: fc.boolean(), fromServer: fc.boolean() });
  const device = home.simulator.device('sonoff-motion');
  for (const each of fc.sample(frame, { numRuns: 400, seed })) {
    const { specific, fromServer, command } = each;
    const header = { specific, fromServer, command, disableDefaultResponse: true, manufacturer: null };
    device.send(1, each.cluster, { ieee: null, endpoint: 1 }, header, Buffer.from(each.bytes));
  }
  home.simulator.report('sonoff-motion', { 'ssIasZone.zoneStatus': 0 });
  await until(() => value('sonoff-motion', 'occupancy.occupied') === false);
  home.simulator.report('sonoff-motion', { 'ssIasZone.zoneStatus': 1 });
  await until(() => value('sonoff-motion', 'occupancy.occupied') === true);
  assert.is(home.hub.health.state, 'running', `replay with SEED=${seed}`);
});

sensors('motion without an end is cleared after the time that people set', async () => {
  const id = home.id('aqara-motion');
  assert.is(home.hub.devices.get(id)?.settings?.['occupancyTimeout'], '90s');
  await home.hub.setSettings(id, { occupancyTimeout: '1500ms' });
  home.simulator.report('aqara-motion', { 'msOccupancySensing.occupancy': 1 });
  await until(() => value('aqara-motion', 'occupancy.occupied') === true);
  const at = Date.now();
  await pause(800);
  home.simulator.report('aqara-motion', { 'msOccupancySensing.occupancy': 1 });
  await until(() => value('aqara-motion', 'occupancy.occupied') === false);
  assert.ok(Date.now() - at >= 2_250, 'each motion starts the time anew');
});

sensors.run();
