// As engine-equals-reference.test.ts, for hours: what is true of every story.

import { suite } from 'uvu';
import { defineComparison } from './comparison.ts';

const test = suite('engine keeps the laws');
await defineComparison(test, { laws: 2000 });
test.run();
