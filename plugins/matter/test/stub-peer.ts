// A node as matter.js keeps it, of one lamp, without matter.js: the plugin's side of it, and what the hub was told.

import { fakeClock } from '@lintel/sdk/testing';

import { Peer } from '../src/controller/peer.ts';

type States = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const endpointOf = (number: number, states: States, parts: readonly object[] = []) => ({
  number,
  parts,
  behaviors: { supported: states },
  maybeStateOf: (name: string) => states[name],
});

/**
 * @param level the lamp's own, which tests change
 * @param more clusters that it has besides, by their names
 */
export function stubPeer(level: { currentLevel: number }, more: States = {}) {
  const clock = fakeClock();
  const stop = new AbortController();
  const [reports, online]: [unknown[], boolean[]] = [[], []];
  const nothing = async (): Promise<void> => undefined;
  const ctx = {
    clock,
    signal: stop.signal,
    report: async (_id: string, values: unknown): Promise<void> => void reports.push(values),
    online: async (_id: string, is: boolean): Promise<void> => void online.push(is),
    stale: nothing,
    timeZone: () => 'Europe/Berlin',
    devices: { add: nothing },
  };
  const lamp = endpointOf(1, { onOff: { onOff: true }, levelControl: level, ...more });
  let asked = 0;
  const read = (): never[] => {
    asked += 1;
    return [];
  };
  const root = endpointOf(0, { basicInformation: { vendorName: 'Acme' } }, [lamp]);
  const node = { ...root, endpoints: [lamp], interaction: { read } };
  const peer = new Peer(ctx as never, node as never, '1', { has: () => false });
  peer.heardAt = clock.now();
  return { clock, stop, ctx: ctx as never, lamp: lamp as never, peer, reports, online, asked: () => asked };
}
