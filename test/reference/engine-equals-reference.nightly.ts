// As engine-equals-reference.test.ts, for hours: a hundred thousand scenarios.

import { suite } from 'uvu';
import { defineComparison } from './comparison.ts';

const test = suite('engine equals reference, at length');
await defineComparison(test, { scenarios: 45_000, edited: 10_000, laws: 2000 });
test.run();
