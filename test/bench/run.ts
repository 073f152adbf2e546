// `npm run bench`: figures as ratios against peers measured in the same run, and latencies over the whole path.

import { measureCore } from './core-against-peers.ts';
import { measureFirstLiveTile } from './first-live-tile.ts';
import { measureFloor } from './floor.ts';
import { measureReport } from './report-to-lamp.ts';
import { median } from './statistics.ts';

const round = (value: number, digits = 2): string => value.toFixed(digits);

function row(name: string, value: string): void {
  console.log(`  ${name.padEnd(64)} ${value.padStart(14)}`);
}

const core = await measureCore(1_000_000, 5, 50_000);
console.log('\nCore, 1,000 rules on 1,000 properties, batches of 4,096 (equal output hashes, medians of 5 rounds)');
row('one event', `${round(core.coreNs, 0)} ns`);
row('hand-written closures with an index', `${round(core.againstClosures)} × slower`);
row('json-rules-engine with an index in front', `${round(core.againstJsonRules, 0)} × slower`);
row('one event beside 50,000 unrelated rules', `${round(core.flatness)} × the time`);

const floor = await measureFloor();
const path = await measureReport('ikea-color-lamp');
console.log(
  `\nReport → lamp command, through radio protocol, plugin, journal and core (${path.reports} spaced reports)`,
);
row('p50', `${round(path.p50Ms)} ms`);
row('in bare round trips between two processes of this machine', `${round(path.p50Ms / floor)} × ${round(floor)} ms`);
row('p99', `${round(path.p99Ms)} ms`);
row('worst', `${round(path.maxMs)} ms`);
row('reports sustained', `${round(path.sustainedPerSecond, 0)} /s`);
const lock = await measureReport('yale-lock', 300);
row('to a lock, which waits for the disk: p50', `${round(lock.p50Ms)} ms`);

const tiles = await measureFirstLiveTile();
console.log('\nFirst live tile of the furnished virtual home, phone, 6× CPU, slow 4G');
row(`median of ${tiles.length}`, `${round(median(tiles) / 1000)} s`);
row('fastest, slowest', `${round(tiles[0]! / 1000)}, ${round(tiles.at(-1)! / 1000)} s`);
process.exit(0);
