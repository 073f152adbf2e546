// As engine-equals-reference.test.ts, for hours: rules that are edited while they run.

import { suite } from 'uvu';
import { defineComparison } from './comparison.ts';

const test = suite('engine equals reference, while rules are edited');
await defineComparison(test, { edited: 12_000 });
test.run();
