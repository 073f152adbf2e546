// Whether a lamp did as it was told, by what it says it is.

import type { LampState, Segment } from './messages.ts';
import type { Message, SegmentMessage } from './plan.ts';

function unmetBySegment(told: SegmentMessage, segments: readonly Segment[]): string | null {
  const segment = segments.find(({ id }) => id === told.id);
  if (segment === undefined) return 'the segment is not there any more';
  if (told.on !== undefined && told.on !== segment.on) return `a segment stayed ${segment.on ? 'on' : 'off'}`;
  if (told.bri !== undefined && told.bri !== segment.bri) return 'a segment kept its brightness';
  const [color] = told.col ?? [];
  if (color?.some((channel, at) => at < 3 && channel !== segment.color[at])) return 'it kept its colour';
  if (told.fx !== undefined && told.fx !== segment.fx) return 'it does not know the effect';
  return null;
}

/** What is not as it was told; null where all of it is. */
export function unmet(told: Message, state: LampState): string | null {
  if (told.on !== undefined && told.on !== state.on) return `it stayed ${state.on ? 'on' : 'off'}`;
  if (told.bri !== undefined && told.bri !== state.bri) return 'it kept its brightness';
  const faults = (told.seg ?? []).map((each) => unmetBySegment(each, state.segments));
  return faults.find((fault) => fault !== null) ?? null;
}
