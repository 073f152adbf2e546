// Rules made ready for starting: checked, with the home they were checked for, under a check sum.

import type { Rule } from '@lintel/model';
import { checkTypes } from './check/types.ts';
import { hashBytes } from './core.ts';
import { EngineError } from './errors.ts';
import { readHome } from './home.ts';
import { HomeMap } from './link/members.ts';
import { compileAll } from './run/replace.ts';
import type { EngineDevice, EngineHome } from './types.ts';

const MAGIC = 0x4354_4e4c;
const VERSION = 1;
const HEADER_BYTES = 20;

export interface CompileInput {
  readonly rules: readonly Rule[];
  readonly home: EngineHome;
  readonly devices?: readonly EngineDevice[];
  readonly strict?: boolean;
}

/**
 * Checks rules for a home and keeps the result as bytes for `createEngine({ compiled })`.
 *
 * @throws RuleError for a rule that is wrong, EngineError `BAD_HOME` for a home that is
 */
export async function compile(input: CompileInput): Promise<Uint8Array> {
  const home = readHome(input.home);
  const fragments = compileAll(input.rules, []);
  if (input.strict ?? true) checkTypes(fragments, new HomeMap(home, input.devices));
  const { devices, strict } = input;
  const rules = fragments.map((fragment) => fragment.rule);
  const text = new TextEncoder().encode(JSON.stringify({ rules, home, devices, strict }));
  const bytes = new Uint8Array(HEADER_BYTES + text.length);
  bytes.set(text, HEADER_BYTES);
  new Uint32Array(bytes.buffer, 0, 5).set([MAGIC, VERSION, text.length, ...hashBytes(text)]);
  return bytes;
}

/** @throws EngineError `BAD_IMAGE` where the bytes are not what {@link compile} made */
export function readCompiled(raw: unknown): CompileInput {
  if (!(raw instanceof Uint8Array) || raw.length < HEADER_BYTES) return refuse('they are too short');
  const bytes = raw.slice();
  const [magic, version, length, a, b] = new Uint32Array(bytes.buffer, 0, 5);
  const text = bytes.subarray(HEADER_BYTES);
  if (magic !== MAGIC) return refuse('they begin with something else');
  if (version !== VERSION) return refuse(`they have version ${version}, expected ${VERSION}`);
  if (length !== text.length) return refuse(`expected ${length} bytes, there are ${text.length}`);
  const [first, second] = hashBytes(text);
  if (a !== first || b !== second) return refuse('their check sum is wrong');
  return JSON.parse(new TextDecoder().decode(text)) as CompileInput;
}

function refuse(why: string): never {
  throw new EngineError('BAD_IMAGE', `these bytes are no compiled rules: ${why}`);
}
