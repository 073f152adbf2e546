// The core's promises about itself, and that the host speaks its language.

import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { becomes, engineOf, report, rule, say } from './home.ts';

const ROOT = join(import.meta.dirname, '../../..');
const bytes = readFileSync(join(ROOT, 'packages/engine/core.wasm'));
const test = suite('core');

test('imports nothing', () => assert.equal(WebAssembly.Module.imports(new WebAssembly.Module(bytes)), []));

test('is at most 32 KiB', () => assert.ok(bytes.length <= 32 * 1024, `${bytes.length} bytes`));

test('keeps its own data below the header', () => {
  const { memory } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as {
    memory: WebAssembly.Memory;
  };
  const words = new Uint8Array(memory.buffer);
  const last = words.findLastIndex((byte) => byte !== 0);
  assert.ok(last < 16_384, `data up to ${last}`);
});

test('has no instruction that grows its memory', () => {
  const disassembler = fileURLToPath(import.meta.resolve('binaryen/bin/wasm-dis'));
  const text = execFileSync(process.execPath, [disassembler, join(ROOT, 'packages/engine/core.wasm')], {
    encoding: 'utf8',
  });
  assert.match(text, /\(func/);
  assert.not.match(text, /memory\.grow/);
});

test('shares its limits and its layout with the host in one file each', () => {
  const files = globSync('{assembly,packages/engine/src}/**/*.ts', { cwd: ROOT });
  const namesIn = (file: string): string[] =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(/^(?:export )?const ([A-Z][A-Z_0-9]+)(?:: \w+)? = [-\d]/gm),
    ].map((match) => match[1]!);
  const shared = ['assembly/abi.ts', 'assembly/limits.ts'];
  const names = shared.flatMap(namesIn);
  assert.ok(names.length > 350, `${names.length} constants`);
  assert.is(new Set(names).size, names.length);
  const others = files.filter((file) => !shared.includes(file));
  assert.equal(
    others.flatMap((file) => namesIn(file).filter((name) => names.includes(name) || name.endsWith('_MAX'))),
    [],
  );
});

test('has files of at most 300 lines, the table of the layout apart', () => {
  for (const file of globSync('assembly/*.ts', { cwd: ROOT })) {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n').length;
    assert.ok(lines <= 301 || file.endsWith('abi.ts'), `${file} has ${lines} lines`);
    assert.ok(statSync(join(ROOT, file)).size > 0);
  }
});

test('does not grow its memory while it works', async () => {
  const grow = WebAssembly.Memory.prototype.grow;
  const engine = await engineOf([rule('r', [becomes(true)], [say('on')], { mode: 'parallel' })]);
  WebAssembly.Memory.prototype.grow = () => {
    throw new Error('memory grew');
  };
  try {
    for (let i = 0; i < 1000; i += 1)
      engine.step(i, [report('onOff.on', i % 2 === 1), report('level.level', i / 1000)]);
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
});

test.run();
