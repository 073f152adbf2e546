// The engine against the naive model: the same rules and events must give the same commands, traces and deadlines.
// SEED=n replays a run; the nightly files beside this one tell many more stories.

import { suite } from 'uvu';
import { defineComparison } from './comparison.ts';

const test = suite('engine equals reference');
await defineComparison(test, { core: 2200, all: 2200, edited: 700, laws: 40 });
test.run();
