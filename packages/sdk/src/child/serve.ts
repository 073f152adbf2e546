// Answers what the hub asks of a running plugin.

import type { PairingRequest } from '../pairing.ts';
import { perform, wireErrorOf } from '../perform.ts';
import type { RunningPlugin } from '../plugin.ts';
import { PluginError } from '../plugin.ts';
import { systemAfter } from './clock.ts';
import type { PluginCall, PluginCalls, ToHub, ToPlugin } from '../wire.ts';

type CallMessage = Extract<ToPlugin, { type: 'call' }>;
type CommandsMessage = Extract<ToPlugin, { type: 'commands' }>;

const ANSWERS = [
  'command',
  'commands',
  'checkPairing',
  'pair',
  'share',
  'remove',
  'settingsChanged',
  'map',
  'request',
  'stop',
] as const;

export class Server {
  readonly #running: RunningPlugin;
  readonly #send: (message: ToHub) => void;
  readonly #test: RunningPlugin['test'];
  readonly #stop: () => Promise<void>;
  readonly #pairings = new Map<number, AbortController>();

  /** @param trial the definition's own test of settings, for a plugin that has none while it runs */
  constructor(
    running: RunningPlugin,
    trial: RunningPlugin['test'],
    send: (message: ToHub) => void,
    stop: () => Promise<void>,
  ) {
    this.#running = running;
    this.#test = typeof running.test === 'function' ? (settings) => running.test!(settings) : trial;
    this.#send = send;
    this.#stop = stop;
  }

  /** The optional answers of the plugin, by the name the hub is told. */
  get answers(): string[] {
    const named = ANSWERS.filter((name) => typeof this.#running[name] === 'function');
    return this.#test === undefined ? named : [...named, 'test'];
  }

  commands({ batch, commands }: CommandsMessage): void {
    void perform(this.#running, commands, systemAfter, (at, outcome) =>
      this.#send({ type: 'outcome', batch, at, outcome }),
    );
  }

  call({ call, name, body }: CallMessage): void {
    this.#answer(call, name, body).then(
      (value) => this.#send({ type: 'answer', call, ...(value !== undefined && { value }) }),
      (error: unknown) => this.#send({ type: 'answer', call, error: wireErrorOf(error) }),
    );
  }

  abort(call: number): void {
    this.#pairings.get(call)?.abort();
  }

  async #answer(call: number, name: PluginCall, raw: unknown): Promise<unknown> {
    const running = this.#running;
    if (name === 'stop') return this.#stop();
    if (name === 'checkPairing') return running.checkPairing?.(raw as PairingRequest);
    if (name === 'pair') return this.#pair(call, raw as PairingRequest);
    if (name === 'share') return running.share?.((raw as PluginCalls['share']).id);
    if (name === 'remove') return running.remove?.((raw as PluginCalls['remove']).id);
    if (name === 'test') return this.#test?.(raw);
    if (name === 'map') return running.map?.();
    if (name === 'settingsChanged') {
      const { id, settings } = raw as PluginCalls['settingsChanged'];
      return running.settingsChanged?.(id, settings);
    }
    const { name: asked, body } = raw as PluginCalls['request'];
    if (running.request === undefined) throw new PluginError('UNSUPPORTED', 'the plugin answers no requests');
    return running.request(asked, body);
  }

  async #pair(call: number, request: PairingRequest): Promise<void> {
    if (this.#running.pair === undefined) throw new PluginError('UNSUPPORTED', 'the plugin finds no devices by itself');
    const controller = new AbortController();
    this.#pairings.set(call, controller);
    try {
      for await (const step of this.#running.pair(request, controller.signal)) this.#send({ type: 'step', call, step });
    } finally {
      this.#pairings.delete(call);
    }
  }
}
