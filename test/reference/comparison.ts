// The comparison of the engine with the reference, in any number of scenarios.

import type { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Features } from './arbitrary-parts.ts';
import { scenarioOf } from './arbitraries.ts';
import type { Scenario } from './arbitraries.ts';
import { forAll, withoutOutcomes } from './check.ts';
import { editedScenarioOf } from './edited-scenarios.ts';
import type { EditedScenario } from './edited-scenarios.ts';
import { featuresOfEngine, newEngine, newHandingEngine, newPreparedEngine } from './engine-machine.ts';
import { LAWS, restoreEqualsGoingOn } from './laws.ts';
import { difference, momentsOf, newReference } from './machine.ts';

/** What the engine must take; the rest is compared as soon as it does. */
const REQUIRED = ['core'] as const;

/** How many stories of each kind are told; a kind that is left out is another file's. */
export interface Counts {
  /** Of the core language. */
  readonly core?: number;
  /** Of all of the language. */
  readonly all?: number;
  readonly edited?: number;
  /** For each law. */
  readonly laws?: number;
}

export async function sameAsReference(scenario: Scenario): Promise<string | null> {
  const reference = await newReference(scenario);
  const engine = await newEngine(scenario);
  try {
    for (const [index, { now, events }] of momentsOf(scenario.startAt, scenario.steps).entries()) {
      const wrong = difference(reference.step(now, events), engine.step(now, events));
      if (wrong !== null) return `step ${index}: ${wrong}`;
    }
    return null;
  } finally {
    engine.close();
  }
}

export async function sameWhileEdited(scenario: EditedScenario): Promise<string | null> {
  const reference = await newReference(scenario);
  const engine = scenario.steps.length % 2 === 0 ? await newEngine(scenario) : await newPreparedEngine(scenario);
  try {
    for (const [index, { now, events }] of momentsOf(scenario.startAt, scenario.steps).entries()) {
      for (const { rules, devices } of scenario.edits.filter(({ step }) => step === index)) {
        const options = devices === undefined ? {} : { devices };
        const expected = JSON.stringify(reference.replaceRules(rules, options));
        const actual = JSON.stringify(engine.replaceRules(rules, options));
        if (expected !== actual) return `edit before step ${index}: expected ${expected}, actual ${actual}`;
      }
      const told = { ...reference.step(now, events), wakeIsExact: false };
      const wrong = difference(told, engine.step(now, events));
      if (wrong !== null) return `step ${index}: ${wrong}`;
    }
    return null;
  } finally {
    engine.close();
  }
}

/** Throws where the rules feed one another without end, so that such scenarios are left out. */
async function survive(scenario: Scenario): Promise<void> {
  const reference = await newReference(scenario);
  for (const { now, events } of momentsOf(scenario.startAt, scenario.steps)) reference.step(now, events);
}

async function sameHash(scenario: Scenario): Promise<string | null> {
  const [one, two] = [await newEngine(scenario), await newPreparedEngine(scenario)];
  try {
    await survive(scenario);
    for (const [index, { now, events }] of momentsOf(scenario.startAt, scenario.steps).entries()) {
      const [told, prepared] = [one, two].map((machine) => JSON.stringify(machine.step(now, events)));
      if (told !== prepared) return `step ${index}: prepared rules say ${prepared}, expected ${told}`;
      if (one.stateHash() !== two.stateHash()) return `step ${index}: the hashes of equal machines differ`;
      const elsewhere = await newPreparedEngine(scenario);
      elsewhere.restore(one.snapshot());
      const restored = elsewhere.stateHash();
      elsewhere.close();
      if (restored !== one.stateHash()) return `step ${index}: the hash differs after a restore`;
    }
    return null;
  } finally {
    one.close();
    two.close();
  }
}

type Suite = ReturnType<typeof suite>;

export async function defineComparison(test: Suite, { core, all, edited, laws }: Counts): Promise<void> {
  const features = await featuresOfEngine();
  test('the engine takes what it must', () => {
    for (const feature of REQUIRED) assert.ok(features.has(feature), feature);
  });
  const plain = scenarioOf(new Set(['core']));
  const rich = scenarioOf(features);
  if (core) test('core rules: as the reference does', () => forAll(core, sameAsReference, plain));
  if (all) test('all rules: as the reference does', () => forAll(all, sameAsReference, rich));
  if (edited) test('edited rules: as the reference', () => forAll(edited, sameWhileEdited, editedScenarioOf(features)));
  if (laws) defineLaws(test, laws, features);
}

function defineLaws(test: Suite, laws: number, features: Features): void {
  const cuttable = scenarioOf(withoutOutcomes(features));
  for (const [name, law] of Object.entries(LAWS)) {
    const holds = async (scenario: Scenario): Promise<string | null> => {
      await survive(scenario);
      return law(newEngine, scenario);
    };
    test(`engine: ${name}`, () => forAll(laws, holds, cuttable));
  }
  test('engine: handed over by names equals going on', () =>
    forAll(
      laws,
      async (scenario: Scenario) => {
        await survive(scenario);
        return restoreEqualsGoingOn(newHandingEngine, scenario);
      },
      cuttable,
    ));
  test('the same input gives the same state hash, also after a restore', () =>
    forAll(laws, sameHash, scenarioOf(features)));
}
