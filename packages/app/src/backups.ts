// `lintel backup`, `restore`, `doctor` and `replay`: on the folder of a hub that runs, or of one that does not.

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { lockFolder, rehearse, systemScheduler, tryBackup, writeBackup, type Rehearsal } from '@lintel/hub';
import { askHub } from './control.ts';
import { ConfigurationError, type Options } from './options.ts';
import { putInPlace, restoringFolder } from './put-in-place.ts';
import { VERSION } from './version.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Writes the home to a file, and tries whether it comes back from it. */
export async function makeBackup(file: string, { data }: Options): Promise<number> {
  const target = resolve(file);
  if (!existsSync(dirname(target)))
    throw new ConfigurationError(`there is no folder ${dirname(target)} for the backup`);
  const asked = await askHub(data, 'backup', { file: target });
  if (asked === null) await backUpStopped(data, target);
  say(`${target}: ${statSync(target).size} bytes. It holds the keys of your home: keep it where only you can read it.`);
  return 0;
}

async function backUpStopped(data: string, file: string): Promise<void> {
  requireHome(data);
  const unlock = lockFolder(data);
  try {
    const at = new Date().toISOString();
    await writeBackup(data, file, { version: VERSION, at, scratch: `${data}.backing-up`, scheduler: systemScheduler });
  } finally {
    unlock();
  }
}

/** Brings a home back from a file; what was in the data folder is kept beside it. */
export async function restoreBackup(file: string, { data }: Options): Promise<number> {
  const folder = restoringFolder(data);
  try {
    const found = await tryBackup(resolve(file), folder, systemScheduler);
    if (existsSync(data)) lockFolder(data)();
    const aside = putInPlace(folder, data);
    say(`${nameOf(found)} is back in ${data}.${aside === null ? '' : ` What was there lies in ${aside}.`}`);
    tellLosses(found);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Looks whether the home would come back whole; 1 where it would not. */
export async function examine({ data }: Options): Promise<number> {
  const health = (await askHub(data, 'health')) as { status: string; reasons: readonly string[] } | null;
  if (health !== null) {
    say(`A hub runs on ${data}: ${health.status}.${health.reasons.map((reason) => `\n  ${reason}`).join('')}`);
    return health.status === 'ok' ? 0 : 1;
  }
  requireHome(data);
  const file = join(mkdtempSync(join(tmpdir(), 'lintel-doctor-')), 'home');
  try {
    await backUpStopped(data, file);
    const found = await inScratch((folder) => tryBackup(file, folder, systemScheduler));
    describe(found);
    return found.losses.length === 0 ? 0 : 1;
  } finally {
    rmSync(dirname(file), { recursive: true, force: true });
  }
}

/** Replays the journal of a backup twice, each on its own, and says what home it leads to. */
export async function replay(file: string): Promise<number> {
  const [first, second] = await inScratch(async (folder) => {
    const once = await tryBackup(resolve(file), folder, systemScheduler);
    return [once, await rehearse(folder, systemScheduler)] as const;
  });
  describe(first);
  if (first.stateHash === second.stateHash) return 0;
  say(`Replaying it again led to another state, ${second.stateHash}: this is a bug of ours.`);
  return 1;
}

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'lintel-'));
  try {
    return await work(join(scratch, 'home'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function requireHome(data: string): void {
  if (!existsSync(join(data, 'lintel.db'))) throw new ConfigurationError(`there is no home in ${data}`);
}

const nameOf = ({ home }: Rehearsal): string => (home === null ? 'A home that nobody claimed' : JSON.stringify(home));

function describe(found: Rehearsal): void {
  const { devices, automations, records, image, stateHash } = found;
  say(`${nameOf(found)}: ${devices} devices, ${automations} automations.`);
  say(`The journal reaches record ${records}; ${records - image} of them were replayed after the image.`);
  say(`The state of the automations is ${stateHash}.`);
  tellLosses(found);
}

function tellLosses({ losses }: Rehearsal): void {
  for (const loss of losses) say(`Lost: ${loss}`);
}
