// Keeps one plugin running: starts it, listens for its heart, starts it again when it ends, and gives up when it ends too
// often.

import { mkdirSync } from 'node:fs';

import type { WireError } from '@lintel/sdk/host';

import { Child } from './child.ts';
import { PluginDevices } from './devices.ts';
import { describeEnd, PORT_MOVED } from './endings.ts';
import { BACKLOG_BYTES_MAX, HEARTBEAT_INTERVAL_MS, MEMORY_BESIDE_HEAP_MIB, STOP_GRACE_MS } from './limits.ts';
import { Gauge } from './gauge.ts';
import type { Leftovers } from './leftovers.ts';
import { removeOutwardLinks } from './links.ts';
import type { Manifest } from './manifest.ts';
import type { PluginLog } from './plugin-log.ts';
import { Pulse } from './pulse.ts';
import { Restarts } from './restarts.ts';
import type { Sandbox } from './sandbox.ts';
import { Session } from './session.ts';
import type { Turns } from './turns.ts';
import type { PluginHostOptions, PluginInfo } from './types.ts';

type Status = PluginInfo['status'];

export interface SupervisorParts {
  /** As it stands on the disk at each start. */
  readonly manifest: () => Manifest;
  readonly options: PluginHostOptions;
  readonly sandbox: Sandbox;
  readonly leftovers: Leftovers;
  readonly log: PluginLog;
  /** The folder that the plugin may write. */
  readonly folder: string;
  readonly changed: () => void;
  readonly turns: Turns;
  /** Called whenever `setup` is through. */
  readonly started: () => void;
}

export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #restarts: Restarts;
  #status: Status = 'disabled';
  #message: string | null = null;
  #lastError: string | null = null;
  #since: number;
  #settings: unknown = {};
  #child: Child | null = null;
  #session: Session | null = null;
  #answers: ReadonlySet<string> = new Set();
  #refusal: WireError | null = null;
  /** Why the plugin said it cannot start, until it does. */
  #refused: WireError | null = null;
  /** What the last check ended the process for. */
  #killedFor: string | null = null;
  #gauge = new Gauge();
  #pulse = new Pulse();
  #isSettingUp = false;
  /** One start or stop at a time: two at once would make two processes. */
  #turn: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | null = null;
  #ended = Promise.withResolvers<void>();
  #settled = Promise.withResolvers<void>();
  #isWanted = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#restarts = new Restarts(parts.options.random);
    this.#since = parts.options.scheduler.now();
  }

  get status(): Status {
    return this.#status;
  }

  /** Why the plugin said it cannot start with these settings; null where it did, or ended without a word. */
  get refused(): WireError | null {
    return this.#refused;
  }

  /** As of the last start. */
  get settings(): unknown {
    return this.#settings;
  }

  /** The live conversation, once `setup` is through; null before and after. */
  get session(): Session | null {
    return this.#status === 'running' || this.#status === 'reconnecting' ? this.#session : null;
  }

  /** Settings that differ only in what is chosen of the home; false where nothing runs that could take them. */
  rechoose(settings: unknown): boolean {
    this.#settings = settings;
    this.session?.rechoose(settings);
    return this.session !== null;
  }

  answers(name: string): boolean {
    return this.session !== null && this.#answers.has(name);
  }

  health(): PluginInfo['health'] {
    return {
      state: this.#status,
      message: this.#message,
      since: new Date(this.#since).toISOString(),
      restarts: this.#restarts.total,
      lastError: this.#lastError,
      memory: this.#gauge.memoryBytes,
      cpu: this.#gauge.cpu,
    };
  }

  /**
   * Starts anew; resolves when the plugin runs or its first attempt failed. `read` answers the settings, or null after it
   * has refused them.
   */
  async start(read: () => Promise<unknown>): Promise<void> {
    const settled = await this.#inTurn(async () => {
      await this.#halt();
      this.#restarts.clear();
      this.#refused = null;
      this.#settled = Promise.withResolvers<void>();
      const settings = await read();
      await this.#parts.turns.next();
      if (settings !== null) {
        this.#settings = settings;
        this.#isWanted = true;
        this.#launch();
      } else this.#settled.resolve();
      return this.#settled;
    });
    await settled.promise;
  }

  stop(why: string | null = null): Promise<void> {
    return this.#inTurn(async () => {
      await this.#halt();
      this.#become('disabled', why);
    });
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(run);
    this.#turn = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  /** For a start that is not worth trying. */
  refuse(message: string): void {
    this.#lastError = message;
    this.#become('failed', message);
  }

  #become(status: Status, message: string | null): void {
    const isNews = status !== this.#status || message !== this.#message;
    if (status !== this.#status) this.#since = this.#now();
    this.#status = status;
    this.#message = message;
    if (isNews) this.#parts.changed();
    if (status !== 'starting') this.#settled.resolve();
  }

  #now(): number {
    return this.#parts.options.scheduler.now();
  }

  #arm(ms: number, run: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.options.scheduler.after(ms, run);
  }

  /** Asks the plugin to stop, and ends it when it does not. */
  async #halt(): Promise<void> {
    this.#settled.resolve();
    this.#isWanted = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#child === null) return;
    const { session } = this;
    if (session !== null) await session.call('stop', null, STOP_GRACE_MS).catch(() => undefined);
    this.#child?.kill();
    await this.#ended.promise;
  }

  #launch(): void {
    const { manifest, options, sandbox, leftovers, log, folder } = this.#parts;
    mkdirSync(folder, { recursive: true });
    removeOutwardLinks(folder);
    this.#ended = Promise.withResolvers<void>();
    this.#refusal = null;
    this.#killedFor = null;
    this.#become('starting', null);
    const child = new Child(sandbox.launch(manifest(), 'run', folder, this.#settings), folder, options.scheduler, {
      message: (raw) => this.#session?.receive(raw),
      output: (level, text) => log.add(this.#now(), level, text),
      ended: (why) => this.#onEnd(describeEnd(why)),
    });
    this.#child = child;
    leftovers.add(child.pid);
    this.#session = this.#converse(child);
    this.#session.start(this.#settings, folder, options.known(manifest().id));
    this.#pulse = new Pulse();
    this.#isSettingUp = true;
    this.#arm(HEARTBEAT_INTERVAL_MS, () => this.#check());
  }

  #converse(child: Child): Session {
    const { options, log } = this.#parts;
    const manifest = this.#parts.manifest();
    const devices = new PluginDevices(options.known(manifest.id));
    const events = {
      started: (answers: ReadonlySet<string>) => this.#onStarted(answers),
      failed: (error: WireError) => void (this.#refusal = error),
      health: (state: Status, message: string | null) => this.#onHealth(state, message),
    };
    return new Session({ ...options, manifest, devices, log, events, channel: child.channel });
  }

  #onStarted(answers: ReadonlySet<string>): void {
    this.#answers = answers;
    this.#refused = null;
    this.#isSettingUp = false;
    this.#pulse.started();
    this.#restarts.started();
    if (this.#status === 'starting') this.#become('running', null);
    this.#parts.started();
  }

  #onHealth(state: Status, message: string | null): void {
    if (this.#status === 'starting' && this.#isSettingUp) {
      this.#message = message;
      this.#parts.changed();
    } else this.#become(state, message);
  }

  /** Every heartbeat: is it alive, does it take what it is sent, does it use what it may? */
  #check(): void {
    const fault = this.#faultNow();
    const hasMoved = this.#status === 'reconnecting' && this.#child!.ports.haveMoved();
    if (fault === null && !hasMoved) this.#session?.ping(this.#pulse.beat);
    else {
      this.#killedFor = fault;
      this.#refusal = fault === null ? PORT_MOVED : null;
      this.#child?.kill();
    }
    this.#arm(HEARTBEAT_INTERVAL_MS, () => this.#check());
  }

  #faultNow(): string | null {
    const [session, child] = [this.#session!, this.#child!];
    const fault = this.#pulse.check(session.beat, session.wasHeldUp(), session.isPairing);
    if (fault !== null) return fault;
    if (child.channel.backlog > BACKLOG_BYTES_MAX) return 'it does not read what the hub sends';
    this.#gauge.read(child.pid, this.#now());
    return this.#gauge.fault(this.#parts.manifest().memoryMib + MEMORY_BESIDE_HEAP_MIB);
  }

  #onEnd(why: string): void {
    const child = this.#child!;
    this.#parts.leftovers.remove(child.pid);
    this.#session?.end('the plugin stopped before the device confirmed');
    [this.#child, this.#session] = [null, null];
    this.#gauge = new Gauge();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#ended.resolve();
    if (this.#isWanted) this.#recover(why);
  }

  #recover(why: string): void {
    const refusal = this.#refusal;
    if (refusal !== null && refusal.code !== 'PLUGIN_FAILED') return this.#recoverRefusal(refusal);
    const message = refusal?.detail ?? this.#killedFor ?? why;
    this.#lastError = message;
    this.#parts.log.add(this.#now(), 'error', `the plugin ended: ${message}`);
    const delay = this.#restarts.crashed(this.#now());
    if (delay === null) return this.#become('quarantined', `it ended too often; the last time: ${message}`);
    this.#again(delay, message);
  }

  /** The plugin said why it cannot start: the world may come back, settings do not change by themselves. */
  #recoverRefusal(refusal: WireError): void {
    const { code, detail } = refusal;
    this.#refused = refusal;
    this.#lastError = detail;
    if (code === 'BAD_SETTINGS') return this.#become('failed', detail);
    this.#again(this.#restarts.refused(), detail);
  }

  #again(delay: number, message: string): void {
    if (delay === 0) return this.#launch();
    this.#become('failed', message);
    this.#arm(delay, () => this.#launch());
  }
}
