// The rules of an engine with the home they are for. What a set was prepared from may come late: a set that was read from
// bytes compiles a rule when someone first asks for it.

import type { Fragment } from '../compile/fragment.ts';
import { hashBytes } from '../core.ts';
import type { Sum } from '../digest.ts';
import { HomeMap } from '../link/members.ts';
import type { EngineDevice, EngineHome } from '../types.ts';

type Devices = readonly EngineDevice[] | undefined;

/** Where the parts of a set come from. */
export interface RuleSource {
  readonly count: number;
  fragment(index: number): Fragment;
  devices(): Devices;
}

export class RuleSet {
  readonly home: EngineHome;
  /** Whether rules must fit the devices. */
  readonly strict: boolean;
  readonly #source: RuleSource;
  #fragments: readonly Fragment[] | null = null;
  #devices: { readonly list: Devices } | null = null;
  #map: HomeMap | null = null;
  #hash: Sum | null;

  constructor(source: RuleSource, home: EngineHome, strict: boolean, hash: Sum | null = null) {
    this.#source = source;
    this.home = home;
    this.strict = strict;
    this.#hash = hash;
  }

  /** @param map the map of the home, where it is there already */
  static of(
    fragments: readonly Fragment[],
    home: EngineHome,
    devices: Devices,
    options: { readonly strict: boolean; readonly map?: HomeMap },
  ): RuleSet {
    const source = { count: fragments.length, fragment: (index: number) => fragments[index]!, devices: () => devices };
    const set = new RuleSet(source, home, options.strict);
    set.#fragments = fragments;
    set.#map = options.map ?? null;
    return set;
  }

  get fragments(): readonly Fragment[] {
    const { count } = this.#source;
    return (this.#fragments ??= Array.from({ length: count }, (_, index) => this.#source.fragment(index)));
  }

  fragment(index: number): Fragment {
    return this.#fragments?.[index] ?? this.#source.fragment(index);
  }

  get devices(): Devices {
    this.#devices ??= { list: this.#source.devices() };
    return this.#devices.list;
  }

  get map(): HomeMap {
    return (this.#map ??= new HomeMap(this.home, this.devices));
  }

  /** What the state means depends on the rules, the home, and who is where: all of it in two words. */
  get hash(): Sum {
    return (this.#hash ??= hashOf(this.fragments, this.home, this.devices));
  }
}

const ruleHashes = new WeakMap<readonly Fragment[], Sum>();

function hashOf(fragments: readonly Fragment[], home: EngineHome, devices: Devices): Sum {
  let sources = ruleHashes.get(fragments);
  if (sources === undefined) {
    sources = hashBytes(new TextEncoder().encode(fragments.map((fragment) => fragment.source).join('\n')));
    ruleHashes.set(fragments, sources);
  }
  const members = (devices ?? []).map(({ id, kind, room, endpoints }) => [
    id,
    kind,
    room,
    endpoints.map((each) => [each.id, each.room, each.kind, each.capabilities.map((one) => one.name)]),
  ]);
  const { latitude, longitude, timeZone, holidays, rooms } = home;
  const place = JSON.stringify([latitude, longitude, timeZone, holidays, rooms, devices === undefined, members]);
  const [a, b] = hashBytes(new TextEncoder().encode(place));
  return [(sources[0] ^ Math.imul(a, 31)) >>> 0, (sources[1] ^ Math.imul(b, 37)) >>> 0];
}
