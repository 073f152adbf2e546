// 200 rules over the whole language for a scripted day: twenty kinds, ten of each. What the clock brings is made up for after
// downtime, so that a hub that was away for an instant misses nothing.

import { RULE_DEFAULTS, type Rule } from '@lintel/model';

type Draft = Pick<Rule, 'triggers' | 'actions'> & Partial<Rule>;

const property = (device: string, name: string): { kind: 'property'; device: string; property: string } => ({
  kind: 'property',
  device: `virtual:${device}`,
  property: name,
});
const set = (device: string, values: Readonly<Record<string, boolean | number>>, more: object = {}) =>
  ({ kind: 'set', target: { device: `virtual:${device}` }, values, ...more }) as const;
const on = { 'onOff.on': true } as const;
const off = { 'onOff.on': false } as const;
const own = (event: string) => ({ kind: 'event', event }) as const;
export const say = (expression: string) => ({ kind: 'notify', message: { expression } }) as const;

/** Twenty kinds of rules; `i` from 0 to 9. */
const TEMPLATES: readonly ((i: number) => Draft)[] = [
  (i) => ({
    mode: 'restart',
    triggers: [{ ...property(`motion-${i}`, 'occupancy.occupied'), becomes: true }],
    actions: [
      set(`lamp-${i}`, { ...on, 'level.level': 0.3 }),
      { kind: 'wait', until: { ...property(`motion-${i}`, 'occupancy.occupied'), is: false, for: '5m' } },
      set(`lamp-${i}`, off),
    ],
  }),
  (i) => ({
    triggers: [{ ...property(`meter-${i}`, 'temperature.temperature'), above: 22, hysteresis: 1 }],
    actions: [say('"warm: " + text(trigger.value, 1)')],
  }),
  (i) => ({
    triggers: [{ ...property(`door-${i}`, 'contact.open'), becomes: true, for: '10m' }],
    actions: [set(`lamp-${i + 10}`, on, { for: '20m' })],
  }),
  (i) => ({
    missed: 'run',
    triggers: [{ kind: 'time', at: [`0${i}:10`, `1${i}:20`] }],
    actions: [set(`lamp-${i}`, { 'level.level': (i + 1) / 20 })],
  }),
  (i) => ({
    missed: 'run',
    triggers: [{ kind: 'every', every: `${i + 2}h` }],
    actions: [{ kind: 'emit', event: `tick-${i}`, data: { now: { expression: 'now' } } }],
  }),
  (i) => ({
    triggers: [own(`go-${i}`)],
    actions: [{ kind: 'repeat', count: 3, actions: [set(`lamp-${i}`, on), { kind: 'delay', for: '7m' }] }],
  }),
  (i) => ({
    mode: 'queued',
    max: 4,
    triggers: [own(`go-${i % 3}`)],
    actions: [{ kind: 'delay', for: `${i + 3}m` }, say('repeat.index == unknown')],
  }),
  (i) => ({
    mode: 'parallel',
    max: 3,
    triggers: [{ ...property(`meter-${i}`, 'temperature.temperature'), changes: true }],
    actions: [
      {
        kind: 'parallel',
        branches: [
          [
            { kind: 'delay', for: '2m' },
            { kind: 'variable', name: `seen-${i}`, value: { expression: 'trigger.value' } },
          ],
          [
            { kind: 'delay', for: '9m' },
            { kind: 'emit', event: `warmed-${i}` },
          ],
        ],
      },
    ],
  }),
  (i) => ({
    triggers: [{ kind: 'mode', becomes: i % 2 === 0 ? 'night' : 'away' }],
    actions: [set(`lamp-${i}`, off), { kind: 'delay', for: '30m' }, { kind: 'mode', mode: 'home' }],
  }),
  (i) => ({
    triggers: [{ kind: 'expression', expression: `variable("seen-${i}") > 21`, for: '3m' }],
    actions: [say(`"seen " + text(variable("seen-${i}"), 1) + " " + text(random(0, 100), 0)`)],
  }),
  (i) => ({
    triggers: [
      { kind: 'presence', person: i % 2 === 0 ? 'anyone' : 'everyone', becomes: i % 3 === 0 ? 'home' : 'away' },
    ],
    actions: [set(`lamp-${i}`, on, { transition: '2s' })],
  }),
  (i) => ({
    missed: 'run',
    triggers: [{ kind: 'sun', event: i % 2 === 0 ? 'sunset' : 'sunrise', offset: `${i * 3}m` }],
    conditions: [{ kind: 'not', condition: { kind: 'mode', is: 'away' } }],
    actions: [set(`lamp-${i + 10}`, { ...on, 'level.level': 0.6 })],
  }),
  (i) => ({
    triggers: [own(`go-${i}`)],
    actions: [
      { kind: 'wait', event: { ...property(`door-${i}`, 'contact.open'), becomes: true }, timeout: '45m' },
      {
        kind: 'if',
        if: { kind: 'expression', expression: 'wait.timedOut' },
        then: [say('"nobody"')],
        else: [say('"door"')],
      },
    ],
  }),
  (i) => ({
    triggers: [{ ...property(`motion-${i}`, 'occupancy.occupied'), changes: true }],
    actions: [
      {
        kind: 'choose',
        choices: [
          {
            if: { kind: 'time', after: '22:00', before: '06:00' },
            then: [set(`lamp-${i + 10}`, { 'level.level': 0.1 })],
          },
        ],
        else: [set(`lamp-${i + 10}`, { 'level.level': 0.9 })],
      },
    ],
  }),
  (i) => ({
    triggers: [own(`go-${i}`)],
    actions: [
      { kind: 'save', target: { device: `virtual:lamp-${i}` }, as: 'before' },
      set(`lamp-${i}`, { ...on, 'level.level': 1 }),
      { kind: 'delay', for: '4m' },
      { kind: 'restore', as: 'before' },
    ],
  }),
  (i) => ({
    mode: 'restart',
    triggers: [own(`go-${i}`)],
    actions: [
      set(`slow-${i}`, on, { onFailure: [say('"failed"')] }),
      say('"slow is done"'),
      { kind: 'delay', for: '15m' },
      set(`slow-${i}`, off, { onFailure: 'stop' }),
      { kind: 'command', target: { device: `virtual:lock-${i % 2}` }, command: 'lock.lock' },
    ],
  }),
  (i) => ({
    triggers: [{ kind: 'schedule', schedule: 'heating' }],
    actions: [say(`"heating " + text(schedule("heating"), 0) + " ${i}"`)],
  }),
  (i) => ({
    triggers: [
      {
        kind: 'property',
        device: { room: i % 2 === 0 ? 'hall' : 'attic', kind: 'sensor' },
        property: 'occupancy.occupied',
        match: i % 3 === 0 ? 'all' : i % 3 === 1 ? 'none' : 'any',
        becomes: true,
        for: `${i + 1}m`,
      },
    ],
    actions: [set(`lamp-${i}`, on)],
  }),
  (i) => ({
    triggers: [{ kind: 'webhook', webhook: `hook-${i}` }],
    actions: [{ kind: 'automation', automation: `rule-5-${i}`, do: 'run' }],
  }),
  (i) => ({
    triggers: [{ ...property(`door-${i}`, 'contact.open'), becomes: [true, false] }],
    actions: [
      { kind: 'automation', automation: `rule-1-${i}`, do: i % 2 === 0 ? 'disable' : 'enable' },
      { kind: 'delay', for: '6m' },
      { kind: 'automation', automation: `rule-1-${i}`, do: 'enable' },
    ],
  }),
];

export const RULES: readonly Rule[] = TEMPLATES.flatMap((template, number) =>
  Array.from({ length: 10 }, (_, i): Rule => ({ ...RULE_DEFAULTS, id: `rule-${number}-${i}`, ...template(i) })),
);
