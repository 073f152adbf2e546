// Starts peers and takes hold of them: the one file of this folder that tests import.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { INTERFACE } from './network.ts';
import type { State } from './kind.ts';
import type { ChangeSeen } from './controller.ts';
import type { DeviceOptions, DeviceView, PeerView } from './node.ts';

export { enterNetwork, INTERFACE, PAIR } from './network.ts';

const START_LIMIT_MS = 150_000;

/** A process that prints the port of its control. */
export interface Peer {
  readonly process: ChildProcess;
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The power plug. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Bytes in memory now. */
  memory(): number;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

async function controlOf(child: ChildProcess): Promise<number> {
  let output = '';
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk));
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`the peer was not up in time:\n${output}`)), START_LIMIT_MS);
    createInterface(child.stdout!).on('line', (line) => {
      const found = /^control (\d+)$/.exec(line);
      if (found === null) return void (output += `${line}\n`);
      clearTimeout(limit);
      resolve(Number(found[1]));
    });
    child.once('exit', (code) => reject(new Error(`the peer ended with ${code}:\n${output}`)));
  });
}

export async function launch(program: string, options: unknown): Promise<Peer> {
  const file = join(import.meta.dirname, program);
  const child = spawn(process.execPath, [file, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await controlOf(child);
  return {
    process: child,
    ask: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: JSON.stringify(body) ?? null });
      const answer = (await response.json()) as T;
      if (!response.ok) throw new Error(`${method} ${path}: ${(answer as { error: string }).error}`);
      return answer;
    },
    kill: async () => {
      running.delete(child);
      child.kill('SIGKILL');
      await gone;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
  };
}

export interface Codes {
  readonly qr: string;
  readonly manual: string;
  readonly passcode: number;
  readonly discriminator: number;
}

/** One device, wherever its process is. */
export interface TestDevice extends Codes {
  readonly id: string;
  readonly kind: string;
  view(): Promise<DeviceView>;
  /** `{onOff: {onOff: true}}` of an endpoint, by the device's own account. */
  state(endpoint?: string): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
  set(values: State, endpoint?: string): Promise<void>;
  press(gesture: string, endpoint?: string): Promise<void>;
  act(action: string, body?: unknown): Promise<void>;
}

export interface Devices {
  readonly folder: string;
  readonly peer: () => Peer;
  readonly all: readonly TestDevice[];
  readonly device: (id: string) => TestDevice;
  /** How often anyone tried a code on any of them. */
  tries(): Promise<number>;
  /** The numbers of the subscriptions that each of them serves. */
  subscriptions(): Promise<readonly (readonly number[])[]>;
  powerCut(): Promise<void>;
  /** Power again, with what was kept on the disk. */
  powerOn(): Promise<void>;
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export type Wanted = Partial<DeviceOptions> & { readonly kind: string };

let made = 0;

/** Passcodes and discriminators differ within a run; ports do too. */
function complete(wanted: Wanted): DeviceOptions {
  made += 1;
  const id = wanted.id ?? `${wanted.kind}-${made}`;
  const defaults = { passcode: 20_202_000 + made * 7, discriminator: (made * 331) % 4096, port: 5600 + made };
  return { ...defaults, ...wanted, id };
}

/**
 * All of them in one process: that is quicker, and one plug cuts them all.
 *
 * @param under where they keep what they know
 */
export async function launchDevices(wanted: readonly Wanted[], under = tmpdir()): Promise<Devices> {
  const devices = wanted.map(complete);
  const folder = mkdtempSync(join(under, 'lintel-matter-'));
  mkdirSync(folder, { recursive: true });
  const start = (): Promise<Peer> => launch('device.ts', { folder, interface: INTERFACE, devices });
  let peer = await start();
  const codes = await peer.ask<readonly (Codes & DeviceOptions)[]>('GET', '/');
  const all = codes.map((each) => deviceOf(each, () => peer));
  const device = (id: string): TestDevice => {
    const found = all.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no device ${id}`);
    return found;
  };
  return {
    folder,
    peer: () => peer,
    all,
    device,
    tries: () => peer.ask('GET', '/tries'),
    subscriptions: () => peer.ask('GET', '/subscriptions'),
    powerCut: () => peer.kill(),
    powerOn: async () => void (peer = await start()),
    freeze: () => peer.freeze(),
    thaw: () => peer.thaw(),
    close: async () => {
      await peer.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const launchDevice = async (wanted: Wanted): Promise<{ device: TestDevice; devices: Devices }> => {
  const devices = await launchDevices([wanted]);
  return { device: devices.all[0]!, devices };
};

function deviceOf(codes: Codes & DeviceOptions, peer: () => Peer): TestDevice {
  const path = `/devices/${codes.id}`;
  const act = (action: string, body: unknown = {}): Promise<void> => peer().ask('POST', `${path}/${action}`, body);
  const view = (): Promise<DeviceView> => peer().ask('GET', path);
  return {
    ...codes,
    view,
    state: async (endpoint = 'main') => (await view()).endpoints[endpoint]!.state,
    set: (values, endpoint = 'main') => act('set', { endpoint, values }),
    press: (gesture, endpoint = 'main') => act('press', { endpoint, gesture }),
    act,
  };
}

/** Another ecosystem, with a fabric of its own. */
export interface Ecosystem {
  readonly label: string;
  readonly peer: () => Peer;
  /** Answers the peer's id. */
  commission(code: string): Promise<string>;
  peers(): Promise<readonly string[]>;
  view(peer: string): Promise<PeerView>;
  command(peer: string, endpoint: number, cluster: string, command: string, args?: unknown): Promise<unknown>;
  /** Milliseconds from each of so many commands to the device's answer, measured in its own process. */
  toggle(peer: string, endpoint: number, rounds: number): Promise<readonly number[]>;
  set(peer: string, endpoint: number, values: State): Promise<void>;
  leave(peer: string): Promise<void>;
  /** Lets a peer hear messages to a group; who is in it, its endpoints are told. */
  group(peer: string, group: number): Promise<void>;
  /** Commands all members of a group at once. */
  groupcast(group: number, cluster: string, command: string, args?: unknown): Promise<void>;
  /** What it heard since the last `forget`, oldest first. */
  changes(): Promise<readonly ChangeSeen[]>;
  forget(): Promise<void>;
  powerCut(): Promise<void>;
  powerOn(): Promise<void>;
  close(): Promise<void>;
}

export async function launchEcosystem(label: string, vendor: number): Promise<Ecosystem> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-ecosystem-'));
  const start = (): Promise<Peer> => launch('controller.ts', { folder, interface: INTERFACE, label, vendor });
  let peer = await start();
  return {
    label,
    peer: () => peer,
    commission: async (code) => (await peer.ask<{ peer: string }>('POST', '/commission', { code })).peer,
    peers: async () => (await peer.ask<{ id: string }[]>('GET', '/peers')).map(({ id }) => id),
    view: (id) => peer.ask('GET', `/peers/${id}`),
    command: (id, endpoint, cluster, command, args) =>
      peer.ask('POST', `/peers/${id}/command`, { endpoint, cluster, command, args }),
    toggle: (id, endpoint, rounds) => peer.ask('POST', `/peers/${id}/toggle`, { endpoint, rounds }),
    set: (id, endpoint, values) => peer.ask('POST', `/peers/${id}/set`, { endpoint, values }),
    leave: (id) => peer.ask('POST', `/peers/${id}/leave`),
    group: (id, group) => peer.ask('POST', `/peers/${id}/group`, { group }),
    groupcast: (group, cluster, command, args) => peer.ask('POST', '/groupcast', { group, cluster, command, args }),
    changes: () => peer.ask('GET', '/changes'),
    forget: () => peer.ask('POST', '/changes/clear'),
    powerCut: () => peer.kill(),
    powerOn: async () => void (peer = await start()),
    close: () => peer.kill(),
  };
}
