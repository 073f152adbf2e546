// What a WLED lamp is and how a message changes it, as the firmware does: on and brightness are one number inside, segments are
// told by their place or id, and a segment takes the colours that its LEDs have.

type Json = Readonly<Record<string, unknown>>;

export interface Segment {
  id: number;
  n: string;
  start: number;
  stop: number;
  on: boolean;
  bri: number;
  cct: number;
  col: number[][];
  fx: number;
  /** What its LEDs can: bit 0 colours, bit 1 a white channel, bit 2 white of several temperatures. */
  readonly lc: number;
}

const KELVIN_WARMEST = 1900;
const KELVIN_COLDEST = 10_091;
const COLORS = 3;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const byteOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) ? Math.min(255, Math.max(0, value)) : otherwise;

export const segmentOf = (id: number, lc: number, start: number, length: number): Segment => ({
  id,
  n: '',
  start,
  stop: start + length,
  on: true,
  bri: 255,
  cct: 127,
  col: Array.from({ length: COLORS }, (_, at) => (at === 0 ? [255, 160, 0, 0] : [0, 0, 0, 0])),
  fx: 0,
  lc,
});

function takeColors(segment: Segment, colors: readonly unknown[]): void {
  if ((segment.lc & 3) === 0) return;
  colors.slice(0, COLORS).forEach((color, at) => {
    if (!Array.isArray(color) || color.length === 0) return;
    segment.col[at] = [0, 1, 2, 3].map((channel) => byteOr(color[channel], 0));
  });
}

function takeSegment(segment: Segment, given: Json, effects: number): void {
  if (typeof given['n'] === 'string') segment.n = given['n'];
  if (typeof given['stop'] === 'number') segment.stop = given['stop'];
  if (typeof given['bri'] === 'number') {
    if (given['bri'] > 0) segment.bri = byteOr(given['bri'], segment.bri);
    segment.on = given['bri'] > 0;
  }
  if (typeof given['on'] === 'boolean') segment.on = given['on'];
  const { cct } = given;
  if (typeof cct === 'number')
    segment.cct = cct <= 255 ? cct : (Math.min(KELVIN_COLDEST, Math.max(KELVIN_WARMEST, cct)) - KELVIN_WARMEST) >> 5;
  if (Array.isArray(given['col'])) takeColors(segment, given['col']);
  if (typeof given['fx'] === 'number') segment.fx = given['fx'] < effects ? given['fx'] : 0;
}

interface Fade {
  readonly from: number;
  readonly began: number;
  readonly ms: number;
}

export class WledState {
  readonly segments: Segment[];
  readonly effects: readonly string[];
  /** 0 when off, as inside the firmware. */
  #bri = 128;
  #lastBri = 128;
  #transition = 7;
  #fade: Fade = { from: 128, began: 0, ms: 0 };

  constructor(segments: Segment[], effects: readonly string[]) {
    this.segments = segments;
    this.effects = effects;
  }

  get on(): boolean {
    return this.#bri > 0;
  }

  get bri(): number {
    return this.on ? this.#bri : this.#lastBri;
  }

  /** The brightness that shines at this instant, 0–255. */
  shines(now: number): number {
    const { from, began, ms } = this.#fade;
    const share = ms === 0 ? 1 : Math.min(1, (now - began) / ms);
    return from + (this.#bri - from) * share;
  }

  take(given: Json, now: number): void {
    const before = this.shines(now);
    this.#takeBrightness(given);
    if (typeof given['transition'] === 'number') this.#transition = given['transition'];
    const once = typeof given['tt'] === 'number' ? given['tt'] : this.#transition;
    if (before !== this.#bri) this.#fade = { from: before, began: now, ms: once * 100 };
    const { seg } = given;
    if (Array.isArray(seg)) {
      seg.forEach((each, at) => {
        if (isObject(each)) this.#takeSegment(typeof each['id'] === 'number' ? each['id'] : at, each);
      });
    } else if (isObject(seg)) {
      const { id } = seg;
      if (typeof id === 'number') this.#takeSegment(id, seg);
      else for (const each of this.segments) this.#takeSegment(each.id, seg);
    }
  }

  #takeBrightness(given: Json): void {
    if (this.#bri > 0) this.#lastBri = this.#bri;
    const wasOn = this.#bri > 0;
    if (typeof given['bri'] === 'number') this.#bri = byteOr(given['bri'], this.#bri);
    const asked = given['on'] === 't' ? !wasOn : given['on'];
    const on = typeof asked === 'boolean' ? asked : this.#bri > 0;
    if (this.#bri > 0) this.#lastBri = this.#bri;
    this.#bri = on ? this.#lastBri : 0;
  }

  #takeSegment(id: number, given: Json): void {
    const segment = this.segments.find((each) => each.id === id);
    if (segment === undefined) return;
    takeSegment(segment, given, this.effects.length);
    if (segment.stop <= segment.start) this.segments.splice(this.segments.indexOf(segment), 1);
  }

  /** As `/json/state` tells it. */
  toJson(): Json {
    return {
      on: this.on,
      bri: this.bri,
      transition: this.#transition,
      ps: -1,
      pl: -1,
      nl: { on: false, dur: 60, mode: 1, tbri: 0, rem: -1 },
      udpn: { send: false, recv: true },
      lor: 0,
      mainseg: this.segments[0]?.id ?? 0,
      seg: this.segments.map(({ lc, col, n, ...rest }) => ({
        ...rest,
        len: rest.stop - rest.start,
        grp: 1,
        spc: 0,
        of: 0,
        frz: false,
        ...(n !== '' && { n }),
        col: col.map((color) => color.slice(0, (lc & 2) === 0 ? 3 : 4)),
        sx: 128,
        ix: 128,
        pal: 0,
        sel: true,
        rev: false,
        mi: false,
      })),
    };
  }
}
