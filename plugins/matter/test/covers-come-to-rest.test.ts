// A cover of the home as ecosystems follow it: on its way while it moves, wherever that was begun, and at rest when it stands.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { cover, endpoint, type Values } from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('covers come to rest');
const [STANDS, OPENS, CLOSES] = [0, 1, 2];

let home: BridgedHome;

const report = (values: Values): Promise<void> => home.hear({ type: 'values', id: 'blind', endpoint: '1', values });
const seen = () => {
  const state = home.state('blind', 'windowCovering');
  const { global = STANDS } = state['operationalStatus'] as { global?: number };
  return [state['currentPositionLiftPercent100ths'], state['targetPositionLiftPercent100ths'], global];
};
const tilted = () => {
  const state = home.state('blind', 'windowCovering');
  return [state['currentPositionTiltPercent100ths'], state['targetPositionTiltPercent100ths']];
};

async function open(properties: readonly ('position' | 'moving' | 'target' | 'tilt')[], values: Values): Promise<void> {
  home = await BridgedHome.open([deviceOf('blind', 'cover', [endpoint(cover({ properties }))], values)]);
}

test.after.each(async () => {
  assert.equal(home.failures, []);
  await home.close();
});

test('what an ecosystem has begun ends where the cover stands', async () => {
  await open(['position', 'moving', 'target'], { 'cover.position': 0, 'cover.moving': 'stopped', 'cover.target': 0 });
  assert.equal(seen(), [10_000, 10_000, STANDS]);
  await home.invoke('blind', 'windowCovering', 'goToLiftPercentage', { liftPercent100thsValue: 2500 });
  assert.equal(home.asked.at(-1)!.command, { endpoint: '1', set: { 'cover.position': 0.75 } });
  await report({ 'cover.moving': 'opening', 'cover.target': 0.75 });
  await report({ 'cover.position': 0.3 });
  assert.equal(seen(), [7000, 2500, OPENS]);
  await report({ 'cover.position': 0.75 });
  await report({ 'cover.moving': 'stopped' });
  assert.equal(seen(), [2500, 2500, STANDS]);
});

test('stopped halfway it stands there', async () => {
  await open(['position', 'moving'], { 'cover.position': 0, 'cover.moving': 'stopped' });
  await home.invoke('blind', 'windowCovering', 'upOrOpen');
  await report({ 'cover.moving': 'opening' });
  await report({ 'cover.position': 0.4 });
  assert.equal(seen(), [6000, 0, OPENS]);
  await home.invoke('blind', 'windowCovering', 'stopMotion');
  await report({ 'cover.moving': 'stopped', 'cover.position': 0.5 });
  assert.equal(seen(), [5000, 5000, STANDS]);
});

test('moved at home it is on its way there', async () => {
  await open(['position', 'moving', 'target'], { 'cover.position': 1, 'cover.moving': 'stopped' });
  await report({ 'cover.moving': 'closing' });
  assert.equal(seen(), [0, 10_000, CLOSES]);
  await report({ 'cover.target': 0.5 });
  assert.equal(seen(), [0, 5000, CLOSES]);
});

test('what the home refuses does not leave it on its way', async () => {
  await open(['position', 'tilt'], { 'cover.position': 1, 'cover.tilt': 1 });
  home.refuses = true;
  await home.invoke('blind', 'windowCovering', 'downOrClose');
  assert.equal(seen(), [0, 0, STANDS]);
  assert.equal(tilted(), [0, 0]);
});

test('one that does not say whether it moves is where it says to be', async () => {
  await open(['position'], { 'cover.position': 1 });
  await home.invoke('blind', 'windowCovering', 'goToLiftPercentage', { liftPercent100thsValue: 9000 });
  await report({ 'cover.position': 0.11 });
  assert.equal(seen(), [8900, 8900, STANDS]);
});

test.run();
