// A home for tests: a simulated coordinator with devices, and the plugin in a hub in memory.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FakeClock, FakeHub, type FakeHubOptions } from '@lintel/sdk/testing';

import type { DeviceSpec } from '../../../test/zigbee-simulator/model.ts';
import { createSimulator, type Simulator } from '../../../test/zigbee-simulator/simulator.ts';
import plugin from '../src/index.ts';

/** Herdsman and the simulator run on the host's time, so the hub does too. */
export class HostClock extends FakeClock {
  constructor() {
    super(Date.now());
  }

  override now(): number {
    return Date.now();
  }

  override after(ms: number, fn: () => void): () => void {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  }
}

/** A network as if it had been formed before: forming one takes herdsman three seconds. */
export const FORMED = {
  panId: 0x1a2b,
  extendedPanId: [1, 2, 3, 4, 5, 6, 7, 8],
  networkKey: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 12, 13, 14, 15, 16],
  channel: 20,
};

export interface Home {
  readonly simulator: Simulator;
  readonly hub: FakeHub;
  /** The hub's id of a device. */
  id(reference: string): string;
  /** Lets devices join, and waits until they are ready. */
  join(...references: string[]): Promise<void>;
  close(): Promise<void>;
}

export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'lintel-zigbee-'));

export const createHub = (simulator: Simulator, more: FakeHubOptions = {}): FakeHub =>
  new FakeHub({
    clock: new HostClock(),
    folder: makeFolder(),
    settings: { port: simulator.url, adapter: 'zstack' },
    secrets: { network: FORMED },
    ...more,
  });

/** Starts everything; the devices have not joined yet. */
export async function createHome(devices: readonly (DeviceSpec | string)[], more: FakeHubOptions = {}): Promise<Home> {
  const extendedPanId = `0x${Buffer.from(FORMED.extendedPanId).toString('hex')}` as const;
  const simulator = await createSimulator({ devices, network: { ...FORMED, extendedPanId } });
  const hub = createHub(simulator, more);
  await hub.start(plugin as never);
  return {
    simulator,
    hub,
    id: (reference) => simulator.device(reference).ieee,
    join: (...references) => joinAll(simulator, hub, references),
    close: async () => {
      await hub.stop();
      await simulator.close();
    },
  };
}

async function joinAll(simulator: Simulator, hub: FakeHub, references: readonly string[]): Promise<void> {
  const pairing = hub.pair({ seconds: 60, insecure: true });
  await until(() => simulator.permitsJoining);
  for (const each of references) simulator.join(each);
  const isReady = (reference: string): boolean =>
    pairing.steps.some((each) => each.step === 'ready' && each.address === simulator.device(reference).ieee);
  await until(() => references.every(isReady), 60_000);
  await pairing.stop();
  await until(() => !simulator.permitsJoining);
}

/** Resolves when `check` holds; rejects when it does not within `ms`. */
export async function until(check: () => boolean, ms = 30_000): Promise<void> {
  const limit = Date.now() + ms;
  while (!check()) {
    if (Date.now() > limit) throw new Error(`never came true: ${check.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** For what must not happen: long enough that it would have. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
