// The virtual home: its devices, what they remember, and the clock that makes its sensors drift.

import { endpoint, PluginError } from '@lintel/sdk';
import type { DeviceCommand, DeviceDescription, PairingStep, PluginContext, Values } from '@lintel/sdk';

import { VirtualDevice } from './device.ts';
import { FURNISHED } from './furnished.ts';
import type { Furnishing } from './furnished.ts';
import { KINDS } from './kinds.ts';
import { changesOf } from './parts/sensors.ts';
import type { Settings } from './settings.ts';

/** How long each step of a pairing takes. */
const PAIRING_STEP_MS = 250;
const TICK_MS_MIN = 20;
/** A furnished home's sensors speak about once a minute each. */
const FURNISHED_UPDATES_PER_SECOND = 0.5;

interface Remembered {
  /** What each device showed last, without what it measures. */
  values?: Record<string, Values>;
  /** Devices found by pairing. */
  paired?: string[];
  /** Devices that a person took out of the network. */
  removed?: string[];
}

const isFurnished = ({ lamps, sensors, devices }: Settings): boolean =>
  lamps === undefined && sensors === undefined && devices === undefined;

const numbered = (count: number, kind: 'light' | 'sensor', id: string, name: string): Furnishing[] =>
  Array.from({ length: count }, (_, at) => ({ id: `${id}-${at + 1}`, kind, name: `${name} ${at + 1}` }));

function furnishingsOf(settings: Settings): readonly Furnishing[] {
  if (isFurnished(settings)) return FURNISHED;
  const { lamps = 0, sensors = 0, devices = [] } = settings;
  return [...numbered(lamps, 'light', 'lamp', 'Lamp'), ...numbered(sensors, 'sensor', 'sensor', 'Sensor'), ...devices];
}

function describe({ id, kind, name, room, manufacturer, model }: Furnishing): DeviceDescription {
  const spec = KINDS[kind];
  return {
    id,
    name,
    kind: spec.kind ?? (kind as DeviceDescription['kind']),
    manufacturer: manufacturer ?? 'Lintel',
    model: model ?? `Virtual ${kind}`,
    endpoints: [endpoint(...spec.capabilities())],
    ...(room !== undefined && { room }),
  };
}

export class VirtualHome {
  readonly #ctx: PluginContext;
  readonly #settings: Settings;
  readonly #devices = new Map<string, VirtualDevice>();
  readonly #unreachable = new Set<string>();
  #remembered: Remembered = {};
  /** The write under way, and the one that waits for it. */
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #nextToMeasure = 0;

  constructor(ctx: PluginContext, settings: Settings) {
    this.#ctx = ctx;
    this.#settings = settings;
  }

  /** Adds every device and shows what it showed last. */
  async open(): Promise<void> {
    this.#remembered = ((await this.#ctx.store.get('home')) ?? {}) as Remembered;
    const removed = new Set(this.#remembered.removed);
    const paired = (this.#remembered.paired ?? []).map((id) => this.#pairedLamp(id));
    const furnishings = [...furnishingsOf(this.#settings), ...paired];
    refuseTwins(furnishings);
    await Promise.all(furnishings.filter(({ id }) => !removed.has(id)).map((each) => this.#add(each)));
    if (this.#rate > 0) void this.#drift(this.#rate).catch(() => undefined);
  }

  /** Reports a second that sensors make of themselves. */
  get #rate(): number {
    return this.#settings.updatesPerSecond ?? (isFurnished(this.#settings) ? FURNISHED_UPDATES_PER_SECOND : 0);
  }

  #pairedLamp(id: string): Furnishing {
    return { id, kind: 'light', name: `New lamp ${id.slice(id.lastIndexOf('-') + 1)}` };
  }

  async #add(furnishing: Furnishing): Promise<void> {
    const description = describe(furnishing);
    const values = { ...KINDS[furnishing.kind].initial, ...this.#remembered.values?.[furnishing.id] };
    const device = new VirtualDevice(description, this.#host(), values);
    await this.#ctx.devices.add(description);
    this.#devices.set(device.id, device);
    // Sensors that say nothing of themselves say what they were last told to: nobody passes by because the home starts.
    await device.show(this.#rate > 0 ? { ...values, ...device.measure() } : { ...device.measure(), ...values });
  }

  #host(): ConstructorParameters<typeof VirtualDevice>[1] {
    const { clock, signal } = this.#ctx;
    return {
      clock,
      signal,
      report: (id, values) => this.#ctx.report(id, values),
      event: (id, event, data) => this.#ctx.event(id, event, data),
    };
  }

  /** Lets sensors report, in turn, at an even rate over all of them. */
  async #drift(perSecond: number): Promise<void> {
    const tick = Math.max(TICK_MS_MIN, 1000 / perSecond);
    const { clock, signal } = this.#ctx;
    let due = 0;
    for (let last = clock.now(); !signal.aborted;) {
      await clock.sleep(tick, signal);
      due = Math.min(due + (Math.max(0, clock.now() - last) / 1000) * perSecond, perSecond);
      last = clock.now();
      for (; due >= 1 && !signal.aborted; due -= 1) await this.#measureNext();
    }
  }

  /** One report of the next device that measures anything: what changed, or all of it again. */
  async #measureNext(): Promise<void> {
    const devices = [...this.#devices.values()].filter(({ id }) => !this.#unreachable.has(id));
    for (let tried = 0; tried < devices.length; tried += 1) {
      const device = devices[this.#nextToMeasure % devices.length]!;
      this.#nextToMeasure += 1;
      const measured = device.measure();
      if (Object.keys(measured).length === 0) continue;
      const changes = changesOf(device);
      return device.show(Object.keys(changes).length > 0 ? changes : measured);
    }
  }

  device(id: string): VirtualDevice {
    const device = this.#devices.get(id);
    if (device === undefined) throw new PluginError('NOT_FOUND', `there is no virtual device ${id}`, '/device');
    return device;
  }

  async command(id: string, command: DeviceCommand): Promise<void> {
    const device = this.device(id);
    if (this.#unreachable.has(id)) {
      await this.#ctx.online(id, false);
      throw new PluginError('DEVICE_OFFLINE', `${device.description.name} does not answer: check that it has power`);
    }
    await device.command(command);
    await this.#keep();
  }

  /** Makes a device report, as if someone had walked by or opened a door. */
  async report(id: string, values: Values): Promise<void> {
    const device = this.device(id);
    await this.#ctx.report(id, values);
    device.adopt(values);
    await this.#keep();
  }

  /** Cuts a device off, or brings it back, as a switch at the wall does. */
  async setOnline(id: string, online: boolean): Promise<void> {
    this.device(id).stopAll();
    if (online) this.#unreachable.delete(id);
    else this.#unreachable.add(id);
    await this.#ctx.online(id, online);
  }

  async event(id: string, event: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.device(id).event(event, data);
  }

  /** Finds one new lamp, step by step. */
  async *pair(signal: AbortSignal): AsyncGenerator<PairingStep> {
    const number = (this.#remembered.paired ?? []).length + 1;
    const id = `paired-${number}`;
    const address = `virtual-${number}`;
    for (const step of ['found', 'joined', 'interviewing', 'recognised'] as const) {
      const isOver = await this.#ctx.clock.sleep(PAIRING_STEP_MS, signal).then(
        () => false,
        () => true,
      );
      if (isOver) return;
      yield { address, step };
    }
    this.#remembered.paired = [...(this.#remembered.paired ?? []), id];
    await this.#add(this.#pairedLamp(id));
    await this.save();
    yield { address, device: id, step: 'ready' };
  }

  async remove(id: string): Promise<void> {
    this.device(id).stopAll();
    this.#devices.delete(id);
    this.#remembered.removed = [...(this.#remembered.removed ?? []), id];
    await this.save();
  }

  /** What a device keeps over a restart: everything but what it measures anew. */
  #keptOf(device: VirtualDevice): Values {
    const measured = this.#rate > 0 ? device.measure() : {};
    return Object.fromEntries(Object.entries(device.values).filter(([property]) => !(property in measured)));
  }

  async save(): Promise<void> {
    const values = Object.fromEntries([...this.#devices].map(([id, device]) => [id, this.#keptOf(device)]));
    await this.#ctx.store.set('home', { ...this.#remembered, values });
  }

  /** A real lamp knows what it is after a power cut: what was confirmed is stored. Changes during a write share the next one. */
  #keep(): Promise<void> {
    this.#next ??= this.#last.then(() => {
      this.#next = null;
      return this.save();
    });
    this.#last = this.#next.catch(() => undefined);
    return this.#last;
  }
}

function refuseTwins(furnishings: readonly Furnishing[]): void {
  const seen = new Set<string>();
  for (const { id } of furnishings) {
    if (seen.has(id)) throw new PluginError('BAD_SETTINGS', `two devices have the id ${id}`, '/devices');
    seen.add(id);
  }
}
