// One lamp and the commands it gets: each is one message, and what is reported is what the lamp says it is then.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { LampOptions } from '../../../test/wled-simulator/lamp.ts';
import { homeWith, passUntil, until, type Home } from './home.ts';

const test = suite('a WLED lamp does what it is told');

let home: Home | null = null;
async function open(options: LampOptions = {}): Promise<Home> {
  await home?.close();
  home = await homeWith(options);
  return home;
}
test.after(() => home?.close());

const [RGBW, WHITE, CCT, RGBCCT, RELAY] = [3, 2, 6, 7, 0];
const kindsOf = ({ hub, id }: Home): string[] =>
  hub.devices.get(id)!.endpoints[0]!.capabilities.map(({ name }) => name);
const told = ({ lamp }: Home): Readonly<Record<string, unknown>> => {
  const { v, ...message } = lamp.commands.at(-1)!;
  assert.is(v, true);
  return message;
};
const set = async ({ hub, id }: Home, values: object, transition?: number): Promise<void> => {
  const outcome = await hub.send(id, { set: { ...values }, ...(transition !== undefined && { transition }) });
  assert.equal(outcome, { status: 'done' });
};
const run = ({ hub, id }: Home, command: string, args: object = {}, endpoint?: string) =>
  hub.send(id, { command, args: { ...args }, ...(endpoint !== undefined && { endpoint }) });

test('it comes with its name, maker, firmware, and all that it is', async () => {
  const home = await open({ name: 'Shelf' });
  const { id, hub } = home;
  assert.is(id, 'wled:a1b2c3d4e5f6');
  const { name, kind, manufacturer, model, firmware, endpoints } = hub.devices.get(id)!;
  assert.equal([name, kind, manufacturer, model, firmware], ['Shelf', 'light', 'WLED', 'FOSS', '0.15.3']);
  assert.is(endpoints.length, 1);
  assert.equal(kindsOf(home), ['onOff', 'level', 'color', 'effect']);
  const { 'color.x': x, 'color.y': y, ...rest } = hub.values(id);
  assert.equal(rest, {
    'onOff.on': true,
    'level.level': 0.502,
    'color.mode': 'hs',
    'color.hue': 38,
    'color.saturation': 1,
    'effect.effect': 'none',
  });
  assert.ok(Math.abs(Number(x) - 0.519) < 0.02 && Math.abs(Number(y) - 0.434) < 0.02, `${x} ${y}`);
});

test('what its LEDs can is what it offers', async () => {
  const offered = async (lc: number) => {
    const home = await open({ segments: [lc] });
    const color = home.hub.devices.get(home.id)!.endpoints[0]!.capabilities.find(({ name }) => name === 'color');
    const limits = color?.properties.find(({ name }) => name === 'temperature');
    return [kindsOf(home).join(), color?.properties.map(({ name }) => name).join(), limits?.min, limits?.max];
  };
  const all = 'mode,x,y,hue,saturation,temperature';
  assert.equal(await offered(RGBW), ['onOff,level,color,effect', all, 2000, 6500]);
  assert.equal(await offered(RGBCCT), ['onOff,level,color,effect', all, 1900, 10_060]);
  assert.equal(await offered(CCT), ['onOff,level,color,effect', 'mode,temperature', 1900, 10_060]);
  assert.equal(await offered(WHITE), ['onOff,level,effect', undefined, undefined, undefined]);
  assert.equal(await offered(RELAY), ['onOff', undefined, undefined, undefined]);
});

test('a whole target is one message, with its time in tenths of a second', async () => {
  const home = await open();
  await set(home, { 'onOff.on': true, 'level.level': 0.3, 'color.hue': 240, 'color.saturation': 1 }, 1500);
  assert.is(home.lamp.commands.length, 1);
  assert.equal(told(home), { on: true, bri: 77, tt: 15, seg: [{ id: 0, col: [[0, 0, 255, 0]] }] });
  assert.is(home.value('level.level'), 0.302);
  assert.is(home.value('color.hue'), 240);
  assert.is(home.value('color.mode'), 'hs');
  assert.is(home.lamp.state.bri, 77);
  await set(home, { 'level.level': 0.4 });
  assert.equal(told(home), { on: true, bri: 102 });
});

test('level 0 and off keep the brightness, and a level for later does not turn it on', async () => {
  const home = await open();
  await set(home, { 'level.level': 0 });
  assert.equal(told(home), { on: false });
  assert.equal([home.value('onOff.on'), home.value('level.level')], [false, 0.502]);
  await set(home, { 'onOff.on': false, 'level.level': 0.2 });
  assert.equal([home.value('onOff.on'), home.value('level.level')], [false, 0.2]);
  await set(home, { 'color.hue': 120, 'color.saturation': 1 });
  assert.equal([home.lamp.state.on, home.value('onOff.on'), home.value('color.hue')], [false, false, 120]);
  await set(home, { 'onOff.on': true });
  assert.equal([home.lamp.state.on, home.lamp.state.bri], [true, 51]);
  assert.equal(await run(home, 'onOff.toggle'), { status: 'done' });
  assert.is(home.lamp.state.on, false);
  await set(home, { 'level.level': 0.001 });
  assert.equal([home.lamp.state.on, home.lamp.state.bri], [true, 1]);
});

test('white is mixed from colours, through the white LED where there is one', async () => {
  const rgb = await open();
  await set(rgb, { 'color.temperature': 2700 });
  const [red, green, blue] = rgb.lamp.state.segments[0]!.col[0]!;
  assert.is(red, 255);
  assert.ok(green! > 150 && green! < 190 && blue! > 60 && blue! < 110, `${red} ${green} ${blue}`);
  assert.equal([rgb.value('color.mode'), rgb.value('color.temperature')], ['temperature', 2700]);
  const white = await open({ segments: [RGBW] });
  await set(white, { 'color.temperature': 2700 });
  assert.equal(white.lamp.state.segments[0]!.col[0], [255 - blue!, green! - blue!, 0, blue]);
  assert.is(white.value('color.temperature'), 2700);
});

test('white of several temperatures is told in kelvin', async () => {
  for (const lc of [CCT, RGBCCT]) {
    const home = await open({ segments: [lc] });
    await set(home, { 'color.temperature': 4000 });
    assert.equal(told(home), { seg: [{ id: 0, col: [[0, 0, 0, 255]], cct: 4000 }] });
    assert.equal([home.value('color.mode'), home.value('color.temperature')], ['temperature', 4000]);
    home.lamp.touch({ seg: [{ cct: 0 }] });
    await until(() => home.value('color.temperature') === 1900);
  }
});

test('white is white again after a restart, and a colour stays one', async () => {
  const home = await open();
  await set(home, { 'color.temperature': 3500 });
  await home.hub.restart();
  assert.is(home.value('color.mode'), 'temperature');
  assert.ok(Math.abs(Number(home.value('color.temperature')) - 3500) <= 20, String(home.value('color.temperature')));
});

test('a point out of reach is moved to the edge, and reported so', async () => {
  const home = await open();
  await set(home, { 'color.x': 0.4, 'color.y': 0.4 });
  assert.equal([home.value('color.mode'), home.value('color.x'), home.value('color.y')], ['xy', 0.4, 0.4]);
  await set(home, { 'color.x': 0.7, 'color.y': 0.3 });
  assert.equal(home.lamp.state.segments[0]!.col[0], [255, 0, 0, 0]);
  assert.equal([home.value('color.x'), home.value('color.y')], [0.6401, 0.33]);
});

test('half a pair keeps the other half, and what it cannot be is refused in words', async () => {
  const home = await open();
  await set(home, { 'color.hue': 200, 'color.saturation': 0.5 });
  await set(home, { 'color.hue': 20 });
  assert.equal([home.value('color.hue'), home.value('color.saturation')], [20, 0.5]);
  const white = await open({ segments: [WHITE] });
  const { status, error } = await white.hub.send(white.id, { set: { 'color.hue': 20 } });
  assert.equal([status, error?.code], ['failed', 'UNSUPPORTED']);
  const cct = await open({ segments: [CCT] });
  const refused = await cct.hub.send(cct.id, { set: { 'color.hue': 20 } });
  assert.match(refused.error!.detail, /tones of white/);
  assert.is((await run(cct, 'lock.unlock')).error?.code, 'UNSUPPORTED');
  assert.is(cct.lamp.commands.length, 0);
});

test('its effects are its own, without those that are reserved', async () => {
  const home = await open();
  const effect = home.hub.devices.get(home.id)!.endpoints[0]!.capabilities.find(({ name }) => name === 'effect');
  assert.equal(effect!.properties[0]!.values, ['none', 'Blink', 'Breathe', 'Rainbow', 'Candle']);
  await set(home, { 'effect.effect': 'Rainbow' });
  assert.equal(told(home), { seg: [{ id: 0, fx: 4 }] });
  assert.is(home.value('effect.effect'), 'Rainbow');
  await set(home, { 'effect.effect': 'none' });
  assert.is(home.lamp.state.segments[0]!.fx, 0);
  home.lamp.listsEffects = false;
  await home.hub.restart();
  await set(home, { 'effect.effect': 'Candle' });
  assert.is(home.lamp.state.segments[0]!.fx, 6);
});

test('steps, moves and stops are told as what they come to', async () => {
  const home = await open();
  const { hub } = home;
  assert.equal(await run(home, 'level.step', { by: 0.1 }), { status: 'done' });
  assert.is(home.lamp.state.bri, 154);
  await run(home, 'level.step', { by: -1 });
  assert.equal([home.lamp.state.on, home.lamp.state.bri], [true, 1]);
  await run(home, 'level.move', { rate: 0.25 });
  assert.equal(told(home), { on: true, bri: 255, tt: 40 });
  await hub.clock.advance(2_000);
  await run(home, 'level.stop');
  const { bri, ...stopped } = told(home);
  assert.equal(stopped, { on: true, tt: 0 });
  assert.ok(Math.abs(Number(bri) - 128) <= 1, `${String(bri)}`);
  const before = home.lamp.commands.length;
  assert.equal(await run(home, 'level.stop'), { status: 'done' });
  assert.is(home.lamp.commands.length, before);
  await set(home, { 'color.temperature': 3000 });
  await run(home, 'color.step', { by: -500 });
  assert.is(home.value('color.temperature'), 2500);
  await run(home, 'color.move', { rate: 1000 });
  assert.is(told(home)['tt'], 40);
  await hub.clock.advance(1_000);
  await run(home, 'color.stop');
  assert.is(home.value('color.temperature'), 3500);
  await set(home, { 'color.hue': 350, 'color.saturation': 1 });
  await run(home, 'color.step', { by: 20 });
  assert.is(home.value('color.hue'), 10);
});

test('it flashes, and is as it was', async () => {
  const home = await open({ segments: [RGBCCT] });
  await set(home, { 'color.temperature': 3000, 'level.level': 0.6 });
  const before = JSON.stringify(home.lamp.state.toJson());
  const flashed = run(home, 'effect.flash', { count: 2, color: { hue: 0, saturation: 1 } });
  let isDone = false;
  void flashed.finally(() => (isDone = true));
  await passUntil(home.hub, () => isDone, 5_000);
  assert.equal(await flashed, { status: 'done' });
  assert.is(JSON.stringify(home.lamp.state.toJson()), before);
  assert.equal(
    home.lamp.commands.slice(1).map((each) => each!['seg'] !== undefined),
    [true, true, true, true],
  );
  assert.is(home.value('color.temperature'), 3000);
});

test('of a storm only the newest is told, one after the other, and everyone hears what became of it', async () => {
  const home = await open();
  home.lamp.delay = 10;
  const storm = Array.from({ length: 60 }, (_, at) =>
    home.hub.send(home.id, { set: { 'level.level': (at + 1) / 100 } }),
  );
  const statuses = (await Promise.all(storm)).map(({ status }) => status);
  assert.is(statuses.at(-1), 'done');
  assert.is(statuses.filter((each) => each === 'superseded').length, 58);
  assert.is(home.lamp.commands.length, 2);
  assert.is(home.lamp.atOnceMax, 1);
  assert.is(home.lamp.state.bri, 153);
  assert.is(home.value('level.level'), 0.6);
});

test('different things asked at once are told in turn', async () => {
  const home = await open();
  home.lamp.delay = 5;
  const asked = [{ 'onOff.on': false }, { 'color.hue': 10 }, { 'effect.effect': 'Blink' }, { 'onOff.on': true }];
  const outcomes = await Promise.all(asked.map((values) => home.hub.send(home.id, { set: values as never })));
  assert.equal(
    outcomes.map(({ status }) => status),
    ['done', 'done', 'done', 'done'],
  );
  assert.is(home.lamp.atOnceMax, 1);
  assert.is(home.lamp.state.on, true);
});

test('a lamp that refuses, or does something else, fails with words and reports what it is', async () => {
  const home = await open();
  home.lamp.manner = 'refusing';
  const refused = await home.hub.send(home.id, { set: { 'onOff.on': false } });
  assert.equal([refused.status, refused.error?.code], ['failed', 'DEVICE_REFUSED']);
  home.lamp.manner = 'stubborn';
  const { status, error } = await home.hub.send(home.id, { set: { 'onOff.on': false } });
  assert.equal([status, error?.detail], ['failed', 'Shelf did not do as it was told: it stayed on.']);
  assert.is(home.value('onOff.on'), true);
  const kept = async (values: object) => (await home.hub.send(home.id, { set: { ...values } })).error!.detail;
  assert.match(await kept({ 'level.level': 1 }), /kept its brightness/);
  assert.match(await kept({ 'color.hue': 200 }), /kept its colour/);
  assert.match(await kept({ 'effect.effect': 'Blink' }), /does not know the effect/);
  assert.is(home.value('color.hue'), 38);
  home.lamp.manner = { says: '<html>' };
  const garbled = await home.hub.send(home.id, { set: { 'onOff.on': false } });
  assert.match(garbled.error!.detail, /does not speak WLED/);
  home.lamp.manner = { says: '{"on":7,"seg":{}}' };
  const strange = await home.hub.send(home.id, { set: { 'onOff.on': false } });
  assert.match(strange.error!.detail, /no WLED/);
  home.lamp.manner = 'well';
  await set(home, { 'onOff.on': false });
});

test('a lamp that is busy with someone else is told again, and is given up after a while', async () => {
  const home = await open();
  const tried = async (busy: number): Promise<string> => {
    home.lamp.busy = busy;
    let status = '';
    void home.hub.send(home.id, { set: { 'level.level': 1 } }).then((outcome) => (status = outcome.status));
    await passUntil(home.hub, () => status !== '', 5_000);
    return status;
  };
  assert.is(await tried(3), 'done');
  assert.is(home.lamp.state.bri, 255);
  assert.is(await tried(9), 'failed');
});

test('a silent lamp fails within 5 seconds, and so do those that waited behind it', async () => {
  const home = await open();
  home.lamp.manner = 'silent';
  const outcomes: string[] = [];
  const asked = [{ 'onOff.on': false }, { 'color.hue': 10 }].map((values) =>
    home.hub
      .send(home.id, { set: values as never })
      .then(({ status, error }) => outcomes.push(`${status} ${error!.detail}`)),
  );
  const took = await passUntil(home.hub, () => outcomes.length === 2, 5_000);
  assert.ok(took < 5_000, `${took} ms`);
  assert.match(outcomes.join('\n'), /^timeout .*did not answer in time.*\ntimeout .*power/);
  await Promise.all(asked);
});

test.run();
