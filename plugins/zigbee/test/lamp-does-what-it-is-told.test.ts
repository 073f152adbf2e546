// Commands reach the device itself, in the fewest frames, and are done when it has confirmed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { LoggedFrame } from '../../../test/zigbee-simulator/link.ts';
import { createHome, pause, until, type Home } from './home.ts';

const lamp = suite('a lamp');
let home: Home;
let id = '';

const DEVICES = [
  'ikea-color-lamp',
  'hue-color-lamp',
  'tuya-two-gang',
  'ikea-blind',
  'yale-lock',
  'heiman-siren',
  'innr-plug',
] as const;
/** Long enough that a busy machine still sees it under way. */
const FADE_MS = 2_000;
const DATA_REQUEST = 0x01;
/** Frames to devices, without questions for attributes. */
const isCommand = (frame: LoggedFrame): boolean =>
  frame.from === 'host' && frame.subsystem === 4 && frame.command === DATA_REQUEST && (frame.data[10]! & 3) === 1;
const commands = (): LoggedFrame[] => home.simulator.log.filter(isCommand);
const real = (path: string) => home.simulator.device('ikea-color-lamp').get(path);

home = await createHome(DEVICES);
await home.join(...DEVICES);
id = home.id('ikea-color-lamp');
await until(() => home.hub.value(id, 'color.mode') !== undefined);
await pause(200);
lamp.after(() => home.close());
lamp.before.each(() => home.simulator.clearLog());

lamp('really goes on, and off', async () => {
  assert.is((await home.hub.send(id, { set: { 'onOff.on': true } })).status, 'done');
  assert.is(real('genOnOff.onOff'), true);
  assert.is(home.hub.value(id, 'onOff.on'), true);
  assert.is((await home.hub.send(id, { set: { 'onOff.on': false } })).status, 'done');
  assert.is(real('genOnOff.onOff'), false);
  assert.is(home.hub.value(id, 'onOff.on'), false);
});

lamp('goes on by a level, in one frame', async () => {
  await home.hub.send(id, { set: { 'level.level': 0.5 } });
  assert.is(real('genOnOff.onOff'), true);
  assert.is(real('genLevelCtrl.currentLevel'), 127);
  assert.is(home.hub.value(id, 'level.level'), 0.5);
  assert.is(commands().length, 1);
});

lamp('goes off by level 0 and keeps the level it has when on', async () => {
  await home.hub.send(id, { set: { 'level.level': 0.5 } });
  await home.hub.send(id, { set: { 'level.level': 0 } });
  assert.is(real('genOnOff.onOff'), false);
  assert.is(home.hub.value(id, 'onOff.on'), false);
  assert.is(home.hub.value(id, 'level.level'), 0.5);
  await home.hub.send(id, { set: { 'onOff.on': true } });
  assert.is(real('genLevelCtrl.currentLevel'), 127);
});

lamp('takes on, level and white as one target of two frames', async () => {
  await home.hub.send(id, { set: { 'onOff.on': false } });
  home.simulator.clearLog();
  const outcome = await home.hub.send(id, { set: { 'onOff.on': true, 'level.level': 0.3, 'color.temperature': 4000 } });
  assert.is(outcome.status, 'done');
  assert.is(real('genOnOff.onOff'), true);
  assert.is(real('genLevelCtrl.currentLevel'), 76);
  assert.is(real('lightingColorCtrl.colorTemperature'), 250);
  assert.is(real('lightingColorCtrl.colorMode'), 2);
  assert.is(home.hub.value(id, 'color.temperature'), 4000);
  assert.is(commands().length, 2);
});

lamp('takes a point of color, and a hue', async () => {
  await home.hub.send(id, { set: { 'onOff.on': true, 'color.x': 0.7, 'color.y': 0.29 } });
  assert.is(real('lightingColorCtrl.currentX'), Math.round(0.7 * 65_535));
  assert.is(real('lightingColorCtrl.currentY'), Math.round(0.29 * 65_535));
  await until(() => home.hub.value(id, 'color.mode') === 'xy');
  const hue = home.id('hue-color-lamp');
  await home.hub.send(hue, { set: { 'onOff.on': true, 'color.hue': 120, 'color.saturation': 1 } });
  assert.is(
    home.simulator.device('hue-color-lamp').get('lightingColorCtrl.enhancedCurrentHue'),
    Math.round(65_535 / 3),
  );
  assert.is(home.simulator.device('hue-color-lamp').get('lightingColorCtrl.currentSaturation'), 254);
});

lamp('fades in the time it is given', async () => {
  await home.hub.send(id, { set: { 'level.level': 1 } });
  const started = Date.now();
  assert.is((await home.hub.send(id, { set: { 'level.level': 0.2 }, transition: FADE_MS })).status, 'done');
  assert.ok(Number(real('genLevelCtrl.currentLevel')) > 51, 'a fade is done when it is under way');
  await until(() => real('genLevelCtrl.currentLevel') === 51);
  assert.ok(Date.now() - started >= FADE_MS - 20);
});

lamp('does not report what a fade passes through', async () => {
  await home.hub.send(id, { set: { 'level.level': 1 } });
  const before = home.hub.reports.length;
  await home.hub.send(id, { set: { 'onOff.on': false }, transition: 1500 });
  await until(() => real('genOnOff.onOff') === false);
  await pause(100);
  const levels = home.hub.reports.slice(before).filter((each) => each.id === id && 'level.level' in each.values);
  assert.equal(levels, []);
  assert.is(home.hub.value(id, 'level.level'), 1);
  assert.is(home.hub.value(id, 'onOff.on'), false);
  await home.hub.send(id, { set: { 'onOff.on': true } });
  assert.is(real('genLevelCtrl.currentLevel'), 254);
});

lamp('that is switched and dimmed by someone else says so', async () => {
  await home.hub.send(id, { set: { 'onOff.on': true } });
  await pause(1_600);
  home.simulator.change('ikea-color-lamp', { 'genOnOff.onOff': false });
  await until(() => home.hub.value(id, 'onOff.on') === false);
  home.simulator.change('ikea-color-lamp', { 'genOnOff.onOff': true, 'genLevelCtrl.currentLevel': 64 });
  await until(() => home.hub.value(id, 'onOff.on') === true);
  await until(() => home.hub.value(id, 'level.level') === 0.252);
});

lamp('keeps a color for when it goes on', async () => {
  await home.hub.send(id, { set: { 'onOff.on': true, 'color.temperature': 2700 } });
  await home.hub.send(id, { set: { 'onOff.on': false } });
  assert.is((await home.hub.send(id, { set: { 'color.temperature': 4000 } })).status, 'done');
  assert.is(real('genOnOff.onOff'), false);
  await home.hub.send(id, { set: { 'onOff.on': true } });
  assert.is(real('lightingColorCtrl.colorTemperature'), 250);
});

lamp('toggles by itself', async () => {
  const before = real('genOnOff.onOff');
  await home.hub.send(id, { command: 'onOff.toggle' });
  assert.is(real('genOnOff.onOff'), !before);
});

lamp('refuses what it does not have, by name', async () => {
  const outcome = await home.hub.send(home.id('innr-plug'), { set: { 'level.level': 0.5 } });
  assert.is(outcome.status, 'failed');
  assert.is(outcome.error?.code, 'UNSUPPORTED');
  assert.match(outcome.error!.detail, /level\.level/);
});

lamp('that refuses says why', async () => {
  // This simulated lamp does not have the cluster of Philips's effects.
  const outcome = await home.hub.send(home.id('hue-color-lamp'), { set: { 'effect.effect': 'candle' } });
  assert.is(outcome.status, 'failed');
  assert.is(outcome.error?.code, 'DEVICE_REFUSED');
  assert.match(outcome.error!.detail, /UNSUPPORTED_CLUSTER/);
});

lamp('is on the map of its network', async () => {
  const { nodes, links } = await home.hub.map();
  assert.is(nodes.find((each) => each.role === 'coordinator')?.device, undefined);
  assert.is(nodes.find((each) => each.device === id)?.role, 'router');
  assert.ok(links.some((each) => each.from === id && each.lqi > 0));
});

lamp('of commands that wait only the newest is sent', async () => {
  home.simulator.faults.delay = 60;
  const outcomes = await Promise.all(
    [0.1, 0.2, 0.3, 0.4, 0.5].map((value) => home.hub.send(id, { set: { 'level.level': value } })),
  );
  home.simulator.faults.delay = 0;
  assert.equal(
    outcomes.map((each) => each.status),
    ['done', 'superseded', 'superseded', 'superseded', 'done'],
  );
  assert.is(real('genLevelCtrl.currentLevel'), 127);
  assert.is(commands().length, 2);
});

lamp('the second gang of a switch is commanded and heard apart from the first', async () => {
  const gangs = home.id('tuya-two-gang');
  const two = home.simulator.device('tuya-two-gang');
  await home.hub.send(gangs, { set: { 'onOff.on': true }, endpoint: '2' });
  assert.is(two.get('genOnOff.onOff', 2), true);
  assert.is(two.get('genOnOff.onOff', 1), false);
  assert.is(home.hub.value(gangs, 'onOff.on@2'), true);
  assert.is(home.hub.value(gangs, 'onOff.on'), false);
  await home.hub.send(gangs, { set: { 'onOff.on@2': false, 'onOff.on': true } });
  assert.is(two.get('genOnOff.onOff', 2), false);
  assert.is(two.get('genOnOff.onOff', 1), true);
});

lamp('a lock locks when it says so, a blind moves, a siren sounds', async () => {
  const [lock, blind, siren] = [home.id('yale-lock'), home.id('ikea-blind'), home.id('heiman-siren')];
  assert.is((await home.hub.send(lock, { command: 'lock.unlock' })).status, 'done');
  assert.is(home.simulator.device('yale-lock').get('closuresDoorLock.lockState'), 2);
  await until(() => home.hub.value(lock, 'lock.state') === 'unlocked');
  assert.is((await home.hub.send(blind, { set: { 'cover.position': 0.25 } })).status, 'done');
  await until(
    () => home.simulator.device('ikea-blind').get('closuresWindowCovering.currentPositionLiftPercentage') === 75,
  );
  await home.hub.setSettings(blind, { invert: true });
  await home.hub.send(blind, { set: { 'cover.position': 0.25 } });
  await until(
    () => home.simulator.device('ikea-blind').get('closuresWindowCovering.currentPositionLiftPercentage') === 25,
  );
  assert.is((await home.hub.send(siren, { set: { 'siren.on': true } })).status, 'done');
  assert.is(home.simulator.device('heiman-siren').get('ssIasWd.sounding'), true);
  assert.is(home.hub.value(siren, 'siren.on'), true);
  await home.hub.send(siren, { set: { 'siren.on': false } });
  assert.is(home.simulator.device('heiman-siren').get('ssIasWd.sounding'), false);
});

lamp('that nobody acknowledges for is offline, and online with its first frame', async () => {
  home.simulator.mute('ikea-color-lamp');
  const outcome = await home.hub.send(id, { set: { 'onOff.on': true } });
  assert.is(outcome.status, 'offline');
  await until(() => home.hub.online(id) === false);
  home.simulator.unmute('ikea-color-lamp');
  const before = real('genOnOff.onOff');
  await pause(1500);
  assert.is(real('genOnOff.onOff'), before, 'a command that failed is never sent later');
  home.simulator.announce('ikea-color-lamp');
  await until(() => home.hub.online(id) === true);
});

lamp('is asked again when its confirmation is lost', async () => {
  await home.hub.send(id, { set: { 'onOff.on': false } });
  // What its return in the test before had its definition ask comes first.
  await pause(500);
  home.simulator.faults.garble = 1;
  assert.is((await home.hub.send(id, { set: { 'onOff.on': true } })).status, 'done');
  assert.is(real('genOnOff.onOff'), true);
});

lamp('that stays silent times out at its deadline, and is not switched after it', async () => {
  await home.hub.send(id, { set: { 'onOff.on': false } });
  home.simulator.mute('ikea-color-lamp', 'silent');
  // The second waits in herdsman's own queue behind the first, beyond the end of its time.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    assert.is((await home.hub.send(id, { set: { 'onOff.on': true } }, 700)).status, 'timeout');
  }
  home.simulator.unmute('ikea-color-lamp');
  await pause(6_000);
  assert.is(real('genOnOff.onOff'), false);
});

lamp('that was cut at the wall is as it was when it is back, where that is wanted', async () => {
  await home.hub.setSettings(id, { onReturn: 'asItWas' });
  await home.hub.send(id, { set: { 'onOff.on': true, 'level.level': 0.3, 'color.temperature': 2700 } });
  home.simulator.mute('ikea-color-lamp', 'silent');
  home.simulator.change('ikea-color-lamp', { 'genLevelCtrl.currentLevel': 254 });
  home.simulator.unmute('ikea-color-lamp');
  home.simulator.announce('ikea-color-lamp');
  await until(() => real('genLevelCtrl.currentLevel') === 76);
  assert.is(real('genOnOff.onOff'), true);
});

lamp.run();
