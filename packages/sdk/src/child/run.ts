// The process of one plugin. It is told what to run over descriptor 3, runs it, and ends at once when the hub is gone.

import { DeviceBook } from '../book.ts';
import { discoveryWith } from '../discover/system.ts';
import { createContext } from '../context.ts';
import type { HubPort } from '../context.ts';
import { HomeBook } from '../home.ts';
import { LOG_LINE_CHARACTERS_MAX } from '../limits.ts';
import { wireErrorOf } from '../perform.ts';
import type { PluginContext, RunningPlugin } from '../plugin.ts';
import { WIRE_VERSION } from '../wire.ts';
import type { StartMessage, ToHub, ToPlugin } from '../wire.ts';
import { Calls } from './calls.ts';
import { systemClock } from './clock.ts';
import { Credits } from './credits.ts';
import { openHubChannel } from './hub-socket.ts';
import { giveModules, loadPlugin } from './load.ts';
import { Server } from './serve.ts';

/** After the start, so that a plugin's first second is not held up by it. */
const TIDY_AFTER_MS = 500;
const LARGE_HEAP_BYTES = 48 * 1_048_576;

const channel = openHubChannel((raw) => receive(raw as ToPlugin));
const send = (message: ToHub): void => channel.send(message);
const credits = new Credits(send);
const calls = new Calls();
const stopping = new AbortController();
let book = new DeviceBook([]);
let home: HomeBook | null = null;
let timeZone = 'UTC';
let server: Server | null = null;

const port: HubPort = {
  input: (input) => credits.input(input),
  call: (name, body) => calls.open((call) => send({ type: 'call', call, name, body })),
  log: (level, text) => send({ type: 'log', level, text: text.slice(0, LOG_LINE_CHARACTERS_MAX) }),
  health: (state, message) => send({ type: 'health', state, ...(message !== undefined && { message }) }),
};

function contextFor({ folder, firmware }: StartMessage): PluginContext {
  return createContext({
    port,
    book,
    clock: systemClock,
    discover: discoveryWith(systemClock),
    signal: stopping.signal,
    folder,
    firmware: firmware ?? null,
    home,
    timeZone: () => timeZone,
  });
}

/**
 * Loading leaves behind a fifth of what a small plugin holds, and an idle process would never collect it by itself. A large one
 * would stand still for long while its devices are being connected, and collects as it goes.
 */
function tidy(): void {
  if (process.memoryUsage().heapUsed < LARGE_HEAP_BYTES)
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function stopOf(running: RunningPlugin): () => Promise<void> {
  let stopped: Promise<void> | null = null;
  return () => {
    stopping.abort();
    stopped ??= Promise.resolve(running.stop?.());
    return stopped;
  };
}

async function start(message: StartMessage): Promise<void> {
  if (message.version !== WIRE_VERSION) throw new Error(`the hub speaks version ${message.version} of the wire`);
  // At once: what changes while the plugin loads must find them.
  book = new DeviceBook(message.devices);
  timeZone = message.timeZone;
  home = message.home === undefined ? null : new HomeBook(message.home);
  const definition = await loadPlugin(message.entry, message.plugin);
  const ctx = contextFor(message);
  const trial = definition.test && ((settings: unknown) => definition.test!(settings, ctx));
  const isSetUp = message.isTrial !== true || trial === undefined;
  const running = (isSetUp ? await definition.setup(ctx, message.settings) : null) ?? {};
  server = new Server(running, trial, send, stopOf(running));
  send({ type: 'started', answers: server.answers });
  setTimeout(tidy, TIDY_AFTER_MS).unref();
}

function receive(message: ToPlugin): void {
  if (message.type === 'ping') send({ type: 'pong', beat: message.beat });
  else if (message.type === 'acknowledged') credits.acknowledge(message.count);
  else if (message.type === 'commands') server?.commands(message);
  else if (message.type === 'answer') calls.settle(message);
  else if (message.type === 'call') server?.call(message);
  else if (message.type === 'abort') server?.abort(message.call);
  else if (message.type === 'home') home?.take(message.changes);
  else if (message.type === 'timeZone') timeZone = message.timeZone;
  else if (message.type === 'device') receiveDevice(message.id, message.settings);
  else start(message).catch(fail);
}

function receiveDevice(id: string, settings: Readonly<Record<string, unknown>> | null): void {
  if (settings === null) book.remove(id);
  else book.setSettings(id, settings);
}

/** Says why, then ends: the hub starts a fresh process when it is worth it. */
function fail(error: unknown): void {
  send({ type: 'failed', error: wireErrorOf(error) });
  channel.flush();
  console.error(error);
  process.exit(1);
}

/** Says hello and does what the hub says from then on; `given` is where the plugin finds Lintel's own packages. */
export function runPlugin(given: Readonly<Record<string, string>>): void {
  process.on('uncaughtException', fail);
  giveModules(given);
  send({ type: 'hello', version: WIRE_VERSION });
}
