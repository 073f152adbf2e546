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

export const manyRules = (count: number, waits = false): Rule[] =>
  Array.from({ length: count }, (_, index) => ruleOf(index, waits));
