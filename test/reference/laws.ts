// What must be true of any machine that runs rules, whatever the rules are. Each law tells what it found wrong, or null.

import type { Scenario } from './arbitraries.ts';
import { difference, momentsOf, together, unrelatedRule } from './machine.ts';
import type { Machine, MachineFactory, Moment, Told } from './machine.ts';

export type Law = <Image>(create: MachineFactory<Image>, scenario: Scenario) => Promise<string | null>;

const tell = (machine: Machine, { now, events }: Moment): Told => machine.step(now, events);

async function compareAll<Image>(
  create: MachineFactory<Image>,
  scenario: Scenario,
  other: (machine: Machine<Image>, moment: Moment) => Told | Promise<Told>,
  otherWorld: Scenario = scenario,
): Promise<string | null> {
  const plain = await create(scenario);
  const altered = await create(otherWorld);
  for (const [index, moment] of momentsOf(scenario.startAt, scenario.steps).entries()) {
    const wrong = difference(tell(plain, moment), await other(altered, moment));
    if (wrong !== null) return `step ${index}: ${wrong}`;
  }
  return null;
}

/** One batch of events is the same as the events one by one. */
export const batchEqualsSingles: Law = (create, scenario) =>
  compareAll(create, scenario, (machine, { now, events }) => {
    const [first, ...rest] = events;
    return together([
      machine.step(now, first === undefined ? [] : [first]),
      ...rest.map((event) => machine.step(now, [event])),
    ]);
  });

/** One late step is the same as many early ones; after downtime the past is not looked at before the hub is up. */
export const lateEqualsEarly: Law = (create, scenario) => {
  let last = scenario.startAt;
  return compareAll(create, scenario, (machine, { now, events }) => {
    const before = last;
    last = Math.max(last, now);
    const first = events[0];
    if (first !== undefined && 'start' in first) return machine.step(now, events);
    const between = [0.1, 0.5, 0.5, 0.99].map((part) => Math.floor(before + (last - before) * part));
    return together([...between.map((instant) => machine.step(instant, [])), machine.step(now, events)]);
  });
};

/** A machine that is stopped after every step and goes on elsewhere is the same as one that never stopped. */
export const restoreEqualsGoingOn: Law = async (create, scenario) => {
  let machine = await create(scenario);
  const plain = await create(scenario);
  for (const [index, moment] of momentsOf(scenario.startAt, scenario.steps).entries()) {
    const elsewhere = await create(scenario);
    elsewhere.restore(machine.snapshot());
    machine = elsewhere;
    const wrong = difference(tell(plain, moment), tell(machine, moment));
    if (wrong !== null) return `step ${index}: ${wrong}`;
  }
  return null;
};

/** A rule about something else changes nothing, wherever it stands in the list. */
export const unrelatedRuleChangesNothing: Law = (create, scenario) => {
  const middle = Math.floor(scenario.rules.length / 2);
  const rules = scenario.rules.toSpliced(middle, 0, unrelatedRule);
  return compareAll(create, scenario, tell, { ...scenario, rules });
};

export const LAWS: Readonly<Record<string, Law>> = {
  'one batch is the events one by one': batchEqualsSingles,
  'one late step is many early ones': lateEqualsEarly,
  'a restored machine goes on as if never stopped': restoreEqualsGoingOn,
  'an unrelated rule changes nothing': unrelatedRuleChangesNothing,
};
