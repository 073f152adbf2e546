// A batch of slots and numbers does what the same reports do as events, one by one: the states are equal to the last bit.

import { createEngine } from '@lintel/engine';
import type { EngineEvent } from '@lintel/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FEATURES } from './arbitrary-parts.ts';
import { scenarioOf } from './arbitraries.ts';
import type { Scenario } from './arbitraries.ts';
import { forAll } from './check.ts';
import { momentsOf, newReference } from './machine.ts';

type Report = Extract<EngineEvent, { property: string }>;

const SCENARIOS = 400;

/** What a batch can say: numbers, booleans and unknown, of properties that some rule names. */
function isPlain(event: object, slotOf: (report: Report) => number): event is Report {
  if (!('property' in event) || 'origin' in event) return false;
  const report = event as Report;
  return typeof report.value !== 'string' && slotOf(report) !== -1;
}

const asNumber = ({ value }: Report): number => (value === null ? Number.NaN : Number(value));

async function batchIsTheEvents(told: Scenario): Promise<string | null> {
  const [batch, single] = [await createEngine(told as never), await createEngine(told as never)];
  const reference = await newReference(told);
  const slotOf = ({ device, property }: Report): number => batch.slot(device, property);
  for (const [index, { now, events }] of momentsOf(told.startAt, told.steps).entries()) {
    const reports = events
      .filter((event) => isPlain(event, slotOf))
      .map(({ sequence: _sequence, ...report }) => report as Report);
    reference.step(now, reports as never);
    batch.stepSlots(now, Int32Array.from(reports, slotOf), Float64Array.from(reports, asNumber), reports.length);
    single.step(now);
    for (const report of reports) single.step(now, [report]);
    if (batch.stateHash() !== single.stateHash()) return `step ${index}: the states differ`;
  }
  batch.close();
  single.close();
  return null;
}

test('a batch of slots is the events one by one', () =>
  forAll(SCENARIOS, batchIsTheEvents, scenarioOf(new Set(FEATURES))));

test('a report of a batch comes from its device', async () => {
  const home = { latitude: 52.5, longitude: 13.4, timeZone: 'Europe/Berlin' };
  const engine = await createEngine({
    rules: [
      {
        id: 'by-itself',
        triggers: [{ kind: 'property', device: 'a', property: 'onOff.on', becomes: true, origin: 'device' }],
        actions: [{ kind: 'set', target: { device: 'b' }, values: { 'onOff.on': true } }],
      },
    ],
    home,
    startAt: 0,
  });
  const slot = engine.slot('a', 'onOff.on');
  assert.is(engine.stepSlots(1, Int32Array.of(slot, slot), Float64Array.of(0, 1), 2), 1);
});

test.run();
