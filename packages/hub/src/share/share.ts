// The window through which one plugin sees the home: a copy of what was chosen for it, kept up to date, and commands in the
// name of whoever asked. What is not chosen is neither sent nor commanded, whatever the plugin's code says.

import {
  HubError,
  propertyKey,
  type EndpointDescription,
  type Origin,
  type OutcomeStatus,
  type Values,
} from '@lintel/model';
import type { HomeChange, HomeDevice } from '@lintel/sdk';

import type { Change, ChangeBody } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import type { HomePort, HomeShare } from '../plugins/types.ts';
import type { DeviceRecord } from '../registry/registry.ts';
import type { CommandService } from '../services/commands.ts';
import { deviceView, kindOf } from '../state/device-view.ts';
import { chosenEndpoints, readChoice, type Choice } from './choice.ts';

/** What is shown of one device now: property keys of the hub by endpoint and name. */
type Shown = ReadonlyMap<string, { readonly endpoint: string; readonly property: string }>;

const CODES: Readonly<Record<OutcomeStatus, string>> = {
  done: '',
  failed: 'DEVICE_REFUSED',
  timeout: 'TIMEOUT',
  offline: 'DEVICE_OFFLINE',
  superseded: 'SUPERSEDED',
};

/** A plugin called as a kind of origin speaks in that kind: who commands over Matter is told so. */
const originOf = (plugin: string, name: string): Origin =>
  plugin === 'matter' ? { kind: 'matter', name } : { kind: 'plugin', id: plugin, name };

function keysOf(device: DeviceRecord, endpoints: readonly EndpointDescription[]): Shown {
  const shown = new Map<string, { endpoint: string; property: string }>();
  for (const { id, capabilities } of endpoints) {
    for (const capability of capabilities) {
      for (const { name } of capability.properties) {
        const property = `${capability.name}.${name}`;
        shown.set(propertyKey(device.description.endpoints, id, property), { endpoint: id, property });
      }
    }
  }
  return shown;
}

type EventBody = Extract<ChangeBody, { topic: 'event' }>;

/** No record says which endpoint an event is of: the one that has such a button, or is called as the button, or the first. */
function endpointOf(endpoints: readonly EndpointDescription[], { event, button }: EventBody): string | undefined {
  const eventsOf = ({ capabilities }: EndpointDescription) =>
    capabilities.flatMap(({ events = [] }) => events).filter((each) => each.event === event);
  const able = endpoints.filter((each) => eventsOf(each).length > 0);
  const named = able.find((each) => eventsOf(each).some((described) => described.button === button));
  return (named ?? able.find(({ id }) => id === button) ?? able[0])?.id;
}

export function createHomePort(kernel: Kernel, commands: CommandService): HomePort {
  return { open: (plugin, choice, send) => new Share(kernel, commands, plugin, readChoice(choice), send) };
}

class Share implements HomeShare {
  readonly #kernel: Kernel;
  readonly #commands: CommandService;
  readonly #plugin: string;
  readonly #send: (changes: readonly HomeChange[]) => void;
  readonly #shown = new Map<string, Shown>();
  readonly close: () => void;
  #choice: Choice;

  constructor(
    kernel: Kernel,
    commands: CommandService,
    plugin: string,
    choice: Choice,
    send: (changes: readonly HomeChange[]) => void,
  ) {
    this.#kernel = kernel;
    this.#commands = commands;
    this.#plugin = plugin;
    this.#choice = choice;
    this.#send = send;
    this.devices();
    this.close = kernel.bus.subscribe((change) => this.#hear(change));
  }

  devices(): readonly HomeDevice[] {
    return this.#records().flatMap((record) => this.#show(record) ?? []);
  }

  choose(choice: unknown): void {
    this.#choice = readChoice(choice);
    const changes = this.#records().flatMap((record) => this.#look(record.id));
    if (changes.length > 0) this.#send(changes);
  }

  /** @throws HubError FORBIDDEN for what was not chosen; what became of the command otherwise */
  async command(device: string, command: unknown, by: string): Promise<void> {
    const { endpoint, ...body } = command as { endpoint?: string };
    const shown = this.#shown.get(device);
    const endpoints = new Set([...(shown?.values() ?? [])].map((each) => each.endpoint));
    const [first] = endpoints;
    const at = endpoint ?? first;
    if (at === undefined || !endpoints.has(at)) {
      throw new HubError('FORBIDDEN', `${device} was not chosen to be shown to ${this.#plugin}`);
    }
    const on = { device: `${device}/${at}` };
    const { status, error } = await this.#commands.command({ on, body: inWords(body) }, originOf(this.#plugin, by));
    if (status !== 'done') throw Object.assign(new Error(error?.detail ?? status), { code: CODES[status] });
  }

  #records(): readonly DeviceRecord[] {
    return this.#kernel.machine.registry.list('devices').filter((record) => this.#mayShow(record));
  }

  /** A plugin's own devices are not shown to it: a bridge would show what it sees in itself. */
  #mayShow = ({ plugin }: DeviceRecord): boolean => plugin !== this.#plugin;

  #show(record: DeviceRecord): HomeDevice | null {
    const endpoints = chosenEndpoints(this.#choice, record);
    if (endpoints.length === 0) {
      this.#shown.delete(record.id);
      return null;
    }
    const shown = keysOf(record, endpoints);
    this.#shown.set(record.id, shown);
    return this.#deviceOf(record, endpoints, shown);
  }

  #deviceOf(record: DeviceRecord, endpoints: readonly EndpointDescription[], shown: Shown): HomeDevice {
    const { machine, scheduler } = this.#kernel;
    const view = deviceView(record, machine.properties.device(record.id), scheduler.now());
    const values: Record<string, Record<string, Values[string]>> = {};
    for (const [key, { endpoint, property }] of shown) {
      (values[endpoint] ??= {})[property] = view.properties[key]?.value ?? null;
    }
    const { id, name, manufacturer, model, firmware, online } = view;
    const room = record.room === null ? null : (machine.registry.get('rooms', record.room)?.name ?? null);
    return { id, name, room, kind: kindOf(record), manufacturer, model, firmware, online, endpoints, values };
  }

  #hear(change: Change): void {
    const changes = this.#changesOf(change);
    if (changes.length > 0) this.#send(changes);
  }

  #changesOf(change: Change): HomeChange[] {
    if (change.topic === 'device') return this.#look(change.id);
    if (change.topic === 'event') return this.#happened(change);
    if (change.topic !== 'property') return [];
    const at = this.#shown.get(change.device)?.get(change.property);
    if (at === undefined) return [];
    return [{ type: 'values', id: change.device, endpoint: at.endpoint, values: { [at.property]: change.value } }];
  }

  #happened(change: EventBody): HomeChange[] {
    const { device: id, event, button, action, detail } = change;
    const record = id === null || !this.#shown.has(id) ? null : this.#kernel.machine.registry.get('devices', id);
    if (record === null) return [];
    const endpoint = endpointOf(record.description.endpoints, change);
    if (endpoint === undefined || !chosenEndpoints(this.#choice, record).some((each) => each.id === endpoint))
      return [];
    const data = {
      ...(detail as object),
      ...(button !== undefined && { button }),
      ...(action !== undefined && { action }),
    };
    return [{ type: 'event', id: record.id, endpoint, event, data }];
  }

  /** What the plugin is to know of a device that is not what it was. */
  #look(id: string): HomeChange[] {
    const before = this.#shown.has(id);
    const record = this.#kernel.machine.registry.get('devices', id);
    const device = record === null || !this.#mayShow(record) ? null : this.#show(record);
    if (device !== null) return [{ type: 'device', device }];
    this.#shown.delete(id);
    return before ? [{ type: 'gone', id }] : [];
  }
}

/** Durations are milliseconds on the wire, and words where people command. */
function inWords(body: object): object {
  const { transition } = body as { transition?: unknown };
  return typeof transition === 'number' ? { ...body, transition: `${Math.round(transition)}ms` } : body;
}
