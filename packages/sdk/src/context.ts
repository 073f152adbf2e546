// What a plugin holds of the hub, over whatever carries it: a socket in a plugin's process, a plain object in tests.

import { isShallow, present, refuse } from './json.ts';
import type { DeviceBook } from './book.ts';
import type { HomeAccess, HomeBook } from './home.ts';
import { PluginError } from './plugin.ts';
import type { Clock, DeviceSet, Discovery, KeyValueStore, PluginContext, PluginLog } from './plugin.ts';
import { checkValues, readDescription, readEventName, readKey, readLocalId } from './shape.ts';
import type { HealthState, HubCall, HubCalls, Input, LogLevel } from './wire.ts';

/** The hub as seen from a plugin's side. */
export interface HubPort {
  /** Resolves when the plugin may send more. */
  input(input: Input): Promise<void>;
  call<Name extends HubCall>(name: Name, body: HubCalls[Name]): Promise<unknown>;
  log(level: LogLevel, text: string): void;
  health(state: HealthState, message?: string): void;
}

export interface ContextParts {
  readonly port: HubPort;
  readonly book: DeviceBook;
  readonly clock: Clock;
  readonly discover: Discovery;
  readonly signal: AbortSignal;
  readonly folder: string;
  readonly firmware: string | null;
  /** Null where the plugin may see nothing of the home. */
  readonly home: HomeBook | null;
  readonly timeZone: () => string;
}

function storeOver(port: HubPort, name: 'store' | 'secrets'): KeyValueStore {
  return {
    get: async (key) => (await port.call(`${name}.get`, { key: readKey(key) })) ?? null,
    async set(key, value) {
      if (!isShallow(value)) refuse('the value is nested too deeply', '/value');
      await port.call(`${name}.set`, { key: readKey(key), value });
    },
    async delete(key) {
      await port.call(`${name}.delete`, { key: readKey(key) });
    },
  };
}

function devicesOver(port: HubPort, book: DeviceBook): DeviceSet {
  return {
    async add(device) {
      const description = readDescription(device);
      await port.call('devices.add', description);
      book.add(description);
    },
    async remove(id) {
      await port.call('devices.remove', { id: readLocalId(id) });
      book.remove(id);
    },
    known: () => book.ids(),
    settings: (id) => book.settings(id),
  };
}

function homeOver(port: HubPort, book: HomeBook | null): HomeAccess | null {
  if (book === null) return null;
  return {
    devices: () => book.devices(),
    subscribe: (listener) => book.subscribe(listener),
    async command(device, command, by) {
      await port.call('home.command', { device, command, by });
    },
  };
}

function logOver(port: HubPort): PluginLog {
  const at = (level: LogLevel) => (text: string) => port.log(level, String(text));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** Builds the `ctx` that `setup` is given. */
export function createContext(parts: ContextParts): PluginContext {
  const { port, book, clock, discover, signal, folder, firmware, home, timeZone } = parts;
  const send = (input: Input): Promise<void> => {
    if (signal.aborted)
      return Promise.reject(new PluginError('UNSUPPORTED', 'the plugin was stopped: nothing is reported'));
    return port.input(input);
  };
  return {
    async report(id, values, endpoint) {
      checkValues(book.shape(id), values, endpoint);
      return send({ type: 'report', device: id, values, ...(endpoint !== undefined && { endpoint }) });
    },
    async event(id, event, data, endpoint) {
      book.shape(id);
      readEventName(event);
      if (!isShallow(data)) refuse('the data is nested too deeply', '/data');
      return send(present({ type: 'event' as const, device: id, event, data, endpoint }) as Input);
    },
    async online(id, online) {
      book.shape(id);
      return send({ type: 'online', device: id, online: Boolean(online) });
    },
    async stale(id) {
      book.shape(id);
      return send({ type: 'stale', device: id });
    },
    presence: async (source, presence) => send({ type: 'presence', source: readKey(source), presence }),
    devices: devicesOver(port, book),
    store: storeOver(port, 'store'),
    secrets: storeOver(port, 'secrets'),
    log: logOver(port),
    clock,
    discover,
    home: homeOver(port, home),
    timeZone,
    signal,
    folder,
    firmware,
    health: (state, message) => port.health(state, message),
  };
}
