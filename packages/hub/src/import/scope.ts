// What is known around a piece that is imported.

import type { Entities, Meaning } from './entities.ts';
import { Lost, type Notes } from './notes.ts';
import type { Source } from './source.ts';

/** What the same text defines, by what others call it. */
export interface Names {
  /** `automation.slug` and `script.name` → the id of the rule. */
  readonly rules: Map<string, string>;
}

export interface Scope {
  readonly notes: Notes;
  readonly entities: Entities;
  readonly names: Names;
  /** Variables of the automation: they are filled in where they are used. */
  readonly variables: ReadonlyMap<string, Source>;
  /** Names of `scene.create`, which are saved and restored here. */
  readonly saved: Set<string>;
  /** Ids of triggers as written → ids here, which are each of one trigger. */
  readonly triggers: ReadonlyMap<string, readonly string[]>;
  /** What `trigger.to_state.state` is, where all triggers are about one property. */
  readonly triggered: Meaning | null;
  /** Variables being filled in, against circles. */
  readonly within: ReadonlySet<string>;
}

export const withVariables = (scope: Scope, more: Iterable<readonly [string, Source]>): Scope => ({
  ...scope,
  variables: new Map([...scope.variables, ...more]),
});

export function without(scope: Scope, name: string, line: number): Scope {
  if (scope.within.has(name) || scope.within.size > 16) throw new Lost(line, `the variable ${name} is made of itself`);
  return { ...scope, within: new Set([...scope.within, name]) };
}
