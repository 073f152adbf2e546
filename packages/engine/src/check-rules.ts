// Looks at rules together, before any runs; what each finding means stands in docs/rules.md.

import type { Rule, RuleProblem } from '@lintel/model';
import { typeFaults } from './check/types.ts';
import type { Fragment } from './compile/fragment.ts';
import { readDevices, readHome, readOptions } from './home.ts';
import { HomeMap } from './link/members.ts';
import { Plan } from './link/plan.ts';
import { loops } from './problems/loops.ts';
import { knownNames, type KnownNames } from './problems/known-names.ts';
import { nameFaults } from './problems/names.ts';
import { neverFires } from './problems/never-fires.ts';
import { overlaps } from './problems/overlaps.ts';
import { unreachable } from './problems/unreachable.ts';
import { compileAll } from './run/compile-all.ts';
import type { EngineDevice, EngineHome, HomeNames } from './types.ts';

export type Problem = RuleProblem;

/**
 * Problems that rules have together or with the home.
 *
 * @throws RuleError for a rule that is none, EngineError `BAD_HOME` for a home that is none
 */
export function check(input: {
  readonly rules: readonly Rule[];
  readonly home: EngineHome;
  readonly devices?: readonly EngineDevice[];
  readonly names?: HomeNames;
}): { problems: Problem[] } {
  readOptions(input, '{rules, home}');
  const map = new HomeMap(readHome(input.home), readDevices(input.devices));
  const { fragments } = compileAll(input.rules);
  const names = knownNames(input.rules, input.names);
  const plan = new Plan({ fragments, ghosts: [], home: map, persons: [] });
  return {
    problems: [
      ...fragments.flatMap((fragment) => typeProblems(fragment, map, names)),
      ...neverFires(fragments, map),
      ...fragments.flatMap(({ rule }) => unreachable(rule)),
      ...loops(fragments, plan, map),
      ...overlaps(fragments, map),
    ],
  };
}

/** What the rule names that is not there, and values that do not fit, first to last. */
function typeProblems({ rule }: Fragment, map: HomeMap, names: KnownNames): Problem[] {
  return [...typeFaults(rule, map), ...nameFaults(rule, map, names)].map((fault) => ({
    severity: 'error',
    rule: rule.id,
    ...fault,
  }));
}
