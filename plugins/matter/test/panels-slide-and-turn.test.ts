// The panels of a closure (Application Cluster Specification, Closure Dimension) as what the home knows of them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { clusterView, rowFor, valuesOf } from '../src/mapping/table.ts';
import type { Fields, Plan } from '../src/mapping/types.ts';

const test = suite('panels slide and turn');

const DIMENSION = 'closureDimension';
const endpointOf = (attributes: Fields) => ({ number: 1, deviceTypes: [], clusters: { [DIMENSION]: attributes } });
const says = (attributes: Fields) => valuesOf(DIMENSION, endpointOf(attributes), 0);

function plan(key: string, value: unknown, attributes: Fields) {
  const endpoint = endpointOf(attributes);
  const row = rowFor(DIMENSION, endpoint)!;
  const view = clusterView(DIMENSION, endpoint);
  return row.set?.[key]?.(value as never, view, { values: {} }) ?? row.commands![key]!(value as Fields, view, 'UTC');
}

const panel = (features: Fields, more: Fields = {}): Fields => ({
  featureMap: { positioning: true, ...features },
  ...more,
});
const AT_2500 = { currentState: { position: 2500 }, targetState: { position: 0 } };

test('a panel of a closure has a position, or slats that turn; what else it changes stays as it is', () => {
  const sliding = says(panel({ translation: true }, AT_2500));
  assert.equal(sliding, { 'cover.position': 0.75, 'cover.target': 1, 'cover.state': 'between' });
  const slats = panel({ modulation: true }, { ...AT_2500, modulationType: 0 });
  assert.equal(says(slats), { 'cover.tilt': 0.75 });
  const opacity = panel({ modulation: true }, { modulationType: 3 });
  assert.equal(says(opacity), { 'generic.closureDimension_modulationType': 3 });
  const latch = { featureMap: { motionLatching: true }, currentState: { latch: true } };
  assert.equal(says(latch), { 'generic.closureDimension_currentState_latch': true });
});

test('a panel is moved, and let go of before where that can be done from afar', () => {
  const moved = (attributes: Fields) => plan('cover.position', 0.25, attributes) as Plan;
  const argsOf = ({ actions }: Plan): unknown => (actions[0] as { args?: unknown }).args;
  const target = (attributes: Fields) => argsOf(moved(attributes));
  assert.equal(target(panel({})), { position: 7500 });
  const latching = panel({ motionLatching: true }, { latchControlModes: { remoteUnlatching: true } });
  assert.equal(target(latching), { position: 7500, latch: false });
  assert.equal(target(panel({ motionLatching: true }, { latchControlModes: {} })), { position: 7500 });
  assert.equal(argsOf(plan('cover.close', {}, panel({})) as Plan), { position: 10_000 });
});

test.run();
