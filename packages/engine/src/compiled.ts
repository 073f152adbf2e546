// Rules made ready for starting: checked for a home, and linked. What the core runs on lies in these bytes as it will lie in
// its memory; texts, keys and the rules themselves lie behind it and are read one by one when someone asks for them.

import type { Rule } from '@lintel/model';
import { checkTypes } from './check/types.ts';
import { compileRule } from './compile/rule.ts';
import type { Fragment } from './compile/fragment.ts';
import { alignedTo, loadCore } from './core.ts';
import type { CoreModule } from './core.ts';
import { digestOf } from './digest.ts';
import type { Sum } from './digest.ts';
import { EngineError } from './errors.ts';
import { FrozenTexts, freezeTexts } from './frozen-texts.ts';
import { holidayNumbers, readDevices, readHome, readOptions } from './home.ts';
import { layOutRings } from './link/layout.ts';
import type { StateLayout } from './link/layout.ts';
import { link } from './link/link.ts';
import type { Linked } from './link/link.ts';
import { SlotNames } from './link/names.ts';
import type { TableAddresses } from './link/table-writer.ts';
import { FRESH_LAYOUT } from './run/build.ts';
import { compileAll } from './run/compile-all.ts';
import { RuleSet } from './run/rule-set.ts';
import type { RuleSource } from './run/rule-set.ts';
import { StringTable } from './strings.ts';
import type { EngineDevice, EngineHome } from './types.ts';

const MAGIC = 0x4354_4e4c;
const VERSION = 3;
/** Magic, version, length, the core's hash, the sum of what follows; then where each section begins and ends. */
const W = { magic: 0, version: 1, length: 2, core: 3, sum: 5, sections: 7 } as const;
const SECTIONS = ['meta', 'devices', 'blank', 'tables', 'keys', 'texts', 'ids', 'sources'] as const;
type Sections = Readonly<Record<(typeof SECTIONS)[number], Uint8Array>>;
const HEADER_BYTES = 96;

interface Meta {
  readonly home: EngineHome;
  readonly strict: boolean;
  readonly hash: Sum;
  readonly state: StateLayout;
  readonly addresses: TableAddresses;
  readonly tablesAt: number;
  readonly holidays: number;
  readonly persons: readonly string[];
  readonly personsAt: number;
}

export interface CompileInput {
  readonly rules: readonly Rule[];
  readonly home: EngineHome;
  readonly devices?: readonly EngineDevice[];
  readonly strict?: boolean;
}

/**
 * Checks and links rules for a home; the bytes are for `createEngine({ compiled })` with the same core.
 *
 * @throws RuleError for a rule that is wrong, EngineError `BAD_HOME` for a home that is
 */
export async function compile(input: CompileInput): Promise<Uint8Array> {
  readOptions(input, '{rules, home}');
  const home = readHome(input.home);
  const { fragments } = compileAll(input.rules);
  const rules = RuleSet.of(fragments, home, readDevices(input.devices), { strict: input.strict ?? true });
  if (rules.strict) checkTypes(fragments, rules.map);
  const linked = link({ fragments, home: rules.map, holidays: holidayNumbers(home), ...FRESH_LAYOUT });
  return write(await loadCore(), sectionsOf(rules, linked));
}

function sectionsOf(rules: RuleSet, linked: Linked): Sections {
  const { home, strict, hash, fragments, devices } = rules;
  const { state, addresses, tablesAt, holidays, names, strings } = linked;
  const { persons, personsAt } = names;
  const meta: Meta = { home, strict, hash, state, addresses, tablesAt, holidays, persons, personsAt };
  const encoder = new TextEncoder();
  return {
    meta: encoder.encode(JSON.stringify(meta)),
    devices: encoder.encode(devices === undefined ? '' : JSON.stringify(devices)),
    blank: linked.blank,
    tables: tablesOf(linked),
    keys: freezeTexts(names.keysFrom(0)),
    texts: freezeTexts(strings.from(1)),
    ids: freezeTexts(fragments.map((fragment) => fragment.rule.id)),
    sources: freezeTexts(fragments.map((fragment) => fragment.source)),
  };
}

function tablesOf(linked: Linked): Uint8Array {
  const words = new Uint32Array(linked.tablesSize / 4);
  linked.writeTables(words);
  return new Uint8Array(words.buffer);
}

function write(core: CoreModule, sections: Sections): Uint8Array {
  const places: number[] = [];
  let end = HEADER_BYTES;
  for (const name of SECTIONS) {
    places.push(end, end + sections[name].length);
    end = (end + sections[name].length + 7) & ~7;
  }
  const bytes = new Uint8Array(end);
  for (const [index, name] of SECTIONS.entries()) bytes.set(sections[name], places[index * 2]);
  const words = new Uint32Array(bytes.buffer, 0, HEADER_BYTES / 4);
  words.set([MAGIC, VERSION, end, ...core.hash], W.magic);
  words.set(places, W.sections);
  words.set(digestOf(core, bytes.subarray(W.sections * 4)), W.sum);
  return bytes;
}

/** What {@link compile} prepared, as an engine takes it. */
export interface Prepared {
  readonly rules: RuleSet;
  readonly linked: Linked;
}

/**
 * Reads what {@link compile} made. The bytes are not copied: they must stay as they are while the engine lives.
 *
 * @throws EngineError `BAD_IMAGE` where the bytes are something else, damaged, or of another core
 */
export function readCompiled(core: CoreModule, raw: unknown): Prepared {
  const sections = readSections(core, raw);
  const meta = JSON.parse(new TextDecoder().decode(sections.meta)) as Meta;
  const rules = new RuleSet(sourceOf(sections), meta.home, meta.strict, meta.hash);
  return { rules, linked: thaw(sections, meta, rules) };
}

function readSections(core: CoreModule, raw: unknown): Sections {
  if (!(raw instanceof Uint8Array) || raw.length < HEADER_BYTES) return refuse('they are too short');
  const bytes = alignedTo(8, raw);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_BYTES / 4);
  if (words[W.magic] !== MAGIC) return refuse('they begin with something else');
  if (words[W.version] !== VERSION) return refuse(`they have version ${words[W.version]!}, expected ${VERSION}`);
  if (words[W.length] !== bytes.length) return refuse(`expected ${words[W.length]!} bytes, there are ${bytes.length}`);
  if (words[W.core] !== core.hash[0] || words[W.core + 1] !== core.hash[1])
    return refuse('another version of the core is needed for them');
  const [a, b] = digestOf(core, bytes.subarray(W.sections * 4));
  if (words[W.sum] !== a || words[W.sum + 1] !== b) return refuse('their check sum is wrong');
  const section = (index: number): Uint8Array =>
    bytes.subarray(words[W.sections + index * 2], words[W.sections + index * 2 + 1]);
  return Object.fromEntries(SECTIONS.map((name, index) => [name, section(index)])) as unknown as Sections;
}

function sourceOf({ devices, sources }: Sections): RuleSource {
  const texts = new FrozenTexts(sources);
  const fragments: Fragment[] = [];
  return {
    count: texts.size,
    fragment: (index) => (fragments[index] ??= compileRule(JSON.parse(texts.text(index)) as Rule)),
    devices: () =>
      devices.length === 0 ? undefined : (JSON.parse(new TextDecoder().decode(devices)) as readonly EngineDevice[]),
  };
}

function thaw(sections: Sections, meta: Meta, rules: RuleSet): Linked {
  const { state, addresses, tablesAt, holidays, persons, personsAt } = meta;
  const { blank, tables } = sections;
  const ids = new FrozenTexts(sections.ids);
  let planned: Linked['rules'] | null = null;
  return {
    names: new SlotNames(() => rules.map, persons, personsAt, new FrozenTexts(sections.keys)),
    strings: new StringTable(new FrozenTexts(sections.texts)),
    state,
    rings: layOutRings(tablesAt + tables.length),
    tablesAt,
    tablesSize: tables.length,
    writeTables: (words) => words.set(new Uint32Array(tables.buffer, tables.byteOffset, tables.length / 4)),
    addresses,
    blank,
    namedSlots: state.namedSlots,
    holidays,
    ruleCount: ids.size,
    get rules() {
      return (planned ??= planAnew(rules));
    },
    fragment: (rule) => rules.fragment(rule),
    ruleOf: (id) => ids.find(id),
    deletedOf: () => -1,
    holderOf: (id) => ids.find(id),
  };
}

/** Where each rule's parts are; needed when rules are replaced, which compiles them all anyway. */
function planAnew({ fragments, map, home }: RuleSet): Linked['rules'] {
  return link({ fragments, home: map, holidays: holidayNumbers(home), ...FRESH_LAYOUT }).rules;
}

function refuse(why: string): never {
  throw new EngineError('BAD_IMAGE', `these bytes are no compiled rules: ${why}`);
}
