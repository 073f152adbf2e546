// The conversation with one plugin's process, from its hello to its end.

import type { Outcome } from '@lintel/model';
import { PluginError } from '@lintel/sdk';
import type { CommandRequest, PairingRequest, PairingStep } from '@lintel/sdk';
import {
  Calls,
  readDescription,
  readKey,
  readLocalId,
  readName,
  readObject,
  readText,
  refuse,
  WIRE_VERSION,
} from '@lintel/sdk/host';
import type { Answer, HealthState, JsonObject, PluginCall, ToPlugin, WireError } from '@lintel/sdk/host';

import type { Scheduler } from '../clock.ts';
import { Batches } from './batches.ts';
import type { PluginDevices } from './devices.ts';
import { choiceIn } from './home-choice.ts';
import * as inbound from './inbound.ts';
import { STORE_VALUE_BYTES_MAX } from './limits.ts';
import type { Manifest } from './manifest.ts';
import { Pace } from './pace.ts';
import type { PluginLog } from './plugin-log.ts';
import type { HomePort, HomeShare, KnownDevice, PluginSink, PluginStore, TimeZonePort } from './types.ts';

export interface SessionEvents {
  started(answers: ReadonlySet<string>): void;
  /** The plugin said by itself why it cannot go on. */
  failed(error: WireError): void;
  health(state: HealthState, message: string | null): void;
}

export interface SessionParts {
  readonly manifest: Manifest;
  readonly scheduler: Scheduler;
  readonly sink: PluginSink;
  readonly store: PluginStore;
  readonly secrets: PluginStore;
  readonly devices: PluginDevices;
  readonly home?: HomePort;
  readonly timeZone?: TimeZonePort;
  /** The folder of the firmware images. */
  readonly firmware?: string | undefined;
  readonly log: PluginLog;
  readonly events: SessionEvents;
  /** The process's socket. */
  readonly channel: { send(message: ToPlugin): void; pause(): void; resume(): void };
}

export class Session {
  readonly #parts: SessionParts;
  readonly #id: string;
  readonly #calls = new Calls();
  readonly #batches: Batches;
  readonly #pairings = new Map<number, (step: PairingStep) => void>();
  readonly #pace: Pace;
  #isStarted = false;
  /** What the plugin sees of the home; null where its manifest does not ask for it. */
  #share: HomeShare | null = null;
  #leaveTimeZone: (() => void) | undefined;
  /** The beat of the last answer to a heartbeat. */
  beat = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#id = parts.manifest.id;
    this.#batches = new Batches(parts.scheduler);
    this.#pace = new Pace(parts.scheduler, parts.channel);
  }

  /** Whether the process was not read for some time since this was last asked, so that its silence says nothing. */
  wasHeldUp(): boolean {
    return this.#pace.wasHeldUp();
  }

  get isPairing(): boolean {
    return this.#pairings.size > 0;
  }

  start(settings: unknown, folder: string, devices: readonly KnownDevice[], isTrial = false): void {
    const { manifest, channel, firmware, timeZone: zone } = this.#parts;
    const { id: plugin, entry } = manifest;
    this.#leaveTimeZone = zone?.subscribe((timeZone) => channel.send({ type: 'timeZone', timeZone }));
    this.#share = this.#openShare(settings);
    const home = this.#share === null ? {} : { home: this.#share.devices() };
    const images = manifest.permissions.firmware && firmware !== undefined ? { firmware } : {};
    const about = {
      plugin,
      entry,
      folder,
      settings,
      devices,
      isTrial,
      ...home,
      ...images,
      timeZone: zone?.now() ?? 'UTC',
    };
    channel.send({ type: 'start', version: WIRE_VERSION, ...about });
  }

  #openShare(settings: unknown): HomeShare | null {
    const { manifest, home, channel } = this.#parts;
    if (manifest.permissions.home === '' || home === undefined) return null;
    return home.open(this.#id, choiceIn(manifest, settings), (changes) => channel.send({ type: 'home', changes }));
  }

  /** People chose anew what the plugin is to see. */
  rechoose(settings: unknown): void {
    this.#share?.choose(choiceIn(this.#parts.manifest, settings));
  }

  ping(beat: number): void {
    this.#parts.channel.send({ type: 'ping', beat });
  }

  send(batch: readonly CommandRequest[], decided: (at: number, outcome: Outcome) => void): Promise<Outcome[]> {
    const { number, done } = this.#batches.open(batch, decided);
    this.#parts.channel.send({ type: 'commands', batch: number, commands: batch });
    return done;
  }

  /** Asks the plugin something; rejects with a `PluginError`, `TIMEOUT` after `ms`. */
  async call(name: PluginCall, body: unknown, ms: number): Promise<unknown> {
    let number = 0;
    const answer = this.#calls.open((call) => {
      number = call;
      this.#parts.channel.send({ type: 'call', call, name, body });
    });
    const cancel = this.#parts.scheduler.after(ms, () => this.#giveUp(number));
    return answer.finally(cancel);
  }

  pair(request: PairingRequest, onStep: (step: PairingStep) => void): { done: Promise<void>; stop: () => void } {
    let number = 0;
    const done = this.#calls.open((call) => {
      number = call;
      this.#pairings.set(call, onStep);
      this.#parts.channel.send({ type: 'call', call, name: 'pair', body: request });
    });
    const stop = (): void => this.#parts.channel.send({ type: 'abort', call: number });
    return { done: done.then(() => undefined).finally(() => this.#pairings.delete(number)), stop };
  }

  setDevice(id: string, settings: Readonly<Record<string, unknown>> | null): void {
    if (settings === null) this.#parts.devices.remove(id);
    this.#parts.channel.send({ type: 'device', id, settings });
  }

  /** The process is gone: whoever waits for it hears so. */
  end(why: string): void {
    this.#share?.close();
    this.#leaveTimeZone?.();
    this.#pace.end();
    this.#batches.failAll(why);
    this.#calls.failAll(new PluginError('CONNECTION_FAILED', why));
  }

  receive(raw: unknown): void {
    try {
      this.#take(inbound.readMessage(raw));
    } catch (error) {
      if (!(error instanceof PluginError)) throw error;
      this.#parts.log.add(this.#parts.scheduler.now(), 'warn', `refused by the hub: ${error.message}`);
    }
  }

  #take(message: JsonObject & { readonly type: string }): void {
    const { type } = message;
    if (type === 'report' || type === 'event' || type === 'online' || type === 'stale' || type === 'presence')
      return this.#input(message);
    this.#pace.message();
    if (type === 'outcome') return this.#batches.decide(message, inbound.readOutcome);
    if (type === 'pong') this.beat = Math.max(this.beat, inbound.readNumberOf(message, 'beat'));
    else if (type === 'answer') this.#settle(message);
    else if (type === 'call') this.#serve(message);
    else if (type === 'step') this.#step(message);
    else this.#about(message);
  }

  #about(message: JsonObject & { readonly type: string }): void {
    const { events, log, scheduler } = this.#parts;
    if (message.type === 'log') {
      const { level, text } = inbound.readLog(message);
      log.add(scheduler.now(), level, text);
    } else if (message.type === 'health') {
      const { state, message: text } = inbound.readHealth(message);
      events.health(state, text);
    } else if (message.type === 'started' && !this.#isStarted) {
      this.#isStarted = true;
      const names = Array.isArray(message['answers'])
        ? message['answers'].filter((name) => typeof name === 'string')
        : [];
      events.started(new Set(names));
    } else if (message.type === 'failed') events.failed(inbound.readWireError(message['error']));
    else if (message.type !== 'hello') refuse('no such message', '/type');
  }

  /** Whatever an input holds, it takes a credit, which comes back when the journal has it. */
  #input(message: JsonObject & { readonly type: string }): void {
    const acknowledge = this.#pace.input();
    try {
      this.#pace.timed(() => this.#deliver(message, acknowledge));
    } catch (error) {
      acknowledge();
      throw error;
    }
  }

  #deliver(message: JsonObject & { readonly type: string }, acknowledge: () => void): void {
    const { sink, devices } = this.#parts;
    if (message.type === 'report') {
      const { device, values, endpoint } = inbound.readReport(message, devices);
      sink.report(this.#id, device, values, endpoint, acknowledge);
    } else if (message.type === 'event') {
      const { device, event, data, endpoint } = inbound.readEvent(message, devices);
      sink.event(this.#id, device, event, data, endpoint, acknowledge);
    } else if (message.type === 'online') {
      const { device, online } = inbound.readOnline(message, devices);
      sink.online(this.#id, device, online, acknowledge);
    } else if (message.type === 'stale') {
      sink.stale(this.#id, inbound.readStale(message, devices), acknowledge);
    } else {
      const { source, presence } = inbound.readPresence(message);
      sink.presence(this.#id, source, presence, acknowledge);
    }
  }

  #settle(message: JsonObject): void {
    const call = inbound.readNumberOf(message, 'call');
    const answer: Answer = Object.hasOwn(message, 'error')
      ? { type: 'answer', call, error: inbound.readWireError(message['error']) }
      : { type: 'answer', call, value: message['value'] };
    this.#calls.settle(answer);
  }

  #giveUp(call: number): void {
    const error = { code: 'TIMEOUT', detail: 'the plugin did not answer in time' };
    this.#calls.settle({ type: 'answer', call, error });
  }

  #step(message: JsonObject): void {
    this.#pairings.get(inbound.readNumberOf(message, 'call'))?.(inbound.readStep(message['step']));
  }

  #serve(message: JsonObject): void {
    const call = inbound.readNumberOf(message, 'call');
    const { channel } = this.#parts;
    const release = this.#pace.call();
    this.#answer(String(message['name']), message['body'])
      .then(
        (value) => channel.send({ type: 'answer', call, ...(value !== undefined && { value }) }),
        (error: unknown) => channel.send({ type: 'answer', call, error: errorOf(error) }),
      )
      .finally(release);
  }

  async #answer(name: string, body: unknown): Promise<unknown> {
    const { sink, devices } = this.#parts;
    if (name === 'devices.add') {
      const description = readDescription(body);
      devices.admit(description.id);
      await sink.device(this.#id, description);
      return devices.add(description);
    }
    const given = readObject(body, '');
    if (name === 'devices.remove') {
      const id = readLocalId(given['id']);
      devices.remove(id);
      return sink.deviceRemoved(this.#id, id);
    }
    if (name === 'home.command') return this.#commandHome(given);
    const [kind, verb] = name.split('.');
    const store = kind === 'store' ? this.#parts.store : kind === 'secrets' ? this.#parts.secrets : null;
    if (store === null) throw new PluginError('UNSUPPORTED', `the hub answers no ${name.slice(0, 64)}`);
    return this.#keep(store, verb, readKey(given['key']), given['value']);
  }

  async #commandHome({ device, command, by }: JsonObject): Promise<void> {
    if (this.#share === null) throw new PluginError('FORBIDDEN', 'the manifest does not ask to see the home');
    await this.#share.command(readText(device, '/device', 200), readObject(command, '/command'), readName(by, '/by'));
  }

  async #keep(store: PluginStore, verb: string | undefined, key: string, value: unknown): Promise<unknown> {
    if (verb === 'get') return store.get(this.#id, key);
    if (verb === 'delete') return store.delete(this.#id, key);
    if (verb !== 'set') throw new PluginError('UNSUPPORTED', 'the hub keeps values by get, set and delete');
    const text = JSON.stringify(value ?? null);
    if (text.length > STORE_VALUE_BYTES_MAX) refuse(`at most ${STORE_VALUE_BYTES_MAX} bytes under one key`, '/value');
    return store.set(this.#id, key, value ?? null);
  }
}

function errorOf(error: unknown): WireError {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : 'PLUGIN_FAILED', detail: String(message ?? error).slice(0, 512) };
}
