// The benchmark's rules in C, built here and now where there is a compiler: once on the very tables and bytecode that the core
// runs on, once as structs made for these rules alone.

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rule } from '@lintel/model';
import * as abi from '../../assembly/abi.ts';
import { loadCore } from '../../packages/engine/src/core.ts';
import { INSTANT_ROWS_MAX } from '../../assembly/limits.ts';
import { buildMachine, FRESH_LAYOUT, startMachine } from '../../packages/engine/src/run/build.ts';
import { compileAll } from '../../packages/engine/src/run/compile-all.ts';
import { RuleSet } from '../../packages/engine/src/run/rule-set.ts';
import { HOME, PROPERTY, START, device } from './large-home.ts';

const run = promisify(execFile);
const COMPILER = ['-O3', '-march=native', '-std=gnu11', '-fno-strict-aliasing', '-lm'] as const;

export interface CFigures {
  readonly ns: number;
  /** Of the tenth of all batches that was least disturbed. */
  readonly calmNs: number;
  readonly fired: Int32Array;
}

export interface CPrograms {
  bytecode(rules: Int32Array, values: Float64Array, rounds: number): Promise<CFigures>;
  structs(rules: Int32Array, values: Float64Array, rounds: number): Promise<CFigures>;
  close(): void;
}

/** The constants of the core as C has them. */
function header(): string {
  const whole = Object.entries({ ...abi, INSTANT_ROWS_MAX }).filter(([, value]) => Number.isInteger(value));
  return whole
    .map(([name, value]) => `#define ${name} ${value > 0xffff_ffff ? value.toFixed(1) : `${value}u`}\n`)
    .join('');
}

export function hasCompiler(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The core's memory as an engine for these rules has it before the first event, and the slot of each rule's property. */
async function prepare(rules: readonly Rule[]): Promise<{ memory: Uint8Array; slotOf: (index: number) => number }> {
  const set = RuleSet.of(compileAll(rules).fragments, HOME, undefined, { strict: true });
  const machine = buildMachine(await loadCore(), set, FRESH_LAYOUT);
  startMachine(machine, HOME, START, 0);
  const slotOf = (index: number): number => machine.linked.names.findExactly(set.map.key(device(index), PROPERTY));
  return { memory: machine.memory.bytes, slotOf };
}

export async function buildPrograms(rules: readonly Rule[]): Promise<CPrograms> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('abi.h'), header());
  for (const name of ['bytecode', 'structs']) {
    const source = join(import.meta.dirname, 'c', `${name}.c`);
    execFileSync('cc', [source, '-o', path(name), `-I${folder}`, ...COMPILER]);
  }
  const { memory, slotOf } = await prepare(rules);
  writeFileSync(path('memory'), memory);
  const measure = async (program: string, first: string, slots: Int32Array, values: Float64Array, rounds: number) => {
    writeFileSync(path('events'), Buffer.concat([bytesOf(values), bytesOf(slots)]));
    const { stdout } = await run(path(program), [first, path('events'), path('fired'), String(rounds)]);
    const bytes = readFileSync(path('fired'));
    const [ns, calmNs] = stdout.split(' ').map(Number) as [number, number];
    return {
      ns,
      calmNs,
      fired: new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    };
  };
  return {
    bytecode: (of, values, rounds) => measure('bytecode', path('memory'), of.map(slotOf), values, rounds),
    structs: (of, values, rounds) => measure('structs', String(rules.length), of, values, rounds),
    close: () => rmSync(folder, { recursive: true }),
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
