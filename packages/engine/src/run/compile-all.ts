// Compiles rules, taking over what is already compiled of those that have not changed.

import type { Rule } from '@lintel/model';
import { isObject, show } from '../check/reader.ts';
import { checkRule } from '../check/rule.ts';
import type { Fragment } from '../compile/fragment.ts';
import { compileRule } from '../compile/rule.ts';
import { RuleError } from '../errors.ts';
import { RULES_MAX } from '../../../../assembly/limits.ts';

/** Whether a rule is on now, whatever its text says; null for one that is not there. */
type IsOn = (rule: string) => boolean | null;

export interface CompiledRules {
  readonly fragments: readonly Fragment[];
  /** The place that the rule of each one's id had before; −1 where there was none. */
  readonly places: Int32Array;
}

/** A text that says of a rule that was switched what has become so does not change it. */
export function compileAll(rules: unknown, known: readonly Fragment[] = [], isOn: IsOn = () => null): CompiledRules {
  if (!Array.isArray(rules)) throw new RuleError('', '', `expected a list of rules, not ${show(rules)}`);
  if (rules.length > RULES_MAX) throw new RuleError('', '', `expected at most ${RULES_MAX} rules, not ${rules.length}`);
  const before = new Known(known);
  const places = new Int32Array(rules.length);
  const fragments = (rules as unknown[]).map((raw, index) => {
    const place = before.find(raw, index);
    const fragment = unchanged(raw, known[place], isOn) ?? compileRule(checkRule(raw));
    places[index] = place;
    before.take(place, fragment.rule.id);
    return fragment;
  });
  return { fragments, places };
}

/** Rules that are compiled already. Most stay where they were, seen from their neighbours; there each is looked for first. */
class Known {
  readonly #fragments: readonly Fragment[];
  readonly #taken: Uint8Array;
  readonly #fresh = new Set<string>();
  #places: ReadonlyMap<string, number> | null = null;
  #shift = 0;

  constructor(fragments: readonly Fragment[]) {
    this.#fragments = fragments;
    this.#taken = new Uint8Array(fragments.length);
  }

  /** The place of the rule with the id of another that now stands at `index`; −1 where there was none. */
  find(raw: unknown, index: number): number {
    if (!isObject(raw) || typeof raw['id'] !== 'string') return -1;
    const near = index + this.#shift;
    if (this.#fragments[near]?.rule.id === raw['id']) return near;
    this.#places ??= new Map(this.#fragments.map((fragment, place) => [fragment.rule.id, place]));
    const place = this.#places.get(raw['id']) ?? -1;
    if (place !== -1) this.#shift = place - index;
    return place;
  }

  /** @throws RuleError where the id is taken already */
  take(place: number, id: string): void {
    const isTaken = place === -1 ? this.#fresh.has(id) : this.#taken[place] === 1;
    if (isTaken) throw new RuleError(id, '/id', `another rule has the id ${show(id)}`);
    if (place === -1) this.#fresh.add(id);
    else this.#taken[place] = 1;
  }
}

function unchanged(raw: unknown, fragment: Fragment | undefined, isOn: IsOn): Fragment | null {
  if (fragment === undefined) return null;
  if (isSameRule(raw, fragment)) return fragment;
  const { enabled = true } = raw as Rule;
  if (enabled !== isOn(fragment.rule.id)) return null;
  const asBefore = { ...(raw as Rule), enabled: fragment.rule.enabled };
  return isSameRule(asBefore, fragment) ? fragment : null;
}

/** Deep equality of what people wrote; what the hub adds to a rule does not count. */
function isSameRule(raw: unknown, { rule, keyCount }: Fragment): boolean {
  const { author, version } = raw as Rule;
  if (author === undefined && version === undefined) return commonKeys(raw, rule) === keyCount;
  const { author: _author, version: _version, ...written } = raw as Rule;
  return commonKeys(written, rule) === keyCount;
}

/**
 * How many keys `a` has all in all, where each has the same value in `b`; −1 where one has not. As many as `b` has: they are equal.
 *
 * @param b what JSON can say; what is undefined in `a` counts as left out
 */
function commonKeys(a: unknown, b: unknown): number {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? 0 : -1;
  if (Array.isArray(a)) return Array.isArray(b) ? commonItems(a, b) : -1;
  if (Array.isArray(b)) return -1;
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  let count = 0;
  for (const key in one) {
    const value = one[key];
    if (value === undefined) continue;
    const there = other[key];
    // Every object inherits one value that is no function; nobody calls a field so.
    const below = typeof value !== 'object' && value === there ? 0 : commonKeys(value, there);
    if (below === -1 || key === '__proto__') return -1;
    count += below + 1;
  }
  return count;
}

function commonItems(a: readonly unknown[], b: readonly unknown[]): number {
  if (a.length !== b.length) return -1;
  let count = 0;
  for (let index = 0; index < a.length; index += 1) {
    const below = commonKeys(a[index], b[index]);
    if (below === -1) return -1;
    count += below;
  }
  return count;
}
