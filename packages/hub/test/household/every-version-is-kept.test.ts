// There is always a way back after an edit, also to what an automation was before it was deleted.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { automationService } from '../../src/services/automations.ts';
import { ruleVersions } from '../../src/services/rule-versions.ts';
import { openHome, type TestHome } from '../home.ts';
import { LAMP, refusal } from './rules.ts';

const test = suite('every version is kept');
const BY = { kind: 'user', id: 'ada' } as const;

const serviceOf = ({ kernel, storage }: TestHome) =>
  automationService(kernel, (rule) => ruleVersions(storage.store, storage.projector, rule));

const ruleThat = (name: string) => ({
  id: 'r',
  name,
  triggers: [{ kind: 'manual' }],
  actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
});

test('an automation that is made again under an old id goes on with the numbers of its versions', async () => {
  const home = await openHome();
  const automations = serviceOf(home);
  const kept = async (): Promise<unknown[]> =>
    (await automations.versions('r')).map(({ version, rule }) => [version, rule.name]);
  await automations.create(ruleThat('one'), 'ada', BY);
  await automations.replace('r', ruleThat('two'), 'ada', BY);
  await automations.remove('r', BY);
  assert.is((await automations.create(ruleThat('three'), 'ada', BY)).version, 3);
  assert.equal(await kept(), [
    [3, 'three'],
    [2, 'two'],
    [1, 'one'],
  ]);
  await automations.remove('r', BY);
  const restored = await automations.restore('r', 2, 'ada', BY);
  assert.equal([restored.version, restored.name], [4, 'two']);
  assert.equal((await kept())[0], [4, 'two']);
  await home.close();
});

test('no automation has an id at whose address something else stands', async () => {
  const home = await openHome();
  const make = () => serviceOf(home).create({ ...ruleThat('one'), id: 'forecast' }, 'ada', BY);
  const { code, pointer } = await refusal(make);
  assert.equal([code, pointer], ['ID_TAKEN', '/id']);
  await home.close();
});

test('of two that are made under one id at once, one is refused', async () => {
  const home = await openHome();
  const automations = serviceOf(home);
  const made = await Promise.allSettled([1, 2].map(() => automations.create(ruleThat('one'), 'ada', BY)));
  assert.equal(made.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  await home.close();
});

test.run();
