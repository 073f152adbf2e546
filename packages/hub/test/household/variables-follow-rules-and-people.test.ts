// A variable is one thing to people and to rules: what either writes, the other reads, also after a kill.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { variableService } from '../../src/services/variables.ts';
import { openHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('variables follow rules and people');
const BY = { kind: 'user', id: 'ada' } as const;

test('what a person writes starts the rules that wait for it, and conditions read it', async () => {
  const home = await openHome();
  const variables = variableService(home.kernel);
  await variables.create({ name: 'guests', type: 'number', min: 0, max: 20, value: 0 }, BY);
  await addRule(home, {
    id: 'r',
    triggers: [{ kind: 'expression', expression: 'variable("guests") > 2' }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  await variables.change('guests', { value: 2 }, BY);
  assert.equal(told(home), []);
  await variables.change('guests', { value: 3 }, BY);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  await home.close();
});

test('what a rule writes is shown at once and survives a kill, with and without an image', async () => {
  let home = await openHome();
  await variableService(home.kernel).create({ name: 'count', value: 5 }, BY);
  await addRule(home, {
    id: 'r',
    triggers: on('go'),
    actions: [
      { kind: 'variable', name: 'count', value: { expression: 'variable("count") + 1' } },
      { kind: 'variable', name: 'found', value: 'yes' },
    ],
  });
  heard(home, 'go');
  assert.is(variableService(home.kernel).get('count').value, 6);
  assert.equal(variableService(home.kernel).get('found'), { id: 'found', name: 'found', type: 'string', value: 'yes' });
  const shown = home.changes.filter(({ topic }) => topic === 'variable').map((change) => (change as { id: string }).id);
  assert.equal(shown, ['count', 'count', 'found']);
  home = await home.killed();
  heard(home, 'go');
  assert.is(variableService(home.kernel).get('count').value, 7);
  await home.imager.write();
  heard(home, 'go');
  home = await home.killed();
  assert.is(variableService(home.kernel).get('count').value, 8);
  assert.is(home.kernel.machine.core.variable('count'), 8);
  await home.close();
});

test('a variable keeps to its type and its limits', async () => {
  const home = await openHome();
  const variables = variableService(home.kernel);
  const pointer = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'ok',
      (error) => `${error.code} ${error.pointer}`,
    );
  await variables.create({ name: 'level', type: 'number', min: 0, max: 1 }, BY);
  assert.equal(
    [
      await pointer(variables.change('level', { value: 'high' }, BY)),
      await pointer(variables.change('level', { value: 2 }, BY)),
      await pointer(variables.change('level', { value: 1 }, BY)),
      await pointer(variables.change('level', { max: 0.5 }, BY)),
      await pointer(variables.change('level', { max: null, value: 9 }, BY)),
      await pointer(variables.create({ name: 'level', value: 1 }, BY)),
      await pointer(variables.create({ name: 'what' }, BY)),
      await pointer(variables.create({ name: 'text', value: 'x', min: 1 }, BY)),
      await pointer(variables.create({ name: '', value: 1 }, BY)),
      await pointer(variables.create({ name: 'a', value: 1, unit: 'm' }, BY)),
    ],
    [
      'BAD_VALUE /value',
      'BAD_VALUE /value',
      'ok',
      'BAD_VALUE /value',
      'ok',
      'NAME_TAKEN /name',
      'BAD_VALUE /type',
      'BAD_VALUE /min',
      'BAD_VALUE /name',
      'UNKNOWN_FIELD /unit',
    ],
  );
  await variables.remove('level', BY);
  assert.is(home.kernel.machine.core.variable('level'), null);
  await home.close();
});

test('a rule that switches another on or off shows in that rule, and stays so', async () => {
  let home = await openHome();
  await addRule(home, {
    id: 'other',
    triggers: on('go'),
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  await addRule(home, {
    id: 'off',
    triggers: on('off'),
    actions: [{ kind: 'automation', automation: 'other', do: 'disable' }],
  });
  await addRule(home, {
    id: 'on',
    triggers: on('on'),
    actions: [{ kind: 'automation', automation: 'other', do: 'enable' }],
  });
  const enabled = (): unknown => home.kernel.machine.registry.get('automations', 'other')?.enabled;
  heard(home, 'off');
  assert.is(enabled(), false);
  heard(home, 'go');
  assert.equal(told(home), []);
  await home.imager.write();
  home = await home.killed();
  assert.equal(home.storage.losses, []);
  assert.is(enabled(), false);
  heard(home, 'go');
  assert.equal(told(home), []);
  heard(home, 'on');
  heard(home, 'go');
  assert.is(enabled(), true);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  await home.close();
});

test('what runs of an edited or a deleted rule still do shows too, and survives a kill', async () => {
  let home = await openHome();
  const delay = { kind: 'delay', for: '5m' } as const;
  const count = { kind: 'variable', name: 'count', value: { expression: 'variable("count") + 1' } } as const;
  await variableService(home.kernel).create({ name: 'count', value: 5 }, BY);
  await addRule(home, { id: 'other', triggers: on('nothing'), actions: [{ kind: 'stop' }] });
  await addRule(home, {
    id: 'edited',
    triggers: on('go'),
    actions: [delay, count, { kind: 'automation', automation: 'other', do: 'disable' }],
  });
  await addRule(home, { id: 'deleted', triggers: on('go'), actions: [delay, count, delay, count] });
  heard(home, 'go');
  await addRule(home, { id: 'edited', triggers: on('go'), actions: [{ kind: 'stop' }] });
  await home.kernel.commit([{ collection: 'automations', id: 'deleted', value: null }], BY);
  home.clock.advance(300_000);
  const other = (): unknown => home.kernel.machine.registry.get('automations', 'other')?.enabled;
  const counted = (): unknown[] => [
    variableService(home.kernel).get('count').value,
    home.kernel.machine.core.variable('count'),
  ];
  assert.equal(counted(), [7, 7]);
  assert.is(other(), false);
  await home.imager.write();
  home = await home.killed();
  assert.equal(home.storage.losses, []);
  assert.equal(counted(), [7, 7]);
  assert.is(other(), false);
  home.clock.advance(300_000);
  assert.equal(counted(), [8, 8]);
  assert.is(home.kernel.machine.runs.list('deleted').length, 0, 'nothing is kept of a rule that is gone');
  await home.close();
});

test.run();
