// What a node's clock is told of the home's zone: never wrong, on no day of the year.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { clusterView } from '../src/mapping/table.ts';
import type { Fields } from '../src/mapping/types.ts';
import { tellSummers, tellTime, tellZone, TIME } from '../src/mapping/wall-clock.ts';

const test = suite('clocks are told of summer');

const viewOf = (attributes: Fields) =>
  clusterView(TIME, { number: 0, deviceTypes: [], clusters: { [TIME]: attributes } });
const view = viewOf({ featureMap: { timeZone: true }, dstOffsetListMaxSize: 3 });

interface Summer {
  readonly offset: number;
  readonly validStarting: bigint;
  readonly validUntil: bigint | null;
}

const summersAt = (now: number, timeZone: string, cluster = view): readonly Summer[] =>
  tellSummers(cluster, now, timeZone).args!['dstOffset'] as Summer[];

/** The hour and minute that a node shows which goes by what it was told. */
function shownBy(now: number, timeZone: string): string {
  const [zone] = tellZone(view, now, timeZone)!.args!['timeZone'] as { offset: number }[];
  const at = BigInt(now) * 1000n;
  const summer = summersAt(now, timeZone).find(
    ({ validStarting, validUntil }) => validStarting <= at && (validUntil === null || at < validUntil),
  );
  return new Date(now + (zone!.offset + (summer?.offset ?? 0)) * 1000).toISOString().slice(11, 16);
}

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Pacific/Auckland',
];

for (const timeZone of ZONES) {
  test(`a clock in ${timeZone} is right at any time of the year`, () => {
    const wall = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    for (let now = Date.UTC(2027, 0, 1); now < Date.UTC(2028, 0, 1); now += 211 * 3_600_000)
      assert.is(shownBy(now, timeZone), wall.format(now), new Date(now).toISOString());
  });
}

test('the change is told to the second, this summer and the next', () => {
  const of = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
  const [now, next] = summersAt(Date.parse('2027-10-31T00:59:59Z'), 'Europe/Berlin');
  assert.equal(now, { offset: 3600, validStarting: of('2027-03-28T01:00Z'), validUntil: of('2027-10-31T01:00Z') });
  assert.is(next!.validStarting, of('2028-03-26T01:00Z'));
  const [first] = summersAt(Date.parse('2027-10-31T01:00:00Z'), 'Europe/Berlin');
  assert.is(first!.validStarting, of('2028-03-26T01:00Z'));
});

test('a place without summer time is told so, and a node no more than it can keep', () => {
  const now = Date.UTC(2027, 6, 1);
  const never = { offset: 0, validStarting: 946_684_800_000_000n, validUntil: null };
  assert.equal(summersAt(now, 'Asia/Kolkata'), [never]);
  assert.is(summersAt(now, 'Europe/Berlin', viewOf({ dstOffsetListMaxSize: 1 })).length, 1);
});

test('a node that keeps no local time is told the time alone', () => {
  assert.is(tellZone(viewOf({}), 0, 'Europe/Berlin'), null);
  assert.is(tellTime(1_800_000_000_000).args!['utcTime'], 1_800_000_000_000_000n);
});

test.run();
