// `npm run check`: everything CI looks at, in one go, with coverage of what runs in the tests' own processes and the hub's.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');

const STEPS: readonly (readonly [string, ...string[]])[] = [
  [process.execPath, 'packages/app/scripts/build.ts'],
  [
    join(BIN, 'c8'),
    '--reporter',
    'text-summary',
    '--include',
    'packages/*/src/**',
    '--include',
    'plugins/*/src/**',
    process.execPath,
    'test/run.ts',
  ],
];

for (const [command, ...args] of STEPS) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
