// One device as the plugin knows it: herdsman's object, its definition, its mapping, and what it last said.

import type { Models } from 'zigbee-herdsman';

import type { DeviceDescription, PluginContext } from '@lintel/sdk';

import type { Definition } from './libraries.ts';
import {
  BATTERY_EXPECTED_SECONDS,
  MAINS_EXPECTED_SECONDS,
  OCCUPANCY_TIMEOUT_SECONDS,
  RECENT_FRAME_MS,
  RECENT_FRAMES_MAX,
} from './limits.ts';
import { mapDevice } from './mapping/device.ts';
import type { DeviceMapping, Expose, Message } from './mapping/types.ts';
import { occupancySeconds } from './occupancy-setting.ts';

type Converter = Definition['fromZigbee'][number];

/** A device's settings as its converters call them. */
export function converterOptions(ctx: PluginContext, device: ZigbeeDevice): Message {
  if (!ctx.devices.known().includes(device.id)) return {};
  const { occupancyTimeout, invert } = ctx.devices.settings(device.id);
  return {
    ...(device.timesItself && { occupancy_timeout: occupancySeconds(occupancyTimeout) }),
    ...(invert === true && { invert_cover: true }),
  };
}

interface RecentFrame {
  readonly at: number;
  readonly sequence: number;
  readonly endpoint: number;
  readonly raw: Buffer;
}

export class ZigbeeDevice {
  readonly id: string;
  readonly definition: Definition;
  /** A motion sensor that never says that it is over. */
  readonly reportsMotionOnly: boolean;
  /** Its converters clear it by themselves, with a clock of their own that is only told how long. */
  readonly timesItself: boolean;
  /** Herdsman's object; another one after each reconnection. */
  radio: Models.Device;
  mapping: DeviceMapping;
  /** What the converters last said and did, as they want it back. */
  readonly state: Message = {};
  heardAt = 0;
  linkReportedAt = -Infinity;
  isOnline = true;
  /** It left the network by itself, and may come back. */
  hasLeft = false;
  configureAttempts = 0;
  /** Its definition was told of the start, which some answer with questions to the device. */
  started: Promise<void> = Promise.resolve();
  /** Until when a fade that was asked for is under way: what it passes through is not what the lamp has. */
  fadesUntil = 0;
  /** Its bindings and reports are being set up just now. */
  isBeingSetUp = false;
  readonly #converters = new Map<string, readonly Converter[]>();
  readonly #recent: RecentFrame[] = [];

  constructor(radio: Models.Device, definition: Definition) {
    this.id = radio.ieeeAddr;
    this.radio = radio;
    this.definition = definition;
    this.mapping = this.#map();
    const timeout = (definition.options ?? []).find((option) => option.name === 'occupancy_timeout');
    this.reportsMotionOnly = timeout !== undefined;
    this.timesItself = (timeout as { value_step?: unknown } | undefined)?.value_step !== undefined;
  }

  /** Reads anew what the device exposes, which may depend on what it has said of itself. */
  remap(): void {
    this.mapping = this.#map();
  }

  #map(): DeviceMapping {
    const { exposes, description } = this.definition;
    const all = typeof exposes === 'function' ? exposes(this.radio, {}) : exposes;
    return mapDevice(all as unknown as Expose[], description);
  }

  get name(): string {
    return `${this.definition.vendor} ${this.definition.model}`;
  }

  /** Whether its receiver is off most of the time. */
  get isSleepy(): boolean {
    return this.radio.type === 'EndDevice' && !/mains|dc source/i.test(this.radio.powerSource ?? 'Battery');
  }

  /** Whether people's settings of it go to its converters. */
  get hasOptions(): boolean {
    return this.timesItself || this.mapping.kind === 'cover';
  }

  describe(): DeviceDescription {
    const { vendor, model } = this.definition;
    const firmware = this.radio.softwareBuildID;
    return {
      id: this.id,
      name: this.name,
      kind: this.mapping.kind,
      endpoints: this.mapping.descriptions,
      manufacturer: vendor,
      model,
      address: this.id,
      expectedWithin: this.isSleepy ? BATTERY_EXPECTED_SECONDS : MAINS_EXPECTED_SECONDS,
      ...(firmware !== undefined && firmware !== '' && { firmware }),
      ...(this.reportsMotionOnly && { settings: { occupancyTimeout: `${OCCUPANCY_TIMEOUT_SECONDS}s` } }),
    };
  }

  /** The converters for messages of this cluster and type. */
  convertersFor(cluster: string | number, type: string): readonly Converter[] {
    const key = `${cluster}/${type}`;
    const known = this.#converters.get(key);
    if (known !== undefined) return known;
    const found = this.definition.fromZigbee.filter(
      (each) => each.cluster === cluster && (Array.isArray(each.type) ? each.type.includes(type) : each.type === type),
    );
    this.#converters.set(key, found);
    return found;
  }

  /** Whether this very frame was just heard: the air repeats what it thinks lost. */
  isDuplicate(at: number, sequence: number | undefined, endpoint: number, raw: Buffer): boolean {
    if (sequence === undefined || this.definition.meta?.publishDuplicateTransaction === true) return false;
    const isSame = (each: RecentFrame): boolean =>
      each.sequence === sequence &&
      each.endpoint === endpoint &&
      at - each.at < RECENT_FRAME_MS &&
      each.raw.equals(raw);
    if (this.#recent.some(isSame)) return true;
    if (this.#recent.length >= RECENT_FRAMES_MAX) this.#recent.shift();
    this.#recent.push({ at, sequence, endpoint, raw });
    return false;
  }

  /** The definition's own names of its endpoints; empty where it has none. */
  endpointNumbers(): Readonly<Record<string, number>> {
    return this.definition.endpoint?.(this.radio) ?? {};
  }

  /** The endpoint that a label of the converters means, or the device's main one. */
  endpointFor(label: string | null): Models.Endpoint | undefined {
    const numbers = this.endpointNumbers();
    const number = numbers[label ?? 'default'];
    return (number === undefined ? undefined : this.radio.getEndpoint(number)) ?? this.radio.endpoints[0];
  }
}
