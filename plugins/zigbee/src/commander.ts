// Everything that goes out to devices: commands in their lanes, and questions about what they show.

import {
  Lane,
  outcomeOf,
  PluginError,
  type CommandRequest,
  type DeviceCommand,
  type Outcome,
  type PluginContext,
} from '@lintel/sdk';

import type { Availability } from './availability.ts';
import { Casting, type Perform } from './casting.ts';
import type { Connection } from './connection.ts';
import type { ZigbeeDevice } from './device.ts';
import { explainCommand, kindOfFailure } from './errors.ts';
import type { Libraries } from './libraries.ts';
import type { Message, PropertyMapping } from './mapping/types.ts';
import type { Outgoing } from './outgoing.ts';
import type { Registry } from './registry.ts';
import type { Session } from './session.ts';

export interface CommanderParts {
  readonly ctx: PluginContext;
  readonly libraries: Libraries;
  readonly registry: Registry;
  readonly connection: Connection;
  readonly outgoing: Outgoing;
  readonly availability: Availability;
  readonly publish: (device: ZigbeeDevice, payload: Message) => void;
}

/** What a person sees of a lamp or a plug, and may have changed at the wall. */
const SHOWN = new Set(['onOff', 'level', 'color', 'lock', 'cover', 'thermostat', 'power', 'energy']);

export class Commander {
  readonly #parts: CommanderParts;
  readonly #casting: Casting;
  readonly #lanes = new WeakMap<ZigbeeDevice, Lane>();

  constructor(parts: CommanderParts) {
    this.#parts = parts;
    this.#casting = new Casting({
      ctx: parts.ctx,
      registry: parts.registry,
      alone: (device, command, signal) => this.#perform(device, command, signal),
      publish: parts.publish,
    });
  }

  /** Commands of one instant; several lamps that are to become the same are told by one frame. */
  commands(
    batch: readonly CommandRequest[],
    signal: AbortSignal,
    decided: (at: number, outcome: Outcome) => void,
  ): Promise<readonly Outcome[]> {
    const plan = this.#casting.plan(batch, this.#parts.connection.session);
    const tell = async ({ id, command }: CommandRequest, at: number): Promise<Outcome> => {
      const told = this.#command(id, command, signal, plan.get(at) ?? null);
      const outcome = await told.then((): Outcome => ({ status: 'done' }), outcomeOf);
      decided(at, outcome);
      return outcome;
    };
    return Promise.all(batch.map(tell));
  }

  /** Makes a device again what it was, unless something newer is asked of it. */
  async again(device: ZigbeeDevice, command: DeviceCommand, session: Session): Promise<void> {
    await this.#laneOf(device).submit(command, AbortSignal.any([this.#parts.ctx.signal, session.lost]));
  }

  /** A device said something. */
  heard(device: ZigbeeDevice, payload: Message): void {
    this.#casting.heard(device, payload);
  }

  /** Resolves when the device has confirmed; throws a `PluginError` otherwise. */
  async #command(id: string, command: DeviceCommand, signal: AbortSignal, first: Perform | null): Promise<void> {
    const device = await this.#find(id, signal);
    try {
      await this.#laneOf(device).submit(command, signal, first);
    } catch (error) {
      const explained = explainCommand(error, device.name);
      const isLost = explained.code === 'DEVICE_OFFLINE' || explained.code === 'TIMEOUT';
      if (isLost) void this.#parts.availability.check(device);
      throw explained;
    }
  }

  async #find(id: string, signal: AbortSignal): Promise<ZigbeeDevice> {
    const { registry, connection } = this.#parts;
    if (registry.get(id) === undefined) await connection.whenUp(signal);
    const device = registry.get(id);
    if (device !== undefined && !device.hasLeft) return device;
    throw new PluginError('DEVICE_OFFLINE', 'The device is not in the Zigbee network any more. Pair it again.');
  }

  #laneOf(device: ZigbeeDevice): Lane {
    const known = this.#lanes.get(device);
    if (known !== undefined) return known;
    const lane = new Lane({
      perform: (command, signal) => this.#perform(device, command, signal),
      recover: (error, command, signal) => this.#recover(device, error, command, signal),
    });
    this.#lanes.set(device, lane);
    return lane;
  }

  async #perform(device: ZigbeeDevice, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const { connection, libraries, outgoing } = this.#parts;
    const session = connection.session ?? (await connection.whenUp(signal));
    const guard = this.#guard(device, AbortSignal.any([signal, session.lost]));
    await outgoing.perform(libraries, device, command, guard);
  }

  /** Waits for what was missing; throws where waiting helps nothing, or a repetition would do more than was asked. */
  async #recover(device: ZigbeeDevice, error: unknown, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const kind = kindOfFailure(error);
    const isRepeatable = 'set' in command;
    if (error instanceof PluginError || kind === 'other' || kind === 'refused' || !isRepeatable) throw error;
    if (kind === 'link') await this.#parts.connection.whenUp(signal);
    else if (device.isSleepy) await this.#parts.availability.nextFrame(device, signal);
    else throw error;
  }

  #guard(device: ZigbeeDevice, signal: AbortSignal) {
    return { clock: this.#parts.ctx.clock, signal, isSleepy: device.isSleepy };
  }

  /** Reads what the device shows: it may have been changed while nobody listened. Throws when it does not answer. */
  async refresh(device: ZigbeeDevice, session: Session): Promise<void> {
    for (const endpoint of device.mapping.endpoints) {
      const keys = new Set([...endpoint.properties.values()].filter(isShown).map((property) => property.get!));
      for (const key of keys) {
        if (!session.isUp || device.hasLeft) return;
        const guard = this.#guard(device, session.lost);
        await this.#parts.outgoing
          .read(this.#parts.libraries, device, endpoint, key, guard)
          .catch(rethrowUnlessRefused);
      }
    }
  }
}

const isShown = (property: PropertyMapping): boolean => property.get !== undefined && SHOWN.has(property.capability);

function rethrowUnlessRefused(error: unknown): void {
  if (kindOfFailure(error) !== 'refused') throw error;
}
