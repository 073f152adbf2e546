// The home of a scripted day in this process: journal, recovery, core, outbox as in the hub, on a simulated disk and with a
// clock that the test moves. Devices do what they are told; the slow ones answer at the next full ten seconds.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceCommand, Outcome } from '@lintel/model';
import { createOutbox } from '../../packages/hub/src/dispatch/outbox.ts';
import { captureImage } from '../../packages/hub/src/images/capture.ts';
import { encodeImage } from '../../packages/hub/src/images/image.ts';
import { openJournal } from '../../packages/hub/src/journal/journal.ts';
import { createHomeClock } from '../../packages/hub/src/home-clock.ts';
import { createKernel, SYSTEM, type Kernel } from '../../packages/hub/src/kernel.ts';
import { createBus } from '../../packages/hub/src/live/bus.ts';
import type { Machine } from '../../packages/hub/src/state/machine.ts';
import { recover } from '../../packages/hub/src/recovery.ts';
import { testClock, type TestClock } from '../../packages/hub/test/home.ts';
import { MIDNIGHT } from './scripted-day.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

const SEGMENT_BYTES = 64 * 1024;
const SLOW_GRID_MS = 10_000;

/** An image of the home at a journal number, as bytes. */
export interface StoredImage {
  readonly sequence: number;
  readonly bytes: Buffer;
}

export interface Told {
  readonly command: string;
  readonly device: string;
  readonly body: DeviceCommand;
}

export interface DayHome {
  readonly kernel: Kernel;
  readonly machine: Machine;
  /** Whatever a device was handed, in order. */
  readonly told: Told[];
  readonly losses: readonly string[];
  image(): StoredImage;
  /** Moves the time, waiting after each timer for what it set off. */
  until(at: number): Promise<void>;
  close(): void;
}

export interface DayOptions {
  readonly disk: SimulatedDisk;
  readonly at: number;
  readonly images?: readonly StoredImage[];
}

const nothing = { take: () => {}, flush: async () => {}, close: async () => {} };

export async function openDay({ disk, at, images = [] }: DayOptions): Promise<DayHome> {
  const clock = testClock(at);
  const homeClock = createHomeClock(clock);
  const journal = openJournal({ disk, scheduler: clock, segmentBytes: SEGMENT_BYTES });
  const { machine, losses } = await withImages(images, (imageFolder) =>
    recover({ journal, imageFolder, documents: [], applied: 0, now: at, seed: 7, replayed: () => {} }),
  );
  const fail = (error: unknown): never => {
    throw error;
  };
  const late = {} as { outbox: ReturnType<typeof createOutbox> };
  const kernel = createKernel({
    machine,
    journal,
    bus: createBus(0, fail),
    scheduler: homeClock,
    projector: { ...nothing, applied: 0 },
    history: nothing as never,
    newId: () => 'unused',
    outbox: () => late.outbox,
    onTrouble: fail,
  });
  const told: Told[] = [];
  const outbox = createOutbox({
    parts: machine,
    scheduler: clock,
    carrier: {
      ready: () => true,
      send: (_plugin, parcels, decided) => {
        for (const parcel of parcels) {
          told.push({ command: parcel.command, device: parcel.device, body: parcel.body });
          obey(kernel, clock, parcel.device, parcel.body, (outcome) => decided(parcel, outcome));
        }
      },
    },
    submit: kernel.submit,
    synced: (sequence) => journal.synced(sequence, true),
  });
  late.outbox = outbox;
  kernel.submit({ kind: 'start', body: { version: '0' } }, SYSTEM);
  kernel.begin();
  await settled();
  return {
    kernel,
    machine,
    told,
    losses,
    image: () => ({ sequence: journal.last, bytes: encodeImage(captureImage(machine, journal.last, clock.time)) }),
    until: (end) => advance(clock, end),
    close: () => {
      kernel.close();
      outbox.close();
    },
  };
}

/** Synced promises and what hangs on them. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function advance(clock: TestClock, end: number): Promise<void> {
  for (let next = clock.next(); next !== null && next <= end; next = clock.next()) {
    clock.advance(Math.max(0, next - clock.time));
    await settled();
  }
  clock.advance(end - clock.time);
  await settled();
}

function obey(
  kernel: Kernel,
  clock: TestClock,
  device: string,
  command: DeviceCommand,
  decided: (outcome: Outcome) => void,
): void {
  const done = (): void => {
    const values = 'set' in command ? command.set : { 'lock.state': 'locked' };
    kernel.submit({ kind: 'report', body: { device, values } }, { kind: 'device', id: device });
    decided({ status: 'done' });
  };
  if (!device.startsWith('virtual:slow')) return done();
  clock.after((SLOW_GRID_MS - ((clock.time - MIDNIGHT) % SLOW_GRID_MS)) % SLOW_GRID_MS, done);
}

async function withImages<T>(images: readonly StoredImage[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-day-'));
  try {
    for (const { sequence, bytes } of images)
      writeFileSync(join(folder, `${String(sequence).padStart(16, '0')}.image`), bytes);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
