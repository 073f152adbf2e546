// Habits that no compiler sees: sizes, tests that really run, and nothing of one machine in what everyone gets.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('tidy');
const ROOT = join(import.meta.dirname, '..');

const FILE_LINES_MAX = 300;
// Tables: lists of words and cities, and the memory map, which is to be read beside its twin.
const TABLES = /weak-passwords|cities|(assembly|src)\/abi\.ts$|\.json$|package-lock/;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const isText = (path: string): boolean => /\.(ts|js|mjs|css|html|md|json|txt|yml)$/.test(path) || path === '.ci/run';

/** What offends in a file of this content; kept apart so that the guards themselves can be tested. */
function tooLong(path: string, text: string): boolean {
  return /\.(ts|css)$/.test(path) && !TABLES.test(path) && text.split('\n').length > FILE_LINES_MAX + 1;
}
function neverRuns(path: string, text: string): boolean {
  return /\.(test|nightly)\.ts$/.test(path) && !/^\s*\w+\.run\(\);?$|\.run\(\);?$/m.test(text);
}
/** What such a hook throws, uvu keeps to itself; at the top of a file it ends the file, and says why. */
function hidesItsSetUp(path: string, text: string): boolean {
  return /\.(test|nightly)\.ts$/.test(path) && /\.before\(/.test(text);
}
function namesAMachine(text: string): boolean {
  return /\bregistry\.(npmjs|yarnpkg)\.|deb\.debian\.org|(^|[\s"'`(])\/(work|home\/\w+|Users\/\w+|root)\//m.test(text);
}

test('the guards fail on what they are to find', () => {
  assert.ok(tooLong('a.ts', 'x\n'.repeat(302)));
  assert.ok(neverRuns('a.test.ts', "test('x', () => {});"));
  assert.ok(hidesItsSetUp('a.test.ts', 'test.before(() => open());'));
  assert.not(hidesItsSetUp('a.test.ts', 'test.before.each(() => open());'));
  assert.ok(namesAMachine('see "/home/ada/lintel"'));
  assert.not(neverRuns('a.test.ts', 'test.run();'));
});

test('no source file outgrows one job', () => {
  assert.equal(
    tracked.filter((path) => isText(path) && tooLong(path, read(path))),
    [],
  );
});

test('every test file runs its suite', () => {
  assert.equal(
    tracked.filter((path) => isText(path) && neverRuns(path, read(path))),
    [],
  );
});

test('what a test sets up fails aloud', () => {
  assert.equal(
    tracked.filter((path) => isText(path) && path !== 'test/tidy.test.ts' && hidesItsSetUp(path, read(path))),
    [],
  );
});

test('nothing tracked names a machine or a registry host', () => {
  assert.equal(
    tracked.filter((path) => isText(path) && path !== 'test/tidy.test.ts' && namesAMachine(read(path))),
    [],
  );
});

test('every workspace package says its licence and its layer by name', () => {
  const manifests = tracked.filter((path) => /^(packages|plugins)\/[^/]+\/package\.json$/.test(path));
  assert.ok(manifests.length > 8);
  for (const path of manifests) assert.is((JSON.parse(read(path)) as { license: string }).license, 'Apache-2.0', path);
});

test.run();
