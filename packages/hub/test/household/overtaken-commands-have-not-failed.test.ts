// A rule that waits for what becomes of its command learns whether the device failed; that someone else took it over is no failure.

import type { Outcome } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { automationRuns } from '../../src/services/automation-runs.ts';
import { openHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('overtaken commands');

/** What the run did, and how it ended, where its command came to this. */
async function after(status: Outcome['status'], onFailure: 'stop' | 'tell'): Promise<[string[], string | undefined]> {
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

test.run();
