// Random expressions that read the random home.

import fc from 'fast-check';
import { device, pick, variable } from './arbitrary-parts.ts';
import type { Features } from './arbitrary-parts.ts';

const temperature = device.map((name) => `device("${name}")["temperature.temperature"]`);
const occupied = device.map((name) => `device('${name}')["occupancy.occupied"]`);

const numberLeaf = fc.oneof(
  { weight: 2, arbitrary: pick('0', '1', '20', '21.5', '2') },
  { weight: 3, arbitrary: temperature },
  { weight: 1, arbitrary: variable.map((name) => `variable("${name}")`) },
  { weight: 1, arbitrary: pick('trigger.value', 'repeat.index', 'unknown') },
);

export function numberExpression(depth: number): fc.Arbitrary<string> {
  if (depth === 0) return numberLeaf;
  const inner = numberExpression(depth - 1);
  const operation = fc.tuple(inner, pick('+', '-', '*', '/', '%'), inner).map(([a, sign, b]) => `(${a} ${sign} ${b})`);
  const call = fc.tuple(pick('min', 'max'), inner, inner).map(([name, a, b]) => `${name}(${a}, ${b})`);
  const unary = fc.tuple(pick('abs', 'round', '-'), inner).map(([name, a]) => `${name}(${a})`);
  const clamped = inner.map((a) => `clamp(${a}, 0, 20)`);
  return fc.oneof(numberLeaf, operation, call, unary, clamped);
}

export function truthExpression(depth: number): fc.Arbitrary<string> {
  const comparison = fc
    .tuple(numberExpression(1), pick('<', '<=', '>', '>=', '==', '!='), numberExpression(1))
    .map(([a, sign, b]) => `${a} ${sign} ${b}`);
  const leaf = fc.oneof(
    comparison,
    occupied,
    device.map((name) => `device("${name}")["thermostat.mode"] == "heat"`),
    pick('wait.timedOut', 'trigger.id == "first"', 'true'),
  );
  if (depth === 0) return leaf;
  const inner = truthExpression(depth - 1);
  const joined = fc.tuple(inner, pick('&&', '||'), inner).map(([a, sign, b]) => `(${a}) ${sign} (${b})`);
  return fc.oneof(
    leaf,
    joined,
    inner.map((a) => `!(${a})`),
  );
}

/** What only actions are asked: there the clock is read at one instant, not looked at again. */
const momentary = pick(
  'trigger.device + "!"',
  'device("virtual:a")["thermostat.mode"] + "/"',
  'trigger.origin',
  'trigger.data["x"]',
  'wait.event',
  'wait.event.id',
  'wait.event.device',
  'wait.event.value',
  'wait.event.origin',
  'wait.event.data["x"]',
  'repeat.item',
  'weekday + text(hour, 0)',
  'text(now, 0)',
  'text(sun.elevation, 3) + "/" + text(sun.azimuth, 3)',
  'text(since("virtual:a", "occupancy.occupied"), 0)',
  'schedule("heating")',
);

const overSets = pick(
  'text(count(home, "occupancy.occupied"), 0)',
  'text(count(room("hall"), "temperature.temperature", ">=", 20), 0)',
  'text(count(devices("virtual:a", "virtual:c"), "thermostat.mode", "heat"), 0)',
  'text(avg(home("sensor"), "temperature.temperature"), 2)',
  'names(floor("ground"), "temperature.temperature", "<", 21)',
  'names(home, "occupancy.occupied")',
);

export function textExpression(features: Features): fc.Arbitrary<string> {
  const number = numberExpression(1).map((each) => `"t=" + text(${each}, 1)`);
  return features.has('sets') ? fc.oneof(number, momentary, overSets) : fc.oneof(number, momentary);
}
