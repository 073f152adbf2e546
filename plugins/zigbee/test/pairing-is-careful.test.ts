// Who may join and how, and what becomes of commands for devices that sleep.

import { PluginError } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { DeviceModel } from '../../../test/zigbee-simulator/model.ts';
import { MODELS } from '../../../test/zigbee-simulator/models/index.ts';
import { createHome, pause, until } from './home.ts';

const pairing = suite('pairing');
const CODE = '83fed3407a939723a5c639b26916d505c3b5';

/** A thermostat on batteries, which listens only now and then. */
function sleepyThermostat(): DeviceModel {
  const { endpoints, ...rest } = MODELS['zen-thermostat']!;
  const [first] = endpoints;
  const genBasic = first!.server['genBasic']!;
  const powerSource = { ...genBasic.attributes['powerSource']!, value: 3 };
  const server = { ...first!.server, genBasic: { ...genBasic, attributes: { ...genBasic.attributes, powerSource } } };
  return { ...rest, key: 'sleepy-thermostat', router: false, sleepy: true, endpoints: [{ ...first!, server }] };
}

const coded: DeviceModel = { ...MODELS['yale-lock']!, key: 'coded-lock', installCode: CODE };
const kinds = [
  'ikea-color-lamp',
  'yale-lock',
  'innr-plug',
  'aqara-contact',
  { kind: coded },
  { kind: sleepyThermostat() },
];
const home = await createHome(kinds);
pairing.after(() => home.close());

const stepsOf = (steps: readonly { address: string; step: string }[], kind: string): string[] =>
  steps.filter((each) => each.address === home.id(kind)).map((each) => each.step);

const shut = async (window: { stop(): Promise<void> }): Promise<void> => {
  await window.stop();
  await until(() => !home.simulator.permitsJoining);
};

pairing('refuses a lock without a code, and sends it away', async () => {
  const window = home.hub.pair({ seconds: 20 });
  await until(() => home.simulator.permitsJoining);
  home.simulator.join('yale-lock');
  await until(() => stepsOf(window.steps, 'yale-lock').includes('refused'));
  const refused = window.steps.find((each) => each.step === 'refused');
  assert.match(refused!.error!.detail, /install code/);
  await until(() => home.simulator.device('yale-lock').address === null);
  assert.not.ok(home.hub.devices.has(home.id('yale-lock')));
  await shut(window);
});

pairing('lets a lock in when someone takes the risk, and hears who turns it', async () => {
  await home.join('yale-lock');
  assert.is(home.hub.devices.get(home.id('yale-lock'))?.kind, 'lock');
});

pairing('lets a lock in with its install code', async () => {
  const window = home.hub.pair({ seconds: 20, installCode: `${home.id('coded-lock')}|${CODE}` });
  await until(() => home.simulator.permitsJoining);
  assert.ok(home.simulator.join('coded-lock'));
  await until(() => stepsOf(window.steps, 'coded-lock').includes('ready'));
  await shut(window);
});

pairing('refuses a code with a wrong check sum before it opens anything', async () => {
  const window = home.hub.pair({ seconds: 20, installCode: `${home.id('coded-lock')}|${CODE.replace('83', '84')}` });
  try {
    await window.done;
    assert.unreachable();
  } catch (error) {
    assert.instance(error, PluginError);
    assert.is((error as PluginError).pointer, '/installCode');
  }
  assert.not.ok(home.simulator.permitsJoining);
});

pairing('is for at most 254 seconds', async () => {
  try {
    await home.hub.pair({ seconds: 255 }).done;
    assert.unreachable();
  } catch (error) {
    assert.match((error as PluginError).message, /254/);
  }
});

pairing('through one router opens that one alone', async () => {
  await home.join('innr-plug');
  const window = home.hub.pair({ seconds: 20, device: home.id('innr-plug') });
  await until(() => home.simulator.permitsJoining);
  assert.not.ok(home.simulator.join('aqara-contact'), 'the coordinator itself is closed');
  assert.ok(home.simulator.join('aqara-contact', 'innr-plug'));
  await until(() => stepsOf(window.steps, 'aqara-contact').includes('ready'));
  await shut(window);
});

pairing('ends at its time, and nobody gets in after', async () => {
  const window = home.hub.pair({ seconds: 1 });
  await until(() => home.simulator.permitsJoining);
  await window.done;
  await until(() => !home.simulator.permitsJoining);
  assert.not.ok(home.simulator.join('ikea-color-lamp'));
});

pairing('goes on over a lost link', async () => {
  const window = home.hub.pair({ seconds: 20 });
  await until(() => home.simulator.permitsJoining);
  await home.simulator.drop(200);
  await until(() => home.hub.health.state === 'reconnecting');
  await until(() => home.hub.health.state === 'running');
  await until(() => home.simulator.join('ikea-color-lamp'));
  await until(() => stepsOf(window.steps, 'ikea-color-lamp').includes('ready'));
  await shut(window);
});

pairing("a sleeping device's command waits for its wake-up, and only the newest is sent", async () => {
  await home.join('sleepy-thermostat');
  const id = home.id('sleepy-thermostat');
  const setpoint = () => home.simulator.device('sleepy-thermostat').get('hvacThermostat.occupiedHeatingSetpoint');
  home.simulator.sleep('sleepy-thermostat');
  const first = home.hub.send(id, { set: { 'thermostat.heatingSetpoint': 17 } }, 60_000);
  const second = home.hub.send(id, { set: { 'thermostat.heatingSetpoint': 19 } }, 60_000);
  const third = home.hub.send(id, { set: { 'thermostat.heatingSetpoint': 22 } }, 60_000);
  assert.is((await second).status, 'superseded');
  // The parent gives the first frame up after 7.68 s; the command waits on.
  await pause(8_200);
  assert.is(setpoint(), 2000);
  home.simulator.report('sleepy-thermostat', { 'hvacThermostat.localTemp': 2010 });
  assert.is((await third).status, 'done');
  assert.ok(['done', 'superseded'].includes((await first).status));
  assert.is(setpoint(), 2200);
  assert.is(home.hub.value(id, 'thermostat.heatingSetpoint'), 22);
});

pairing.run();
