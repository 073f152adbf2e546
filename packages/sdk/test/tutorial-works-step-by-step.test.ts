// Carries out the tutorial: each block of shell and each file in it, in order.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

const SDK = join(import.meta.dirname, '..');
const CREATE = join(SDK, '../create-lintel-plugin');
const BLOCK = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

const scratch = mkdtempSync(join(tmpdir(), 'lintel-tutorial-'));
let folder = scratch;
let testsRun = 0;

function node(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', input: '' });
  assert.is(status, 0, `${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** What each command of the tutorial does, without a registry. */
const COMMANDS: Readonly<Record<string, (line: string) => void>> = {
  'npm create': (line) => {
    const [, given = ''] = /^npm create lintel-plugin (.*)$/.exec(line) ?? [];
    const args = [...given.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    node(CREATE, ...args.filter((each) => each !== '--'));
  },
  cd: (line) => void (folder = join(folder, line.slice(3))),
  'npm install': () => {
    mkdirSync(join(folder, 'node_modules/@lintel'), { recursive: true });
    symlinkSync(SDK, join(folder, 'node_modules/@lintel/sdk'));
  },
  'npm test': () => {
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { test: string } };
    assert.is(scripts.test, 'lintel-plugin test');
    assert.match(node(join(SDK, 'bin.js'), 'test'), /pass 2/);
    testsRun += 1;
  },
  rm: (line) => rmSync(join(folder, line.slice(3))),
};

function carryOut(line: string): void {
  const command = Object.entries(COMMANDS).find(([start]) => line.startsWith(start));
  assert.ok(command, `the test does not know how to carry out "${line}"`);
  command[1](line);
}

test('every step of the tutorial works as it is written', () => {
  const text = readFileSync(join(SDK, 'docs/first-plugin.md'), 'utf8');
  const blocks = [...text.matchAll(BLOCK)];
  assert.ok(blocks.length >= 7);
  for (const [, language, what = '', body = ''] of blocks) {
    const file = /^file=(.+)$/.exec(what)?.[1];
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), body);
    } else if (language === 'sh' && what !== 'live') body.trim().split('\n').forEach(carryOut);
  }
  assert.is(testsRun, 2);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  assert.match(readme, '| `balls` | Balls: How many you have | whole number, 1 to 10 | `1` |');
});

test('what the tutorial leaves type-checks under strict', () => {
  const root = join(SDK, '../..');
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  const flags = ['-p', 'jsconfig.json', '--allowImportingTsExtensions', '--types', 'node'];
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), flags, { cwd: folder, encoding: 'utf8' });
  assert.is(status, 0, stdout);
});

test.run();
