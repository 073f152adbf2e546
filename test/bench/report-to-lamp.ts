// From a sensor's report to the lamp's command: the simulator's last report byte written until the first frame that asks the
// radio to send. Through herdsman, the plugin's process, the journal on a real disk, and the core.

import { eventually, startHub, type Hub } from '../home/harness.ts';
import { createSimulator, type Simulator } from '../zigbee-simulator/simulator.ts';
import { percentile } from './statistics.ts';

/** What the sensor drives: a lamp goes at once, a lock waits until the journal is on the disk. */
export type Driven = 'ikea-color-lamp' | 'yale-lock';
const SENSOR = 'philips-motion';
const REPORTS = 1_000;
const SPACING_MS = 15;
const BURST = 10_000;
const AF = 4;
const DATA_REQUEST = 1;
const INCOMING = 0x81;

export interface Figures {
  readonly reports: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly sustainedPerSecond: number;
}

const idOf = (simulator: Simulator, model: string): string => `zigbee:${simulator.device(model).ieee}`;

const follow = (simulator: Simulator, driven: Driven, on: boolean) => {
  const target = { device: idOf(simulator, driven) };
  const lamp = { kind: 'set', target, values: { 'onOff.on': on } };
  const lock = { kind: 'command', target, command: on ? 'lock.unlock' : 'lock.lock' };
  return {
    id: `follow-${String(on)}`,
    mode: 'parallel',
    triggers: [{ kind: 'property', device: idOf(simulator, SENSOR), property: 'occupancy.occupied', becomes: on }],
    actions: [driven === 'yale-lock' ? lock : lamp],
  };
};

async function prepare(simulator: Simulator, hub: Hub, driven: Driven): Promise<void> {
  await hub.claim();
  const settings = { port: simulator.url, adapter: 'zstack' };
  const enabled = await hub.ask('PUT', '/api/plugins/zigbee', { enabled: true, settings });
  if (enabled.status !== 200) throw new Error(JSON.stringify(enabled.body));
  await hub.ask('POST', '/api/plugins/zigbee/pairing', { seconds: 120, insecure: true });
  await eventually(() => Promise.resolve(simulator.permitsJoining), Boolean, 'joining is permitted');
  for (const model of [driven, SENSOR]) {
    simulator.join(model);
    const path = '/api/plugins/zigbee/pairing';
    const isReady = (body: { devices: { device?: string; step: string }[] } | null): boolean =>
      body?.devices.some(({ device, step }) => device === idOf(simulator, model) && step === 'ready') === true;
    await eventually(
      () => hub.ask('GET', path),
      ({ body }) => isReady(body),
      `${model} is ready`,
      30_000,
    );
  }
  await hub.ask('DELETE', '/api/plugins/zigbee/pairing');
  for (const on of [true, false]) {
    const made = await hub.ask('POST', '/api/automations', follow(simulator, driven, on));
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends one report and answers how long the radio's data request took, in milliseconds. */
function once(simulator: Simulator, occupied: boolean): Promise<number> {
  const answer = Promise.withResolvers<number>();
  const limit = setTimeout(() => answer.reject(new Error('no command came')), 5_000);
  let reportedAt = Number.NaN;
  simulator.onFrame((frame) => {
    if (frame.subsystem !== AF) return;
    if (frame.from === 'coordinator' && frame.command === INCOMING && Number.isNaN(reportedAt)) reportedAt = frame.at;
    if (frame.from !== 'host' || frame.command !== DATA_REQUEST || Number.isNaN(reportedAt)) return;
    clearTimeout(limit);
    simulator.onFrame(null);
    answer.resolve(frame.at - reportedAt);
  });
  simulator.report(SENSOR, { 'msOccupancySensing.occupancy': occupied ? 1 : 0 });
  return answer.promise;
}

/** Reports of a temperature as fast as the link takes them, until the hub has journaled the last. */
async function burst(simulator: Simulator, hub: Hub): Promise<number> {
  const value = async (): Promise<unknown> => {
    const { body } = await hub.ask('GET', `/api/devices/${idOf(simulator, SENSOR)}`);
    return body.properties['temperature.temperature'].value;
  };
  const from = performance.now();
  for (let index = 1; index <= BURST; index++) {
    simulator.report(SENSOR, { 'msTemperatureMeasurement.measuredValue': index });
    if (index % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await eventually(value, (read) => read === BURST / 100, 'the last report arrived', 60_000);
  return (BURST * 1000) / (performance.now() - from);
}

export async function measureReport(driven: Driven, reports = REPORTS): Promise<Figures> {
  const simulator = await createSimulator({ devices: [driven, SENSOR] });
  const hub = await startHub({ env: { LINTEL_LOG: 'warn' } });
  try {
    await prepare(simulator, hub, driven);
    for (let index = 0; index < 100; index++) await once(simulator, index % 2 === 0).then(() => pause(SPACING_MS));
    const took: number[] = [];
    for (let index = 0; index < reports; index++) {
      took.push(await once(simulator, index % 2 === 0));
      await pause(SPACING_MS);
    }
    const sorted = took.toSorted((a, b) => a - b);
    return {
      reports,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      maxMs: sorted.at(-1)!,
      sustainedPerSecond: await burst(simulator, hub),
    };
  } finally {
    await hub.kill();
    await simulator.close();
  }
}
