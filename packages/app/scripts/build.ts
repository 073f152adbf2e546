// Builds what is built: the core from AssemblyScript, the web by Vite, the plugins without their types. With --missing, only what is absent or older than its source.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

interface Product {
  readonly name: string;
  readonly output: string;
  readonly sources: readonly string[];
  readonly command: readonly string[];
}

const PRODUCTS: readonly Product[] = [
  {
    name: 'core',
    output: 'packages/engine/core.wasm',
    sources: ['assembly/**/*'],
    command: [
      'assemblyscript/bin/asc.js',
      'assembly/index.ts',
      '--config',
      'assembly/asconfig.json',
      '--target',
      'release',
    ],
  },
  {
    name: 'web',
    output: 'web/dist/index.html',
    sources: [
      'web/{src,public}/**/*',
      'web/*.{html,ts,json}',
      'packages/{model,protocol,engine}/src/**/*',
      'assembly/**/*',
    ],
    command: ['vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  },
  {
    name: 'plugins',
    output: 'node_modules/.cache/lintel/warm',
    sources: ['packages/{sdk,model}/src/**/*', 'plugins/*/src/**/*', 'plugins/*/package.json'],
    command: ['../packages/hub/src/plugins/warm.ts', 'node_modules/.cache/lintel/warm', 'plugins'],
  },
];

const modifiedAt = (path: string): number => statSync(join(ROOT, path)).mtimeMs;

function isFresh({ output, sources }: Product): boolean {
  if (!existsSync(join(ROOT, output))) return false;
  const built = modifiedAt(output);
  return sources.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).every((path) => modifiedAt(path) <= built);
}

function build({ name, command }: Product): void {
  console.log(`Building the ${name} …`);
  const [script = '', ...rest] = command;
  const done = spawnSync(process.execPath, [join(ROOT, 'node_modules', script), ...rest], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (done.status !== 0) {
    console.error(`The ${name} could not be built.`);
    process.exit(1);
  }
}

const missingOnly = process.argv.includes('--missing');
for (const product of PRODUCTS) if (!missingOnly || !isFresh(product)) build(product);
