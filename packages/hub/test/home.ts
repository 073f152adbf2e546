// A home in this very process, without plugins: real journal, databases, core and outbox, a clock that tests move, and devices
// that do at once what they are told.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceCommand, EndpointDescription, Outcome, Values } from '@lintel/model';
import { endpoint, level, media, occupancy, onOff, temperature } from '@lintel/sdk';
import type { Scheduler } from '../src/clock.ts';
import { createOutbox } from '../src/dispatch/outbox.ts';
import { createImager, type Imager } from '../src/images/imager.ts';
import type { Change } from '../src/interface.ts';
import type { Input, JournalRecord } from '../src/journal/records.ts';
import { createHomeClock, type HomeClock } from '../src/home-clock.ts';
import { createKernel, SYSTEM, type Kernel } from '../src/kernel.ts';
import { createBus } from '../src/live/bus.ts';
import { createSink } from '../src/sink.ts';
import { openStorage, type Storage } from '../src/storage.ts';

export const MONDAY = Date.UTC(2026, 10, 23, 11, 0);
export const PLACE = { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' };

export interface TestClock extends Scheduler {
  time: number;
  /** How far the clock was set since it began, in milliseconds. */
  setBy: number;
  /** Someone sets the clock. */
  set(byMs: number): void;
  /** When the next timer is due; null where none is armed. */
  next(): number | null;
  /** Moves the time, calling what falls due on the way. */
  advance(ms: number): void;
}

export function testClock(time: number): TestClock {
  let timers: { at: number; run: () => void }[] = [];
  const clock: TestClock = {
    time,
    setBy: 0,
    set: (byMs) => {
      clock.time += byMs;
      clock.setBy += byMs;
      timers = timers.map((each) => ({ ...each, at: each.at + byMs }));
    },
    now: () => clock.time,
    steady: () => clock.time - clock.setBy,
    next: () => (timers.length === 0 ? null : Math.min(...timers.map(({ at }) => at))),
    after: (ms, run) => {
      const timer = { at: clock.time + Math.max(0, ms), run };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
    advance: (ms) => {
      const end = clock.time + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((each) => each !== due);
        clock.time = Math.max(clock.time, due.at);
        due.run();
      }
      clock.time = end;
    },
  };
  return clock;
}

export interface TestHome {
  readonly clock: TestClock;
  readonly storage: Storage;
  readonly kernel: Kernel;
  readonly changes: Change[];
  readonly troubles: unknown[];
  /** What devices were told, in order. */
  readonly told: { device: string; command: DeviceCommand }[];
  /** Devices that do not answer what they are told. */
  readonly deaf: Set<string>;
  submit(input: Input, by?: JournalRecord['origin']): JournalRecord;
  report(device: string, values: Values): void;
  presence(source: string, presence: 'home' | 'away'): void;
  readonly sink: ReturnType<typeof createSink>;
  readonly outbox: ReturnType<typeof createOutbox>;
  readonly imager: Imager;
  close(): Promise<void>;
  /** The power plug: the same home from what lay on the disk at this moment. */
  killed(options?: { downFor?: number; meanwhile?: (folder: string) => void }): Promise<TestHome>;
}

export const ENDPOINTS: Readonly<Record<string, EndpointDescription[]>> = {
  lamp: [endpoint(onOff(), level())],
  lamp2: [endpoint(onOff(), level())],
  motion: [endpoint(occupancy())],
  thermometer: [endpoint(temperature())],
  speaker: [endpoint(media({ properties: ['volume'] }))],
};
const KINDS = { lamp: 'light', lamp2: 'light', motion: 'sensor', thermometer: 'sensor', speaker: 'media' } as const;

export async function openHome(options: { folder?: string; clock?: TestClock } = {}): Promise<TestHome> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'lintel-hub-'));
  const clock = options.clock ?? testClock(MONDAY);
  const homeClock = createHomeClock(clock);
  const troubles: unknown[] = [];
  const onTrouble = (error: unknown): void => void troubles.push(error);
  const storage = await openStorage({ data: folder, scheduler: realTimers(homeClock), seed: 7, onTrouble });
  const { machine, journal, projector, history } = storage;
  const bus = createBus(0, onTrouble);
  const changes: Change[] = [];
  bus.subscribe((change) => changes.push(change));
  const told: TestHome['told'] = [];
  const deaf = new Set<string>();
  let ids = 0;
  const late = {} as { outbox: TestHome['outbox'] };
  const kernel = createKernel({
    machine,
    journal,
    bus,
    scheduler: homeClock,
    projector,
    history,
    newId: () => `ID${(ids += 1)}`,
    outbox: () => late.outbox,
    onTrouble,
  });
  const synced = (sequence: number): Promise<void> => journal.synced(sequence, true);
  const report = (device: string, values: Values): void => {
    kernel.submit({ kind: 'report', body: { device, values } }, { kind: 'device', id: device });
  };
  const obey = (device: string, command: DeviceCommand, decided: (outcome: Outcome) => void): void => {
    told.push({ device, command });
    if (deaf.has(device)) return;
    decided({ status: 'done' });
    if ('set' in command) report(device, command.set);
  };
  late.outbox = createOutbox({
    parts: machine,
    scheduler: homeClock,
    carrier: {
      ready: () => true,
      send: (_plugin, parcels, decided) => {
        for (const parcel of parcels) obey(parcel.device, parcel.body, (outcome) => decided(parcel, outcome));
      },
    },
    submit: kernel.submit,
    synced,
  });
  const imager = createImager({
    kernel,
    projector,
    history,
    folder: storage.folders.images,
    from: storage.imageSequence,
    onTrouble,
  });
  const sink = createSink({ kernel, onStatus: () => undefined, onTrouble });
  kernel.submit({ kind: 'start', body: { version: '0' } }, SYSTEM);
  kernel.begin();
  const close = async (): Promise<void> => {
    imager.close();
    kernel.close();
    late.outbox.close();
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const home: TestHome = {
    clock,
    storage,
    kernel,
    changes,
    troubles,
    told,
    deaf,
    submit: (input, by = SYSTEM) => kernel.submit(input, by),
    report,
    presence: (source, presence) => {
      const [plugin = '', key = ''] = source.split(':');
      sink.presence(plugin, key, presence, () => undefined);
    },
    sink,
    outbox: late.outbox,
    imager,
    close,
    killed: async ({ downFor = 0, meanwhile = () => {} } = {}) => {
      const copy = mkdtempSync(join(tmpdir(), 'lintel-hub-'));
      cpSync(folder, copy, { recursive: true, filter: (path) => !path.includes('lock.db') });
      await close();
      meanwhile(copy);
      return openHome({ folder: copy, clock: testClock(clock.time + downFor) });
    },
  };
  if (options.folder === undefined) await furnish(home);
  return home;
}

/** Storage flushes on real timers: its threads know no other time. Its clock is the test's. */
const realTimers = (clock: HomeClock): HomeClock =>
  Object.assign(Object.create(clock) as HomeClock, {
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });

async function furnish({ kernel, sink, report }: TestHome): Promise<void> {
  const value = {
    id: 'home',
    name: 'Home',
    ...PLACE,
    units: 'metric',
    language: 'en',
    mode: 'home',
    confirm: [],
    holidays: [],
  };
  await kernel.commit([{ collection: 'home', id: 'home', value }], SYSTEM);
  for (const [id, endpoints] of Object.entries(ENDPOINTS))
    await sink.device('virtual', {
      id,
      name: `The ${id}`,
      kind: KINDS[id as keyof typeof KINDS],
      endpoints,
      room: 'Hall',
    });
  report('virtual:lamp', { 'onOff.on': false, 'level.level': 0.8 });
  report('virtual:lamp2', { 'onOff.on': false, 'level.level': 0.8 });
}
