// Commands of the hub as Matter's: planned by the mapping, carried out in order, confirmed by the device.

import { Lifecycle, type Endpoint } from '@matter/main';

import { firstWith } from '@lintel/model';
import { PluginError, type DeviceCommand, type PluginContext, type Values } from '@lintel/sdk';

import { COMMAND_MS } from '../limits.ts';
import { isPlanned, lightPlan } from '../mapping/lighting.ts';
import { clusterView, rowFor } from '../mapping/table.ts';
import { fieldsOf, MappingError, type Action, type EndpointView, type Plan, type Wish } from '../mapping/types.ts';
import { sleeps, type Availability } from './availability.ts';
import { asleep, explainCommand } from './errors.ts';
import { invoke } from './invoke.ts';
import type { Peer } from './peer.ts';
import { viewOf } from './views.ts';
import { within } from './within.ts';

export interface CommanderParts {
  readonly ctx: PluginContext;
  readonly availability: Availability;
  readonly find: (id: string) => Peer | undefined;
}

export class Commander {
  readonly #parts: CommanderParts;

  constructor(parts: CommanderParts) {
    this.#parts = parts;
  }

  /** Resolves when the device has confirmed; throws a `PluginError` otherwise. */
  async command(id: string, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const peer = this.#parts.find(id);
    if (peer === undefined)
      throw new PluginError('DEVICE_OFFLINE', 'The device is not in the Matter network any more. Pair it again.');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(COMMAND_MS)]);
    try {
      if ('set' in command) await this.#set(peer, id, command, limit);
      else await this.#invoke(peer, id, command, limit);
      this.#parts.availability.heard(peer);
    } catch (error) {
      const explained = explainCommand(error, peer.name);
      const isLost = explained.code === 'DEVICE_OFFLINE' || explained.code === 'TIMEOUT';
      if (isLost && sleeps(peer) && peer.isOnline) throw asleep(peer.name);
      if (isLost) this.#parts.availability.check(peer);
      throw explained;
    }
  }

  /** The parts of one target are independent of each other, and are told at once. */
  async #set(
    peer: Peer,
    id: string,
    command: Extract<DeviceCommand, { set: Values }>,
    limit: AbortSignal,
  ): Promise<void> {
    const byEndpoint = new Map<string | undefined, Record<string, Values[string]>>();
    for (const [key, value] of Object.entries(command.set)) {
      const [property = '', at] = key.split('@');
      const where = at ?? command.endpoint ?? firstEndpoint(peer, id, property);
      byEndpoint.set(where, { ...byEndpoint.get(where), [property]: value });
    }
    const wish = (values: Values): Wish => ({
      values,
      ...(command.transition !== undefined && { transition: command.transition }),
    });
    const told = [...byEndpoint].map(([at, values]) =>
      this.#setPart(endpointOf(peer, id, at), peer, wish(values), limit),
    );
    await Promise.all(told);
  }

  async #setPart(endpoint: Endpoint, peer: Peer, wish: Wish, limit: AbortSignal): Promise<void> {
    await built([endpoint], limit);
    const view = viewOf(endpoint);
    const plans = plansFor(wish, view);
    for (const plan of plans) await this.#carryOut(plan, endpoint, peer, wish.transition ?? 0, limit);
  }

  async #invoke(
    peer: Peer,
    id: string,
    command: Extract<DeviceCommand, { command: string }>,
    limit: AbortSignal,
  ): Promise<void> {
    const at = command.endpoint ?? firstEndpoint(peer, id, command.command);
    const whole = wholeOf(peer, id, at);
    await built(whole, limit);
    const found = whole.find((endpoint) => rowWith(command.command, viewOf(endpoint)) !== undefined);
    if (found === undefined) throw new MappingError('UNSUPPORTED', `${peer.name} has no command ${command.command}`);
    const view = viewOf(found);
    const row = rowWith(command.command, view)!;
    const timeZone = this.#parts.ctx.timeZone();
    let next = row.commands![command.command]!(command.args ?? {}, clusterView(row.cluster, view), timeZone);
    while ('ask' in next) next = next.next(fieldsOf(await within(perform(peer, found, next.ask), limit)));
    await this.#carryOut(next, found, peer, 0, limit);
  }

  async #carryOut(plan: Plan, endpoint: Endpoint, peer: Peer, transition: number, limit: AbortSignal): Promise<void> {
    for (const action of plan.actions) {
      limit.throwIfAborted();
      refuseFailure(await within(perform(peer, endpoint, action), limit));
    }
    if (plan.then !== undefined) peer.confirmed(endpoint.number, plan.then, transition);
  }
}

/** While its device tells what it has become, as after new firmware, an endpoint is built anew and knows no clusters for a moment. */
async function built(endpoints: readonly Endpoint[], limit: AbortSignal): Promise<void> {
  for (const { construction } of endpoints)
    if (construction.status !== Lifecycle.Status.Active) await within(Promise.resolve(construction.ready), limit);
}

const perform = (peer: Peer, endpoint: Endpoint, action: Action): Promise<unknown> =>
  'write' in action
    ? endpoint.setStateOf(action.cluster, action.write as never)
    : invoke(peer, endpoint, action.cluster, action.invoke, action.args);

/** Some clusters refuse in their answer instead of by a status. */
function refuseFailure(answer: unknown): void {
  const { status, statusText, commandResponseState } = fieldsOf(answer);
  const { errorStateId, errorStateLabel } = fieldsOf(commandResponseState);
  if (typeof errorStateId === 'number' && errorStateId !== 0)
    throw new MappingError(
      'DEVICE_REFUSED',
      `the device refused: ${String(errorStateLabel ?? `error ${errorStateId}`)}`,
    );
  if (typeof status === 'number' && status !== 0)
    throw new MappingError('DEVICE_REFUSED', `the device refused: ${String(statusText || `status ${status}`)}`);
}

const rowWith = (command: string, view: EndpointView) =>
  Object.keys(view.clusters)
    .map((cluster) => rowFor(cluster, view))
    .find((row) => row?.commands?.[command] !== undefined);

const rowSetting = (property: string, view: EndpointView) =>
  Object.keys(view.clusters)
    .map((cluster) => rowFor(cluster, view))
    .find((row) => row?.set?.[property] !== undefined);

/** What belongs together is planned together; the rest goes out beside it. */
function plansFor(wish: Wish, view: EndpointView): Plan[] {
  const entries = Object.entries(wish.values);
  const light = Object.fromEntries(entries.filter(([property]) => isPlanned(property)));
  const rest = entries.filter(([property]) => !isPlanned(property));
  const plans = rest.map(([property, value]) => {
    const row = rowSetting(property, view);
    if (row === undefined) throw new MappingError('UNSUPPORTED', `the device cannot be told ${property}`);
    return row.set![property]!(value, clusterView(row.cluster, view), wish);
  });
  return Object.keys(light).length === 0 ? plans : [lightPlan({ ...wish, values: light }, view), ...plans];
}

/** The endpoint that a plain key or command means. */
const firstEndpoint = (peer: Peer, id: string, name: string): string | undefined =>
  firstWith(peer.shape.devices.find((each) => each.id === id)?.endpoints ?? [], name)?.id;

/** Every Matter endpoint that is told under this one of the hub's. */
function wholeOf(peer: Peer, id: string, at: string | undefined): Endpoint[] {
  return [...peer.node.endpoints].filter((endpoint) => {
    const place = peer.shape.places.get(endpoint.number);
    return place?.device === id && (at === undefined || place.endpoint === at);
  });
}

function endpointOf(peer: Peer, id: string, at: string | undefined): Endpoint {
  const found = wholeOf(peer, id, at);
  const own = found.find((endpoint) => String(endpoint.number) === at) ?? found[0];
  if (own === undefined) throw new MappingError('NOT_FOUND', `${peer.name} has no endpoint ${String(at)}`);
  return own;
}
