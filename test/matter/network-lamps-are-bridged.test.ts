// Lamps on the network, shown over the Matter bridge to an independent ecosystem, which takes them for lamps of its own: what it
// says the lamps do, each by one message, and what happens to them it sees. The lamps' own state is the truth.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually, startHub, type Hub } from '../home/harness.ts';
import { announce } from '../wled-simulator/announce.ts';
import { plugIn, type WledLamp } from '../wled-simulator/lamp.ts';
import { bridging, bridgeOf, configure, running } from './bridge.ts';
import { enterNetwork, launchEcosystem, PAIR, type Ecosystem } from './launch.ts';

const test = suite('network lamps are bridged');
const network = enterNetwork(import.meta.filename, PAIR);

const LIMIT_MS = 60_000;
const GROUP = 9;
const [COLORS, WHITES] = [1, 6];
const OPTIONS = { optionsMask: {}, optionsOverride: {} };

type Seen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

let hub: Hub;
let apple: Ecosystem;
let peer: string;
/** One is given by its address, one announces itself. */
let lamps: [shelf: WledLamp, desk: WledLamp];
let endAnnouncing: () => void;
let numbers: [shelf: number, desk: number];

const idOf = ({ mac }: WledLamp): string => `lighting:wled:${mac}`;
const tell = (at: 0 | 1, cluster: string, command: string, args?: object): Promise<unknown> =>
  apple.command(peer, numbers[at], cluster, command, args);
const until = (fits: () => boolean, what: string): Promise<unknown> =>
  eventually(() => Promise.resolve(fits()), Boolean, what, LIMIT_MS);
const seen = async (at: 0 | 1): Promise<Seen> => (await apple.view(peer)).endpoints[numbers[at]]!.state as Seen;
const untilSeen = (at: 0 | 1, fits: (seen: Seen) => boolean, what: string): Promise<unknown> =>
  eventually(() => seen(at), fits, what, LIMIT_MS);
const color = (at: 0 | 1): readonly number[] => lamps[at].state.segments[0]!.col[0]!;
const near = (value: unknown, wanted: number, by = 1): boolean => Math.abs(Number(value) - wanted) <= by;

if (network === 'here') {
  [hub, apple, lamps] = await Promise.all([
    startHub(),
    launchEcosystem('Apple Home', 0x1349),
    Promise.all([
      plugIn({ name: 'Shelf', mac: '0a0a0a0a0a0a', segments: [COLORS] }),
      plugIn({ name: 'Desk', mac: '0b0b0b0b0b0b', segments: [WHITES] }),
    ]),
  ]);
  await hub.claim();
  endAnnouncing = await announce(lamps[1]);
  await configure(hub, 'lighting', { devices: [{ driver: 'wled', host: '127.0.0.1', port: lamps[0].port }] });
  await bridging(hub, { include: { all: true } });
  await Promise.all([running(hub, 'lighting'), running(hub, 'matter')]);
  const shown = async () => (await bridgeOf(hub)).endpoints;
  const endpoints = await eventually(shown, ({ length }) => length === 2, 'both lamps are on the bridge', LIMIT_MS);
  peer = await apple.commission((await bridgeOf(hub)).qr);
  const [shelf, desk] = lamps.map((lamp) => endpoints.find(({ device }) => device === idOf(lamp))!.number);
  numbers = [shelf!, desk!];
}
test.after(async () => {
  endAnnouncing();
  await Promise.all([hub.kill(), apple.close(), ...lamps.map((each) => each.cut())]);
});

test('they are there by the names they carry, with the whites they have', async () => {
  const [shelf, desk] = [await seen(0), await seen(1)];
  assert.is(shelf['bridgedDeviceBasicInformation']!['nodeLabel'], 'Shelf');
  assert.is(desk['bridgedDeviceBasicInformation']!['nodeLabel'], 'Desk');
  assert.is(shelf['levelControl']!['currentLevel'], 128);
  assert.is(desk['colorControl']!['colorTempPhysicalMaxMireds'], Math.round(1e6 / 1900));
});

test('they are switched and dimmed, in the time that is asked for', async () => {
  await tell(0, 'onOff', 'off');
  await until(() => !lamps[0].state.on, 'the lamp is off');
  await tell(0, 'onOff', 'on');
  await until(() => lamps[0].state.on, 'the lamp is on');
  const before = lamps[0].commands.length;
  await tell(0, 'levelControl', 'moveToLevelWithOnOff', { level: 51, transitionTime: 15, ...OPTIONS });
  await until(() => near(lamps[0].state.bri, 51), 'the lamp is dimmed');
  assert.is(lamps[0].commands.length, before + 1);
  assert.is(lamps[0].commands.at(-1)!['tt'], 15);
  const path = `/api/devices/${idOf(lamps[0])}`;
  const property = async () => (await hub.ask('GET', path)).body.properties['level.level'];
  const { origin } = await eventually(property, ({ value }) => near(value, 0.2, 0.01), 'the hub knows');
  assert.equal(origin, { kind: 'matter', name: 'Apple Home' });
});

test('colours and whites come as they are asked for', async () => {
  await tell(0, 'colorControl', 'moveToHueAndSaturation', { hue: 85, saturation: 254, transitionTime: 0, ...OPTIONS });
  await until(() => color(0)[1] === 255 && color(0)[0]! <= 2 && color(0)[2]! <= 2, 'the lamp is green');
  const warm = { colorTemperatureMireds: 400, transitionTime: 0, ...OPTIONS };
  await tell(0, 'colorControl', 'moveToColorTemperature', warm);
  await until(() => color(0)[0] === 255 && near(color(0)[1], 161, 12), 'the lamp is warm white');
  await tell(1, 'colorControl', 'moveToColorTemperature', warm);
  await until(() => near(lamps[1].state.segments[0]!.cct, (2500 - 1900) >> 5), 'the white LEDs are warm');
  await untilSeen(1, ({ colorControl }) => near(colorControl!['colorTemperatureMireds'], 400), 'warm is seen');
});

test('what is done in the lamp’s own app is seen', async () => {
  lamps[0].touch({ bri: 204, seg: [{ id: 0, col: [[0, 0, 255]] }] });
  const isBlue = ({ levelControl, colorControl }: Seen): boolean =>
    near(levelControl!['currentLevel'], 203) &&
    near(colorControl!['currentHue'], 169) &&
    colorControl!['colorMode'] === 0;
  await untilSeen(0, isBlue, 'blue, at 80 %');
  lamps[0].touch({ on: false });
  await untilSeen(0, ({ onOff }) => onOff!['onOff'] === false, 'the lamp is seen off');
});

test('one message to a group reaches both of them', async () => {
  await apple.group(peer, GROUP);
  for (const at of [0, 1] as const) await tell(at, 'groups', 'addGroup', { groupId: GROUP, groupName: 'Room' });
  await apple.groupcast(GROUP, 'onOff', 'on');
  await until(() => lamps.every(({ state }) => state.on), 'both are on');
  await apple.groupcast(GROUP, 'levelControl', 'moveToLevelWithOnOff', { level: 102, transitionTime: 0, ...OPTIONS });
  await until(() => lamps.every(({ state }) => near(state.bri, 102)), 'both are dimmed');
});

test('a lamp shows which one it is, and is as it was', async () => {
  const before = JSON.stringify(lamps[1].state.toJson());
  const count = lamps[1].commands.length;
  await tell(1, 'identify', 'identify', { identifyTime: 2 });
  await until(() => lamps[1].commands.length > count + 1, 'it flashes');
  await until(() => JSON.stringify(lamps[1].state.toJson()) === before, 'it is as it was');
});

test('a cut power is seen, and so is that it is back', async () => {
  const isReachable = ({ bridgedDeviceBasicInformation }: Seen): unknown => bridgedDeviceBasicInformation!['reachable'];
  await lamps[0].cut();
  await untilSeen(0, (seen) => isReachable(seen) === false, 'the lamp is not reachable');
  assert.is(isReachable(await seen(1)), true);
  await lamps[0].power();
  await untilSeen(0, (seen) => isReachable(seen) === true, 'the lamp is reachable');
  await tell(0, 'onOff', 'off');
  await until(() => !lamps[0].state.on, 'the lamp is off');
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('network lamps are bridged: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
