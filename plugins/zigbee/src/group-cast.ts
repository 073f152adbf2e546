// One frame for several lamps that are to become the same, so that they do so at once. Each still confirms by itself: by what it
// reports, or by what it is asked a moment later; who did not hear it is told alone.

import type { Controller, Models } from 'zigbee-herdsman';

import type { DeviceCommand, PluginContext, Value } from '@lintel/sdk';

import type { ZigbeeDevice } from './device.ts';
import { CAST_LAMPS_MIN, CASTS_MAX, CASTS_PER_MS, GROUP_FIRST, GROUPS_MAX } from './limits.ts';
import type { Message } from './mapping/types.ts';
import type { Session } from './session.ts';

const BRIGHTNESS_MAX = 254;
const MIREDS_PER_KELVIN = 1e6;
/** What a cast can say; everything else is told one by one. */
const CASTABLE: ReadonlySet<string> = new Set(['onOff.on', 'level.level', 'color.temperature']);

/** What lamps are to become, in the converters' words. */
export interface Target {
  readonly state: 'ON' | 'OFF';
  readonly brightness?: number;
  readonly color_temp?: number;
  /** Tenths of a second. */
  readonly transition: number;
}

/** The command as a target; null where a cast cannot say it. */
export function targetOf(command: DeviceCommand): Target | null {
  if (!('set' in command) || !Object.keys(command.set).every((key) => CASTABLE.has(key))) return null;
  const { 'onOff.on': on, 'level.level': level, 'color.temperature': kelvin } = command.set as Record<string, Value>;
  const transition = Math.round((command.transition ?? 0) / 100);
  const goesOff = on === false || (level === 0 && on !== true);
  if (goesOff) return transition === 0 && kelvin === undefined ? { state: 'OFF', transition } : null;
  if (on !== true && typeof level !== 'number') return null;
  return {
    state: 'ON',
    transition,
    ...(typeof level === 'number' && { brightness: Math.max(1, Math.round(level * BRIGHTNESS_MAX)) }),
    ...(typeof kelvin === 'number' && { color_temp: Math.round(MIREDS_PER_KELVIN / kelvin) }),
  };
}

/** Whether what a lamp said since is what it was told; of a fade, that it began. */
export function fits(said: Message, { state, brightness, color_temp, transition }: Target): boolean {
  const isNear = (value: unknown, wanted: number | undefined, by: number): boolean =>
    wanted === undefined || transition > 0 || (typeof value === 'number' && Math.abs(value - wanted) <= by);
  return (
    said['state'] === state && isNear(said['brightness'], brightness, 2) && isNear(said['color_temp'], color_temp, 5)
  );
}

/** Whether the device can be one of several that are told at once. */
export function isCastable(device: ZigbeeDevice, command: DeviceCommand): boolean {
  const { kind, endpoints } = device.mapping;
  const [endpoint] = endpoints;
  if (kind !== 'light' || endpoints.length !== 1 || endpoint!.label !== null) return false;
  const has = 'set' in command && Object.keys(command.set).every((key) => endpoint!.properties.has(key));
  return has && !device.hasLeft && !device.isSleepy && device.isOnline && device.radio.endpoints.length > 0;
}

export class GroupCast {
  readonly #ctx: PluginContext;
  readonly #making = new Set<string>();
  #casts: number[] = [];

  constructor(ctx: PluginContext) {
    this.#ctx = ctx;
  }

  /** The group of just these lamps, if the air has room for a cast; one that is missing is made for the next time. */
  find(session: Session, devices: readonly ZigbeeDevice[]): Models.Group | null {
    if (devices.length < CAST_LAMPS_MIN) return null;
    const wanted = keyOf(devices.map(({ id }) => id));
    const groups = [...ours(session.controller)];
    const found = groups.find((group) => keyOf(group.members.map((each) => each.deviceIeeeAddress)) === wanted);
    if (found === undefined) void this.#make(session, devices, wanted, groups);
    return found !== undefined && this.#mayCast() ? found : null;
  }

  /** Broadcasts are few: every router repeats each. */
  #mayCast(): boolean {
    const now = this.#ctx.clock.now();
    this.#casts = this.#casts.filter((at) => now - at < CASTS_PER_MS);
    if (this.#casts.length >= CASTS_MAX) return false;
    this.#casts.push(now);
    return true;
  }

  async cast(group: Models.Group, { state, brightness, color_temp, transition: transtime }: Target): Promise<void> {
    if (brightness !== undefined)
      await group.command('genLevelCtrl', 'moveToLevelWithOnOff', { level: brightness, transtime } as never);
    else await group.command('genOnOff', state === 'ON' ? 'on' : 'off', {});
    if (color_temp !== undefined)
      await group.command('lightingColorCtrl', 'moveToColorTemp', { colortemp: color_temp, transtime } as never);
  }

  /** A lamp that did not hear the cast may have lost its membership. */
  async renew(group: Models.Group, device: ZigbeeDevice): Promise<void> {
    await device
      .endpointFor(null)
      ?.addToGroup(group)
      .catch(() => undefined);
  }

  async #make(
    session: Session,
    devices: readonly ZigbeeDevice[],
    key: string,
    groups: readonly Models.Group[],
  ): Promise<void> {
    if (this.#making.has(key) || groups.length + this.#making.size >= GROUPS_MAX) return;
    this.#making.add(key);
    try {
      const taken = new Set([...session.controller.getGroupsIterator()].map(({ groupID }) => groupID));
      let id = GROUP_FIRST;
      while (taken.has(id)) id += 1;
      const group = session.controller.createGroup(id);
      group.meta['lintel'] = true;
      for (const device of devices) await device.endpointFor(null)!.addToGroup(group);
      group.save();
    } catch (error) {
      if (session.isUp) this.#ctx.log.warn(`A group of lamps was not made: ${String(error).slice(0, 200)}`);
    } finally {
      this.#making.delete(key);
    }
  }
}

const keyOf = (addresses: readonly string[]): string => [...new Set(addresses)].toSorted().join(' ');

const ours = (controller: Controller): Iterable<Models.Group> =>
  controller.getGroupsIterator((group) => group.meta['lintel'] === true);
