// Around `npm pack` and `npm publish`: builds JavaScript and types into dist, with the model inside, and lets package.json
// point there meanwhile. Plain JavaScript, since npm runs it on whatever Node it has.
//
//   node scripts/pack.js before | after

import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(PACKAGE, 'dist');
const MANIFEST = join(PACKAGE, 'package.json');
const KEPT = join(PACKAGE, 'package.json.kept');
const MODEL = join(DIST, 'model/src/index.js');

function compile() {
  rmSync(DIST, { recursive: true, force: true });
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(typescript), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(PACKAGE, 'tsconfig.build.json')], { stdio: 'inherit' });
}

/** The model by its place in dist, and files by the names they have there. */
function rewrite(file) {
  const path = relative(dirname(file), MODEL).replaceAll('\\', '/');
  const model = path.startsWith('.') ? path : `./${path}`;
  const text = readFileSync(file, 'utf8')
    .replaceAll(/(['"])@lintel\/model\1/g, `$1${model}$1`)
    .replaceAll(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2');
  writeFileSync(file, text);
}

/** `./src/index.ts` is `./dist/sdk/src/index.js` in the package. */
const built = (path) => path.replace(/^\.\/src\/(.*)\.ts$/, './dist/sdk/src/$1.js');

function packed(manifest) {
  const types = (path) => built(path).replace(/\.js$/, '.d.ts');
  const entry = (path) => ({ types: types(path), default: built(path) });
  const { '@lintel/model': _model, ...dependencies } = manifest.dependencies;
  const { scripts: _scripts, ...rest } = manifest;
  const zod = Object.fromEntries(Object.entries(manifest.imports['#zod']).map(([when, path]) => [when, built(path)]));
  return {
    ...rest,
    dependencies,
    imports: { '#zod': zod },
    bin: Object.fromEntries(Object.entries(manifest.bin).map(([name, path]) => [name, built(path)])),
    exports: Object.fromEntries(Object.entries(manifest.exports).map(([name, path]) => [name, entry(path)])),
  };
}

function before() {
  if (existsSync(KEPT)) after();
  compile();
  for (const file of globSync('**/*.{js,d.ts}', { cwd: DIST })) rewrite(join(DIST, file));
  const text = readFileSync(MANIFEST, 'utf8');
  writeFileSync(KEPT, text);
  writeFileSync(MANIFEST, `${JSON.stringify(packed(JSON.parse(text)), null, 2)}\n`);
}

function after() {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST);
}

if (process.argv[2] === 'before') before();
else after();
