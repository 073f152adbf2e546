// The core imports nothing and does not grow; core and host agree on every number they share.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('core is what it says');

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
const core = new WebAssembly.Module(readFileSync(at('core.wasm')));

/** Exported constants by name, types and digit separators aside. */
function constantsIn(text: string): Map<string, string> {
  const found = text.matchAll(/^export const (\w+)(?:: \w+)? = (.+?);$/gm);
  return new Map([...found].map(([, name, value]) => [name!, value!.replaceAll(/(?<=\d)_(?=\d)/g, '')]));
}

test('it imports nothing', () => {
  assert.equal(WebAssembly.Module.imports(core), []);
});

test('no instruction of it grows its memory', () => {
  const disassemble = (path: string): string =>
    execFileSync(process.execPath, [fileURLToPath(import.meta.resolve('binaryen/bin/wasm-dis')), path], {
      encoding: 'utf8',
    });
  const text = disassemble(fileURLToPath(at('core.wasm')));
  assert.match(text, /\(func/);
  assert.not.match(text, /memory\.grow/);
});

test('the twins of the memory map are equal, and a difference would be found', () => {
  const here = constantsIn(readFileSync(at('src/abi.ts'), 'utf8'));
  const there = constantsIn(readFileSync(at('../../assembly/abi.ts'), 'utf8'));
  assert.ok(here.size > 100, `${here.size} constants`);
  assert.equal(Object.fromEntries(here), Object.fromEntries(there));
  here.set('ABI_VERSION', '0');
  assert.not.equal(Object.fromEntries(here), Object.fromEntries(there));
});

test('limits that both know are equal', () => {
  const here = constantsIn(readFileSync(at('src/limits.ts'), 'utf8'));
  const there = constantsIn(readFileSync(at('../../assembly/limits.ts'), 'utf8'));
  const both = [...here.keys()].filter((name) => there.has(name));
  assert.ok(both.length >= 3, both.join());
  for (const name of both) assert.is(here.get(name), there.get(name), name);
});

test.run();
