// A device that sleeps to spare its battery, beside one that does not: both are off the air for a while, which the one does by
// design. Only what it promised to say, and does not, makes it one that is away.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { setTimeout as sleep } from 'node:timers/promises';

import { eventually } from '../home/harness.ts';
import { Household } from './household.ts';
import { enterNetwork } from './launch.ts';

const test = suite('some devices sleep');
const network = enterNetwork(import.meta.filename);

const SENSOR = 'sleepy-contact';
const PLUG = 'plug';
const STALE_LIMIT_MS = 20_000;
const OFFLINE_LIMIT_MS = 30_000;
const BACK_LIMIT_MS = 2_000;
/** The sensor promises to be heard every 20 seconds; the network is given some more. */
const PROMISE_BROKEN_LIMIT_MS = 60_000;

type Kind = typeof SENSOR | typeof PLUG;

let home: Household<Kind>;
if (network === 'here') home = await Household.of([SENSOR, PLUG]);

test.after(() => home.close());

const shown = (kind: Kind) => home.shown(home.idOf(kind));
const isThere = ({ online, stale }: { online: boolean; stale: boolean }): boolean => online && !stale;
const becomesStale = (kind: Kind, limit: number) =>
  eventually(
    () => shown(kind),
    ({ stale }) => stale === true,
    `${kind} is stale`,
    limit,
  );
const becomesOffline = (kind: Kind, limit: number) =>
  eventually(
    () => shown(kind),
    ({ online }) => online === false,
    `${kind} is offline`,
    limit,
  );
const took = async (from: number, wait: Promise<unknown>): Promise<number> => wait.then(() => Date.now() - from);

test('it is there while it sleeps, and one that does not sleep is stale and then offline', async () => {
  await home.own(SENSOR).set({ booleanState: { stateValue: false } });
  await home.comes(SENSOR, 'contact.open', true);
  const from = Date.now();
  home.freeze();
  await becomesStale(PLUG, STALE_LIMIT_MS);
  await becomesOffline(PLUG, OFFLINE_LIMIT_MS);
  assert.ok(Date.now() - from < OFFLINE_LIMIT_MS);
  assert.ok(isThere(await shown(SENSOR)), 'the sensor only sleeps');
});

test('what it is told while it sleeps fails in time, says why, and does not make it one that is away', async () => {
  const from = Date.now();
  const { status, body } = await home.answerTo(home.idOf(SENSOR), { command: 'identify.identify' });
  assert.ok(Date.now() - from < 6_000);
  assert.equal([status, body.status], [504, 'timeout'], JSON.stringify(body));
  assert.match(body.detail, /sleeps.*try again later/);
  assert.is((await shown(SENSOR)).online, true);
});

test('it is stale and then offline once it has not said what it promised to', async () => {
  await becomesStale(SENSOR, PROMISE_BROKEN_LIMIT_MS);
  await becomesOffline(SENSOR, OFFLINE_LIMIT_MS);
});

test('both are back as soon as they are on the air again, and are heard', async () => {
  const from = Date.now();
  home.thaw();
  const back = (kind: typeof SENSOR | typeof PLUG) =>
    took(
      from,
      eventually(() => shown(kind), isThere, `${kind} is back`),
    );
  const [plug, sensor] = await Promise.all([back(PLUG), back(SENSOR)]);
  assert.ok(plug < BACK_LIMIT_MS, `the plug was back after ${plug} ms`);
  await home.own(SENSOR).set({ booleanState: { stateValue: true } });
  await home.comes(SENSOR, 'contact.open', false);
  assert.ok(sensor < BACK_LIMIT_MS, `the sensor was back after ${sensor} ms`);
  await sleep(3_000);
  assert.ok(isThere(await shown(SENSOR)), 'and stays');
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('some devices sleep: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
