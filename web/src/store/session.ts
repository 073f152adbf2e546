// Who is signed in, and the live socket that goes with it. It is opened before the screens' code has arrived.

import { connect, type SetupState, type SnapshotFrame } from '@lintel/protocol';
import { get } from './api.ts';
import { store } from './store.ts';

export type Entry = 'setup' | 'sign-in' | 'home';

let refused: () => void = () => {};

/** Says what to do when the hub no longer knows this browser. */
export function onRefused(then: () => void): void {
  refused = then;
}

/** @param known the home as it was fetched already, and is shown */
export function openLive(known?: SnapshotFrame): void {
  store.live?.close();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  store.live = connect({
    url: `${scheme}://${location.host}/api/live`,
    WebSocket,
    ...(known && { known }),
    onSnapshot: (frame) => store.snapshot(frame),
    onChange: (frame) => store.change(frame),
    onStatus: (status) => store.setStatus(status),
    admit: async () => (await get<SetupState>('/setup')).signedIn,
    onRefused: () => refused(),
  });
}

export function closeLive(): void {
  store.live?.close();
  store.live = null;
  store.clear();
}

/**
 * Asks the hub where this browser stands, and opens the socket where it is signed in. The answer, which the page asked for
 * beside its scripts, brings the home with it: the first screen is drawn while the socket still travels.
 */
export async function enter(): Promise<Entry> {
  const { claimed, signedIn, snapshot } = await get<SetupState>('/setup?snapshot=true');
  if (!claimed) return 'setup';
  if (!signedIn) return 'sign-in';
  if (snapshot !== undefined) store.snapshot(snapshot);
  openLive(snapshot);
  return 'home';
}

/** A page that was hidden, or a network that was gone, does not wait for the next retry. */
export function watchVisibility(): void {
  addEventListener('online', () => store.live?.retry());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') store.live?.retry();
  });
}

export const entered: { promise: Promise<Entry> } = { promise: Promise.resolve('home') };
