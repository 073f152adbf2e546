// Chance without chance: the same device at the same instant is always the same.

/** A number from 0 to 1 for a text and a number (FNV-1a, then a mixing step). */
export function chance(text: string, salt: number): number {
  let hash = 2_166_136_261 ^ salt;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** From −1 to 1, changing smoothly: a new direction every `period` milliseconds. */
export function wander(text: string, now: number, period: number): number {
  const turn = Math.floor(now / period);
  const share = now / period - turn;
  const smooth = share * share * (3 - 2 * share);
  const [from, to] = [chance(text, turn), chance(text, turn + 1)];
  return (from + (to - from) * smooth) * 2 - 1;
}

const DAY_MS = 86_400_000;

/** From −1 to 1 over a day, highest at `peak` o'clock UTC. */
export const daily = (now: number, peak: number): number =>
  Math.cos(((now % DAY_MS) / DAY_MS - peak / 24) * 2 * Math.PI);

export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
