// As engine-equals-reference.test.ts, for hours: the whole language. With the files beside it a hundred thousand stories.

import { suite } from 'uvu';
import { defineComparison } from './comparison.ts';

const test = suite('engine equals reference, in all of the language');
await defineComparison(test, { all: 45_000 });
test.run();
