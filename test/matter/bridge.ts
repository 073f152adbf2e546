// A hub whose virtual home is shown over the Matter bridge.

import { startHub, eventually, type Hub } from '../home/harness.ts';
import { INTERFACE } from './launch.ts';

export interface BridgeView {
  readonly qr: string;
  readonly manual: string;
  readonly window: { readonly until: string | null } | null;
  readonly fabrics: readonly { readonly index: number; readonly label: string; readonly vendor: number }[];
  readonly endpoints: readonly { readonly device: string; readonly number: number; readonly uniqueId: string }[];
}

export const bridgeOf = async (hub: Hub): Promise<BridgeView> =>
  (await hub.ask('GET', '/api/plugins/matter/bridge')).body as BridgeView;

export async function configure(hub: Hub, plugin: string, settings: unknown): Promise<void> {
  const answer = await hub.ask('PUT', `/api/plugins/${plugin}`, { enabled: true, settings });
  if (answer.status !== 200) throw new Error(`${plugin}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

export const bridging = (hub: Hub, bridge: unknown): Promise<void> =>
  configure(hub, 'matter', { interface: INTERFACE, bridge: { enabled: true, ...(bridge as object) } });

export async function running(hub: Hub, plugin: string): Promise<void> {
  await eventually(
    () => hub.ask('GET', `/api/plugins/${plugin}`),
    ({ body }) => body.status === 'running',
    `${plugin} runs`,
    120_000,
  );
}

/** A claimed hub with these virtual devices, shown over the bridge as chosen. */
export async function bridgedHome(virtual: unknown, bridge: unknown): Promise<Hub> {
  const hub = await startHub();
  await hub.claim();
  await configure(hub, 'virtual', virtual);
  await bridging(hub, bridge);
  // Settings are saved also where a busy machine ends the plugin over its start, and starts it again.
  await Promise.all([running(hub, 'virtual'), running(hub, 'matter')]);
  return hub;
}

/** The same home after the power came back, once these plugins of it run. */
export async function again({ data, token }: Hub, plugins = ['matter', 'virtual']): Promise<Hub> {
  const hub = await startHub({ data });
  hub.token = token;
  // What an ecosystem commands before the lamps are back is lost, as it would be at home.
  await Promise.all(plugins.map((plugin) => running(hub, plugin)));
  return hub;
}
