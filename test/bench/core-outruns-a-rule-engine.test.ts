// The core's first bar: a hundred times json-rules-engine, with an index in front of it, and the same rules fired.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measureCore } from './core-against-peers.ts';

const test = suite('core outruns a rule engine');

test('by a hundred times at 1,000 rules', async () => {
  const { againstJsonRules } = await measureCore(100_000, 3, 0);
  assert.ok(againstJsonRules >= 100, `${againstJsonRules.toFixed(0)} times`);
});

test.run();
