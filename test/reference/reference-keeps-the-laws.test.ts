// The model that judges the engine is held to the same laws first.

import { test } from 'uvu';
import { scenarioOf } from './arbitraries.ts';
import { FEATURES } from './arbitrary-parts.ts';
import { forAll, withoutOutcomes } from './check.ts';
import { LAWS } from './laws.ts';
import { newReference } from './machine.ts';

const everything = scenarioOf(withoutOutcomes(new Set(FEATURES)));

for (const [name, law] of Object.entries(LAWS)) {
  test(name, () => forAll(150, (scenario) => law(newReference, scenario), everything));
}

test.run();
