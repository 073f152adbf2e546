// Brings a home back from a folder without running it, to see that it can be done, and what would be lost.

import type { Scheduler } from '../clock.ts';
import { createHomeClock } from '../home-clock.ts';
import { openStorage } from '../storage.ts';

export interface Rehearsal {
  readonly home: string | null;
  readonly devices: number;
  readonly automations: number;
  /** The journal's newest record, and the record that the image stands at. */
  readonly records: number;
  readonly image: number;
  /** Of the automation core, after everything was replayed: equal wherever the same journal is. */
  readonly stateHash: string;
  /** What could not be brought back, in words. */
  readonly losses: readonly string[];
}

/** @throws HubError STORAGE_FAILED that names the damage */
export async function rehearse(folder: string, scheduler: Scheduler): Promise<Rehearsal> {
  const storage = await openStorage({
    data: folder,
    scheduler: createHomeClock(scheduler),
    seed: 0,
    onTrouble: () => undefined,
  });
  try {
    const { machine, journal, imageSequence, losses } = storage;
    return {
      home: machine.registry.home?.name ?? null,
      devices: machine.registry.list('devices').length,
      automations: machine.registry.list('automations').length,
      records: journal.last,
      image: imageSequence,
      stateHash: machine.core.stateHash(),
      losses,
    };
  } finally {
    await storage.close();
  }
}
