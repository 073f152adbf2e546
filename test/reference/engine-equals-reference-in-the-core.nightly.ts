// As engine-equals-reference.test.ts, for hours: the core of the language.

import { suite } from 'uvu';
import { defineComparison } from './comparison.ts';

const test = suite('engine equals reference, in the core of the language');
await defineComparison(test, { core: 45_000 });
test.run();
