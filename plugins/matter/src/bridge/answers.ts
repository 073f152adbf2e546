// What the hub asks of the bridge, by name.

import { PluginError } from '@lintel/sdk';

import type { Bridge } from './bridge.ts';

type Answer = (bridge: Bridge, body: Readonly<Record<string, unknown>>) => unknown;

const ANSWERS: Readonly<Record<string, Answer>> = {
  bridge: (bridge) => bridge.view(),
  'bridge/window': (bridge, { seconds }) => bridge.openWindow(seconds),
  'bridge/fabrics': (bridge, { index }) => bridge.removeFabric(index),
};

/** Throws `UNSUPPORTED` while the bridge is switched off, and for what it does not answer to. */
export async function answerBridge(bridge: Bridge | null, name: string, body: unknown): Promise<unknown> {
  const answer = Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
  if (answer === undefined) throw new PluginError('UNSUPPORTED', `the plugin does not answer to ${name}`);
  if (bridge === null) throw new PluginError('UNSUPPORTED', 'the bridge is switched off: switch it on in the settings');
  return answer(bridge, (body ?? {}) as Readonly<Record<string, unknown>>);
}
