// How soon a change at home reaches every ecosystem: 200 lamps on the Matter bridge, three fabrics at once, each an
// independent controller in a process of its own. Prints milliseconds from the command to the last fabric that heard.
//
//   node test/bench/matter-bridge.ts [rounds] [lamps]

import { eventually, type Hub } from '../home/harness.ts';
import { again, bridgedHome, bridgeOf } from '../matter/bridge.ts';
import { enterNetwork, launchEcosystem, type Ecosystem } from '../matter/launch.ts';

const ROUNDS = Number(process.argv[2] ?? 60);
const LAMPS = Number(process.argv[3] ?? 200);
const WARM_ROUNDS_MAX = 20;
const HEARD_LIMIT_MS = 20_000;
const ECOSYSTEMS = [
  ['Apple Home', 0x1349],
  ['Google Home', 0x6006],
  ['SmartThings', 0x110a],
] as const;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

function tell(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
  console.log(`${what}: p50 ${p50} ms, p95 ${p95} ms, worst ${sorted.at(-1)} ms of ${sorted.length}`);
}

/** Joins them one after the other, through windows with the bridge's own code. */
async function join(hub: Hub, ecosystems: readonly Ecosystem[]): Promise<void> {
  for (const ecosystem of ecosystems) {
    await hub.ask('POST', '/api/plugins/matter/bridge/window', { seconds: 300 });
    const from = Date.now();
    await ecosystem.commission((await bridgeOf(hub)).qr);
    console.log(`${ecosystem.label} connected and knows ${LAMPS} lamps after ${Date.now() - from} ms`);
  }
}

/** Answers what the lamp is now, and when it was told. */
async function toggle(hub: Hub, device: string): Promise<{ on: boolean; at: number }> {
  const { properties } = (await hub.ask('GET', `/api/devices/${device}`)).body;
  const on = properties['onOff.on'].value !== true;
  const at = Date.now();
  await hub.ask('POST', `/api/devices/${device}/commands`, { set: { 'onOff.on': on } });
  return { on, at };
}

/** Milliseconds until each of them has heard of it. */
async function round(hub: Hub, ecosystems: readonly Ecosystem[], number: number): Promise<number[]> {
  const { endpoints } = await bridgeOf(hub);
  const { device, number: endpoint } = endpoints[number % endpoints.length]!;
  await Promise.all(ecosystems.map((each) => each.forget()));
  const { on, at } = await toggle(hub, device);
  return Promise.all(
    ecosystems.map(async (ecosystem) => {
      const heard = async (): Promise<number | undefined> =>
        (await ecosystem.changes()).find((each) => each.endpoint === endpoint && each.values['onOff'] === on)?.at;
      const then = await eventually(heard, (found) => found !== undefined, `${ecosystem.label} heard`, HEARD_LIMIT_MS);
      return then! - at;
    }),
  );
}

/** An ecosystem subscribes after it has connected: until then it hears of nothing. */
async function warm(hub: Hub, ecosystems: readonly Ecosystem[]): Promise<void> {
  for (let attempt = 0; attempt < WARM_ROUNDS_MAX; attempt += 1) {
    const heard = await round(hub, ecosystems, 0).catch(() => null);
    if (heard !== null) return;
  }
  throw new Error('an ecosystem never subscribed');
}

async function measure(hub: Hub, ecosystems: readonly Ecosystem[]): Promise<void> {
  await warm(hub, ecosystems);
  const last: number[] = [];
  const each: number[] = [];
  for (let number = 0; number < ROUNDS; number += 1) {
    const times = await round(hub, ecosystems, number * 7);
    last.push(Math.max(...times));
    each.push(...times);
  }
  tell('a change reaches a fabric', each);
  tell('a change reaches every fabric', last);
}

/** After a power cut: who is still paired, and when each can command again. */
async function restart(hub: Hub, ecosystems: readonly Ecosystem[]): Promise<Hub> {
  await hub.kill();
  const from = Date.now();
  const back = await again(hub);
  console.log(`back after ${Date.now() - from} ms with ${(await bridgeOf(back)).fabrics.length} of 3 pairings`);
  const { number } = (await bridgeOf(back)).endpoints[0]!;
  for (const ecosystem of ecosystems) {
    const [peer] = await ecosystem.peers();
    const command = (): Promise<boolean> =>
      ecosystem.command(peer!, number, 'onOff', 'toggle').then(
        () => true,
        () => false,
      );
    await eventually(command, Boolean, `${ecosystem.label} commands again`, 120_000);
    console.log(`${ecosystem.label} commands again after ${Date.now() - from} ms`);
  }
  return back;
}

async function main(): Promise<void> {
  let hub = await bridgedHome({ lamps: LAMPS }, { include: { all: true } });
  const ecosystems = await Promise.all(ECOSYSTEMS.map(([label, vendor]) => launchEcosystem(label, vendor)));
  const { memory } = (await hub.ask('GET', '/api/plugins/matter')).body.health;
  console.log(`plugin memory with ${LAMPS} lamps: ${Math.round(memory / 1_048_576)} MiB`);
  await join(hub, ecosystems);
  await measure(hub, ecosystems);
  hub = await restart(hub, ecosystems);
  await hub.kill();
  await Promise.all(ecosystems.map((each) => each.close()));
}

const network = enterNetwork(import.meta.filename);
if (network === 'none') console.log('This machine allows no network namespace: nothing was measured.');
if (network === 'here') await main();
