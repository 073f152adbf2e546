// Which parts of the language the engine takes today: one small rule for each, tried on the engine itself. It refuses what
// it does not know with a RuleError; anything else it throws is a fault of its own and ends the test.

import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import type { Feature } from './arbitrary-parts.ts';

const manual: Trigger = { kind: 'manual' };
const set: Action = { kind: 'set', target: { device: 'virtual:a' }, values: { 'onOff.on': true } };
const whenever: Condition = { kind: 'trigger', is: '0' };

const on = (...triggers: Trigger[]): Rule => ({ id: 'probe', triggers, actions: [set] });
const when = (...conditions: Condition[]): Rule => ({ id: 'probe', triggers: [manual], conditions, actions: [set] });
const run = (...actions: Action[]): Rule => ({ id: 'probe', triggers: [manual], actions });

const occupied = { kind: 'property', property: 'occupancy.occupied' } as const;
const hall = { devices: ['virtual:a'] } as const;

/** Every rule must be taken for the feature to count as there. */
export const PROBES: Readonly<Record<Feature, readonly Rule[]>> = {
  core: [on({ ...occupied, device: 'virtual:a', becomes: true }), run(set, { kind: 'delay', for: '1s' })],
  sets: [
    on({ ...occupied, device: hall, match: 'all', becomes: true }),
    when({ ...occupied, device: hall, match: 'none', is: true }),
    on({ ...occupied, device: { home: true, kind: 'sensor' }, becomes: true }),
    on({ ...occupied, device: { floor: 'ground' }, becomes: true }),
  ],
  events: [
    on(
      { kind: 'event', event: 'button.pressed', device: 'virtual:a', action: 'single' },
      { kind: 'event', event: 'ding' },
    ),
  ],
  every: [on({ kind: 'every', every: '15m' })],
  cron: [on({ kind: 'cron', cron: '0 7 * * mon-fri' })],
  elevation: [on({ kind: 'sun', elevation: 6, direction: 'rising' })],
  mode: [
    on({ kind: 'mode', becomes: 'away' }),
    when({ kind: 'mode', is: 'away' }),
    run({ kind: 'mode', mode: 'away' }),
  ],
  presence: [
    on({ kind: 'presence', person: 'anyone', becomes: 'home' }),
    when({ kind: 'presence', person: 'ada', is: 'home' }),
  ],
  online: [
    on({ kind: 'online', device: 'virtual:a', becomes: true, for: '1s' }),
    when({ kind: 'online', device: 'virtual:a', is: true }),
  ],
  webhook: [on({ kind: 'webhook', webhook: 'hook' })],
  schedule: [
    on({ kind: 'schedule', schedule: 'heating', becomes: 21 }),
    when({ kind: 'schedule', schedule: 'heating', is: 21 }),
  ],
  expressions: [
    on({ kind: 'expression', expression: 'device("virtual:a")["onOff.on"]' }),
    when({ kind: 'expression', expression: '1 < 2' }),
    run({ ...set, values: { 'level.level': { expression: '0.5 + 0.1' } } }),
    run({ kind: 'notify', message: { expression: '"t=" + text(1, 1)' } }),
  ],
  variables: [run({ kind: 'variable', name: 'count', value: 1 }), on({ kind: 'time', at: { variable: 'count' } })],
  choose: [run({ kind: 'choose', choices: [{ if: whenever, then: [set] }], else: [set] })],
  repeat: [
    run({ kind: 'repeat', count: 2, actions: [set] }, { kind: 'repeat', each: [1], actions: [set] }),
    run(
      { kind: 'repeat', until: whenever, actions: [set] },
      { kind: 'repeat', while: whenever, actions: [{ kind: 'delay', for: '1s' }] },
    ),
  ],
  parallel: [run({ kind: 'parallel', branches: [[set], [set]] })],
  emit: [run({ kind: 'emit', event: 'ding', data: { x: 1 } })],
  automation: [run({ kind: 'automation', automation: 'probe', do: 'enable' })],
  onFailure: [run({ ...set, onFailure: 'stop' }, { ...set, onFailure: [set] })],
  saving: [run({ kind: 'save', target: { device: 'virtual:a' }, as: 'before' }, { kind: 'restore', as: 'before' })],
  scene: [run({ kind: 'scene', scene: 'evening', transition: '1s' })],
  notify: [run({ kind: 'notify', message: 'hello', title: 'Hall', critical: true })],
  setFor: [run({ ...set, for: '1s' })],
  holidays: [on({ kind: 'time', at: '07:00', weekdays: ['workday', 'holiday'] })],
};
