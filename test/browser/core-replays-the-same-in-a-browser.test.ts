// The same rules and the same recorded reports lead to the same state and the same commands in Node and in Chromium.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { replay } from '../bench/replay.ts';
import { replayInBrowser } from '../bench/replay-in-browser.ts';

const BATCHES = 250;
const test = suite('core replays the same in a browser');

test('a recorded day ends in the same state, by the same commands', async () => {
  const here = await replay(BATCHES);
  const there = await replayInBrowser(BATCHES);
  assert.ok(here.commands > 50 && here.rows > 10_000, `${here.commands} commands, ${here.rows} rows`);
  const { eventsPerSecond: _here, ...expected } = here;
  const { eventsPerSecond: _there, ...actual } = there;
  assert.equal(actual, expected);
});

test('another day would be told from it', async () => {
  const [one, two] = [await replay(20), await replay(21)];
  assert.is.not(one.stateHash, two.stateHash);
  assert.is.not(one.commandsHash, two.commandsHash);
});

test.run();
