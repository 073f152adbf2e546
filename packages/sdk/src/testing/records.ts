// What a hub in memory keeps of what its plugin said, and the network it hears when there is nothing to hear.

import type { Values } from '@lintel/model';

import type { Discovery } from '../plugin.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * A report as the hub in memory heard it.
 * @example const last: ReportRecord | undefined = hub.reports.at(-1);
 */
export interface ReportRecord {
  readonly at: number;
  readonly id: string;
  readonly values: Values;
  readonly endpoint: string | undefined;
}

/**
 * An event as the hub in memory heard it.
 * @example const first: EventRecord | undefined = hub.events[0];
 */
export interface EventRecord {
  readonly at: number;
  readonly id: string;
  readonly event: string;
  readonly data: Data;
  readonly endpoint: string | undefined;
}

const silent = async function* (signal: AbortSignal): AsyncGenerator<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  yield* [];
};
export const SILENCE: Discovery = {
  mdns: (_service, signal) => silent(signal),
  ssdp: (_target, signal) => silent(signal),
  udp: (_port, _message, signal) => silent(signal),
};
