// Images: the whole state as bytes. The core's memory goes in as it is, region by region as far as it is used; what the host
// knows beside it (texts, slots that no rule names, people, old versions that still run) follows as a tail.

import type { Rule } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { show } from '../check/reader.ts';
import { checkRule } from '../check/rule.ts';
import { compileRule } from '../compile/rule.ts';
import type { Fragment } from '../compile/fragment.ts';
import { alignedTo, hashBytes } from '../core.ts';
import type { CoreModule } from '../core.ts';
import { digestOf } from '../digest.ts';
import type { Sum } from '../digest.ts';
import type { EngineParts } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { UNKNOWN_HIGH } from '../link/values.ts';
import type { LayoutInput } from './build.ts';
import type { Machine } from './machine.ts';

const MAGIC = 0x494e_544c;
const IMAGE_VERSION = 3;
const HEADER_BYTES = 72;
const W = {
  magic: 0,
  version: 1,
  sealed: 2,
  length: 3,
  core: 4,
  rules: 6,
  tail: 8,
  slots: 9,
  runs: 10,
  strands: 11,
  timers: 12,
  body: 13,
  sum: 16,
} as const;

interface Tail {
  readonly ghosts: readonly { readonly rule: Rule; readonly runs: number; readonly strands: number }[];
  readonly layoutPersons: readonly string[];
  readonly carriedSlots: number;
  readonly persons: readonly string[];
  readonly keys: readonly string[];
  readonly texts: readonly string[];
  /** How many characters the texts had when they last held nothing needless; not in images of the first versions. */
  readonly settled?: number;
  readonly generations: readonly (readonly [string, number])[];
}

interface Region {
  readonly at: number;
  readonly size: number;
}

/** How far each region of the state is used. */
interface Use {
  readonly slots: number;
  readonly runs: number;
  readonly strands: number;
  readonly timers: number;
}

function regionsOf({ linked: { state } }: Machine, use: Use): readonly Region[] {
  return [
    { at: abi.H_STATE, size: abi.H_STATE_END - abi.H_STATE },
    { at: state.slotsAt, size: use.slots * abi.SLOT_SIZE },
    { at: state.rulesAt, size: state.rules * abi.RULE_SIZE },
    { at: state.cellsAt, size: state.cells * abi.CELL_SIZE },
    { at: state.holdsAt, size: state.holds * abi.HOLD_SIZE },
    { at: state.chainsAt, size: state.chains * abi.CHAIN_SIZE },
    { at: state.runsAt, size: use.runs * abi.RUN_SIZE },
    { at: state.strandsAt, size: use.strands * abi.STRAND_SIZE },
    { at: state.timersAt, size: use.timers * abi.TIMER_SIZE },
  ];
}

function useOf(machine: Machine): Use {
  const { memory } = machine;
  return {
    slots: machine.slotCount,
    runs: memory.word(abi.H_RUN_HIGH),
    strands: memory.word(abi.H_STRAND_HIGH),
    timers: memory.word(abi.H_TIMER_COUNT),
  };
}

const decoder = new TextDecoder();

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

const tails = new WeakMap<Machine, { readonly stamp: string; readonly bytes: Uint8Array }>();

/** The tail as bytes; it changes rarely, so it is kept. */
function tailOf({ machine, generations }: EngineParts): Uint8Array {
  const { names, namedSlots } = machine.linked;
  const stamp = `${machine.strings.size} ${names.count} ${names.persons.length} ${machine.strings.settled}`;
  const known = tails.get(machine);
  if (known?.stamp === stamp) return known.bytes;
  const tail: Tail = {
    ghosts: machine.layout.ghosts.map(({ fragment, runs, strands }) => ({ rule: fragment.rule, runs, strands })),
    layoutPersons: machine.layout.persons,
    carriedSlots: machine.layout.carriedSlots,
    persons: names.persons,
    keys: names.keysFrom(namedSlots),
    texts: machine.strings.from(machine.fixedTexts),
    settled: machine.strings.settled,
    generations: [...generations],
  };
  const text = new TextEncoder().encode(JSON.stringify(tail));
  const bytes = new Uint8Array((text.length + 7) & ~7).fill(0x20);
  bytes.set(text);
  tails.set(machine, { stamp, bytes });
  return bytes;
}

export function encodeImage(
  module: CoreModule,
  parts: EngineParts,
  into: Uint8Array | undefined,
  seal: boolean,
): Uint8Array {
  if (into !== undefined && !(into instanceof Uint8Array))
    throw new EngineError('BAD_IMAGE', `expected bytes to write the image into, not ${show(into)}`);
  const { machine } = parts;
  const use = useOf(machine);
  const regions = regionsOf(machine, use);
  const tail = tailOf(parts);
  const length = HEADER_BYTES + regions.reduce((sum, region) => sum + region.size, 0) + tail.length;
  const fits = into !== undefined && into.length >= length && into.byteOffset % 4 === 0;
  const image = fits ? into.subarray(0, length) : new Uint8Array(length);
  let at = HEADER_BYTES;
  for (const region of regions) {
    image.set(machine.memory.bytes.subarray(region.at, region.at + region.size), at);
    at += region.size;
  }
  image.set(tail, at);
  const words = new Uint32Array(image.buffer, image.byteOffset, HEADER_BYTES / 4);
  words.set([MAGIC, IMAGE_VERSION, seal ? 1 : 0, length, ...module.hash, ...parts.rules.hash, tail.length]);
  const body = seal ? digestOf(module, image.subarray(HEADER_BYTES)) : UNSEALED;
  words.set([use.slots, use.runs, use.strands, use.timers, ...body, 0, 0, 0], W.slots);
  words.set(headerSum(words), W.sum);
  return image;
}

const UNSEALED: Sum = [0, 0];

/** The header vouches for itself and, where the image is sealed, by the sum in it for all that follows. */
function headerSum(words: Uint32Array): Sum {
  return hashBytes(new Uint8Array(words.slice(0, W.sum).buffer));
}

export interface DecodedImage {
  readonly sameLayout: boolean;
  readonly layout: LayoutInput;
  readonly generations: ReadonlyMap<string, number>;
  /** Null where it is the tail of the present state. */
  readonly tail: Tail | null;
  readonly use: Use;
  readonly image: Uint8Array;
}

function refuse(why: string): never {
  throw new EngineError('BAD_IMAGE', `this is no image of this engine's state: ${why}`);
}

/** Checks an image through and through before anything is touched. */
export function decodeImage(module: CoreModule, parts: EngineParts, image: Uint8Array): DecodedImage {
  if (!(image instanceof Uint8Array)) refuse('expected bytes');
  if (image.length < HEADER_BYTES) refuse('it is too short');
  const bytes = alignedTo(4, image);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_BYTES / 4).slice();
  if (words[W.magic] !== MAGIC) refuse('it begins with something else');
  if (words[W.version] !== IMAGE_VERSION) refuse(`it has version ${words[W.version]!}, expected ${IMAGE_VERSION}`);
  if (words[W.length] !== bytes.length) refuse(`expected ${words[W.length]!} bytes, there are ${bytes.length}`);
  checkSum(module, bytes, words);
  if (words[W.core] !== module.hash[0] || words[W.core + 1] !== module.hash[1])
    refuse('another version of the core wrote it');
  const [a, b] = parts.rules.hash;
  if (words[W.rules] !== a || words[W.rules + 1] !== b) refuse('it belongs to other rules or another home');
  const tailBytes = bytes.subarray(bytes.length - words[W.tail]!);
  const tail = isSame(tailBytes, tailOf(parts)) ? null : readTail(tailBytes);
  const use = { slots: words[W.slots]!, runs: words[W.runs]!, strands: words[W.strands]!, timers: words[W.timers]! };
  const sizes =
    HEADER_BYTES + regionsOf(parts.machine, use).reduce((sum, region) => sum + region.size, 0) + words[W.tail]!;
  const layout = tail === null ? { sameLayout: true, layout: parts.machine.layout } : layoutOf(parts, tail);
  if (layout.sameLayout && (sizes !== bytes.length || use.slots > parts.machine.linked.state.slotCapacity))
    refuse('its regions do not fit');
  const generations = tail === null ? parts.generations : new Map(tail.generations);
  return { ...layout, generations, tail, use, image: bytes };
}

function checkSum(module: CoreModule, bytes: Uint8Array, words: Uint32Array): void {
  const [a, b] = headerSum(words);
  const isWhole = words[W.sum] === a && words[W.sum + 1] === b;
  const body = words[W.sealed] === 1 ? digestOf(module, bytes.subarray(HEADER_BYTES)) : UNSEALED;
  if (!isWhole || words[W.body] !== body[0] || words[W.body + 1] !== body[1]) refuse('its check sum is wrong');
}

function readTail(bytes: Uint8Array): Tail {
  try {
    return JSON.parse(decoder.decode(bytes)) as Tail;
  } catch {
    return refuse('its tail is damaged');
  }
}

function layoutOf({ machine, rules }: EngineParts, tail: Tail): { sameLayout: boolean; layout: LayoutInput } {
  const { layout } = machine;
  const isSame =
    layout.carriedSlots === tail.carriedSlots &&
    JSON.stringify(layout.persons) === JSON.stringify(tail.layoutPersons) &&
    layout.ghosts.length === tail.ghosts.length &&
    layout.ghosts.every((ghost, index) => isSameGhost(ghost, tail.ghosts[index]!));
  if (isSame) return { sameLayout: true, layout };
  const known = new Map<string, Fragment>(rules.fragments.map((fragment) => [fragment.source, fragment]));
  const ghosts = tail.ghosts.map(({ rule, runs, strands }) => {
    const fragment = known.get(JSON.stringify(rule)) ?? compileRule(checkRule(rule));
    return { fragment: { ...fragment }, runs, strands };
  });
  return { sameLayout: false, layout: { ghosts, persons: tail.layoutPersons, carriedSlots: tail.carriedSlots } };
}

function isSameGhost(ghost: LayoutInput['ghosts'][number], of: Tail['ghosts'][number]): boolean {
  return ghost.runs === of.runs && ghost.strands === of.strands && ghost.fragment.source === JSON.stringify(of.rule);
}

/** Puts a checked image into a machine of its layout. */
export function loadImage(machine: Machine, { tail, use, image }: DecodedImage): void {
  if (tail !== null) loadTail(machine, tail);
  const regions = regionsOf(machine, use);
  clearSlots(machine, use.slots);
  let at = HEADER_BYTES;
  for (const region of regions) {
    machine.memory.bytes.set(image.subarray(at, at + region.size), region.at);
    at += region.size;
  }
  machine.memory.words.fill(0, abi.H_TARGET >>> 2, abi.H_END >>> 2);
  machine.commands.take();
  machine.traces.take();
  machine.core.attach();
}

function loadTail(machine: Machine, tail: Tail): void {
  const { names, namedSlots } = machine.linked;
  tails.delete(machine);
  machine.strings.truncate(machine.fixedTexts);
  for (const text of tail.texts) machine.strings.number(text);
  machine.strings.settle(tail.settled ?? 0);
  names.replace(namedSlots, tail.keys, tail.persons);
}

/** Slots that were in use here and are not in the image are unknown again. */
function clearSlots(machine: Machine, from: number): void {
  const { state } = machine.linked;
  const { words } = machine.memory;
  const end = machine.memory.word(abi.H_SLOT_COUNT);
  for (let slot = from; slot < end; slot += 1) {
    const at = (state.slotsAt + slot * abi.SLOT_SIZE) >>> 2;
    words.fill(0, at, at + abi.SLOT_SIZE / 4);
    words[at + 1] = UNKNOWN_HIGH;
    words[at + 3] = UNKNOWN_HIGH;
  }
}

/** The hash of the state: of what an image of it would hold. */
export function imageHash(module: CoreModule, parts: EngineParts): string {
  const image = encodeImage(module, parts, undefined, false);
  const [a, b] = digestOf(module, image.subarray(HEADER_BYTES));
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
