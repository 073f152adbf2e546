// Format, lint (layers and circles included) and types hold over the whole repository, and the layer rule really refuses.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('lint');
const ROOT = join(import.meta.dirname, '..');

function run(command: string, ...args: string[]): { status: number | null; output: string } {
  const done = spawnSync(join(ROOT, 'node_modules/.bin', command), args, { cwd: ROOT, encoding: 'utf8' });
  return { status: done.status, output: `${done.stdout}${done.stderr}` };
}

test('oxlint finds nothing', () => {
  const { status, output } = run('oxlint', '--deny-warnings');
  assert.is(status, 0, output);
});

test('oxfmt finds nothing', () => {
  const { status, output } = run('oxfmt', '--check');
  assert.is(status, 0, output);
});

test('the types hold', () => {
  const { status, output } = run('tsc', '--noEmit');
  assert.is(status, 0, output);
});

test('a file that reaches around its layer is refused', () => {
  const folder = join(ROOT, 'packages/model/src/planted');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, 'planted.ts'), "import '@lintel/hub';\n");
    assert.match(run('oxlint', folder).output, /no-restricted-imports/);
    writeFileSync(join(folder, 'planted.ts'), "import { b } from './other.ts';\nexport const a = (): number => b;\n");
    writeFileSync(join(folder, 'other.ts'), "import { a } from './planted.ts';\nexport const b = 1;\nexport { a };\n");
    assert.match(run('oxlint', folder).output, /no-cycle/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
