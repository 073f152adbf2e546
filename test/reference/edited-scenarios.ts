// Random histories in which the rules are edited, moved, deleted and added while they run, and devices moved to other rooms.

import fc from 'fast-check';
import type { Rule } from '@lintel/model';
import { rulesOf, scenarioOf } from './arbitraries.ts';
import type { Scenario } from './arbitraries.ts';
import { DEVICES, PROPERTIES, pick } from './arbitrary-parts.ts';
import type { Features } from './arbitrary-parts.ts';
import type { ReferenceDevice } from './state.ts';

export interface Edit {
  /** Before this step. */
  readonly step: number;
  readonly rules: readonly Rule[];
  /** Those of the home, some of them moved to another room. */
  readonly devices?: readonly ReferenceDevice[];
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

function moved(devices: readonly ReferenceDevice[], luck: readonly number[]): ReferenceDevice[] {
  return devices.map((device, index) => {
    const dice = luck[index % luck.length]! % 5;
    return dice > 1 ? device : { ...device, room: dice === 0 ? 'hall' : 'attic' };
  });
}

export function editedScenarioOf(features: Features): fc.Arbitrary<EditedScenario> {
  const dice = fc.array(fc.nat(11), { minLength: 3, maxLength: 3 });
  const edit = fc.tuple(fc.nat(20), rulesOf(features), dice, pick(true, false));
  return fc.tuple(scenarioOf(features), fc.array(edit, { minLength: 1, maxLength: 4 })).map(([scenario, drafts]) => {
    const edits = drafts.map(([step, fresh, luck, fromFirst]) => {
      const old = fromFirst ? scenario.rules : fresh;
      const rules = [...editOf(old, fresh, luck), watcher];
      return { step, rules, ...(scenario.devices && { devices: moved(scenario.devices, luck) }) };
    });
    return { ...scenario, rules: [...scenario.rules, watcher], edits };
  });
}
