// Random histories in which the rules are edited, moved, deleted and added while they run.

import fc from 'fast-check';
import type { Rule } from '@lintel/model';
import { rulesOf, scenarioOf } from './arbitraries.ts';
import type { Scenario } from './arbitraries.ts';
import { DEVICES, PROPERTIES, pick } from './arbitrary-parts.ts';
import type { Features } from './arbitrary-parts.ts';

export interface Edit {
  /** Before this step. */
  readonly step: number;
  readonly rules: readonly Rule[];
}

export interface EditedScenario extends Scenario {
  readonly edits: readonly Edit[];
}

/** Names every property, so that what is known does not depend on which rules there were; it does nothing. */
const watcher: Rule = {
  id: 'watcher',
  triggers: [{ kind: 'manual' }],
  conditions: DEVICES.flatMap((device) =>
    Object.keys(PROPERTIES).map((property) => ({ kind: 'property', device, property, unknown: true }) as const),
  ),
  actions: [{ kind: 'stop' }],
};

/** Of every rule the old text or the new, in some order, some of them left out. */
function editOf(old: readonly Rule[], fresh: readonly Rule[], luck: readonly number[]): Rule[] {
  const chosen = old.flatMap((rule, index) => {
    const dice = luck[index] ?? 0;
    if (dice % 4 === 0) return [];
    if (dice === 2) return [{ ...structuredClone(rule), enabled: false }];
    return [dice % 4 === 1 ? { ...(fresh[index] ?? rule), id: rule.id } : structuredClone(rule)];
  });
  return (luck[0] ?? 0) % 3 === 0 ? chosen.toReversed() : chosen;
}

export function editedScenarioOf(features: Features): fc.Arbitrary<EditedScenario> {
  const dice = fc.array(fc.nat(11), { minLength: 3, maxLength: 3 });
  const edit = fc.tuple(fc.nat(20), rulesOf(features), dice, pick(true, false));
  return fc.tuple(scenarioOf(features), fc.array(edit, { minLength: 1, maxLength: 4 })).map(([scenario, drafts]) => {
    const edits = drafts.map(([step, fresh, luck, fromFirst]) => {
      const old = fromFirst ? scenario.rules : fresh;
      return { step, rules: [...editOf(old, fresh, luck), watcher] };
    });
    return { ...scenario, rules: [...scenario.rules, watcher], edits };
  });
}
