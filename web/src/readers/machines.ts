// What machines tell, in a form to show: how long is left, which areas there are, where a piece of music is.

import type { Value } from '@lintel/model';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** Whole hours and minutes from `now` to `iso`, rounded up; null where `iso` is no time. Below zero is "0, 0". */
export function timeLeft(iso: Value, now: number): { readonly hours: number; readonly minutes: number } | null {
  const at = typeof iso === 'string' ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const minutes = Math.max(0, Math.ceil((at - now) / MINUTE_MS));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** How far from `from` to `to` it is at `now`, 0 to 1; null where one of them is unknown. */
export function shareDone(from: string | null, to: Value, now: number): number | null {
  const [begin, end] = [Date.parse(from ?? ''), Date.parse(typeof to === 'string' ? to : '')];
  if (Number.isNaN(begin) || Number.isNaN(end) || end <= begin) return null;
  return Math.min(1, Math.max(0, (now - begin) / (end - begin)));
}

/** The areas a vacuum names: a JSON list, or names with commas between. */
export function areasOf(text: Value): readonly string[] {
  if (typeof text !== 'string') return [];
  const names = text.trimStart().startsWith('[') ? jsonList(text) : text.split(',');
  return names.map((each) => each.trim()).filter((each) => each !== '');
}

function jsonList(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

/** Seconds into a piece that was at `position` at the time `since`, and plays on where `playing`; never beyond `duration`. */
export function positionNow(
  position: number,
  since: string | null,
  playing: boolean,
  duration: number,
  now: number,
): number {
  const passed = playing && since !== null ? (now - Date.parse(since)) / SECOND_MS : 0;
  return Math.min(duration, Math.max(0, position + passed));
}

/** "3:07", or "1:02:05" beyond an hour. */
export function playTime(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(rest).padStart(2, '0')}`;
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, '0')}:${tail}`;
}
