// `npm run bench`: figures as ratios against peers measured in the same run, and latencies over the whole path.

import { reportCore } from './core.ts';
import { measureFirstLiveTile } from './first-live-tile.ts';
import { measureFloor } from './floor.ts';
import { measureIdle } from './idle-plugins.ts';
import { measureBoundary } from './plugin-boundary.ts';
import { measureTroubles } from './plugin-troubles.ts';
import { measureReport } from './report-to-lamp.ts';
import { figure, heading, row } from './report.ts';
import { median } from './statistics.ts';

await reportCore();

const floor = await measureFloor();
const path = await measureReport('ikea-color-lamp');
heading(`Report → lamp command, through radio protocol, plugin, journal and core (${path.reports} spaced reports)`);
row('p50', `${figure(path.p50Ms)} ms`);
row('in bare round trips between two processes of this machine', `${figure(path.p50Ms / floor)} × ${figure(floor)} ms`);
row('p99', `${figure(path.p99Ms)} ms`);
row('worst', `${figure(path.maxMs)} ms`);
row('reports sustained', `${figure(path.sustainedPerSecond, 0)} /s`);
const lock = await measureReport('yale-lock', 300);
row('to a lock, which waits for the disk: p50', `${figure(lock.p50Ms)} ms`);

const boundary = await measureBoundary();
heading('Across the boundary between hub and plugin');
row('a command and its report, there and back: p50', `${figure(boundary.roundTripP50Us, 0)} µs`);
row(
  'of bare round trips of the same machine and moment',
  `${figure(boundary.roundTripP50Us / boundary.bareSocketP50Us)} ×`,
);
row('a bare round trip over such a socket: p50', `${figure(boundary.bareSocketP50Us, 0)} µs`);
row('a bare round trip by process.send: p50', `${figure(boundary.bareIpcP50Us, 0)} µs`);
row('reports from one plugin, paced', `${boundary.reportsPerSecond} /s`);
row('back after a crash', `${figure(boundary.backAfterCrashMs, 0)} ms`);

const idle = await measureIdle();
heading('Twenty idle plugins, beside as many bare Node processes');
row('all up', `${figure(idle.allUpMs / 1000)} s`);
row('against bare processes', `${figure(idle.allUpMs / idle.bareAllUpMs)} × the time`);
row('the first device is live', `${figure(idle.firstDeviceMs / 1000)} s`);
row('memory of its own, each', `${figure(idle.privateMedianMib)} MiB`);
row('of a bare process', `${figure(idle.barePrivateMib)} MiB`);

heading('A plugin in trouble, beside one that is well');
for (const { trouble, noticedMs, backMs, otherP99Ms, quietP99Ms, hubMib } of await measureTroubles()) {
  if (noticedMs !== null && backMs !== null)
    row(`${trouble}: noticed, and back after that`, `${figure(noticedMs, 0)}, ${figure(backMs, 0)} ms`);
  row(`${trouble}: the other’s p99, and in quiet times`, `${figure(otherP99Ms)}, ${figure(quietP99Ms)} ms`);
  row(`${trouble}: the hub’s memory`, `+${figure(hubMib, 1)} MiB`);
}

const tiles = await measureFirstLiveTile();
heading('First live tile of the furnished virtual home, phone, 6× CPU, slow 4G');
row(`median of ${tiles.length}`, `${figure(median(tiles) / 1000)} s`);
row('fastest, slowest', `${figure(tiles[0]! / 1000)}, ${figure(tiles.at(-1)! / 1000)} s`);
process.exit(0);
