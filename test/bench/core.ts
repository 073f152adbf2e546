// The core's figures in words: against its peers, in images and edits, alone with one event, and in the browser.

import { measureCore } from './core-against-peers.ts';
import { measureImages } from './images.ts';
import { measureMixed } from './mixed-rules.ts';
import type { Slowdown } from './mixed-rules.ts';
import { measureOneEvent } from './one-event.ts';
import type { Spread } from './one-event.ts';
import { replay } from './replay.ts';
import { replayInBrowser } from './replay-in-browser.ts';
import { figure, heading, row } from './report.ts';
import { measureSlowPeers } from './slow-peers.ts';
import type { Ratio } from './slow-peers.ts';

const REPLAYED_BATCHES = 1_000;

const slower = (ratio: Ratio): string =>
  typeof ratio === 'number' ? `${figure(ratio, ratio < 10 ? 2 : 0)} × slower` : ratio;

/** How many times as long as the peer the core takes. */
const cost = (ratio: Ratio): string => (typeof ratio === 'number' ? `${figure(1 / ratio)} × the time` : ratio);

const slowdown = ({ aloneNs, mixedNs }: Slowdown): string =>
  `${figure(mixedNs / aloneNs)} × the time, ${figure(mixedNs - aloneNs, 0)} ns more`;

const spread = ({ p50Us, p99Us, p999Us }: Spread): string =>
  `${figure(p50Us)} · ${figure(p99Us)} · ${figure(p999Us)} µs`;

async function reportPeers(): Promise<void> {
  const core = await measureCore(1_000_000, 5, 100_000);
  const peers = await measureSlowPeers();
  const mixed = await measureMixed(500_000, 3, 100_000);
  heading('Core, 1,000 rules on 1,000 properties, batches of 4,096 (equal output hashes, medians of 5 rounds)');
  row('one event', `${figure(core.coreNs, 0)} ns`);
  row('hand-written closures with an index', slower(core.againstClosures));
  row('json-rules-engine with an index in front', slower(core.againstJsonRules));
  row('json-rules-engine as documented', slower(peers.documented));
  row('Node-RED 5, one entry node a property, burst', slower(peers.nodeRed));
  row('CLIPS', slower(peers.clips));
  row('beside C on the same tables and bytecode', cost(peers.bytecodeInC));
  row('beside C with structs for these rules', cost(peers.structsInC));
  row('one event beside 100,000 unrelated rules', `${figure(core.flatness)} × the time`);
  row('the same, mixed among its own', slowdown(mixed.core));
  row('the same in C, on the same tables', mixed.inC === null ? 'no C compiler here' : slowdown(mixed.inC));
}

async function reportImages(): Promise<void> {
  const images = await measureImages();
  heading(`10,000 rules, ${images.kibibytes} KiB of state`);
  row('copying as many bytes', `${figure(images.copyUs, 0)} µs`);
  row('snapshot · restore, unsealed', `${figure(images.snapshotUs, 0)} · ${figure(images.restoreUs, 0)} µs`);
  row('snapshot · restore, sealed', `${figure(images.sealedSnapshotUs, 0)} · ${figure(images.sealedRestoreUs, 0)} µs`);
  row('cold: an engine from prepared rules, and restore', `${figure(images.coldMs)} ms`);
  row(`one rule edited while 10,000 wait (${images.kept} kept)`, `${figure(images.swapMs, 1)} ms`);
}

async function reportOneEvent(): Promise<void> {
  const one = await measureOneEvent(1_000_000);
  heading('One event alone, 1,000 rules: p50 · p99 · p99.9');
  row('as a slot and a number', spread(one.slot));
  row('by name, with commands as objects', spread(one.named));
  row('a loop of the same length, which the machine alone interrupts', spread(one.machine));
}

async function reportReplay(): Promise<void> {
  const [here, there] = [await replay(REPLAYED_BATCHES), await replayInBrowser(REPLAYED_BATCHES)];
  if (here.stateHash !== there.stateHash) throw new Error('Node and Chromium disagree');
  heading('A recorded day replayed, with waits, texts and the sun (equal state hashes)');
  row('in Node', `${figure(here.eventsPerSecond / 1e6)} M events/s`);
  row('in Chromium', `${figure(there.eventsPerSecond / 1e6)} M events/s`);
}

export async function reportCore(): Promise<void> {
  await reportPeers();
  await reportImages();
  await reportOneEvent();
  await reportReplay();
}

if (import.meta.main) await reportCore();
