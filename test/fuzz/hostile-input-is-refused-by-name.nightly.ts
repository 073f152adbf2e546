// As hostile-input-is-refused-by-name.test.ts, a million times.

import { suite } from 'uvu';
import { defineFuzzing } from './fuzzing.ts';

const test = suite('hostile input, at length');
await defineFuzzing(test, 1_000_000);
test.run();
