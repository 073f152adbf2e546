// Rules of the furnished home: one that the editor knows whole, one that it does not.

import type { Rule } from '@lintel/model';
import { EVERYTHING } from './everything-rule.ts';

export const RULES: readonly Rule[] = [
  {
    id: 'hall-night-light',
    name: 'Hall night light',
    enabled: true,
    mode: 'restart',
    triggers: [
      { kind: 'property', id: 'motion', device: 'virtual:hall-motion', property: 'occupancy.occupied', becomes: true },
    ],
    conditions: [{ kind: 'sun', after: 'sunset', before: 'sunrise' }],
    actions: [
      { kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': true, 'level.level': 0.3 } },
      {
        kind: 'wait',
        until: {
          kind: 'property',
          device: 'virtual:hall-motion',
          property: 'occupancy.occupied',
          is: false,
          for: '5m',
        },
      },
      { kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': false } },
    ],
    version: 1,
  },
  {
    id: 'morning',
    name: 'Slow morning',
    enabled: false,
    triggers: [{ kind: 'time', at: '06:45', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }],
    conditions: [
      {
        kind: 'or',
        conditions: [
          { kind: 'mode', is: 'home' },
          { kind: 'presence', person: 'anyone', is: 'home' },
        ],
      },
    ],
    actions: [
      {
        kind: 'set',
        target: { device: 'virtual:bed-lamp' },
        values: { 'onOff.on': true, 'level.level': 0.2 },
        transition: '10m',
      },
      {
        kind: 'choose',
        choices: [{ if: { kind: 'mode', is: 'night' }, then: [{ kind: 'stop' }] }],
        else: [{ kind: 'delay', for: '15m' }],
      },
    ],
    version: 3,
  },
  EVERYTHING,
];
