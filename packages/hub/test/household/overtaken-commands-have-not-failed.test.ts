// A rule that waits for what becomes of its command learns whether the device failed; that someone else took it over is no failure.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/journal/records.ts';
import { automationRuns } from '../../src/services/automation-runs.ts';
import { openHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const OTHER_LAMP = 'virtual:lamp2';

const test = suite('overtaken commands');

type Status = Outcome['status'];

/** What the run did, and how it ended, where its command came to this. */
async function after(status: Status, onFailure: 'stop' | 'tell'): Promise<[string[], string | undefined]> {
  const home = await openHome();
  const set = (value: boolean) => ({ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': value } }) as const;
  await addRule(home, {
    id: 'r',
    triggers: on('go'),
    actions: [
      { ...set(true), onFailure: onFailure === 'stop' ? 'stop' : [{ kind: 'notify', message: 'it failed' }] },
      { kind: 'notify', message: 'it goes on' },
    ],
  });
  home.deaf.add(LAMP);
  heard(home, 'go');
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  const [owed] = home.kernel.machine.pending.list();
  home.submit({ kind: 'outcome', body: { command: owed!.id, device: LAMP, status } });
  const texts = home.kernel.machine.registry.list('notifications').map(({ text }) => text);
  const [run] = automationRuns(home.kernel).runs('r');
  await home.close();
  return [texts, run?.outcome];
}

test('a command that a newer one overtook has not failed: the run goes on', async () => {
  for (const onFailure of ['stop', 'tell'] as const)
    assert.equal(await after('superseded', onFailure), [['it goes on'], 'finished']);
});

test('one that the device refused, or did not answer, has', async () => {
  for (const status of ['failed', 'timeout', 'offline'] as const) {
    assert.equal(await after(status, 'stop'), [[], 'stopped'], status);
    assert.equal(await after(status, 'tell'), [['it failed', 'it goes on'], 'finished'], status);
  }
});

test('where one of several devices failed, the command has, whichever answers last', async () => {
  const said = async (first: Status, last: Status): Promise<string[]> => {
    const home = await openHome();
    await addRule(home, {
      id: 'r',
      triggers: on('go'),
      actions: [
        {
          kind: 'set',
          target: { devices: [LAMP, OTHER_LAMP] },
          values: { 'onOff.on': true },
          onFailure: [{ kind: 'notify', message: 'it failed' }],
        },
      ],
    });
    for (const lamp of [LAMP, OTHER_LAMP]) home.deaf.add(lamp);
    heard(home, 'go');
    const [owed] = home.kernel.machine.pending.list();
    home.submit({ kind: 'outcome', body: { command: owed!.id, device: LAMP, status: first } });
    home.submit({ kind: 'outcome', body: { command: owed!.id, device: OTHER_LAMP, status: last } });
    const texts = home.kernel.machine.registry.list('notifications').map(({ text }) => text);
    await home.close();
    return texts;
  };
  for (const status of ['failed', 'timeout', 'offline', 'expired'] as const) {
    assert.equal(await said(status, 'done'), ['it failed'], `${status}, then done`);
    assert.equal(await said('done', status), ['it failed'], `done, then ${status}`);
    assert.equal(await said(status, 'superseded'), ['it failed'], `${status}, then superseded`);
  }
  assert.equal(await said('superseded', 'done'), []);
});

test.run();
