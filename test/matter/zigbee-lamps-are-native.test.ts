// Zigbee lamps shown over the Matter bridge: level, colour, transitions and groups of an ecosystem reach the lamps themselves as those
// of a native lamp would, and what is done at the lamps is seen by the ecosystem.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually, startHub, type Hub } from '../home/harness.ts';
import { createSimulator, type Simulator } from '../zigbee-simulator/simulator.ts';
import { bridgeOf, bridging, configure, running } from './bridge.ts';
import { enterNetwork, launchEcosystem, PAIR, type Ecosystem } from './launch.ts';

const test = suite('zigbee lamps are native');
const network = enterNetwork(import.meta.filename, PAIR);

const LIMIT_MS = 60_000;
const GROUP = 9;
const COLOR = 'ikea-color-lamp';
const WHITE = 'ikea-white-lamp';
const MODELS = [COLOR, WHITE] as const;
type Model = (typeof MODELS)[number];
const NOW = { transitionTime: 0, optionsMask: {}, optionsOverride: {} };

let simulator: Simulator;
let hub: Hub;
let apple: Ecosystem;
let peer: string;
const numbers = new Map<Model, number>();

const idOf = (model: Model): string => `zigbee:${simulator.device(model).ieee}`;
const really = (model: Model, attribute: string): number => Number(simulator.device(model).get(attribute));
const comes = (model: Model, attribute: string, fits: (value: number) => boolean, what: string): Promise<number> =>
  eventually(() => Promise.resolve(really(model, attribute)), fits, `${model} ${attribute}: ${what}`, LIMIT_MS);
const near =
  (wanted: number, by = 2) =>
  (value: number) =>
    Math.abs(value - wanted) <= by;
const tell = (model: Model, cluster: string, command: string, args?: object): Promise<unknown> =>
  apple.command(peer, numbers.get(model)!, cluster, command, args);
const seen = async (model: Model, cluster: string): Promise<Readonly<Record<string, unknown>>> =>
  (await apple.view(peer)).endpoints[numbers.get(model)!]!.state[cluster]!;
const sees = (model: Model, cluster: string, attribute: string, fits: (value: number) => boolean): Promise<unknown> =>
  eventually(
    async () => Number((await seen(model, cluster))[attribute]),
    fits,
    `the ecosystem sees ${model} ${cluster}.${attribute}`,
    LIMIT_MS,
  );

async function joined(): Promise<void> {
  const live = await hub.live();
  await hub.ask('POST', '/api/plugins/zigbee/pairing', { seconds: 120 });
  await eventually(() => Promise.resolve(simulator.permitsJoining), Boolean, 'joining is permitted');
  for (const model of MODELS) {
    simulator.join(model);
    const isReady = (each: { device?: string; step: string }): boolean =>
      each.device === idOf(model) && each.step === 'ready';
    await live.until(
      (frame) => frame.topic === 'pairing' && frame.pairing.devices.some(isReady),
      `${model} is ready`,
      LIMIT_MS,
    );
  }
  live.close();
}

async function open(): Promise<void> {
  simulator = await createSimulator({ devices: [...MODELS] });
  [hub, apple] = await Promise.all([startHub(), launchEcosystem('Apple Home', 0x1349)]);
  await hub.claim();
  await configure(hub, 'zigbee', { port: simulator.url, adapter: 'zstack' });
  await running(hub, 'zigbee');
  await joined();
  await bridging(hub, { include: { all: true } });
  await running(hub, 'matter');
  await eventually(
    () => bridgeOf(hub),
    ({ endpoints }) => endpoints.length === MODELS.length,
    'every lamp is on the bridge',
    LIMIT_MS,
  );
  const { qr, endpoints } = await bridgeOf(hub);
  peer = await apple.commission(qr);
  for (const model of MODELS) numbers.set(model, endpoints.find(({ device }) => device === idOf(model))!.number);
}
if (network === 'here') await open();

test.after(async () => {
  await Promise.all([hub.kill(), apple.close()]);
  await simulator.close();
});

test('each is the lamp that it is', async () => {
  const { endpoints } = await apple.view(peer);
  const typesOf = (model: Model): readonly number[] => endpoints[numbers.get(model)!]!.deviceTypes;
  assert.ok(typesOf(COLOR).includes(0x10d), typesOf(COLOR).join());
  assert.ok(typesOf(WHITE).includes(0x10c), typesOf(WHITE).join());
});

test('level and switch go through', async () => {
  await tell(COLOR, 'onOff', 'on');
  await comes(COLOR, 'genOnOff.onOff', near(1, 0), 'on');
  await tell(COLOR, 'levelControl', 'moveToLevelWithOnOff', { level: 100, ...NOW });
  await comes(COLOR, 'genLevelCtrl.currentLevel', near(100), '100');
  await tell(COLOR, 'onOff', 'off');
  await comes(COLOR, 'genOnOff.onOff', near(0, 0), 'off');
});

test('colour and white go through', async () => {
  await tell(COLOR, 'onOff', 'on');
  await tell(COLOR, 'colorControl', 'moveToColor', { colorX: 40_000, colorY: 20_000, ...NOW });
  await comes(COLOR, 'lightingColorCtrl.currentX', near(40_000, 700), 'red');
  await comes(COLOR, 'lightingColorCtrl.currentY', near(20_000, 700), 'red');
  await tell(COLOR, 'colorControl', 'moveToHueAndSaturation', { hue: 85, saturation: 254, ...NOW });
  // The lamp is told points of the diagram alone.
  await comes(COLOR, 'lightingColorCtrl.currentX', (x) => x < 15_000, 'green');
  await comes(COLOR, 'lightingColorCtrl.currentY', (y) => y > 40_000, 'green');
  // As Matter has it, a lamp that is off takes no colour unless it is told to.
  await tell(WHITE, 'onOff', 'on');
  await tell(WHITE, 'colorControl', 'moveToColorTemperature', { colorTemperatureMireds: 400, ...NOW });
  await comes(WHITE, 'lightingColorCtrl.colorTemperature', near(400, 3), '2500 K');
});

test('a transition takes its time at the lamp', async () => {
  await tell(COLOR, 'levelControl', 'moveToLevelWithOnOff', { level: 254, ...NOW });
  await comes(COLOR, 'genLevelCtrl.currentLevel', near(254), 'full');
  const from = Date.now();
  await tell(COLOR, 'levelControl', 'moveToLevelWithOnOff', { level: 30, ...NOW, transitionTime: 40 });
  await comes(COLOR, 'genLevelCtrl.currentLevel', (level) => level < 240 && level > 60, 'on its way');
  await comes(COLOR, 'genLevelCtrl.currentLevel', near(30), 'there');
  assert.ok(Date.now() - from > 3000, `after ${Date.now() - from} ms`);
  await sees(COLOR, 'levelControl', 'currentLevel', near(30));
});

test('one message to a group reaches the lamps of it', async () => {
  await apple.group(peer, GROUP);
  for (const model of MODELS) await tell(model, 'groups', 'addGroup', { groupId: GROUP, groupName: 'Both' });
  await apple.groupcast(GROUP, 'onOff', 'off');
  for (const model of MODELS) await comes(model, 'genOnOff.onOff', near(0, 0), 'off');
  await apple.groupcast(GROUP, 'levelControl', 'moveToLevelWithOnOff', { level: 180, ...NOW });
  for (const model of MODELS) await comes(model, 'genLevelCtrl.currentLevel', near(180), '180');
  await apple.groupcast(GROUP, 'colorControl', 'moveToColorTemperature', { colorTemperatureMireds: 300, ...NOW });
  await comes(WHITE, 'lightingColorCtrl.colorTemperature', near(300, 3), '3333 K');
});

test('what is done at the lamp is seen, and that it is out of reach', async () => {
  simulator.report(WHITE, { 'genOnOff.onOff': 0 });
  await eventually(
    async () => (await seen(WHITE, 'onOff'))['onOff'],
    (on) => on === false,
    'the ecosystem sees it off',
    LIMIT_MS,
  );
  const isReachable = async () => (await seen(WHITE, 'bridgedDeviceBasicInformation'))['reachable'];
  assert.is(await isReachable(), true);
  simulator.mute(WHITE);
  await tell(WHITE, 'onOff', 'on');
  await eventually(isReachable, (is) => is === false, 'the ecosystem sees that it is out of reach', LIMIT_MS);
  await eventually(
    async () => (await seen(WHITE, 'onOff'))['onOff'],
    (on) => on === false,
    'and that it did not go on',
    LIMIT_MS,
  );
  simulator.unmute(WHITE);
  simulator.report(WHITE, { 'genOnOff.onOff': 1 });
  await eventually(isReachable, (is) => is === true, 'and that it is back', LIMIT_MS);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite(
    'zigbee lamps are native: left out, this machine allows no network namespace (unshare) with a wire in it',
  );
  left.skip('every test of it', () => {});
  left.run();
}
