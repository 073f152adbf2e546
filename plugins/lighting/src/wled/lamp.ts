// One WLED lamp: found at its address, followed by its socket, asked where it has none to spare, told one command after the
// other, and waited for when its power is cut.

import { Lane, PluginError, retry, type DeviceCommand, type PluginContext, type Values } from '@lintel/sdk';

import { ANSWER_MS, COMMAND_MS, RETRY_FIRST_MS, RETRY_LONGEST_MS } from '../limits.ts';
import { inWords, type Address } from '../settings.ts';
import { unmet } from './confirm.ts';
import { Fades } from './fades.ts';
import { flash } from './flash.ts';
import { follow } from './follow.ts';
import { ask, untilFree } from './http.ts';
import { readEffects, readState, readWhole, type LampState } from './messages.ts';
import type { Mix } from './color.ts';
import { planFor, type Message } from './plan.ts';
import { within } from './reach.ts';
import { describe, idOf, partsOf, valuesOf, type View } from './view.ts';

export interface LampOptions {
  readonly ctx: PluginContext;
  /** Its mac: another lamp at its address is not taken for it. */
  readonly mac: string;
  readonly address: Address;
  /** Told when another lamp answers where this one was. */
  readonly replaced: (mac: string) => void;
}

/** Whole descriptions are compared by what they say. */
const textOf = (value: unknown): string => JSON.stringify(value);

export class WledLamp {
  readonly id: string;
  readonly mac: string;
  readonly #options: LampOptions;
  readonly #ctx: PluginContext;
  readonly #lane = new Lane({ perform: (command, signal) => this.#perform(command, signal) });
  readonly #fades: Fades;
  readonly #told = new Map<number, Mix>();
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  #address: Address;
  #view: View | null = null;
  #isUp = false;
  /** It was said that it is away. */
  #isMissed = false;
  #isFlashing = false;
  #described = '';
  #reported = new Map<string, string>();
  /** What is being shown, and what waits for that: news of a lamp that chatters share the next turn. */
  #showing: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #nextIsAll = false;
  /** It has said something that is no state, and nothing better since. */
  #isGarbled = false;
  /** Counts what the lamp was told: an older answer is no news. */
  #epoch = 0;
  /** Ends a wait early, where there is something to look at now. */
  #look = new AbortController();

  constructor(options: LampOptions) {
    this.#options = options;
    this.#ctx = options.ctx;
    this.mac = options.mac;
    this.id = idOf(options.mac);
    this.#address = options.address;
    this.#fades = new Fades(options.ctx.clock);
    this.#signal = AbortSignal.any([options.ctx.signal, this.#end.signal]);
  }

  get address(): Address {
    return this.#address;
  }

  get name(): string {
    return this.#view?.info.name ?? `The lamp at ${inWords(this.#address)}`;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Resolves when the lamp was reached for the first time, or could not be; it is followed from then on. */
  async open(): Promise<void> {
    await this.#connect(this.#signal).catch((error: unknown) => this.#lost(error));
    void this.#keep().catch((error: unknown) => this.#ctx.log.error(`${this.id}: ${String(error)}`));
  }

  close(): void {
    this.#end.abort();
  }

  /** It announced itself at another address. */
  moveTo(address: Address): void {
    this.#address = address;
    this.#look.abort();
  }

  async #keep(): Promise<void> {
    while (!this.#signal.aborted) {
      if (!this.#isUp) await this.#reconnect();
      if (!this.#signal.aborted) await this.#follow();
    }
  }

  /** Resolves when it is back, or nobody waits for it any more. */
  async #reconnect(): Promise<void> {
    const attempt = (): Promise<void> => this.#connect(this.#signal).catch((error: unknown) => this.#stillAway(error));
    const pace = { clock: this.#ctx.clock, first: RETRY_FIRST_MS, longest: RETRY_LONGEST_MS, attempts: Infinity };
    while (!this.#signal.aborted && !this.#isUp) {
      this.#look = new AbortController();
      const signal = AbortSignal.any([this.#signal, this.#look.signal]);
      await this.#ctx.clock.sleep(RETRY_FIRST_MS, signal).catch(() => undefined);
      if (!this.#isUp) await retry(attempt, { ...pace, signal }).catch(() => undefined);
    }
  }

  /** Whatever it was, another attempt may mend it. */
  async #stillAway(error: unknown): Promise<never> {
    await this.#lost(error);
    throw new Error(String(error));
  }

  async #connect(limit: AbortSignal): Promise<void> {
    const raw = await this.#ask('/json', limit);
    const whole = readWhole(raw);
    if (whole.info.mac !== this.mac) {
      this.#options.replaced(whole.info.mac);
      throw new PluginError('DEVICE_OFFLINE', `Another lamp answers at ${inWords(this.#address)}, not this one.`);
    }
    const { effects: named = await this.#ask('/json/eff', limit).catch(() => []) } = raw as { effects?: unknown };
    const effects = readEffects(named);
    this.#isUp = true;
    this.#isMissed = false;
    this.#reported = new Map();
    await this.#take({ ...whole, effects, told: this.#told });
  }

  #ask(path: string, limit: AbortSignal, told?: unknown): Promise<unknown> {
    const scope = { clock: this.#ctx.clock, signal: limit };
    return within(scope, this.#address, ANSWER_MS, (signal) =>
      untilFree(() => ask(this.#address, path, signal, told), this.#ctx.clock, signal),
    );
  }

  #follow(): Promise<void> {
    return follow({
      ctx: this.#ctx,
      signal: this.#signal,
      address: this.#address,
      look: () => this.#refresh(),
      heard: (message) => this.#heard(message),
      missed: () => void this.#ctx.stale(this.id).catch(() => undefined),
      lost: (error) => this.#lost(error),
      waiting: (wake) => {
        this.#look = new AbortController();
        this.#look.signal.addEventListener('abort', wake, { once: true });
      },
    });
  }

  /** What the lamp is now; not taken over where it was told something meanwhile. */
  async #refresh(): Promise<void> {
    const epoch = this.#epoch;
    const state = readState(await this.#ask('/json/state', this.#signal));
    if (epoch === this.#epoch && this.#view !== null) await this.#take({ ...this.#view, state });
  }

  /** A push of the lamp's; anything else on the socket is no news. */
  #heard(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('state' in message)) return;
    try {
      const { info, state } = readWhole(message);
      if (this.#view === null || info.mac !== this.mac) return;
      this.#isGarbled = false;
      this.#take({ ...this.#view, info, state }).catch(() => undefined);
    } catch (error) {
      if (!this.#isGarbled) this.#ctx.log.warn(`${this.id}: ${(error as Error).message}`);
      this.#isGarbled = true;
    }
  }

  async #lost(reason: unknown): Promise<void> {
    this.#isUp = false;
    if (this.#signal.aborted || this.#isMissed) return;
    this.#isMissed = true;
    this.#ctx.log.warn(`${this.id}: ${String((reason as Error).message)}`);
    if (this.#ctx.devices.known().includes(this.id)) await this.#ctx.online(this.id, false).catch(() => undefined);
  }

  /** Shows what is new; with `all`, also what is not. */
  #take(view: View, all = false): Promise<void> {
    if (this.#isFlashing) return Promise.resolve();
    this.#view = view;
    this.#nextIsAll ||= all;
    this.#next ??= this.#showing.then(() => {
      const isAll = this.#nextIsAll;
      [this.#next, this.#nextIsAll] = [null, false];
      return this.#show(this.#view!, isAll);
    });
    const shown = this.#next;
    this.#showing = shown.catch(() => undefined);
    return shown;
  }

  async #show(view: View, all: boolean): Promise<void> {
    if (this.#signal.aborted) return;
    const description = describe(view, inWords(this.#address));
    if (textOf(description) !== this.#described) {
      await this.#ctx.devices.add(description);
      this.#described = textOf(description);
      this.#reported = new Map();
    }
    for (const part of partsOf(view)) {
      const values = this.#news(part.id, valuesOf(part, view), all);
      if (Object.keys(values).length > 0) await this.#ctx.report(this.id, values, part.id);
    }
  }

  #news(part: string, values: Values, all: boolean): Values {
    const isNew = ([key, value]: [string, unknown]): boolean =>
      all || this.#reported.get(`${key}@${part}`) !== textOf(value);
    const news = Object.entries(values).filter(isNew);
    for (const [key, value] of news) this.#reported.set(`${key}@${part}`, textOf(value));
    return Object.fromEntries(news);
  }

  /** Resolves when the lamp has confirmed; throws a `PluginError` otherwise. */
  async command(command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const scope = { clock: this.#ctx.clock, signal };
    try {
      await within(scope, this.#address, COMMAND_MS, (limit) => this.#lane.submit(command, limit));
    } catch (error) {
      const { code } = error as Partial<PluginError>;
      if (code === 'DEVICE_OFFLINE' || code === 'TIMEOUT') this.#look.abort();
      throw error;
    }
  }

  async #perform(command: DeviceCommand, signal: AbortSignal): Promise<void> {
    if (!this.#isUp) {
      await this.#connect(signal);
      this.#look.abort();
    }
    const view = this.#view!;
    if ('command' in command && command.command === 'effect.flash')
      return this.#flash(view, command.args ?? {}, signal);
    const plan = planFor(view, command, this.#fades);
    if (plan === null) return this.#take(view, true);
    const state = await this.#tell(plan.message, signal);
    const fault = unmet(plan.message, state);
    if (fault === null) {
      for (const [segment, mixed] of plan.mixes) this.#told.set(segment, mixed);
      this.#fades.began(plan.fades);
    }
    await this.#take({ ...view, state }, true);
    if (fault !== null) throw new PluginError('DEVICE_REFUSED', `${this.name} did not do as it was told: ${fault}.`);
  }

  /** One message, answered by what the lamp is then. */
  async #tell(message: Message, signal: AbortSignal): Promise<LampState> {
    this.#epoch += 1;
    const answer = await this.#ask('/json/state', signal, { ...message, v: true });
    const hasState = typeof answer === 'object' && answer !== null && 'on' in answer;
    const state = readState(hasState ? answer : await this.#ask('/json/state', signal));
    this.#epoch += 1;
    return state;
  }

  async #flash(view: View, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void> {
    this.#isFlashing = true;
    const tell = (message: Message): Promise<LampState> => this.#tell(message, signal);
    const ended = flash(view, args, this.#ctx.clock, signal, tell).finally(() => (this.#isFlashing = false));
    const { told, state } = await ended;
    await this.#take({ ...view, state }, true);
    const fault = unmet(told, state);
    if (fault !== null) throw new PluginError('DEVICE_REFUSED', `${this.name} is not as it was: ${fault}.`);
  }
}
