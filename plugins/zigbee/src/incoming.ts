// From a device's frame to a report: converters say what it means, the mapping says it in our words. Nothing here waits
// unless a converter does, since a lamp may be waiting for a motion sensor.

import type { Events } from 'zigbee-herdsman';

import { reportWhatFits, type PluginContext, type Value } from '@lintel/sdk';

import { converterOptions, type ZigbeeDevice } from './device.ts';
import { LINK_EVERY_MS } from './limits.ts';
import { readAction, readKeypadAction, readLockAction, type Happening } from './mapping/actions.ts';
import type { Message } from './mapping/types.ts';

/** A report of a bridge between radio and hub that other parts hook into. */
export interface IncomingHooks {
  /** Something of the device was understood, before it is reported. */
  understood(device: ZigbeeDevice, payload: Message): void;
  exposesChanged(device: ZigbeeDevice): void;
}

export class Incoming {
  readonly #ctx: PluginContext;
  readonly #hooks: IncomingHooks;

  constructor(ctx: PluginContext, hooks: IncomingHooks) {
    this.#ctx = ctx;
    this.#hooks = hooks;
  }

  handle(device: ZigbeeDevice, message: Events.MessagePayload): void {
    const { meta, endpoint, cluster, type } = message;
    const at = this.#ctx.clock.now();
    if (device.isDuplicate(at, meta.zclTransactionSequenceNumber, endpoint.ID, meta.rawData)) return;
    const payload: Message = {};
    for (const converter of device.convertersFor(cluster, type)) this.#convert(device, converter, message, payload);
    if (at < device.fadesUntil) leaveOutFade(payload);
    this.publish(device, payload, message.linkquality);
  }

  #convert(
    device: ZigbeeDevice,
    converter: ReturnType<ZigbeeDevice['convertersFor']>[number],
    message: Events.MessagePayload,
    payload: Message,
  ): void {
    const publish = (later: Message): void => this.publish(device, later);
    const meta = {
      state: device.state,
      device: device.radio,
      deviceExposesChanged: () => this.#hooks.exposesChanged(device),
    };
    try {
      const options = device.hasOptions ? { ...OPTIONS, ...converterOptions(this.#ctx, device) } : OPTIONS;
      const said: unknown = converter.convert(device.definition, message as never, publish, options, meta);
      if (said instanceof Promise)
        said.then((later) => publish((later ?? {}) as Message)).catch((error) => this.#complain(device, error));
      else Object.assign(payload, said);
    } catch (error) {
      this.#complain(device, error);
    }
  }

  #complain(device: ZigbeeDevice, error: unknown): void {
    this.#ctx.log.warn(`A message of ${device.id} (${device.name}) was not understood: ${String(error).slice(0, 300)}`);
  }

  /** Reports what the converters said, and remembers it for them. */
  publish(device: ZigbeeDevice, payload: Message, quality?: number): void {
    this.#hooks.understood(device, payload);
    const values = new Map<string | undefined, Record<string, Value>>();
    for (const [source, value] of Object.entries(payload)) this.#collect(device, source, value, payload, values);
    this.#addQuality(device, quality, values);
    Object.assign(device.state, payload);
    for (const [endpoint, each] of values) this.#swallow(reportWhatFits(this.#ctx, device.id, each, endpoint));
    if (typeof payload['action'] === 'string' && payload['action'] !== '')
      this.#press(device, payload['action'], payload);
  }

  #collect(
    device: ZigbeeDevice,
    source: string,
    value: unknown,
    payload: Message,
    values: Map<string | undefined, Record<string, Value>>,
  ): void {
    for (const { endpoint, key, property } of device.mapping.bySource.get(source) ?? NONE) {
      const read = property.read(value, payload, device.state);
      if (read === undefined) continue;
      const id = endpoint === device.mapping.endpoints[0] ? undefined : endpoint.id;
      const held = values.get(id) ?? {};
      held[key] = read;
      values.set(id, held);
    }
  }

  /** Now and then, and only along with something else, so that the radio's moods do not double the traffic. */
  #addQuality(
    device: ZigbeeDevice,
    quality: number | undefined,
    values: Map<string | undefined, Record<string, Value>>,
  ): void {
    const now = this.#ctx.clock.now();
    if (quality === undefined || now - device.linkReportedAt < LINK_EVERY_MS) return;
    device.linkReportedAt = now;
    const held = values.get(undefined) ?? {};
    held['link.quality'] = Math.round((quality / 255) * 100) / 100;
    values.set(undefined, held);
  }

  #press(device: ZigbeeDevice, action: string, payload: Message): void {
    const happening = happeningOf(device.mapping.kind, action, payload);
    if (happening !== null) this.#swallow(this.#ctx.event(device.id, happening.event, happening.data));
  }

  #swallow(sent: Promise<void>): void {
    sent.catch((error: unknown) => {
      if (!this.#ctx.signal.aborted) this.#ctx.log.warn(`A report was refused: ${String(error).slice(0, 300)}`);
    });
  }
}

/** The level and the color that a fade passes through are not reported; where it ends was said when it began. */
function leaveOutFade(payload: Message): void {
  for (const key of Object.keys(payload)) if (/^(brightness|color)(_|$)/.test(key)) delete payload[key];
}

const NONE: never[] = [];
/** Timers of occupancy are the plugin's own, on the clock it is handed. */
const OPTIONS = { occupancy_timeout: 0, no_occupancy_since: [] };

function happeningOf(kind: string, action: string, payload: Message): Happening | null {
  if (kind === 'lock') return readLockAction(action, payload['action_user']);
  if (kind === 'alarm') return readKeypadAction(action);
  const { button, action: done } = readAction(action);
  const detail = detailOf(payload);
  const data = { action: done, ...(button !== undefined && { button }), ...(detail !== null && { detail }) };
  return { event: 'button.pressed', data };
}

const DETAILS: Readonly<Record<string, string>> = {
  action_step_size: 'steps',
  action_angle: 'degrees',
  action_scene: 'scene',
  action_group: 'group',
};

function detailOf(payload: Message): Record<string, number> | null {
  const found = Object.entries(DETAILS).flatMap(([source, name]) => {
    const value = payload[source];
    return typeof value === 'number' ? [[name, value] as const] : [];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}
