// The hub's clock is put back, as by a time server after a start without one: what waits must not wait for as long.

import { fakeClock } from '@lintel/sdk/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Availability } from '../src/controller/availability.ts';
import { Peer } from '../src/controller/peer.ts';

const test = suite('a clock that is put back');

const DAY = 86_400_000;
type States = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const endpointOf = (number: number, states: States, parts: readonly object[] = []) => ({
  number,
  parts,
  behaviors: { supported: states },
  maybeStateOf: (name: string) => states[name],
});

function home(level: { currentLevel: number }) {
  const clock = fakeClock();
  const stop = new AbortController();
  const reports: unknown[] = [];
  const told = async (_id: string, values: unknown): Promise<void> => void reports.push(values);
  const nothing = async (): Promise<void> => undefined;
  const ctx = { clock, signal: stop.signal, report: told, online: nothing, stale: nothing, devices: { add: nothing } };
  const lamp = endpointOf(1, { onOff: { onOff: true }, levelControl: level });
  let asked = 0;
  const node = {
    ...endpointOf(0, { basicInformation: { vendorName: 'Acme' } }, [lamp]),
    endpoints: [lamp],
    interaction: {
      read: () => {
        asked += 1;
        return [];
      },
    },
  };
  const peer = new Peer(ctx as never, node as never, '1', { has: () => false });
  peer.heardAt = clock.now();
  return { clock, stop, ctx, lamp, peer, reports, asked: () => asked };
}

test('a device that falls silent is asked all the same', async () => {
  const { clock, stop, ctx, peer, asked } = home({ currentLevel: 254 });
  new Availability(ctx as never, () => [peer]).start();
  clock.jump(clock.now() - DAY);
  await clock.advance(10_000);
  stop.abort();
  assert.ok(asked() > 0);
});

test('a lamp is not held to a fade that was under way', async () => {
  const state = { currentLevel: 254 };
  const { clock, lamp, peer, reports } = home(state);
  await peer.describe();
  peer.confirmed(1, { 'level.level': 0.5 }, 10_000);
  state.currentLevel = 200;
  peer.changed(lamp as never, 'levelControl');
  assert.equal(reports.at(-1), { 'level.level': 0.5 });
  clock.jump(clock.now() - DAY);
  peer.settle(clock.now());
  assert.equal(reports.at(-1), { 'level.level': 0.7874 });
});

test.run();
