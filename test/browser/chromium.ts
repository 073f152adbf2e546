// A Chromium for the browser tests, from the npm package @sparticuz/chromium: unpacked once into a cache folder, with the
// libraries and fonts that a bare Debian lacks beside it. `CHROMIUM=/path` uses another one. Nothing is downloaded.

import { spawn } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

const ROOT = join(import.meta.dirname, '../..');
const PACKAGE = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
const CACHE = join(ROOT, 'node_modules/.cache/lintel-chromium');

export interface ChromiumOnDisk {
  readonly executable: string;
  /** To be laid over the environment of the browser's process. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The browser to test with; unpacks it on first use (about 4 s). */
export async function findChromium(): Promise<ChromiumOnDisk> {
  const own = process.env['CHROMIUM'];
  if (own !== undefined && own !== '') return { executable: own, environment: {} };
  const folder = join(CACHE, packageVersion());
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    executable: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      HOME: folder,
    },
  };
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Unpacks beside the target and renames, so that two test files starting at once never see a half-written browser. */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'unpacking-'));
  const packed = join(PACKAGE, 'bin');
  await Promise.all([
    inflate(join(packed, 'chromium.br'), join(scratch, 'chromium')),
    untar(join(packed, 'al2023.tar.br'), join(scratch, 'al2023')),
    untar(join(packed, 'fonts.tar.br'), join(scratch, 'fonts')),
    untar(join(packed, 'swiftshader.tar.br'), scratch),
  ]);
  writeFileSync(join(scratch, 'fonts.conf'), fontConfiguration(folder));
  try {
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** Only the packed font, so that layouts are the same on every machine. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>
`;
}

async function inflate(from: string, to: string): Promise<void> {
  const chunks = { chunkSize: 2 ** 21 };
  await pipeline(createReadStream(from), createBrotliDecompress(chunks), createWriteStream(to, { mode: 0o755 }));
}

/** Through a file: tar stops reading at the archive's end mark, and a pipe would break on the padding behind it. */
async function untar(from: string, folder: string): Promise<void> {
  const archive = `${folder}.${basename(from, '.br')}`;
  mkdirSync(folder, { recursive: true });
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(archive));
  const tar = spawn('tar', ['-xf', archive, '-C', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => tar.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`tar ended with ${code} on ${from}`);
  rmSync(archive);
}
