// Covers: where they are, where they go, and that they stand.

import type { WindowCoveringServer } from '@matter/main/behaviors/window-covering';
import { WindowCoveringDevice } from '@matter/main/devices/window-covering';

import type { Values } from '@lintel/sdk';

import { BridgedCover } from '../behaviors.ts';
import { numberOr, telling, within, type Facet, type Source, type Twin } from '../facet.ts';

const CLOSED = 10_000;
const OPEN = 0;

/** 10,000 is closed. Without a position there is only open and closed to tell of. */
const closed = (value: unknown, state: unknown): number =>
  within(Math.round((1 - numberOr(value, state === 'closed' ? 0 : 1)) * CLOSED), OPEN, CLOSED);

/** Where it goes by what the home knows; one that stands is where it was to go, whatever an ecosystem has asked for. */
function targetOf(values: Values, position: number): number {
  const ends: Readonly<Record<string, number>> = { opening: OPEN, closing: CLOSED };
  const end = ends[String(values['cover.moving'])];
  const target = values['cover.target'];
  if (end === undefined) return position;
  const wanted = typeof target === 'number' ? closed(target, null) : end;
  // What the home last knew of may be where it comes from.
  return (end === OPEN ? wanted < position : wanted > position) ? wanted : end;
}

const coverFacet = (source: Source): Facet => {
  const tilts = source.property('cover', 'tilt') !== undefined;
  const behavior = tilts ? BridgedCover : BridgedCover.with('Lift', 'PositionAwareLift');
  return telling([behavior as unknown as typeof WindowCoveringServer], (values) => {
    const lift = closed(values['cover.position'], values['cover.state']);
    const tilt = closed(values['cover.tilt'], 'open');
    return {
      windowCovering: {
        type: tilts ? 8 : 0,
        endProductType: tilts ? 6 : 0,
        currentPositionLiftPercent100ths: lift,
        targetPositionLiftPercent100ths: targetOf(values, lift),
        ...(tilts && { currentPositionTiltPercent100ths: tilt, targetPositionTiltPercent100ths: tilt }),
      },
    };
  });
};

export function coverTwins(source: Source): Twin[] {
  if (!source.has('cover')) return [];
  return [{ name: 'cover', endpoint: source.endpoint.id, type: WindowCoveringDevice, facets: [coverFacet(source)] }];
}
