// The home as a Matter bridge: a node of its own, with an aggregator that holds what people chose to show.

import { Endpoint, ServerNode, VendorId, type Environment } from '@matter/main';
import { DeviceCommissioner } from '@matter/main/protocol';
import { DeviceTypeId } from '@matter/main/types';
import { AggregatorEndpoint } from '@matter/main/endpoints/aggregator';

import { PluginError, type HomeAccess, type PluginContext } from '@lintel/sdk';

import { uniqueIdOf } from './about.ts';
import { fabricsOf, nameOfFabric, removeFabric, type FabricView } from './fabrics.ts';
import { openIdentity, type Identity } from './identity.ts';
import { Numbers } from './numbers.ts';
import { Population } from './population.ts';
import { reasonOf } from './reason.ts';

const AGGREGATOR = 0x0e;
const WINDOW_SECONDS_DEFAULT = 900;
const WINDOW_SECONDS_MAX = 900;

export interface Window {
  readonly open: true;
  /** ISO 8601 UTC; null while it stays open until someone has connected. */
  readonly until: string | null;
}

export interface BridgeView {
  /** The text of the QR code. */
  readonly qr: string;
  /** Eleven digits. */
  readonly manual: string;
  /** Whether an ecosystem can connect now; null where the window is closed. */
  readonly window: Window | null;
  readonly fabrics: readonly FabricView[];
  readonly endpoints: ReturnType<Population['views']>;
}

export interface Bridge {
  view(): BridgeView;
  /** Lets another ecosystem connect for so many seconds, with the same codes. */
  openWindow(seconds: unknown): Promise<BridgeView>;
  removeFabric(index: unknown): Promise<BridgeView>;
  stop(): void;
}

async function createNode(environment: Environment, identity: Identity): Promise<ServerNode> {
  return ServerNode.create({
    environment,
    id: 'bridge',
    network: { port: identity.port },
    commissioning: { passcode: identity.passcode, discriminator: identity.discriminator },
    productDescription: { name: 'Lintel', deviceType: DeviceTypeId(AGGREGATOR) },
    basicInformation: {
      vendorName: 'Lintel',
      vendorId: VendorId(0xfff1),
      productName: 'Lintel bridge',
      productId: 0x8000,
      nodeLabel: 'Lintel',
      serialNumber: identity.serial,
      uniqueId: uniqueIdOf(identity.serial, 'bridge'),
      productLabel: 'Bridge',
      hardwareVersion: 1,
      softwareVersion: 1,
    },
  });
}

export async function startBridge(ctx: PluginContext, home: HomeAccess, environment: Environment): Promise<Bridge> {
  const identity = await openIdentity(ctx.secrets);
  const numbers = await Numbers.open(ctx.store);
  const node = await createNode(environment, identity);
  const aggregator = new Endpoint(AggregatorEndpoint, { id: 'home', number: 1 });
  await node.add(aggregator);
  const population = new Population({
    aggregator,
    numbers,
    home,
    serial: identity.serial,
    nameOf: (fabric) => nameOfFabric(node, fabric),
    failed: (error) => ctx.log.warn(`bridge: ${reasonOf(error)}`),
  });
  const unsubscribe = home.subscribe((change) => population.hear(change));
  await population.settle(home.devices());
  await node.start();
  return new RunningBridge(ctx, node, population, unsubscribe);
}

class RunningBridge implements Bridge {
  readonly #ctx: PluginContext;
  readonly #node: ServerNode;
  readonly #population: Population;
  readonly #unsubscribe: () => void;
  /** When the window that was opened closes, in milliseconds since 1970. */
  #until = 0;
  #closing = new AbortController();

  constructor(ctx: PluginContext, node: ServerNode, population: Population, unsubscribe: () => void) {
    this.#ctx = ctx;
    this.#node = node;
    this.#population = population;
    this.#unsubscribe = unsubscribe;
  }

  view(): BridgeView {
    const { qrPairingCode: qr, manualPairingCode: manual } = this.#node.state.commissioning.pairingCodes;
    const fabrics = fabricsOf(this.#node);
    return { qr, manual, window: this.#window(fabrics.length), fabrics, endpoints: this.#population.views() };
  }

  #window(fabrics: number): Window | null {
    if (fabrics === 0) return { open: true, until: null };
    return this.#until > this.#ctx.clock.now() ? { open: true, until: new Date(this.#until).toISOString() } : null;
  }

  async openWindow(seconds: unknown): Promise<BridgeView> {
    const wanted = seconds ?? WINDOW_SECONDS_DEFAULT;
    if (typeof wanted !== 'number' || !(wanted >= 1 && wanted <= WINDOW_SECONDS_MAX)) {
      throw new PluginError('BAD_VALUE', `expected 1 to ${WINDOW_SECONDS_MAX} seconds`, '/seconds');
    }
    if (fabricsOf(this.#node).length > 0) await this.#open(wanted);
    return this.view();
  }

  async #open(seconds: number): Promise<void> {
    const commissioner = this.#node.env.get(DeviceCommissioner);
    this.#closing.abort();
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    await commissioner.allowBasicCommissioning(() => void (this.#until = 0));
    this.#until = this.#ctx.clock.now() + seconds * 1000;
    void this.#ctx.clock.sleep(seconds * 1000, signal).then(
      () => commissioner.endCommissioning(),
      () => undefined,
    );
  }

  async removeFabric(index: unknown): Promise<BridgeView> {
    await removeFabric(this.#node, index);
    return this.view();
  }

  /**
   * The process ends after this, without a word to the ecosystems: one that is told of a shutdown waits until its
   * subscription runs out, while one that is not hears from the bridge again as soon as it is back.
   */
  stop(): void {
    this.#unsubscribe();
    this.#closing.abort();
  }
}
