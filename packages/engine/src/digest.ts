// Check sums of bytes, worked out by the core's own code in an instance that has nothing else to do.

import { instantiate } from './core.ts';
import type { CoreExports, CoreModule } from './core.ts';

/** Two words of 32 bits. */
export type Sum = readonly [number, number];

const LANES = 128;
const CHUNK_AT = 65_536;
const CHUNK_BYTES = 131_072;
const BLOCK_BYTES = 64;

interface Worker {
  readonly core: CoreExports;
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
}

const workers = new WeakMap<CoreModule, Worker>();

function workerOf(module: CoreModule): Worker {
  let worker = workers.get(module);
  if (worker === undefined) {
    const core = instantiate(module, CHUNK_AT + CHUNK_BYTES);
    worker = { core, bytes: new Uint8Array(core.memory.buffer), words: new Uint32Array(core.memory.buffer) };
    workers.set(module, worker);
  }
  return worker;
}

/** The sum of bytes; equal on every host. */
export function digestOf(module: CoreModule, bytes: Uint8Array): Sum {
  const { core, bytes: memory, words } = workerOf(module);
  core.beginDigest(LANES);
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const part = bytes.subarray(from, from + CHUNK_BYTES);
    const whole = Math.ceil(part.length / BLOCK_BYTES) * BLOCK_BYTES;
    memory.set(part, CHUNK_AT);
    if (whole > part.length) memory.fill(0, CHUNK_AT + part.length, CHUNK_AT + whole);
    core.digest(LANES, CHUNK_AT, CHUNK_AT + whole);
  }
  core.endDigest(LANES, bytes.length);
  return [words[LANES >>> 2]!, words[(LANES >>> 2) + 1]!];
}
