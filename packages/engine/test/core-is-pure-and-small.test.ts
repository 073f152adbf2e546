// The core's promises about itself, and that the host speaks its language.

import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
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

function constantsOf(path: string): Map<string, number> {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const found = [...text.matchAll(/^export const ([A-Z_0-9]+)(?:: \w+)? = ([-\d._e]+);$/gm)];
  return new Map(found.map((match) => [match[1]!, Number(match[2]!.replaceAll('_', ''))]));
}

test('agrees with the host on the layout of memory', () => {
  const core = constantsOf('assembly/abi.ts');
  assert.ok(core.size > 300);
  assert.equal([...constantsOf('packages/engine/src/abi.ts')], [...core]);
});

test('agrees with the host on limits', () => {
  const core = constantsOf('assembly/limits.ts');
  const host = constantsOf('packages/engine/src/limits.ts');
  for (const name of ['STACK_VALUES_MAX', 'REPEATS_LIVE_MAX', 'INSTANT_ROWS_MAX'])
    assert.is(host.get(name), core.get(name), name);
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
