// Commands of one instant: which of them share a frame, and who heard it.

import type { Models } from 'zigbee-herdsman';

import type { CommandRequest, DeviceCommand, PluginContext } from '@lintel/sdk';

import type { ZigbeeDevice } from './device.ts';
import { fits, GroupCast, isCastable, targetOf, type Target } from './group-cast.ts';
import { CAST_ANSWER_MS, CAST_LAMPS_MIN, FADE_SETTLES_MS, READ_BACK_MS } from './limits.ts';
import type { Message } from './mapping/types.ts';
import type { Registry } from './registry.ts';
import type { Session } from './session.ts';

/** Where a lamp keeps what it was told. */
const ATTRIBUTES = {
  state: ['genOnOff', 'onOff'],
  brightness: ['genLevelCtrl', 'currentLevel'],
  color_temp: ['lightingColorCtrl', 'colorTemperature'],
} as const;
/** Asked once, at once: whoever does not answer is told alone. */
const ONCE = { timeout: CAST_ANSWER_MS, disableRecovery: true, sendPolicy: 'immediate' } as const;

/** Sends a command to one device, and resolves when it has confirmed. */
export type Perform = (command: DeviceCommand, signal: AbortSignal) => Promise<void>;

export interface CastingParts {
  readonly ctx: PluginContext;
  readonly registry: Registry;
  /** Tells one device alone. */
  readonly alone: (device: ZigbeeDevice, ...rest: Parameters<Perform>) => Promise<void>;
  readonly publish: (device: ZigbeeDevice, payload: Message) => void;
}

export class Casting {
  readonly #parts: CastingParts;
  readonly #casts: GroupCast;
  /** Who waits for what a device says. */
  readonly #listening = new Map<ZigbeeDevice, Set<(payload: Message) => void>>();

  constructor(parts: CastingParts) {
    this.#parts = parts;
    this.#casts = new GroupCast(parts.ctx);
  }

  /** By place in the batch, how those are told that share a frame. */
  plan(batch: readonly CommandRequest[], session: Session | null): ReadonlyMap<number, Perform> {
    const plan = new Map<number, Perform>();
    if (session === null || batch.length < CAST_LAMPS_MIN) return plan;
    const same = Map.groupBy(batch.keys(), (at) => JSON.stringify({ ...batch[at]!.command, endpoint: undefined }));
    for (const places of same.values()) {
      const target = targetOf(batch[places[0]!]!.command);
      if (target !== null) this.#planOne(plan, batch, { session, places, target });
    }
    return plan;
  }

  #planOne(
    plan: Map<number, Perform>,
    batch: readonly CommandRequest[],
    { session, places, target }: { session: Session; places: readonly number[]; target: Target },
  ): void {
    const ready = places.flatMap((at) => {
      const device = this.#parts.registry.get(batch[at]!.id);
      return device !== undefined && isCastable(device, batch[at]!.command) ? [{ at, device }] : [];
    });
    const devices = ready.map(({ device }) => device);
    const group = this.#casts.find(session, devices);
    if (group === null) return;
    // Whoever reports at once must be listened to before the cast goes out.
    const sent = Promise.resolve().then(() => this.#casts.cast(group, target));
    sent.catch(() => undefined);
    for (const { at, device } of ready) plan.set(at, this.#tell(device, group, target, sent));
  }

  #tell(device: ZigbeeDevice, group: Models.Group, target: Target, sent: Promise<void>): Perform {
    const { transition, ...wanted } = target;
    return async (command, signal) => {
      if (transition > 0) device.fadesUntil = this.#parts.ctx.clock.now() + transition * 100 + FADE_SETTLES_MS;
      if (await this.#confirms(device, target, sent, signal)) return this.#parts.publish(device, wanted);
      await this.#parts.alone(device, command, signal);
      void this.#casts.renew(group, device);
    };
  }

  /** Whether the lamp says that it heard: by a report, or asked a moment after the cast. */
  async #confirms(device: ZigbeeDevice, target: Target, sent: Promise<void>, signal: AbortSignal): Promise<boolean> {
    const said: Message = {};
    const heard = Promise.withResolvers<boolean>();
    const listen = (payload: Message): void => {
      if (fits(Object.assign(said, payload), target)) heard.resolve(true);
    };
    const listening = this.#listening.get(device) ?? new Set();
    this.#listening.set(device, listening.add(listen));
    const asked = this.#askLater(device, target, sent, signal).then(
      () => fits(said, target),
      () => false,
    );
    try {
      return await Promise.race([heard.promise, asked]);
    } finally {
      listening.delete(listen);
    }
  }

  async #askLater(device: ZigbeeDevice, target: Target, sent: Promise<void>, signal: AbortSignal): Promise<void> {
    await sent;
    await this.#parts.ctx.clock.sleep(READ_BACK_MS, signal);
    const { transition: _, ...wanted } = target;
    for (const key of Object.keys(wanted)) {
      const [cluster, attribute] = ATTRIBUTES[key as keyof typeof ATTRIBUTES];
      await device.endpointFor(null)?.read(cluster as string, [attribute] as never[], ONCE);
    }
  }

  /** A device said something: who waits for it hears. */
  heard(device: ZigbeeDevice, payload: Message): void {
    for (const listen of this.#listening.get(device) ?? []) listen(payload);
  }
}
