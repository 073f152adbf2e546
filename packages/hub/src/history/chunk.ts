// One series' samples of one day as few bytes: each column by itself, numbers as differences, the whole compressed.
//
//   chunk = zstd(version(1) count numbers… origins values)      counts, lengths and differences are variable-length integers

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { InternalError } from '@lintel/model';
import type { Sample } from './samples.ts';
import { ByteReader, ByteWriter } from './varints.ts';

export const CHUNK_VERSION = 1;

/** How the values are written: whole numbers after scaling, 8-byte floats, or JSON. */
const SCALED = 0;
const FLOATS = 1;
const JSON_TEXT = 2;

const SCALES = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
const EXACT_MAX = 2 ** 45;

export function encodeChunk(samples: readonly Sample[]): Buffer {
  const out = new ByteWriter();
  out.byte(CHUNK_VERSION);
  out.natural(samples.length);
  differences(out, samples, ({ sequence }) => sequence);
  for (const { place } of samples) out.natural(place);
  differences(out, samples, ({ at }) => at);
  writeOrigins(out, samples);
  writeValues(
    out,
    samples.map(({ value }) => value),
  );
  return zstdCompressSync(out.bytes());
}

export function decodeChunk(bytes: Uint8Array): Sample[] {
  const input = new ByteReader(zstdDecompressSync(bytes));
  const version = input.byte();
  if (version !== CHUNK_VERSION) throw new InternalError(`a history chunk of version ${version}`);
  const count = input.natural();
  const sequences = readDifferences(input, count);
  const places = Array.from({ length: count }, () => input.natural());
  const times = readDifferences(input, count);
  const origins = readOrigins(input, count);
  const values = readValues(input, count);
  return sequences.map((sequence, index) => ({
    sequence,
    place: places[index]!,
    at: times[index]!,
    value: values[index],
    origin: origins[index]!,
  }));
}

function differences(out: ByteWriter, samples: readonly Sample[], read: (sample: Sample) => number): void {
  let before = 0;
  for (const sample of samples) {
    const value = read(sample);
    out.integer(value - before);
    before = value;
  }
}

function readDifferences(input: ByteReader, count: number): number[] {
  let before = 0;
  return Array.from({ length: count }, () => (before += input.integer()));
}

/** The few kinds there are, then for each sample which. */
function writeOrigins(out: ByteWriter, samples: readonly Sample[]): void {
  const kinds = [...new Set(samples.map(({ origin }) => origin))];
  out.text(JSON.stringify(kinds));
  if (kinds.length > 1) for (const { origin } of samples) out.natural(kinds.indexOf(origin));
}

function readOrigins(input: ByteReader, count: number): string[] {
  const kinds = JSON.parse(input.text()) as string[];
  return Array.from({ length: count }, () => kinds[kinds.length > 1 ? input.natural() : 0]!);
}

function writeValues(out: ByteWriter, values: readonly unknown[]): void {
  if (!values.every((value) => typeof value === 'number')) {
    out.byte(JSON_TEXT);
    out.text(JSON.stringify(values));
    return;
  }
  const scale = SCALES.findIndex((each) => values.every((value) => isExact(value, each)));
  if (scale === -1) {
    out.byte(FLOATS);
    for (const value of values) out.float(value);
    return;
  }
  out.byte(SCALED);
  out.byte(scale);
  let before = 0;
  for (const value of values) {
    const scaled = Math.round(value * SCALES[scale]!);
    out.integer(scaled - before);
    before = scaled;
  }
}

/** Whether scaling there and back gives the very same number. Differences lose the sign of a zero. */
function isExact(value: number, scale: number): boolean {
  const scaled = Math.round(value * scale);
  return Math.abs(scaled) < EXACT_MAX && !Object.is(scaled, -0) && scaled / scale === value;
}

function readValues(input: ByteReader, count: number): unknown[] {
  const how = input.byte();
  if (how === JSON_TEXT) return JSON.parse(input.text()) as unknown[];
  if (how === FLOATS) return Array.from({ length: count }, () => input.float());
  const scale = SCALES[input.byte()]!;
  let before = 0;
  return Array.from({ length: count }, () => (before += input.integer()) / scale);
}
