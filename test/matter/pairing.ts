// A hub with the Matter plugin running, and how devices are paired with it.

import { eventually, startHub, type Hub } from '../home/harness.ts';
import { configure, running } from './bridge.ts';
import { INTERFACE } from './launch.ts';

export interface Ended {
  readonly step: string;
  readonly device?: string;
  readonly error?: { readonly code: string; readonly detail: string };
}

const ENDS = ['ready', 'failed', 'refused'];

/** A claimed hub that can pair Matter devices, and shows nothing of its own. */
export async function matterHub(): Promise<Hub> {
  const hub = await startHub();
  await hub.claim();
  await configure(hub, 'matter', { interface: INTERFACE, bridge: { enabled: false, include: {}, locks: false } });
  await running(hub, 'matter');
  return hub;
}

/** Answers how the pairing ended. */
export async function pair(hub: Hub, body: object, limitMs = 90_000): Promise<Ended> {
  const opened = await hub.ask('POST', '/api/plugins/matter/pairing', body);
  if (opened.status !== 201) throw new Error(`pairing: ${opened.status} ${JSON.stringify(opened.body)}`);
  const view = await eventually(
    async () => (await hub.ask('GET', '/api/plugins/matter/pairing')).body as { devices: readonly Ended[] },
    ({ devices }) => devices.some(({ step }) => ENDS.includes(step)),
    'the pairing ends',
    limitMs,
  );
  return view.devices.find(({ step }) => ENDS.includes(step))!;
}

/** Pairs a device of the tests' own, which no one has certified, and answers the hub's id of it. */
export async function join(hub: Hub, code: string): Promise<string> {
  const { step, device, error } = await pair(hub, { code, seconds: 40, insecure: true });
  if (step !== 'ready') throw new Error(`not paired: ${JSON.stringify(error)}`);
  return device!;
}
