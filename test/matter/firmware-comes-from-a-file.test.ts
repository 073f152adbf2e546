// New firmware for a real Matter device, from a file that a person has put beside the hub's data: found, checked, handed over
// and installed. What is damaged or for another device is refused by the name of its file, and the device never hears of it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { eventually, type Hub, type Live } from '../home/harness.ts';
import { again } from './bridge.ts';
import { imageOf } from './firmware.ts';
import { Household } from './household.ts';
import { enterNetwork } from './launch.ts';

const test = suite('firmware comes from a file');
const network = enterNetwork(import.meta.filename);
const LAMP = 'updatable-light';
const INSTALLED_LIMIT_MS = 60_000;

let home: Household<typeof LAMP>;
if (network === 'here') home = await Household.of([LAMP]);

/** The same hub with power again, and what it tells from then on. */
let revived: Hub | undefined;
let later: Live | undefined;

test.after(async () => {
  later?.close();
  await Promise.all([home.close(), revived?.kill()]);
});

const path = (name: string): string => join(home.hub.data, 'firmware', name);
const put = (name: string, content: Uint8Array): void => writeFileSync(path(name), content);
const hub = (): Hub => revived ?? home.hub;
const tell = (command: string) =>
  hub().ask('POST', `/api/devices/${home.idOf(LAMP)}/commands`, { command: `update.${command}` });
const seen = async () => (await hub().ask('GET', `/api/devices/${home.idOf(LAMP)}`)).body;
const state = async (name: string): Promise<unknown> => (await seen()).properties[`update.${name}`].value;

async function isRefused(file: string, why: RegExp): Promise<void> {
  for (const command of ['check', 'install']) {
    const { body } = await tell(command);
    assert.is(body.status, 'failed', JSON.stringify(body));
    assert.match(body.error.detail, new RegExp(`${file} .*${why.source}`));
  }
  assert.is(await state('state'), 'idle');
  rmSync(path(file));
}

test('it shows what it runs, and that nothing waits for it', async () => {
  assert.is((await seen()).firmware, '1.0');
  assert.is(await state('installed'), '1.0');
  assert.is(await state('state'), 'idle');
  assert.is((await tell('check')).body.status, 'done');
  assert.is(await state('available'), null);
});

test('an image of another product is refused by name', async () => {
  put('plug.ota', await imageOf({ version: 2, product: 0x8001 }));
  await isRefused('plug.ota', /product 0x8001/);
});

test('a damaged image is refused by name', async () => {
  const image = await imageOf({ version: 2 });
  image[image.length - 10]! ^= 1;
  put('damaged.ota', image);
  await isRefused('damaged.ota', /damaged.*digest/);
});

test('an image that ends too soon is refused by name', async () => {
  put('short.ota', (await imageOf({ version: 2 })).subarray(0, 30_000));
  await isRefused('short.ota', /damaged.*size/);
  put('stub.ota', new Uint8Array([1, 2, 3]));
  await isRefused('stub.ota', /damaged/);
});

test('an image that is not newer is none', async () => {
  put('same.ota', await imageOf({ version: 1 }));
  assert.is((await tell('check')).body.status, 'done');
  assert.is(await state('state'), 'idle');
  assert.match((await tell('install')).body.error.detail, /up to date/);
});

test('images for other devices beside its own, and for Zigbee devices, are no fault', async () => {
  put('plug.ota', await imageOf({ version: 2, product: 0x8001 }));
  put('zigbee.ota', new Uint8Array([0x1e, 0xf1, 0xee, 0x0b, 0, 1]));
  assert.is((await tell('check')).body.status, 'done');
  rmSync(path('same.ota'));
  const { error } = (await tell('check')).body;
  assert.match(error.detail, 'plug.ota');
  assert.not.match(error.detail, 'zigbee.ota');
});

test('the newest image that fits is found and installed, also where the power of the hub is cut in the midst of it', async () => {
  put('lamp-2.ota', await imageOf({ version: 2 }));
  put('lamp-3.ota', await imageOf({ version: 3, size: 400_000 }));
  assert.is((await tell('check')).body.status, 'done');
  assert.equal([await state('state'), await state('available')], ['available', '3.0']);
  const told = await tell('install');
  assert.is(told.body.status, 'done', JSON.stringify(told.body));
  await home.hub.kill();
  revived = await again(home.hub, ['matter']);
  later = await revived.live();
  const told3 = ({ firmware }: { firmware: string }): boolean => firmware === '3.0';
  await eventually(seen, told3, 'the lamp runs version 3', INSTALLED_LIMIT_MS);
  await eventually(
    () => state('state'),
    (each) => each === 'idle',
    'it is idle again',
    INSTALLED_LIMIT_MS,
  );
  assert.equal([await state('installed'), await state('available')], ['3.0', null]);
});

test('on the way it said how far it was', () => {
  const said = (name: string): unknown[] =>
    [...home.live.frames, ...later!.frames]
      .filter((each) => each.topic === 'property' && each.property === name)
      .map(({ value }) => value);
  const states = said('update.state');
  for (const each of ['available', 'downloading', 'installing', 'idle']) assert.ok(states.includes(each), each);
  assert.ok(said('update.progress').some((share) => typeof share === 'number' && share > 0 && share < 1));
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('firmware comes from a file: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
