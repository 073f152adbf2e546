// A rule that holds steps of many kinds, one within another, for showing the editor.

import type { Rule } from '@lintel/model';

export const EVERYTHING: Rule = {
  id: 'everything',
  name: 'Everything',
  version: 1,
  triggers: [
    {
      kind: 'property',
      device: { room: 'living', kind: 'light' },
      match: 'all',
      property: 'level.level',
      above: 0.4,
      hysteresis: 0.1,
    },
    { kind: 'event', event: 'button.pressed', device: 'virtual:remote', action: ['single', 'double'] },
    { kind: 'time', at: ['07:00', { variable: 'party' }], weekdays: ['workday'], dates: ['12-24'] },
  ],
  conditions: [
    {
      kind: 'or',
      conditions: [
        { kind: 'mode', is: ['home', 'night'] },
        { kind: 'not', condition: { kind: 'presence', person: 'ada', is: 'home' } },
      ],
    },
  ],
  actions: [
    {
      kind: 'set',
      target: { room: 'living', except: ['virtual:sofa'] },
      values: { 'onOff.on': true, 'level.level': { expression: 'variable("x") / 2' }, 'color.hue': 20 },
      for: '5m',
    },
    {
      kind: 'if',
      if: { kind: 'expression', expression: 'hour < 7' },
      then: [{ kind: 'notify', message: 'Hello', actions: [{ id: 'a', title: 'Yes' }] }],
      else: [
        {
          kind: 'command',
          target: { device: 'virtual:front-door' },
          command: 'lock.lock',
          onFailure: [{ kind: 'stop' }],
        },
      ],
    },
    {
      kind: 'repeat',
      each: [1, 2, 3],
      actions: [
        { kind: 'delay', for: '1s' },
        { kind: 'variable', name: 'guests', value: 3 },
      ],
    },
  ],
  enabled: false,
};
