// Whatever cannot be said in rules is reported where it stands, and the rule that lost it comes back switched off.

import { checkRule } from '@lintel/engine';
import { HubError } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { importText } from './importing.ts';

const test = suite('what an import loses');

interface Told {
  readonly enabled: boolean | undefined;
  readonly notes: readonly (readonly [number, string])[];
}

async function told(yaml: string): Promise<Told> {
  const { rules, report } = await importText(yaml);
  for (const rule of rules) checkRule(rule);
  return { enabled: rules[0]?.enabled, notes: report.map(({ line, level }) => [line, level]) };
}

const GOOD = `- alias: A
  trigger:
    - {platform: event, event_type: go}
  action:
    - {event: done}
`;

test('nothing lost, nothing said', async () => {
  assert.equal(await told(GOOD), { enabled: true, notes: [] });
});

test('an unmapped entity, in a trigger, a condition, an action, a list and a template', async () => {
  const at = async (old: string, fresh: string): Promise<Told> => told(GOOD.replace(old, fresh));
  const lostAt = (line: number): Told => ({ enabled: false, notes: [[line, 'error']] });
  const trigger = '- {platform: event, event_type: go}';
  assert.equal(
    await at(trigger, `${trigger}\n    - platform: state\n      entity_id: light.gone\n      to: 'on'`),
    lostAt(5),
  );
  assert.equal(
    await at('  action:', "  condition:\n    - {condition: state, entity_id: light.gone, state: 'on'}\n  action:"),
    lostAt(5),
  );
  assert.equal(
    await at('{event: done}', '{service: light.turn_on, target: {entity_id: light.gone}}\n    - {event: done}'),
    lostAt(5),
  );
  const some = await importText(
    GOOD.replace(
      '{event: done}',
      'service: light.turn_off\n      target:\n        entity_id:\n          - light.hall\n          - light.gone',
    ),
  );
  assert.equal(
    some.report.map(({ line, level }) => [line, level]),
    [[9, 'error']],
  );
  assert.equal([some.rules[0]!.enabled, some.rules[0]!.actions.length], [false, 1], 'the lamp that is known stays');
  assert.equal(
    await at('  action:', "  condition:\n    - \"{{ is_state('light.gone', 'on') }}\"\n  action:"),
    lostAt(5),
  );
});

test('what has no counterpart, each on its line', async () => {
  const { enabled, notes } = await told(`
- alias: A
  trigger:
    - platform: mqtt
      topic: x
    - platform: event
      event_type: go
    - platform: template
      value_template: "{% if true %}true{% endif %}"
  condition:
    - condition: state
      entity_id: lock.front
      state: locking
    - condition: template
      value_template: "{{ states('light.hall') | regex_match('o') }}"
  action:
    - service: media_player.play_media
      target: {entity_id: media_player.kitchen}
    - if:
        - condition: moon
      then:
        - event: full
    - delay: later
    - event: done
`);
  assert.is(enabled, false);
  assert.equal(
    notes,
    [4, 9, 13, 15, 17, 20, 23].map((line) => [line, 'error']),
  );
});

test('a condition that was lost never lets the rest through', async () => {
  const { rules } = await importText(GOOD.replace('{event: done}', 'if: {condition: moon}\n      then: {event: full}'));
  assert.equal(rules[0]!.actions, [
    { kind: 'if', if: { kind: 'expression', expression: 'false' }, then: [{ kind: 'emit', event: 'full' }] },
  ]);
});

test('an unknown key is named and the rest is kept', async () => {
  const { enabled, notes } = await told(`- alias: A
  mood: good
  trigger:
    - platform: event
      event_type: go
      colour: red
  condition:
    - condition: time
      after: "08:00"
      until: "09:00"
  action:
    - service: light.turn_on
      target: {entity_id: light.hall}
      data:
        brightness_pct: 20
        sparkle: 1
`);
  assert.equal([enabled, notes], [true, [2, 6, 10, 16].map((line) => [line, 'warning'])]);
});

test('what is switched off is left out, and that loses nothing', async () => {
  const text = GOOD.replace('{event: done}', '{event: done}\n    - {service: nothing.known, enabled: false}');
  assert.equal(await told(text), { enabled: true, notes: [[6, 'info']] });
  assert.is((await told(`${GOOD}  initial_state: false\n`)).enabled, false);
});

test('an automation that lost its triggers can still be run by hand, once someone switched it on', async () => {
  const { rules, report } = await importText(
    GOOD.replace('{platform: event, event_type: go}', '{platform: mqtt, topic: x}'),
  );
  assert.equal(rules[0]!.triggers, [{ kind: 'manual' }]);
  assert.is(rules[0]!.enabled, false);
  assert.equal(
    report.map(({ line }) => line),
    [3],
  );
});

test('a blueprint that is not there, and an input that is not given', async () => {
  const missing = await importText('- alias: A\n  use_blueprint:\n    path: someone/x.yaml\n');
  assert.equal([missing.rules.length, missing.report.map(({ line, level }) => [line, level])], [0, [[2, 'error']]]);
  const open = await importText(
    `blueprint: {name: B, domain: automation, input: {lamp: {}}}\ntrigger: {platform: event, event_type: go}\naction:\n  - {event: done}\n  - service: light.turn_on\n    target: !input lamp\n`,
  );
  assert.equal([open.rules[0]!.enabled, open.report.map(({ line }) => line)], [false, [6]]);
});

test('aliases and merged maps are filled in', async () => {
  const { rules, report } = await importText(`
- alias: A
  trigger: &start {platform: event, event_type: go}
  action: {event: done}
- alias: B
  trigger: *start
  action:
    - service: light.turn_on
      target: &hall {entity_id: light.hall}
    - service: light.turn_off
      target: {<<: *hall}
`);
  assert.equal([rules.length, report], [2, []]);
});

test('broken YAML, custom tags, circles and bombs are refused with the line', async () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...'bcdefgh'.split('').map((name, index) => {
      const before = 'abcdefgh'[index]!;
      return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
    }),
  ].join('\n');
  const cases: [string, number][] = [
    ['- alias: "A', 1],
    ['a: 1\nb: [1, 2', 2],
    ['a: 1\nb: !secret password', 2],
    ['a: !!js/function "x"', 1],
    ['a: 1\nb:\n  - !include other.yaml', 3],
    ['a: &a [*a]', 1],
    ['a: 1\nb: *nothing', 2],
    [bomb, 1],
    ['['.repeat(5_000), 1],
    ['- '.repeat(5_000), 1],
    ['a: 1\n? [x]\n: 2', 2],
    ['- alias: A\n  mode: single\n  alias: B', 3],
    ["on: 1\n'on': 2", 2],
  ];
  for (const [yaml, line] of cases) {
    const error = await importText(yaml).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    assert.instance(error, HubError, yaml.slice(0, 40));
    const { code, status, extra } = error as HubError;
    assert.equal([code, status], ['BAD_YAML', 400], yaml.slice(0, 40));
    const told = extra?.['line'] as number;
    assert.ok(yaml === bomb ? told > 1 : told === line, `${yaml.slice(0, 40)} is told at line ${told}`);
  }
});

test('a name stands on one line, and one that is too long is cut', async () => {
  const named = (alias: string) =>
    importText(`- alias: ${alias}\n  trigger: [{platform: homeassistant, event: start}]`);
  assert.is((await named('"Hall\\nlight "')).rules[0]?.name, 'Hall light');
  const { rules, report } = await named('x'.repeat(101));
  assert.is(rules[0]?.name, 'x'.repeat(100));
  assert.equal(report[0], { line: 1, level: 'info', message: 'the name is cut: it has at most 100 characters' });
});

test('a key that stands twice is named with both its lines; one that an anchor gives too is not twice', async () => {
  const twice = await importText('- alias: A\n  trigger: []\n  alias: B').catch(
    (thrown: unknown) => thrown as HubError,
  );
  assert.is((twice as HubError).message, 'line 3: the key "alias" stands on line 1 already');
  const merged =
    'x: &base {alias: A, mode: single}\nautomation:\n  - <<: *base\n    alias: B\n    trigger: []\n    action: []';
  assert.is((await importText(merged)).rules[0]?.name, 'B');
});

test.run();
