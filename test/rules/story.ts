// Tells small stories to the rules: something happens, time goes by, and what the rules said is asked. Every story is told
// to the engine and to the naive reference model at once, and the two must agree at every step.

import { createEngine } from '@lintel/engine';
import { parseDuration } from '@lintel/model';
import type { Action, Condition, Origin, Rule, Trigger, Value } from '@lintel/model';
import * as assert from 'uvu/assert';
import { difference } from '../reference/machine.ts';
import { createReference } from '../reference/model.ts';
import type { Command, HomeEvent, ReferenceDevice, ReferenceHome, Trace } from '../reference/state.ts';
import { localAt } from '../reference/zone.ts';

export const BERLIN: ReferenceHome = { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' };
export const NEW_YORK: ReferenceHome = { latitude: 40.71, longitude: -74.01, timeZone: 'America/New_York' };
export const LORD_HOWE: ReferenceHome = { latitude: -31.55, longitude: 159.08, timeZone: 'Australia/Lord_Howe' };
export const TOKYO: ReferenceHome = { latitude: 35.68, longitude: 139.69, timeZone: 'Asia/Tokyo' };
export const TROMSO: ReferenceHome = { latitude: 69.65, longitude: 18.96, timeZone: 'Europe/Oslo' };

export const DOOR = 'virtual:door';
export const WINDOW = 'virtual:window';
export const MOTION = 'virtual:motion';
export const METER = 'virtual:meter';

/** An action that can be heard: the story collects the words. */
export const say = (words: string): Action => ({ kind: 'notify', message: words });
export const sayIt = (expression: string): Action => ({ kind: 'notify', message: { expression } });
export const wait = (duration: string): Action => ({ kind: 'delay', for: duration });

export const opens = (device = DOOR): Trigger => ({
  kind: 'property',
  device,
  property: 'contact.open',
  becomes: true,
});
export const isOpen = (device = DOOR): Condition => ({ kind: 'property', device, property: 'contact.open', is: true });
export const warmer = (than: number, more: object = {}): Trigger => ({
  kind: 'property',
  device: METER,
  property: 'temperature.temperature',
  above: than,
  ...more,
});

/** A rule that says its own name, unless it is given other actions; its id is the name with dashes. */
export function rule(name: string, triggers: Trigger | readonly Trigger[], more: Partial<Rule> = {}): Rule {
  return { id: name.replaceAll(' ', '-'), triggers: [triggers].flat(), actions: [say(name)], ...more };
}

export interface Opening {
  readonly home?: ReferenceHome;
  /** ISO 8601; default noon in winter, UTC. */
  readonly at?: string;
  readonly devices?: readonly ReferenceDevice[];
}

type Engine = Awaited<ReturnType<typeof createEngine>>;
type Tongue = Pick<ReturnType<typeof createReference>, 'step' | 'replaceRules'>;

export class Story {
  readonly home: ReferenceHome;
  readonly #engine: Tongue;
  readonly #reference: Tongue;
  now: number;
  #commands: Command[] = [];
  #traces: Trace[] = [];
  readonly #ids = new Map<string, string>();
  wakeAt: number | null = null;

  constructor(engine: Engine, rules: readonly Rule[], opening: Required<Omit<Opening, 'devices'>> & Opening) {
    const { home, at, devices } = opening;
    this.home = home;
    this.now = Date.parse(at);
    this.#engine = engine as unknown as Tongue;
    this.#reference = createReference({ rules, home, startAt: this.now, ...(devices && { devices }) });
  }

  /** The reference has ids of its own for the same commands. */
  #forReference(event: HomeEvent): HomeEvent {
    return 'outcome' in event ? { ...event, outcome: this.#ids.get(event.outcome) ?? '' } : event;
  }

  /** Things that happen now, one after the other in one step. */
  happens(...events: readonly HomeEvent[]): this {
    const heard = this.#engine.step(this.now, events);
    const expected = this.#reference.step(
      this.now,
      events.map((event) => this.#forReference(event)),
    );
    for (const [index, { id }] of heard.commands.entries()) this.#ids.set(id, expected.commands[index]?.id ?? '');
    const wrong = difference({ ...expected, wakeIsExact: false }, { ...heard, wakeIsExact: true });
    assert.is(wrong, null, `engine and reference disagree: ${wrong}`);
    this.#commands.push(...heard.commands);
    this.#traces.push(...heard.traces);
    this.wakeAt = heard.wakeAt;
    return this;
  }

  report(device: string, property: string, value: Value, origin?: Origin['kind']): this {
    return this.happens({ device, property, value, ...(origin && { origin: { kind: origin } }) });
  }

  open(device: string, value: boolean | null = true): this {
    return this.report(device, 'contact.open', value);
  }

  temperature(value: Value): this {
    return this.report(METER, 'temperature.temperature', value);
  }

  /** Time goes by in one late step. */
  after(duration: string): this {
    this.now += parseDuration(duration);
    return this.happens();
  }

  /** Time goes by until an instant (ISO 8601), in one late step, or backwards. */
  until(at: string, ...events: readonly HomeEvent[]): this {
    this.now = Date.parse(at);
    return this.happens(...events);
  }

  edit(...rules: readonly Rule[]): this {
    const heard = this.#engine.replaceRules(rules);
    assert.equal(heard, this.#reference.replaceRules(rules));
    return this;
  }

  /** Devices change their rooms or kinds; the rules are those given. */
  move(devices: readonly ReferenceDevice[], ...rules: readonly Rule[]): this {
    this.#engine.replaceRules(rules, { devices });
    this.#reference.replaceRules(rules, { devices });
    return this;
  }

  /** The commands since this was last asked. */
  commands(): Command[] {
    return this.#commands.splice(0);
  }

  /** What was said since this was last asked. */
  heard(): unknown[] {
    return this.commands().map((command) => command['message'] ?? command.kind);
  }

  /** The same with the local time of each, such as "07:00:00 wake up". */
  heardAt(): string[] {
    return this.commands().map((command) => `${this.clock(command.at)} ${String(command['message'])}`);
  }

  /** How runs ended since this was last asked, such as "hall dropped". */
  ends(): string[] {
    return this.#traces.splice(0).map(({ rule: of, outcome }) => `${of} ${outcome}`);
  }

  traces(): Trace[] {
    return this.#traces.splice(0);
  }

  /** "03-29 07:00:00" of an instant on the wall of this home. */
  clock(at: number): string {
    return new Date(localAt(this.home.timeZone, at)).toISOString().slice(5, 19).replace('T', ' ');
  }
}

export async function begin(rules: Rule | readonly Rule[], opening: Opening = {}): Promise<Story> {
  const told = { home: BERLIN, at: '2026-01-14T11:00:00Z', ...opening };
  const list = [rules].flat() as readonly Rule[];
  const { home, devices } = told;
  const options = { rules: list, home, startAt: Date.parse(told.at), ...(devices && { devices }) };
  return new Story(await createEngine(options as Parameters<typeof createEngine>[0]), list, told);
}
