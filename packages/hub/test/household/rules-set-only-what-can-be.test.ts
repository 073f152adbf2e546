// What a rule would set, also where it was worked out, is held against what the device can be before anything is sent.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { KnownValue } from '@lintel/model';
import { color, endpoint, level, onOff } from '@lintel/sdk';
import { openHome, type TestHome } from '../home.ts';
import { addRule, heard, on, told } from './rules.ts';

const test = suite('values of rules');
let home: TestHome;

test.before.each(async () => {
  home = await openHome();
  for (const id of ['one', 'two'])
    await home.sink.device('virtual', { id, name: id, kind: 'light', endpoints: [endpoint(onOff(), level())] });
});
test.after.each(() => home.close());

const BAD: readonly (KnownValue | { expression: string })[] = [
  2,
  -0.1,
  'x',
  { expression: '1 + 1' },
  { expression: '0 / 0' },
];

for (const devices of [['virtual:one'], ['virtual:one', 'virtual:two']]) {
  test(`what cannot be is sent to none of ${devices.length}, and the run says so`, async () => {
    for (const [index, value] of BAD.entries()) {
      const id = `r${index}`;
      const values = { 'onOff.on': true, 'level.level': value };
      const onFailure = [{ kind: 'notify', message: 'it failed' }] as const;
      await addRule(home, {
        id,
        triggers: on(id),
        actions: [{ kind: 'set', target: { devices }, values, onFailure }],
      });
      heard(home, id);
      const [run] = home.storage.machine.runs.list(id);
      assert.match(run!.commands.map(({ text }) => text).join(), /BAD_VALUE: level.level: expected a number/);
    }
    assert.equal(told(home), []);
  });
}

test('a lamp that is asked for a warmer white than it has is asked all the same', async () => {
  const endpoints = [endpoint(onOff(), color({ temperature: [2200, 6500] }))];
  await home.sink.device('virtual', { id: 'warm', name: 'warm', kind: 'light', endpoints });
  const values = { 'onOff.on': true, 'color.temperature': 2000 };
  const actions = [{ kind: 'set', target: { device: 'virtual:warm' }, values }] as const;
  await addRule(home, { id: 'evening', triggers: on('evening'), actions });
  heard(home, 'evening');
  assert.equal(told(home), ['virtual:warm {"onOff.on":true,"color.temperature":2000}']);
});

test('what can be is sent', async () => {
  const values = { 'level.level': { expression: '0.25 * 2' } };
  const actions = [{ kind: 'set', target: { device: 'virtual:one' }, values }] as const;
  await addRule(home, { id: 'good', triggers: on('go'), actions });
  heard(home, 'go');
  assert.equal(told(home), ['virtual:one {"level.level":0.5}']);
});

test.run();
