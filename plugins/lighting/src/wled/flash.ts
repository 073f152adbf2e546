// A lamp that shows which one it is: a few times the other way round, and then as it was.

import type { Clock, Values } from '@lintel/sdk';

import { mix } from './color.ts';
import { capabilitiesOf, type LampState } from './messages.ts';
import type { Message, SegmentMessage } from './plan.ts';
import type { View } from './view.ts';

const COUNT = 3;
const COUNT_MAX = 10;
const HALF_MS = 350;
/** All of it fits into the time that a command has. */
const ALL_MS = 3_500;

/** Everything that a flash may have changed. */
const asItWas = ({ on, bri, segments }: LampState): Message => ({
  on,
  bri,
  tt: 0,
  seg: segments.map(({ id, on, bri, color, cct, fx }) => ({ id, on, bri, col: [color], cct, fx })),
});

/** A colour of its own where one is asked for, as `{hue, saturation}`, `{x, y}` or `{temperature}`. */
function inColor({ state, info }: View, color: unknown): Message | null {
  if (typeof color !== 'object' || color === null) return null;
  const values = Object.fromEntries(Object.entries(color).map(([key, value]) => [`color.${key}`, value])) as Values;
  const seg = state.segments.flatMap(({ id }): SegmentMessage[] => {
    const mixed = mix(values, {}, capabilitiesOf(info, id));
    return mixed === null
      ? []
      : [{ id, on: true, fx: 0, col: [mixed.color], ...(mixed.cct !== null && { cct: mixed.cct }) }];
  });
  return seg.length === 0 ? null : { on: true, tt: 0, seg };
}

/** Resolves with the last of the lamp's answers. */
export async function flash(
  view: View,
  args: Readonly<Record<string, unknown>>,
  clock: Clock,
  signal: AbortSignal,
  tell: (message: Message) => Promise<LampState>,
): Promise<{ readonly told: Message; readonly state: LampState }> {
  const { count } = args;
  const turns = typeof count === 'number' ? Math.min(COUNT_MAX, Math.max(1, Math.round(count))) : COUNT;
  const half = Math.min(HALF_MS, ALL_MS / turns / 2);
  const [before, other] = [asItWas(view.state), inColor(view, args['color']) ?? { on: !view.state.on, tt: 0 }];
  for (let turn = 1; ; turn += 1) {
    await tell(other);
    await clock.sleep(half, signal);
    const state = await tell(before);
    if (turn >= turns) return { told: before, state };
    await clock.sleep(half, signal);
  }
}
