// The home's devices as endpoints of a Matter node that no network reaches: what ecosystems would read, command and hear.

import { Endpoint, ServerNode, type Behavior, type EndpointType } from '@matter/main';
import { AggregatorEndpoint } from '@matter/main/endpoints/aggregator';
import { LocalActorContext } from '@matter/main/node';

import type { DeviceCommand, EndpointDescription, HomeChange, HomeDevice, PluginContext, Values } from '@lintel/sdk';

import { Numbers } from '../src/bridge/numbers.ts';
import { Population } from '../src/bridge/population.ts';
import { reasonOf } from '../src/bridge/reason.ts';
import { openEnvironment } from '../src/node/environment.ts';

type State = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface SeenEndpoint {
  readonly number: number;
  readonly types: readonly number[];
  readonly state: State;
  readonly endpoint: Endpoint;
}

const memory = () => {
  const kept = new Map<string, unknown>();
  return {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: unknown) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  };
};

export const deviceOf = (
  id: string,
  kind: HomeDevice['kind'],
  endpoints: readonly EndpointDescription[],
  values: Values = {},
): HomeDevice => ({
  id,
  name: id,
  room: null,
  kind,
  manufacturer: 'Brook Lane',
  model: null,
  firmware: null,
  online: true,
  endpoints,
  values: { [endpoints[0]!.id]: values },
});

/** The fabric that commands come from. */
const FABRIC = 1;

let made = 0;

export class BridgedHome {
  /** What ecosystems asked of the home; `refuses` makes it refuse. */
  readonly asked: { readonly id: string; readonly command: DeviceCommand; readonly by: string }[] = [];
  readonly failures: string[] = [];
  refuses = false;
  /** Commands are answered once this is. */
  answering: Promise<void> = Promise.resolve();
  readonly #aggregator = new Endpoint(AggregatorEndpoint, { id: 'home', number: 1 });
  #population!: Population;
  #node!: ServerNode;

  static async open(devices: readonly HomeDevice[]): Promise<BridgedHome> {
    const home = new BridgedHome();
    const ctx = { folder: '/nowhere', secrets: memory(), store: memory(), log: { warn() {}, error() {} } };
    const environment = openEnvironment(ctx as unknown as PluginContext, undefined);
    made += 1;
    home.#node = await ServerNode.create({ environment, id: `bridge${made}` });
    await home.#node.add(home.#aggregator);
    home.#population = new Population({
      aggregator: home.#aggregator,
      numbers: await Numbers.open(ctx.store),
      home: {
        devices: () => devices,
        subscribe: () => () => undefined,
        command: async (id, command, by) => {
          home.asked.push({ id, command, by });
          await home.answering;
          if (home.refuses) throw new Error('the device refused');
        },
      },
      serial: '0'.repeat(32),
      nameOf: (fabric) => `fabric ${fabric}`,
      failed: (error) => void home.failures.push(reasonOf(error)),
    });
    await home.#population.settle(devices);
    return home;
  }

  async hear(change: HomeChange): Promise<void> {
    this.#population.hear(change);
    await this.settle();
  }

  /** Until nothing is on its way any more. */
  async settle(): Promise<void> {
    await this.#population.settle([]);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** The endpoints of a device, its own first. */
  seen(id: string): SeenEndpoint[] {
    const found = this.#population.views().find(({ device }) => device === id);
    const root = [...this.#aggregator.parts].find(({ number }) => number === found?.number);
    return root === undefined ? [] : whole(root as Endpoint).map(seenOf);
  }

  /** The first of a device's endpoints that has this behaviour. */
  with(id: string, behavior: string): SeenEndpoint {
    const found = this.seen(id).find(({ state }) => behavior in state);
    if (found === undefined) throw new Error(`${id} has no ${behavior}`);
    return found;
  }

  state(id: string, behavior: string): Readonly<Record<string, unknown>> {
    return this.with(id, behavior).state[behavior]!;
  }

  /** Invokes a command, as from an ecosystem. */
  invoke(id: string, behavior: string, command: string, args: unknown = {}): Promise<unknown> {
    const commanded = (at: object): unknown => (at as Record<string, (given: unknown) => unknown>)[command]!(args);
    return this.#act(id, behavior, commanded);
  }

  /** Writes attributes, as from an ecosystem. */
  async write(id: string, behavior: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#act(id, behavior, (at) => void Object.assign((at as { state: object }).state, values));
  }

  async #act(id: string, behavior: string, what: (at: object) => unknown): Promise<unknown> {
    const { endpoint } = this.with(id, behavior);
    const type = (endpoint.type as EndpointType).behaviors[behavior] as Behavior.Type;
    const act = async (context: LocalActorContext): Promise<unknown> => what(endpoint.agentFor(context).get(type));
    const answer = await LocalActorContext.act('ecosystem', act, { fabric: FABRIC } as LocalActorContext.Options);
    await this.settle();
    return answer;
  }

  close(): Promise<void> {
    return this.#node.close();
  }
}

const whole = (endpoint: Endpoint): Endpoint[] => [endpoint, ...[...endpoint.parts].flatMap(whole)];

function seenOf(endpoint: Endpoint): SeenEndpoint {
  const state = endpoint.state as unknown as State;
  const types = (state['descriptor']!['deviceTypeList'] as { deviceType: number }[]).map((each) => each.deviceType);
  return { number: endpoint.number, types, state, endpoint };
}
