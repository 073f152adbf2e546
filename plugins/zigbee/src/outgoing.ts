// Carries a command out: the converters turn the message into frames, the device confirms them, and what it then is gets
// reported.

import type { DeviceCommand, PluginContext } from '@lintel/sdk';

import { converterOptions, type ZigbeeDevice } from './device.ts';
import { guarded, type Guard } from './guarded.ts';
import type { Libraries, Tz } from './libraries.ts';
import { FADE_SETTLES_MS, READ_BACK_MS } from './limits.ts';
import type { MappedEndpoint, Message } from './mapping/types.ts';
import { inOrder, translate, type Outgoing as OutgoingMessage } from './translate.ts';

export type Publish = (device: ZigbeeDevice, payload: Message) => void;

export class Outgoing {
  readonly #ctx: PluginContext;
  readonly #publish: Publish;
  readonly #exposesChanged: (device: ZigbeeDevice) => void;
  /** Colors that a lamp was given while it was off, and has not shown to have taken. */
  readonly #staged = new WeakMap<ZigbeeDevice, Message>();

  constructor(ctx: PluginContext, publish: Publish, exposesChanged: (device: ZigbeeDevice) => void) {
    this.#ctx = ctx;
    this.#publish = publish;
    this.#exposesChanged = exposesChanged;
  }

  /** Resolves when the device has confirmed every frame. */
  async perform(
    libraries: Libraries,
    device: ZigbeeDevice,
    command: DeviceCommand,
    guard: Omit<Guard, 'stage'>,
  ): Promise<void> {
    for (const { endpoint, message } of translate(device, command)) {
      const stage = this.#isStaging(device, message);
      const whole = stage ? message : this.#withStaged(device, message);
      const fade = typeof whole['transition'] === 'number' ? whole['transition'] * 1000 : 0;
      if (fade > 0) device.fadesUntil = this.#ctx.clock.now() + fade + FADE_SETTLES_MS;
      await this.#send(libraries, device, { endpoint, message: whole }, { ...guard, stage });
      if (stage) this.#staged.set(device, message);
    }
  }

  /** A color alone, for a lamp that is off, is kept for when it goes on. */
  #isStaging(device: ZigbeeDevice, message: Message): boolean {
    const isColor = message['color'] !== undefined || message['color_temp'] !== undefined;
    return (
      isColor &&
      message['state'] === undefined &&
      message['brightness'] === undefined &&
      device.state['state'] === 'OFF'
    );
  }

  #withStaged(device: ZigbeeDevice, message: Message): Message {
    const staged = this.#staged.get(device);
    const goesOn = message['state'] === 'ON' || message['brightness'] !== undefined;
    if (staged === undefined || !goesOn) return message;
    this.#staged.delete(device);
    const hasColor = message['color'] !== undefined || message['color_temp'] !== undefined;
    return hasColor ? message : { ...staged, ...message };
  }

  async #send(
    libraries: Libraries,
    device: ZigbeeDevice,
    { endpoint, message }: OutgoingMessage,
    guard: Guard,
  ): Promise<void> {
    const radio = device.endpointFor(endpoint.label);
    if (radio === undefined) throw new Error('its endpoints are not known');
    const entity = guarded(libraries.herdsman, radio, guard);
    const used = new Set<Tz.Converter>();
    const meta = this.#meta(device, endpoint, message);
    for (const [key, value] of inOrder(message)) {
      const converter = this.#converterFor(device, key, endpoint.label);
      if (converter?.convertSet === undefined) throw new Error(`nothing sets ${key}`);
      if (used.has(converter)) continue;
      used.add(converter);
      const result = await converter.convertSet(entity, key, value, meta);
      this.#settle(libraries, device, endpoint, { key, value, state: result?.state, guard });
    }
  }

  #meta(device: ZigbeeDevice, endpoint: MappedEndpoint, message: Message): Tz.Meta {
    return {
      message: { ...message },
      device: device.radio,
      mapped: device.definition,
      options: device.hasOptions ? converterOptions(this.#ctx, device) : {},
      state: stateOf(device, endpoint.label),
      endpoint_name: endpoint.label ?? undefined,
      publish: (payload) => this.#publish(device, payload),
      deviceExposesChanged: () => this.#exposesChanged(device),
    };
  }

  #converterFor(device: ZigbeeDevice, key: string, label: string | null): Tz.Converter | undefined {
    return device.definition.toZigbee.find(
      (each) =>
        (each.key === undefined || each.key.includes(key)) &&
        (each.endpoints === undefined || (label !== null && each.endpoints.includes(label))),
    );
  }

  /** What the device now is, as far as its confirmation says it; the rest is read from it. */
  #settle(
    libraries: Libraries,
    device: ZigbeeDevice,
    endpoint: MappedEndpoint,
    done: { key: string; value: unknown; state: Message | undefined; guard: Guard },
  ): void {
    const { key, value, state, guard } = done;
    if (state !== undefined) this.#publish(device, labelled(state, endpoint.label));
    const readable = [...endpoint.properties.values()].find((each) => each.get === key)?.get;
    if (state === undefined && readable === undefined)
      this.#publish(device, labelled({ [key]: value }, endpoint.label));
    const mayDiffer = state === undefined || key === 'color';
    if (!mayDiffer || (readable === undefined && key !== 'color')) return;
    void this.#readBack(libraries, device, endpoint, key, guard).catch(() => undefined);
  }

  async #readBack(
    libraries: Libraries,
    device: ZigbeeDevice,
    endpoint: MappedEndpoint,
    key: string,
    guard: Guard,
  ): Promise<void> {
    await this.#ctx.clock.sleep(READ_BACK_MS, this.#ctx.signal);
    await this.read(libraries, device, endpoint, key, guard);
  }

  /** Asks the device for a value; the answer comes as a message like any other. */
  async read(
    libraries: Libraries,
    device: ZigbeeDevice,
    endpoint: MappedEndpoint,
    key: string,
    guard: Omit<Guard, 'stage'>,
  ): Promise<void> {
    const radio = device.endpointFor(endpoint.label);
    const converter = this.#converterFor(device, key, endpoint.label);
    if (radio === undefined || converter?.convertGet === undefined) return;
    const entity = guarded(libraries.herdsman, radio, { ...guard, signal: this.#ctx.signal, stage: false });
    await converter.convertGet(entity, key, this.#meta(device, endpoint, { [key]: '' }));
  }
}

const labelled = (state: Message, label: string | null): Message =>
  label === null ? state : Object.fromEntries(Object.entries(state).map(([key, value]) => [`${key}_${label}`, value]));

/** The state as a converter for one endpoint wants it: its own keys without the label. */
function stateOf(device: ZigbeeDevice, label: string | null): Message {
  if (label === null) return device.state;
  const own = Object.entries(device.state).filter(([key]) => key.endsWith(`_${label}`));
  const bare = own.map(([key, value]) => [key.slice(0, -label.length - 1), value] as const);
  return { ...device.state, ...Object.fromEntries(bare) };
}
