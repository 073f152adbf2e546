// Fifty thousand cases of hostile input; the nightly file beside this one throws a million. SEED=n throws those of another run.

import { suite } from 'uvu';
import { defineFuzzing } from './fuzzing.ts';

const test = suite('hostile input');
await defineFuzzing(test, 50_000);
test.run();
