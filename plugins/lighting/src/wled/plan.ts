// From a command in our words to the one message that carries it out.

import { PluginError, type DeviceCommand, type Value, type Values } from '@lintel/sdk';

import { mix, temperatureLimits, type Mix } from './color.ts';
import { fadeOf, type Fade, type Fades } from './fades.ts';
import { capabilitiesOf, type Segment } from './messages.ts';
import { NO_EFFECT, partsOf, valuesOf, type Part, type View } from './view.ts';

export interface SegmentMessage {
  readonly id: number;
  readonly on?: boolean;
  readonly bri?: number;
  readonly col?: readonly (readonly number[])[];
  readonly cct?: number;
  readonly fx?: number;
}

export interface Message {
  readonly on?: boolean;
  readonly bri?: number;
  /** How long the change takes, in tenths of a second; without it the lamp takes its own time. */
  readonly tt?: number;
  readonly seg?: readonly SegmentMessage[];
}

export interface Plan {
  readonly message: Message;
  /** The colours in it, by segment. */
  readonly mixes: ReadonlyMap<number, Mix>;
  /** What changes slowly by it, and can be stopped on its way. */
  readonly fades: readonly Fade[];
}

const TENTH_MS = 100;
const TENTHS_MAX = 65_535;
const MOVE_RATE = 0.25;
const MOVE_RATE_K = 500;
const DIMMEST = 1 / 255;

const byteOf = (level: number): number => Math.min(255, Math.max(1, Math.round(level * 255)));
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function unsupported(what: string): PluginError {
  return new PluginError('UNSUPPORTED', `this lamp has no ${what}`);
}

/** The part that a key, or a command without one, means. */
function partFor(view: View, key: string, at: string | undefined): Part {
  const has = (part: Part): boolean => at === undefined || part.id === at;
  const capability = key.split('.')[0]!;
  const found = partsOf(view).find((part) => has(part) && isKnown(capability, valuesOf(part, view)));
  if (found === undefined) throw unsupported(at === undefined ? key : `${key} at ${at}`);
  return found;
}

const isKnown = (capability: string, values: Values): boolean =>
  Object.keys(values).some((key) => key.startsWith(`${capability}.`));

class Draft {
  readonly #view: View;
  readonly #mixes = new Map<number, Mix>();
  readonly #segments = new Map<number, Omit<SegmentMessage, 'id'>>();
  #whole: { on?: boolean; bri?: number } = {};

  constructor(view: View) {
    this.#view = view;
  }

  /** Takes in what one part is to be. */
  set(part: Part, values: Values): void {
    const { 'onOff.on': on, 'level.level': level, 'effect.effect': effect } = values;
    const asked = typeof level === 'number' ? level : undefined;
    const lit = typeof on === 'boolean' ? on : asked === undefined ? undefined : asked > 0;
    const bri = asked === undefined || (asked === 0 && lit === false) ? undefined : byteOf(asked);
    if (part.isWhole) this.#setWhole(lit, bri);
    else this.#setSegment(part.segments[0]!, lit, bri);
    for (const segment of part.segments) this.#color(part, segment, values);
    if (effect !== undefined) this.#effect(part, effect);
  }

  #tell({ id }: Segment, what: Omit<SegmentMessage, 'id'>): void {
    this.#segments.set(id, { ...this.#segments.get(id), ...what });
  }

  #setWhole(on: boolean | undefined, bri: number | undefined): void {
    this.#whole = { ...this.#whole, ...(on !== undefined && { on }), ...(bri !== undefined && { bri }) };
    const { segments } = this.#view.state;
    const isDark = segments.every((segment) => !(this.#segments.get(segment.id)?.on ?? segment.on));
    if (on === true && isDark) for (const segment of segments) this.#tell(segment, { on });
  }

  /** The first segment that goes on in a lamp that is off goes on alone. */
  #setSegment(segment: Segment, on: boolean | undefined, bri: number | undefined): void {
    this.#tell(segment, { ...(bri !== undefined && { bri }), ...(on !== undefined && { on }) });
    if (on !== true || this.#view.state.on || this.#whole.on === true) return;
    this.#whole = { ...this.#whole, on };
    for (const each of this.#view.state.segments) if (!this.#segments.has(each.id)) this.#tell(each, { on: false });
  }

  #color(part: Part, segment: Segment, values: Values): void {
    const capabilities = capabilitiesOf(this.#view.info, segment.id);
    if (part.segments.length > 1 && (capabilities & 5) === 0) return;
    const mixed = mix(values, valuesOf({ ...part, segments: [segment] }, this.#view), capabilities);
    if (mixed === null) return;
    this.#mixes.set(segment.id, mixed);
    this.#tell(segment, { col: [mixed.color], ...(mixed.cct !== null && { cct: mixed.cct }) });
  }

  #effect(part: Part, effect: Value): void {
    const fx = effect === NO_EFFECT ? 0 : this.#view.effects.indexOf(String(effect));
    if (fx < 0) throw new PluginError('BAD_VALUE', 'the lamp has no such effect', '/set/effect.effect');
    for (const segment of part.segments) this.#tell(segment, { fx });
  }

  plan(transition: number | undefined, fades: readonly Fade[]): Plan {
    const seg = [...this.#segments].map(([id, what]) => ({ id, ...what }));
    const tt = transition === undefined ? null : clamp(Math.round(transition / TENTH_MS), 0, TENTHS_MAX);
    const message = { ...this.#whole, ...(tt !== null && { tt }), ...(seg.length > 0 && { seg }) };
    return { message, mixes: this.#mixes, fades };
  }
}

type SetCommand = Extract<DeviceCommand, { set: unknown }>;

function refuseUnknown(key: string, value: Value): void {
  if (value === null) throw new PluginError('BAD_VALUE', `${key} cannot be set to unknown`, `/set/${key}`);
}

function planSet(view: View, { set, endpoint, transition }: SetCommand, fades: Fades): Plan {
  const byPart = new Map<string, { part: Part; values: Record<string, Value> }>();
  for (const [path, value] of Object.entries(set)) {
    const [key = path, suffix] = path.split('@');
    refuseUnknown(key, value);
    const part = partFor(view, key, suffix ?? endpoint);
    if (!(key in valuesOf(part, view)) && !key.startsWith('color.')) throw unsupported(key);
    const known = byPart.get(part.id) ?? { part, values: {} };
    known.values[key] = value;
    byPart.set(part.id, known);
  }
  const draft = new Draft(view);
  for (const { part, values } of byPart.values()) draft.set(part, values);
  const begun = [...byPart.values()].flatMap(({ part, values }) =>
    fadeOf(part.id, values, fades.onTheWay(part.id, valuesOf(part, view)), transition ?? 0),
  );
  return draft.plan(transition, begun);
}

interface Asked {
  readonly view: View;
  readonly part: Part;
  /** What the part shows at this instant, on its way to something else. */
  readonly now: Values;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fades: Fades;
}

type Answer = { readonly set: Values; readonly transition?: number } | null;

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
const levelOf = (now: Values): number => numberOf(now['level.level'], 1);
const kelvinOf = (now: Values): number => numberOf(now['color.temperature'], 2700);

function stepLevel({ now, args }: Asked): Answer {
  const by = numberOf(args['by'], 0.1);
  return {
    set: { 'level.level': clamp(levelOf(now) + by, DIMMEST, 1), 'onOff.on': by > 0 || now['onOff.on'] === true },
  };
}

function moveLevel(asked: Asked): Answer {
  const { now, args } = asked;
  const rate = numberOf(args['rate'], MOVE_RATE);
  if (rate === 0) return stop('level.level', asked);
  if (rate < 0 && now['onOff.on'] !== true) return null;
  const to = rate > 0 ? 1 : DIMMEST;
  return {
    set: { 'level.level': to, 'onOff.on': true },
    transition: (Math.abs(to - levelOf(now)) / Math.abs(rate)) * 1000,
  };
}

function stepColor({ part, now, args }: Asked): Answer {
  const by = numberOf(args['by'], 0);
  if (now['color.mode'] !== 'temperature')
    return { set: { 'color.hue': (((numberOf(now['color.hue'], 0) + by) % 360) + 360) % 360 } };
  return { set: { 'color.temperature': clamp(kelvinOf(now) + by, ...temperatureLimits(part.capabilities)) } };
}

/** Whites are moved through; hues, which the lamp would cross by grey, are stepped. */
function moveColor(asked: Asked): Answer {
  const { part, now, args } = asked;
  const rate = numberOf(args['rate'], MOVE_RATE_K);
  if (rate === 0) return stop('color.temperature', asked);
  if (now['color.mode'] !== 'temperature') return stepColor({ ...asked, args: { by: rate } });
  const [warmest, coldest] = temperatureLimits(part.capabilities);
  const to = rate > 0 ? coldest : warmest;
  return { set: { 'color.temperature': to }, transition: (Math.abs(to - kelvinOf(now)) / Math.abs(rate)) * 1000 };
}

/** What is on its way stays where it is. */
function stop(key: 'level.level' | 'color.temperature', { part, now, fades }: Asked): Answer {
  return fades.isUnderWay(part.id, key) ? { set: { [key]: now[key] ?? null }, transition: 0 } : null;
}

const COMMANDS: Readonly<Record<string, (asked: Asked) => Answer>> = {
  'onOff.toggle': ({ now }) => ({ set: { 'onOff.on': now['onOff.on'] !== true } }),
  'level.step': stepLevel,
  'level.move': moveLevel,
  'level.stop': (asked) => stop('level.level', asked),
  'color.step': stepColor,
  'color.move': moveColor,
  'color.stop': (asked) => stop('color.temperature', asked),
};

/** What the lamp is to be told; null where nothing is left to tell. Throws `UNSUPPORTED` and `BAD_VALUE`. */
export function planFor(view: View, command: DeviceCommand, fades: Fades): Plan | null {
  if ('set' in command) return planSet(view, command, fades);
  const known = Object.hasOwn(COMMANDS, command.command) ? COMMANDS[command.command] : undefined;
  if (known === undefined) throw unsupported(`command ${command.command}`);
  const part = partFor(view, command.command, command.endpoint);
  const now = fades.onTheWay(part.id, valuesOf(part, view));
  const answer = known({ view, part, now, args: command.args ?? {}, fades });
  return answer === null ? null : planSet(view, { ...answer, endpoint: part.id }, fades);
}
