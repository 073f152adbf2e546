// The Matter controller against real devices, each a node of its own on one network: pairing among bystanders, commands, a
// device cut off and back, the plugin's start, and a restart with a whole fleet. Beside the hub's figures stand those of a bare
// matter.js controller on the same network, as the floor.
//
//   node test/bench/matter-controller.ts [part…]     parts: commission, command, away, fleet; all by default
//   LAMPS=50 BYSTANDERS=50 ROUNDS=60 RESTARTS=3       how many of each
//
// What the devices keep lies in memory: a real one has a flash of its own, and does not share the hub's disk.

import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { eventually } from '../home/harness.ts';
import {
  enterNetwork,
  launchDevices,
  launchEcosystem,
  type Devices,
  type Ecosystem,
  type Wanted,
} from '../matter/launch.ts';
import { MatterHome } from './matter-home.ts';
import { processorTime } from './processor-time.ts';
import { median, percentile } from './statistics.ts';

const LAMPS = Number(process.env['LAMPS'] ?? 50);
const BYSTANDERS = Number(process.env['BYSTANDERS'] ?? 50);
const ROUNDS = Number(process.env['ROUNDS'] ?? 60);
const RESTARTS = Number(process.env['RESTARTS'] ?? 3);
const MEMORY = '/dev/shm';
const PAIRINGS = 12;
const WARM_ROUNDS = 6;
const TOGGLE_PAUSE_MS = 50;
const SETTLE_MS = 10_000;
const TEST_VENDOR = 0xfff1;
const SUBSCRIBE_LIMIT_MS = 60_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const lamps = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, number) => ({ kind: 'on-off-light', id: `${prefix}-${number}` }));

const launch = (wanted: readonly Wanted[]): Promise<Devices> =>
  launchDevices(wanted, existsSync(MEMORY) ? MEMORY : tmpdir());

function tell(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share).toFixed(1));
  const least = sorted[0]!.toFixed(1);
  console.log(`${what}: least ${least} ms, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms of ${sorted.length}`);
}

const tellOne = (what: string, ms: number): void => console.log(`${what}: ${Math.round(ms)} ms`);

async function commission(home: MatterHome): Promise<void> {
  const [bystanders, wanted] = await Promise.all([
    launch(lamps(BYSTANDERS, 'bystander')),
    launch(lamps(PAIRINGS * 2, 'wanted')),
  ]);
  const floor = await launchEcosystem('Floor', TEST_VENDOR);
  const [ours, theirs]: [number[], number[]] = [[], []];
  const steps = new Map<string, number[]>();
  for (const [number, { qr }] of wanted.all.entries()) {
    const from = performance.now();
    if (number % 2 === 1) theirs.push(await floor.commission(qr).then(() => performance.now() - from));
    else {
      const paired = await home.pair(qr);
      ours.push(paired.ms);
      for (const [step, ms] of paired.steps) steps.set(step, [...(steps.get(step) ?? []), ms]);
    }
  }
  tell(`commission among ${BYSTANDERS} others`, ours);
  for (const [step, times] of steps) console.log(`  ${step} after ${median(times)} ms`);
  tell('  floor: bare matter.js', theirs);
  const tries = await bystanders.tries();
  console.log(`codes tried on bystanders: ${tries}`);
  if (tries > 0) process.exitCode = 1;
  await Promise.all([bystanders.close(), wanted.close(), floor.close()]);
}

async function command(home: MatterHome): Promise<void> {
  const devices = await launch(lamps(2, 'commanded'));
  const floor = await launchEcosystem('Floor', TEST_VENDOR);
  const { device } = await home.pair(devices.all[0]!.qr);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_ROUNDS; round += 1) {
    const { ms, status } = await home.switch(device, round % 2 === 0);
    if (status !== 200) throw new Error(`a command ended with ${status}`);
    times.push(ms);
    await wait(TOGGLE_PAUSE_MS);
  }
  tell('command → confirmed, through the API', times.slice(WARM_ROUNDS));
  await tellFloor(floor, devices);
  await Promise.all([devices.close(), floor.close()]);
}

async function tellFloor(floor: Ecosystem, devices: Devices): Promise<void> {
  const peer = await floor.commission(devices.all[1]!.qr);
  const { number } = (await devices.all[1]!.view()).endpoints['main']!;
  await floor.toggle(peer, number, WARM_ROUNDS);
  tell('  floor: bare matter.js', await floor.toggle(peer, number, ROUNDS));
}

/** The power is cut, comes back, and then the device is out of reach for a while without losing power. */
async function away(home: MatterHome): Promise<void> {
  const devices = await launch(lamps(1, 'cut'));
  const { device } = await home.pair(devices.all[0]!.qr);
  await wait(2_000);
  await devices.powerCut();
  await tellAway(home, device, 'without power');
  await devices.powerOn();
  tellOne('back after its power is', await home.until(device, isThere, 'it is back'));
  await wait(2_000);
  devices.freeze();
  await tellAway(home, device, 'out of reach');
  devices.thaw();
  tellOne('back after it is in reach', await home.until(device, isThere, 'it is back'));
  await devices.close();
}

const isThere = ({ online, stale }: { online: boolean; stale: boolean }): boolean => online && !stale;

async function tellAway(home: MatterHome, device: string, how: string): Promise<void> {
  const stale = await home.until(device, (each) => each.stale, 'it is stale');
  tellOne(`stale, ${how}`, stale);
  tellOne(`offline, ${how}`, stale + (await home.until(device, (each) => !each.online, 'it is offline')));
  tellOne(`a command to it has failed, ${how}`, (await home.switch(device, true)).ms);
}

async function fleet(home: MatterHome): Promise<void> {
  const devices = await launch(lamps(LAMPS, 'fleet'));
  const times: number[] = [];
  for (const { qr } of devices.all) times.push((await home.pair(qr)).ms);
  tell(`pairing ${LAMPS} lamps`, times);
  await subscribed(devices, new Set());
  console.log(`plugin memory with ${LAMPS} lamps: ${await home.memoryMib()} MiB`);
  for (let round = 0; round < RESTARTS; round += 1) await restart(home, devices);
  await wait(SETTLE_MS);
  console.log(`plugin memory after the restart: ${await home.memoryMib()} MiB`);
  await devices.close();
  await fleetFloor();
}

async function restart(home: MatterHome, devices: Devices): Promise<void> {
  const before = new Set((await devices.subscriptions()).flat());
  const [from, spent] = [performance.now(), processorMs(devices)];
  tellOne(`the plugin restarts with ${LAMPS} lamps`, await home.restartPlugin());
  await subscribed(devices, before);
  tellOne(`all ${LAMPS} are subscribed, from the restart`, performance.now() - from);
  tellOne('  processor time of the lamps for it', processorMs(devices) - spent);
  await wait(SETTLE_MS);
}

/** The same with bare matter.js, which keeps what it knows in files and loads its modules one by one. */
async function fleetFloor(): Promise<void> {
  const [devices, floor] = await Promise.all([launch(lamps(LAMPS, 'floor')), launchEcosystem('Floor', TEST_VENDOR)]);
  for (const { qr } of devices.all) await floor.commission(qr);
  await subscribed(devices, new Set());
  const before = new Set((await devices.subscriptions()).flat());
  await floor.powerCut();
  const from = performance.now();
  await floor.powerOn();
  await subscribed(devices, before);
  tellOne(`  floor: all ${LAMPS} are subscribed by bare matter.js`, performance.now() - from);
  await Promise.all([devices.close(), floor.close()]);
}

/** What all these devices have used of the processor since they were started: they share one process. */
const processorMs = (devices: Devices): number => processorTime(devices.peer().process.pid!);

/** Every device serves a subscription that is not an old one, by the devices' own account. */
const subscribed = (devices: Devices, old: ReadonlySet<number>): Promise<unknown> =>
  eventually(
    () => devices.subscriptions(),
    (all) => all.every((numbers) => numbers.some((each) => !old.has(each))),
    'all are subscribed',
    SUBSCRIBE_LIMIT_MS,
  );

const PARTS: Readonly<Record<string, (home: MatterHome) => Promise<void>>> = { command, commission, away, fleet };

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length > 0 ? wanted : Object.keys(PARTS)) {
    const { home, startMs } = await MatterHome.open();
    tellOne(`${name}: the plugin starts`, startMs);
    await PARTS[name]!(home).finally(() => home.close());
  }
}

const network = enterNetwork(import.meta.filename);
if (network === 'none') console.log('This machine allows no network namespace: nothing was measured.');
if (network === 'here') await main();
