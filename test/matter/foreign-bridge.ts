// A bridge that this project did not write: matterbridge with the example platform of its authors, which has an endpoint for
// about every device type of Matter. It comes from npm at run time, into a cache beside what `npm install` brings and outside
// the lock file, since it brings a matter.js of its own.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { INTERFACE } from './network.ts';

const VERSION = '3.9.4';
const PLATFORM = 'matterbridge-example-dynamic-platform';
const PLATFORM_VERSION = '2.0.17';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache');
const FOLDER = join(CACHE, `matterbridge-${VERSION}-${PLATFORM_VERSION}`);
const INSTALL_LIMIT_MS = 240_000;
const START_LIMIT_MS = 120_000;

/**
 * Has it in the cache; to be called where the internet is. Answers why it is not there, or null.
 */
export function fetchForeignBridge(): string | null {
  if (existsSync(FOLDER)) return null;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'matterbridge-'));
  // It takes the folder above node_modules for its own, and reads these two there.
  writeManifest(folder);
  mkdirSync(join(folder, 'apps/frontend'), { recursive: true });
  writeManifest(join(folder, 'apps/frontend'));
  const wanted = [`matterbridge@${VERSION}`, `${PLATFORM}@${PLATFORM_VERSION}`];
  const { status, stderr, error } = spawnSync(
    'npm',
    ['install', ...wanted, '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'],
    { cwd: folder, timeout: INSTALL_LIMIT_MS, encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return `npm could not fetch ${wanted.join(' and ')}: ${error?.message ?? stderr.slice(0, 300)}`;
  }
  // A platform that is not installed for the whole machine must find matterbridge below itself.
  mkdirSync(join(folder, 'node_modules', PLATFORM, 'node_modules'), { recursive: true });
  symlinkSync('../../matterbridge', join(folder, 'node_modules', PLATFORM, 'node_modules/matterbridge'));
  renameSync(folder, FOLDER);
  return null;
}

const writeManifest = (folder: string): void =>
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'foreign-bridge', version: VERSION, private: true }),
  );

export interface ForeignBridge {
  /** Eleven digits. */
  readonly manual: string;
  output(): string;
  close(): Promise<void>;
}

const program = (): string => join(FOLDER, 'node_modules/matterbridge/bin/matterbridge.js');

/** Starts it with everything that the example platform has. */
export async function launchForeignBridge(): Promise<ForeignBridge> {
  const home = mkdtempSync(join(tmpdir(), 'matterbridge-'));
  const platform = join(FOLDER, 'node_modules', PLATFORM);
  spawnSync(process.execPath, [program(), '--homedir', home, '--add', platform], { cwd: FOLDER, stdio: 'ignore' });
  const options = ['--homedir', home, '--bridge', '--mdnsinterface', INTERFACE, '--novirtual', '--no-ansi'];
  const child = spawn(process.execPath, [program(), ...options, '--frontend', '0'], {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk));
  const manual = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`matterbridge ${why}:\n${output.slice(-3000)}`));
    const limit = setTimeout(() => fail('was not up in time'), START_LIMIT_MS);
    child.once('exit', (code) => fail(`ended with ${code}`));
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`;
      // Its vacuum is a node of its own, with a code of its own, and may be up before the bridge.
      const code = /Matterbridge is uncommissioned .*manual pairing code: (\d{11})/i.exec(line)?.[1];
      if (code === undefined) return;
      clearTimeout(limit);
      resolve(code);
    });
  });
  return {
    manual,
    output: () => output,
    close: async () => {
      child.kill('SIGKILL');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
