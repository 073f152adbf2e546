// A claimed hub with the Matter controller, for benches: pairs, commands and asks as a person would.

import { eventually, startHub, type Hub, type Live } from '../home/harness.ts';
import { INTERFACE } from '../matter/launch.ts';

const SETTINGS = { interface: INTERFACE, bridge: { enabled: false, include: {}, locks: false } };
const PAIRING_SECONDS = 40;
const ENDED = ['ready', 'failed', 'refused'];
const MIB = 1_048_576;

interface PairingEntry {
  readonly step: string;
  readonly device?: string;
}

export class MatterHome {
  readonly hub: Hub;
  #live: Live;

  private constructor(hub: Hub, live: Live) {
    this.hub = hub;
    this.#live = live;
  }

  /** Answers the home and how many milliseconds the plugin took from being switched on. */
  static async open(): Promise<{ home: MatterHome; startMs: number }> {
    const hub = await startHub();
    await hub.claim();
    const from = performance.now();
    const answer = await hub.ask('PUT', '/api/plugins/matter', { enabled: true, settings: SETTINGS });
    if (answer.status !== 200) throw new Error(`matter: ${answer.status} ${JSON.stringify(answer.body)}`);
    await running(hub);
    const startMs = performance.now() - from;
    return { home: new MatterHome(hub, await hub.live()), startMs };
  }

  /** Pairs by code; answers the device, the milliseconds until it was ready, and until each step by its name. */
  async pair(code: string): Promise<{ device: string; ms: number; steps: ReadonlyMap<string, number> }> {
    const from = performance.now();
    const begun = Date.now();
    const { status, body } = await this.hub.ask('POST', '/api/plugins/matter/pairing', {
      code,
      seconds: PAIRING_SECONDS,
      insecure: true,
    });
    if (status !== 201) throw new Error(`pairing: ${status} ${JSON.stringify(body)}`);
    const ended = ({ devices }: { devices: readonly PairingEntry[] }): PairingEntry | undefined =>
      devices.find(({ step }) => ENDED.includes(step));
    const frame = await this.#live.until(
      (each) => each.topic === 'pairing' && each.id === body.id && ended(each.pairing) !== undefined,
      'the pairing ends',
      PAIRING_SECONDS * 1000,
    );
    const ms = performance.now() - from;
    const entry = ended(frame.pairing)!;
    if (entry.step !== 'ready') throw new Error(`pairing: ${JSON.stringify(entry)}`);
    const told = this.#live.frames.filter((each) => each.id === body.id);
    const steps = new Map<string, number>();
    for (const { at, pairing } of told.toReversed())
      for (const { step } of pairing.devices) steps.set(step, Date.parse(at) - begun);
    this.#live.frames.length = 0;
    return { device: entry.device!, ms, steps };
  }

  /** Milliseconds until the API has answered, and how. */
  async switch(device: string, on: boolean): Promise<{ ms: number; status: number }> {
    const from = performance.now();
    const { status } = await this.hub.ask('POST', `/api/devices/${device}/commands`, { set: { 'onOff.on': on } });
    return { ms: performance.now() - from, status };
  }

  async device(id: string): Promise<{ online: boolean; stale: boolean }> {
    return (await this.hub.ask('GET', `/api/devices/${id}`)).body;
  }

  /** Milliseconds until the device is seen so. */
  async until(
    id: string,
    fits: (device: { online: boolean; stale: boolean }) => boolean,
    what: string,
  ): Promise<number> {
    const from = performance.now();
    await eventually(() => this.device(id), fits, what, 60_000);
    return performance.now() - from;
  }

  async memoryMib(): Promise<number> {
    const { memory } = (await this.hub.ask('GET', '/api/plugins/matter')).body.health;
    return Math.round(memory / MIB);
  }

  /** Answers the milliseconds until the plugin runs again. */
  async restartPlugin(): Promise<number> {
    const from = performance.now();
    await this.hub.ask('POST', '/api/plugins/matter/restart');
    await running(this.hub);
    return performance.now() - from;
  }

  async close(): Promise<void> {
    this.#live.close();
    await this.hub.stop();
  }
}

const running = (hub: Hub): Promise<unknown> =>
  eventually(
    () => hub.ask('GET', '/api/plugins/matter'),
    ({ body }) => body.status === 'running',
    'the plugin runs',
    60_000,
  );
