// Herdsman writes its device database and the coordinator's backup as plain files, skips what it cannot read, and says
// nothing. They are mirrored in the hub's store, and mended from there before each start.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import type { PluginContext } from '@lintel/sdk';

import { MIRROR_AFTER_MS } from './limits.ts';

const DATABASE = 'database';
const BACKUP = 'coordinator-backup';

interface Row {
  readonly id: number;
  readonly type?: string;
  readonly ieeeAddr?: string;
  readonly groupID?: number;
}

export class Mirror {
  readonly databasePath: string;
  readonly backupPath: string;
  readonly #ctx: PluginContext;
  #saved = '';
  #savedBackup = '';
  #isScheduled = false;

  constructor(ctx: PluginContext) {
    this.#ctx = ctx;
    mkdirSync(ctx.folder, { recursive: true });
    // The backup holds the network's key.
    chmodSync(ctx.folder, 0o700);
    this.databasePath = join(ctx.folder, 'database.db');
    this.backupPath = join(ctx.folder, 'coordinator-backup.json');
  }

  /** Puts back what is missing or damaged in the files. */
  async mend(): Promise<void> {
    const backup = await this.#ctx.secrets.get(BACKUP);
    this.#mendDatabase(await this.#keptDatabase());
    if (typeof backup === 'string' && !isJson(readText(this.backupPath))) {
      if (existsSync(this.backupPath)) this.#ctx.log.warn('The coordinator backup was damaged; it was restored.');
      writeFileSync(this.backupPath, backup, { mode: 0o600 });
    } else if (existsSync(this.backupPath) && !isJson(readText(this.backupPath))) {
      this.#ctx.log.warn('The coordinator backup was damaged and there is no copy; a new one will be made.');
      writeFileSync(`${this.backupPath}.damaged`, readText(this.backupPath), { mode: 0o600 });
      writeFileSync(this.backupPath, '');
    }
  }

  #mendDatabase(kept: string): void {
    const text = readText(this.databasePath);
    const mended = mendDatabase(text, kept);
    if (mended === text) return;
    this.#ctx.log.warn('The Zigbee device database was missing or damaged; it was restored from the hub.');
    writeFileSync(this.databasePath, mended, { mode: 0o600 });
  }

  async #keptDatabase(): Promise<string> {
    const kept = await this.#ctx.store.get(DATABASE);
    return typeof kept === 'string' ? unpack(kept).catch(() => '') : '';
  }

  /** Whether the copy holds any device besides the coordinator. */
  async hasDevices(): Promise<boolean> {
    const isDevice = (row: Row | null): boolean => row?.ieeeAddr !== undefined && row.type !== 'Coordinator';
    return rowsOf(await this.#keptDatabase()).some(isDevice);
  }

  /** Puts the copy back after the adapter came up as a new one, whose start empties the file. */
  async restoreDatabase(): Promise<void> {
    writeFileSync(this.databasePath, await this.#keptDatabase(), { mode: 0o600 });
  }

  /** Saves soon: many changes, as in an interview, make one copy. */
  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { clock, signal, log } = this.#ctx;
    const late = async (): Promise<void> => {
      await clock.sleep(MIRROR_AFTER_MS, signal);
      this.#isScheduled = false;
      await this.save();
    };
    late().catch((error: unknown) => {
      if (!signal.aborted) log.error(`The Zigbee device database was not copied: ${String(error)}`);
    });
  }

  async save(): Promise<void> {
    const [database, backup] = [readText(this.databasePath), readText(this.backupPath)];
    if (database !== this.#saved && database !== '') await this.#ctx.store.set(DATABASE, await pack(database));
    if (backup !== this.#savedBackup && isJson(backup)) await this.#ctx.secrets.set(BACKUP, backup);
    [this.#saved, this.#savedBackup] = [database, backup];
  }
}

const [compress, decompress] = [promisify(brotliCompress), promisify(brotliDecompress)];
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Hundreds of devices make megabytes of repeated words, which is more than the store takes as one value. */
const pack = async (text: string): Promise<string> => (await compress(Buffer.from(text), QUALITY)).toString('base64');
const unpack = async (packed: string): Promise<string> => (await decompress(Buffer.from(packed, 'base64'))).toString();

const readText = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function isJson(text: string): boolean {
  return parse(text) !== null;
}

function parse(line: string): Row | null {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null ? (row as Row) : null;
  } catch {
    return null;
  }
}

const identityOf = (row: Row): string => row.ieeeAddr ?? `group ${row.groupID}`;
const rowsOf = (text: string): (Row | null)[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map(parse);
const isWhole = (row: Row | null): row is Row => row !== null && Number.isFinite(row.id);

/**
 * The file's rows, and in place of lost ones the copy's. A file whose every line can be read is newer than the copy and
 * is left as it is, but for a missing coordinator, which is a file cut short.
 */
export function mendDatabase(text: string, kept: string): string {
  const rows = rowsOf(text);
  const whole = rows.filter(isWhole);
  const hasCoordinator = whole.some((row) => row.type === 'Coordinator');
  if (kept === '' || (whole.length === rows.length && hasCoordinator)) return text;
  const known = new Set(whole.map(identityOf));
  let highest = Math.max(0, ...whole.map((row) => row.id));
  const lost = rowsOf(kept).filter((row): row is Row => isWhole(row) && !known.has(identityOf(row)));
  const ids = new Set(whole.map((row) => row.id));
  const put = lost.map((row) => (ids.has(row.id) ? { ...row, id: (highest += 1) } : row));
  return [...whole, ...put].map((row) => JSON.stringify(row)).join('\n');
}
