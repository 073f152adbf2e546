// Node-RED as a peer. It is far too large to be a dependency: npm fetches it into a temporary folder, and where that fails it is
// left out of the comparison, in words.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Change } from './events.ts';
import { threshold } from './large-home.ts';

const run = promisify(execFile);
const VERSION = '5';
const INSTALL_MS = 240_000;
const RUN_MS = 120_000;

export interface NodeRed {
  /** Nanoseconds an event in a burst, and the rules that fired in their order. */
  run(rules: number, changes: readonly Change[]): Promise<{ ns: number; fired: number[] }>;
  close(): void;
}

/** Fetches Node-RED; null where it cannot be had. */
export async function fetchNodeRed(): Promise<NodeRed | null> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-node-red-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--omit=optional'];
  try {
    await run('npm', ['install', `node-red@${VERSION}`, ...options], { cwd: folder, timeout: INSTALL_MS });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return { run: (rules, changes) => runIn(folder, rules, changes), close: () => rmSync(folder, { recursive: true }) };
}

async function runIn(folder: string, rules: number, all: readonly Change[]): Promise<{ ns: number; fired: number[] }> {
  const firsts = new Map<number, Change>();
  for (const change of all) if (!firsts.has(change.rule)) firsts.set(change.rule, change);
  const thresholds = Array.from({ length: rules }, (_, index) => threshold(index));
  const [input, output] = [join(folder, 'input.json'), join(folder, 'output.json')];
  writeFileSync(input, JSON.stringify({ thresholds, changes: { first: [...firsts.values()], all } }));
  await run(process.execPath, [join(import.meta.dirname, 'node-red.cjs'), folder, input, output], { timeout: RUN_MS });
  return JSON.parse(readFileSync(output, 'utf8')) as { ns: number; fired: number[] };
}
