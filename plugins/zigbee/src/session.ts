// One life of herdsman's controller: from opening the adapter to losing or closing it. It never reconnects; a new session
// does.

import type { Controller, Events } from 'zigbee-herdsman';

import { LinkLost } from './errors.ts';
import type { Libraries } from './libraries.ts';
import type { NetworkParameters } from './network.ts';
import { pace } from './pace.ts';
import type { Settings } from './settings.ts';

export interface SessionEvents {
  message(event: Events.MessagePayload): void;
  joined(event: Events.DeviceJoinedPayload): void;
  interview(event: Events.DeviceInterviewPayload): void;
  announced(event: Events.DeviceAnnouncePayload): void;
  addressChanged(event: Events.DeviceNetworkAddressChangedPayload): void;
  left(event: Events.DeviceLeavePayload): void;
  heard(event: Events.LastSeenChangedPayload): void;
}

export interface SessionOptions {
  readonly libraries: Libraries;
  readonly settings: Settings;
  readonly adapter: string;
  readonly network: NetworkParameters;
  readonly databasePath: string;
  readonly backupPath: string;
  readonly events: SessionEvents;
}

export type StartResult = 'resumed' | 'restored' | 'reset';

export class Session {
  readonly controller: Controller;
  result: StartResult = 'resumed';
  readonly #end = new AbortController();

  private constructor(controller: Controller) {
    this.controller = controller;
  }

  /** Aborts, with {@link LinkLost} as its reason, when the adapter goes away. */
  get lost(): AbortSignal {
    return this.#end.signal;
  }

  /** Opens the adapter and brings the network up. Throws what herdsman throws, with everything closed again. */
  static async start(options: SessionOptions, signal: AbortSignal): Promise<Session> {
    const session = new Session(new options.libraries.herdsman.Controller(controllerOptions(options)));
    const { controller } = session;
    controller.on('adapterDisconnected', () => session.#end.abort(new LinkLost()));
    try {
      session.result = await controller.start(signal);
    } catch (error) {
      await session.#closeAfterFailure();
      throw error;
    }
    session.#listen(options.events);
    pace((controller as unknown as { adapter: { transport: Parameters<typeof pace>[0] } }).adapter.transport);
    return session;
  }

  get isUp(): boolean {
    return !this.#end.signal.aborted;
  }

  #listen(events: SessionEvents): void {
    const { controller } = this;
    controller.on('message', (event) => events.message(event));
    controller.on('deviceJoined', (event) => events.joined(event));
    controller.on('deviceInterview', (event) => events.interview(event));
    controller.on('deviceAnnounce', (event) => events.announced(event));
    controller.on('deviceNetworkAddressChanged', (event) => events.addressChanged(event));
    controller.on('deviceLeave', (event) => events.left(event));
    controller.on('lastSeenChanged', (event) => events.heard(event));
  }

  /** Closes the network on the adapter alone; herdsman's own way also tells Green Power devices and waits for that. */
  async refuseJoining(): Promise<void> {
    await (
      this.controller as unknown as { adapter: { permitJoin(seconds: number): Promise<void> } }
    ).adapter.permitJoin(0);
  }

  /** Closes the adapter and writes everything down. */
  async stop(): Promise<void> {
    this.controller.removeAllListeners();
    this.controller.on('adapterDisconnected', () => undefined);
    this.#end.abort(new LinkLost());
    cancelAnnouncements(this.controller);
    await this.controller.stop();
  }

  async #closeAfterFailure(): Promise<void> {
    this.#end.abort(new LinkLost());
    const { adapter } = this.controller as unknown as {
      adapter?: { removeAllListeners(): void; stop(): Promise<void> };
    };
    adapter?.removeAllListeners();
    await adapter?.stop().catch(() => undefined);
  }
}

function controllerOptions({ settings, adapter, network, ...options }: SessionOptions) {
  return {
    network: {
      panID: network.panId,
      extendedPanID: [...network.extendedPanId],
      networkKey: [...network.networkKey],
      channelList: [network.channel],
    },
    transport: {
      path: settings.port,
      ...(adapter !== 'auto' && { adapter }),
      ...(settings.baudRate !== undefined && { baudRate: settings.baudRate }),
    },
    databasePath: options.databasePath,
    databaseBackupPath: `${options.databasePath}.before-reset`,
    backupPath: options.backupPath,
    adapter: { disableLED: false },
    acceptJoiningDeviceHandler: async () => true,
  } as ConstructorParameters<Libraries['herdsman']['Controller']>[0];
}

/** Herdsman remembers for a minute whom it looked for a route to, which would keep a stopped adapter alive. */
function cancelAnnouncements(controller: Controller): void {
  const { adapter } = controller as unknown as { adapter?: { deviceAnnounceRouteDiscoveryDebouncers?: unknown } };
  const pending = adapter?.deviceAnnounceRouteDiscoveryDebouncers;
  if (!(pending instanceof Map)) return;
  for (const each of pending.values() as Iterable<{ clear?: () => void }>) each.clear?.();
  pending.clear();
}
