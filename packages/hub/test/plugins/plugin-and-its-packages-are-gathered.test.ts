// A plugin with large libraries is gathered, with them, in a few files: what its process loads then is these.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const Gathered = suite('a plugin and its packages are gathered');
const PROGRAMS = join(import.meta.dirname, '../../src/plugins');

const folder = mkdtempSync(join(tmpdir(), 'lintel-gathered-'));
const library = join(folder, 'plugin/node_modules/library');
const entry = join(folder, 'plugin/index.ts');
const part = join(folder, 'plugin/part.ts');

function writePlugin(): void {
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'package.json'), '{"name":"library","type":"module","exports":"./index.js"}');
  writeFileSync(join(library, 'index.js'), `export { Lamp as Other } from './other.js'; export class Lamp {}`);
  writeFileSync(join(library, 'other.js'), 'export class Lamp {}');
  writeFileSync(part, `import { Lamp, Other } from 'library'; export const name: string = Lamp.name + Other.name;`);
  writeFileSync(entry, `export const load = async (): Promise<string> => (await import('./part.ts')).name;`);
}

const gather = (program: string, out: string) =>
  spawnSync(process.execPath, [program, out, entry, entry, part], { encoding: 'utf8' });

function run(out: string): string {
  const url = JSON.stringify(pathToFileURL(entry).href);
  const code = `import(${url}).then(({ load }) => load()).then((name) => console.log(name), (error) => console.log(error.code))`;
  const preload = pathToFileURL(join(out, 'preload.mjs')).href;
  return spawnSync(process.execPath, ['--import', preload, '-e', code], { encoding: 'utf8' }).stdout.trim();
}

Gathered.before.each(writePlugin);
Gathered.after(() => rmSync(folder, { recursive: true, force: true }));

Gathered('it runs without looking for its packages, whose classes keep their names', () => {
  const out = join(folder, 'gathered');
  gather(join(PROGRAMS, 'bundle.ts'), out);
  rmSync(library, { recursive: true });
  rmSync(part);
  assert.is(run(out), 'LampLamp');
});

Gathered('where nothing can gather it, its types are stripped', () => {
  const [alone, out] = [join(folder, 'alone'), join(folder, 'stripped')];
  mkdirSync(alone);
  for (const name of ['bundle.ts', 'prepare.ts']) copyFileSync(join(PROGRAMS, name), join(alone, name));
  gather(join(alone, 'bundle.ts'), out);
  assert.ok(existsSync(join(out, '0.js')));
  assert.is(run(out), 'LampLamp');
  rmSync(library, { recursive: true });
  assert.is(run(out), 'ERR_MODULE_NOT_FOUND');
});

Gathered.run();
