// Finds, compiles and instantiates the core. Its bytes lie beside the package; they are read when the first engine is made.

import { EngineError } from './errors.ts';

export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  attach(): void;
  step(now: number, events: number, downtime: number): number;
  resume(): number;
  initialise(): number;
  stepSlots(now: number, count: number): number;
  resumeSlots(): number;
  nextDeadline(): number;
  rearmTrigger(trigger: number, cell: number): void;
  rearmStrand(strand: number): void;
  askStatement(trigger: number, cell: number): void;
  askHold(index: number): void;
  resetClocks(): void;
  startQueued(rule: number): void;
  beginDigest(lanes: number): void;
  digest(lanes: number, from: number, end: number): void;
  endDigest(lanes: number, length: number): void;
}

export interface CoreModule {
  readonly module: WebAssembly.Module;
  /** Two words of its bytes' hash, so that an image is read only by the core that wrote it. */
  readonly hash: readonly [number, number];
}

let loading: Promise<CoreModule> | null = null;
let loaded: CoreModule | null = null;

/** The core without waiting: as it was loaded before, or read from disk where there is one. */
export function loadedCore(): CoreModule {
  if (loaded === null) {
    const url = new URL('../core.wasm', import.meta.url);
    const builtin = (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule;
    if (url.protocol !== 'file:' || builtin === undefined)
      throw new EngineError('CORE_FAILED', 'make an engine first: the core is not loaded yet');
    const bytes = new Uint8Array(builtin('node:fs').readFileSync(url));
    loaded = { module: new WebAssembly.Module(bytes), hash: hashBytes(bytes) };
  }
  return loaded;
}

export function loadCore(): Promise<CoreModule> {
  loading ??= readCore().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function readCore(): Promise<CoreModule> {
  const bytes = await readBytes(new URL('../core.wasm', import.meta.url));
  loaded = { module: await WebAssembly.compile(bytes), hash: hashBytes(bytes) };
  return loaded;
}

async function readBytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === 'file:') {
    const { readFile } = await import('node:fs/promises');
    return new Uint8Array(await readFile(url));
  }
  const answer = await fetch(url);
  if (!answer.ok) throw new EngineError('CORE_FAILED', `the core could not be loaded: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

const PAGE_BYTES = 65_536;

/** A fresh instance whose memory has room up to `end`; it never grows afterwards. */
export function instantiate(core: CoreModule, end: number): CoreExports {
  const instance = new WebAssembly.Instance(core.module, {});
  const exports = instance.exports as unknown as CoreExports;
  const missing = Math.ceil(end / PAGE_BYTES) - exports.memory.buffer.byteLength / PAGE_BYTES;
  try {
    if (missing > 0) exports.memory.grow(missing);
  } catch {
    throw new EngineError('CORE_FAILED', `there is not enough memory for ${Math.ceil(end / 1_048_576)} MiB of rules`);
  }
  return exports;
}

/** Views of a memory that no longer grows. */
export class CoreMemory {
  readonly words: Uint32Array;
  readonly bytes: Uint8Array;
  readonly floats: Float64Array;
  readonly view: DataView;

  constructor(memory: WebAssembly.Memory) {
    this.words = new Uint32Array(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
    this.floats = new Float64Array(memory.buffer);
    this.view = new DataView(memory.buffer);
  }

  word(at: number): number {
    return this.words[at >>> 2]!;
  }

  putWord(at: number, value: number): void {
    this.words[at >>> 2] = value;
  }

  float(at: number): number {
    return this.floats[at >>> 3]!;
  }

  putFloat(at: number, value: number): void {
    this.floats[at >>> 3] = value;
  }
}

/** A hash of bytes as two words (two rounds of multiply and mix over different seeds). */
export function hashBytes(bytes: Uint8Array): readonly [number, number] {
  let a = 0x9e37_79b9 ^ bytes.length;
  let b = 0x85eb_ca6b + bytes.length;
  const whole = bytes.byteLength >>> 2;
  const aligned = alignedTo(4, bytes);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, whole);
  for (let i = 0; i < whole; i += 1) {
    a = Math.imul(a ^ words[i]!, 0x0100_0193) + (b >>> 15);
    b = Math.imul(b + words[i]!, 0xcc9e_2d51) ^ (a >>> 13);
  }
  for (let i = whole * 4; i < bytes.length; i += 1) {
    a = Math.imul(a ^ bytes[i]!, 0x0100_0193) + (b >>> 15);
    b = Math.imul(b + bytes[i]!, 0xcc9e_2d51) ^ (a >>> 13);
  }
  return [mix(a), mix(b)];
}

/** The bytes where words of so many bytes can be read from them: as they lie, or a copy. A `slice` of a Buffer would be no copy. */
export const alignedTo = (wordBytes: 4 | 8, bytes: Uint8Array): Uint8Array =>
  bytes.byteOffset % wordBytes === 0 ? bytes : Uint8Array.from(bytes);

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
