// A home of thousands of rules, as the benchmarks of images, edits and starts see it.

import type { Rule } from '@lintel/model';

export const HOME = { latitude: 52, longitude: 13, timeZone: 'UTC' };
export const START = Date.UTC(2026, 0, 5, 12);
export const PROPERTY = 'temperature.temperature';

export const device = (index: number): string => `virtual:sensor-${index}`;
export const threshold = (index: number): number => 15 + (index % 10);

/** A rule that sends a constant command, or one that first waits for an hour. */
export const ruleOf = (index: number, waits = false): Rule => ({
  id: `rule-${index}`,
  mode: 'parallel',
  max: waits ? 1 : 10,
  triggers: [{ kind: 'property', device: device(index), property: PROPERTY, above: threshold(index) }],
  conditions: [{ kind: 'not', condition: { kind: 'property', device: device(index), property: PROPERTY, above: 39 } }],
  actions: [
    ...(waits ? ([{ kind: 'delay', for: '1h' }] as const) : []),
    { kind: 'set', target: { device: device(index) }, values: { 'onOff.on': true } },
  ],
});

/** The rules of a home, with others mixed among them that have nothing to do with theirs. */
export function mixedRules(count: number, unrelated: number): Rule[] {
  const every = 1 + unrelated / count;
  return Array.from({ length: count + unrelated }, (_, at) => ruleOf(at % every === 0 ? at / every : count + at));
}

export const manyRules = (count: number, waits = false): Rule[] =>
  Array.from({ length: count }, (_, index) => ruleOf(index, waits));
