// What else a home has that rules name, beside devices: rooms, scenes, people and the like, by their ids.

import type { ProblemCode, Rule } from '@lintel/model';
import { isObject, show } from '../check/reader.ts';
import type { TypeFault } from '../check/types.ts';
import { readNames } from '../home.ts';

/** Fields by which rules name things; devices are another matter. */
const FIELDS = ['room', 'floor', 'group', 'scene', 'person', 'schedule', 'variable', 'automation'] as const;
export type Thing = (typeof FIELDS)[number];

/** The ids of each thing; of one that is missing, anything may be there. */
export type KnownNames = ReadonlyMap<Thing, ReadonlySet<string>>;

const EVERYONE = ['anyone', 'everyone'];

/** Variables are there once a rule writes them, and the rules that are looked at are there themselves. */
export function knownNames(rules: readonly Rule[], raw: unknown): KnownNames {
  const names = readNames(raw);
  const known = new Map<Thing, ReadonlySet<string>>();
  const add = (thing: Thing, ids: readonly string[] | undefined, more: () => Iterable<string> = () => []): void => {
    if (ids !== undefined) known.set(thing, new Set([...ids, ...more()]));
  };
  add('room', names.rooms);
  add('floor', names.floors);
  add('group', names.groups);
  add('scene', names.scenes);
  add('person', names.people, () => EVERYONE);
  add('schedule', names.schedules);
  add('variable', names.variables, () => writtenBy(rules));
  add('automation', names.automations, () => rules.map(({ id }) => id));
  return known;
}

function writtenBy(rules: readonly Rule[]): Set<string> {
  const written = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { kind, name } = part as Readonly<Record<string, unknown>>;
    if (kind === 'variable' && typeof name === 'string') written.add(name);
    Object.values(part).forEach(walk);
  };
  for (const { actions } of rules) walk(actions);
  return written;
}

/** The thing of this name, where it is known not to be there. */
export function missing(thing: Thing, id: unknown, pointer: string, known: KnownNames): TypeFault[] {
  if (typeof id !== 'string' || (known.get(thing)?.has(id) ?? true)) return [];
  const code: Extract<ProblemCode, `unknown-${string}`> = `unknown-${thing}`;
  return [{ code, pointer, message: `there is no ${thing} ${show(id)}` }];
}

/** What the fields of one trigger, condition, action, target or set of devices name. */
export function missingIn(raw: unknown, at: (field: string) => string, known: KnownNames): TypeFault[] {
  if (!isObject(raw)) return [];
  return FIELDS.flatMap((field) => missing(field, raw[field], at(field), known));
}
