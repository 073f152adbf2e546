// What the journal holds is applied again at every start: an input that cannot be applied would keep the home from ever starting.

import type { Target, Value } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SYSTEM } from '../../src/kernel.ts';
import { homeService } from '../../src/services/home.ts';
import { scheduleService } from '../../src/services/schedules.ts';
import { variableService } from '../../src/services/variables.ts';
import { openHome } from '../home.ts';
import { addRule, LAMP, on, refusal, told } from './rules.ts';

const test = suite('nothing that came in stops the home');
const BY = { kind: 'user', id: 'ada' } as const;

test('a holiday that is no day of any year is refused by its place', async () => {
  const home = await openHome();
  const { changeHome } = homeService(home.kernel);
  for (const date of ['2026-02-30', '2027-02-29', '04-31', '13-01', '12-24T00']) {
    const { code, pointer } = await refusal(() => changeHome({ holidays: ['12-24', date] }, BY));
    assert.equal([code, pointer], ['BAD_VALUE', '/holidays/1'], date);
  }
  assert.equal((await changeHome({ holidays: ['02-29', '2028-02-29'] }, BY)).holidays, ['02-29', '2028-02-29']);
  await home.close();
});

test('a home whose journal holds one all the same starts, and keeps the days that there are', async () => {
  let home = await openHome();
  const value = { ...home.kernel.machine.registry.home!, holidays: ['2026-02-30', '11-23'] };
  const blocks = [
    { weekdays: ['workday'], at: '00:00', value: 'work' },
    { weekdays: ['holiday'], at: '00:00', value: 'off' },
  ];
  await scheduleService(home.kernel).create({ id: 's', name: 'S', blocks }, BY);
  await home.kernel.commit([{ collection: 'home', id: 'home', value }], SYSTEM);
  home = await home.killed();
  assert.is(scheduleService(home.kernel).get('s').value, 'off');
  await home.close();
});

test('an event with more than rules can hold, or a nameless action, is heard for what of it can be', async () => {
  let home = await openHome();
  await addRule(home, {
    id: 'r',
    triggers: [{ kind: 'event', event: 'button.pressed', device: LAMP }],
    actions: [
      { kind: 'variable', name: 'heard', value: { expression: 'variable("heard") + 1' } },
      { kind: 'variable', name: 'first', value: { expression: 'trigger.data["k0"]' } },
    ],
  });
  await variableService(home.kernel).create({ name: 'heard', value: 0 }, BY);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, index]));
  for (const data of [many, { action: '' }, { button: '' }, { action: 'a\0b' }, { k0: { deep: 1 }, action: 'hold' }])
    home.submit({ kind: 'event', body: { device: LAMP, event: 'button.pressed', data } });
  const value = (name: string): Value => variableService(home.kernel).get(name).value;
  assert.is(value('heard'), 5);
  home = await home.killed();
  assert.is(value('heard'), 5);
  await home.close();
});

test('a rule may name devices that can be no devices, and acts on the others', async () => {
  let home = await openHome();
  const values = { 'onOff.on': true };
  const targets: Target[] = [{ device: 'the lamp' }, { devices: ['02-29', LAMP] }, { home: true, except: ['a/9/9'] }];
  await addRule(home, {
    id: 'r',
    triggers: on('go'),
    conditions: [{ kind: 'property', device: 'the lamp', property: 'onOff.on', unknown: true }],
    actions: targets.map((target) => ({ kind: 'set', target, values }) as const),
  });
  const conditions = [{ kind: 'property', device: 'the lamp', property: 'onOff.on', is: true }] as const;
  await addRule(home, { id: 'held', triggers: on('go'), conditions, actions: [{ kind: 'stop' }] });
  home.submit({ kind: 'event', body: { device: null, event: 'go', data: {} } });
  assert.ok(told(home).includes(`${LAMP} {"onOff.on":true}`));
  assert.is(home.kernel.machine.runs.list('r')[0]?.outcome, 'finished');
  home = await home.killed();
  assert.equal(home.storage.losses, []);
  await home.close();
});

test.run();
