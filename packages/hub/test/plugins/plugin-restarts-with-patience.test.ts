import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { apiFault } from '../../src/plugins/api-range.ts';
import { Bucket } from '../../src/plugins/bucket.ts';
import { PluginLog } from '../../src/plugins/plugin-log.ts';
import { Restarts } from '../../src/plugins/restarts.ts';
import type { PluginLogLine } from '../../src/plugins/types.ts';

const MINUTE = 60_000;

test('the first crash is forgiven at once, the next wait longer, the fifth in ten minutes is the last', () => {
  const restarts = new Restarts(() => 1);
  assert.equal(
    [0, 1, 2, 3, 4].map((at) => restarts.crashed(at)),
    [0, 100, 200, 400, null],
  );
  assert.is(restarts.total, 4);
  restarts.clear();
  assert.is(restarts.crashed(5), 0);
});

test('crashes far apart never add up', () => {
  const restarts = new Restarts(() => 1);
  for (let at = 0; at < 100; at += 1) assert.is.not(restarts.crashed(at * 3 * MINUTE), null);
});

test('a plugin without its radio tries again for ever, from 0.1 to 60 s, with jitter', () => {
  const restarts = new Restarts(() => 1);
  const waits = Array.from({ length: 12 }, () => restarts.refused());
  assert.equal(waits.slice(0, 4), [100, 200, 400, 800]);
  assert.is(waits.at(-1), 60_000);
  assert.is(new Restarts(() => 0).refused(), 50);
  restarts.started();
  assert.is(restarts.refused(), 100);
});

test('a bucket gives its burst, then its rate, and nothing for a clock that jumps back', () => {
  const bucket = new Bucket(10, 2, 1_000);
  assert.equal([bucket.take(1_000), bucket.take(1_000), bucket.take(1_000)], [true, true, false]);
  assert.equal([bucket.take(1_100), bucket.take(1_100)], [true, false]);
  assert.is(bucket.take(0), false);
});

test('a log that floods says how many lines it left out, and no line can rewrite a terminal', () => {
  const lines: PluginLogLine[] = [];
  const log = new PluginLog('a', (line) => lines.push(line), 0);
  for (let at = 0; at < 1_000; at += 1) log.add(0, 'info', `line ${at}`);
  assert.is(lines.length, 200);
  log.add(1_000, 'info', 'red \u001b[31m\u0007\n\ttext');
  assert.equal(
    lines.slice(-2).map(({ text }) => text),
    ['left out 800 lines: too many a second', 'red �[31m�\n\ttext'],
  );
});

test('a range of the SDK is checked before anything is loaded, and says what to do', () => {
  assert.is(apiFault('^1', '1.2.3'), null);
  assert.is(apiFault('^1.2.3', '1.2.3'), null);
  assert.match(apiFault('^1.3', '1.2.3')!, 'update Lintel');
  assert.match(apiFault('^2', '1.2.3')!, 'update Lintel');
  assert.match(apiFault('^1', '2.0.0')!, 'update the plugin');
  assert.match(apiFault('', '1.2.3')!, '"api": "^1"');
  assert.match(apiFault('*', '1.2.3')!, '"api": "^1"');
});

test.run();
