// The rule editor: from nothing to "motion, after sunset, lamp at 30%, off after five quiet minutes", with drafts that
// survive leaving, errors at their fields, and every step it cannot edit kept word for word.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until } from './bench.ts';
import { comesToBe, axe, expectErrors, type Page, type TestPage } from './harness.ts';
import { RULES } from './furnished-rules.ts';

const Editor = suite('editor');
/** Longer than an edit must rest before the hub is asked about it. */
const SETTLED_MS = 600;
const bench = await openBench();

Editor.after(() => bench.close());

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const made = (name: string): Rule | undefined => [...bench.hub.rules.values()].find((rule) => rule.name === name);

async function add(page: Page, part: string, option: string): Promise<void> {
  await region(page, part).getByRole('button', { name: /^Add/ }).click();
  await region(page, part).getByRole('button', { name: option, exact: true }).click();
}

async function quiet({ errors, close }: TestPage): Promise<void> {
  assert.equal(errors, []);
  await close();
}

/** Motion in the hall, after sunset: lamp at 30%, off once nobody moved for five minutes. */
async function fillNightLight(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await add(page, 'When', 'A device changes');
  const when = region(page, 'When');
  await when.getByLabel('Device').selectOption('Hall motion');
  await when.getByLabel('Property').selectOption('Motion');
  await when.getByLabel('Becomes').selectOption('Motion');
  await add(page, 'If', 'Sun');
  await region(page, 'If').getByLabel('After', { exact: true }).selectOption('Sunset');
  await add(page, 'Then', 'Set a device');
  const then = region(page, 'Then');
  await then.getByLabel('Device').selectOption('Hall lamp');
  await then.getByLabel('On', { exact: true }).check();
  await then.getByLabel('Brightness').fill('30');
  await add(page, 'Then', 'Wait');
  await then.getByLabel('Is', { exact: true }).selectOption('No motion');
  await then.getByLabel('For', { exact: true }).fill('5 minutes');
  await add(page, 'Then', 'Set a device');
  await then.getByLabel('On', { exact: true }).last().uncheck();
}

Editor('makes the night light of the hall', async () => {
  const test = await bench.visit('/automations');
  const { page } = test;
  await page.getByRole('link', { name: 'New automation' }).click();
  await fillNightLight(page, 'Night light');
  assert.equal(await axe(page), [], 'accessible while it is filled in');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Night light is saved').waitFor();
  const { id: _id, version: _version, enabled: _enabled, ...rule } = made('Night light')!;
  const [device, lamp] = ['virtual:hall-motion', 'virtual:hall-lamp'];
  const moved = { device, property: 'occupancy.occupied' };
  assert.equal(rule, {
    name: 'Night light',
    triggers: [{ kind: 'property', ...moved, becomes: true }],
    conditions: [{ kind: 'sun', after: 'sunset', before: 'sunrise' }],
    actions: [
      { kind: 'set', target: { device: lamp }, values: { 'onOff.on': true, 'level.level': 0.3 } },
      { kind: 'wait', until: { kind: 'property', ...moved, is: false, for: '5m' } },
      { kind: 'set', target: { device: lamp }, values: { 'onOff.on': false } },
    ],
  });
  await page.getByText('wait until Hall motion is “No motion” for 5 minutes, turn off Hall lamp.').first().waitFor();
  assert.is(await page.evaluate(() => localStorage.getItem('lintel.draft.new')), null, 'the draft is gone');
  await quiet(test);
});

Editor('keeps a draft over Back, reload and walking away', async () => {
  const test = await bench.visit('/automations');
  const { page } = test;
  await page.getByRole('link', { name: 'New automation' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Half done');
  await add(page, 'When', 'A time of day');
  await page.goBack();
  await page.getByText('You have an unfinished automation.').waitFor();
  await page.getByRole('link', { name: 'Go on' }).click();
  await comesToBe(() => page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Half done');
  await page.reload();
  await region(page, 'When').getByText('it is 07:00').waitFor();
  await page.goto('about:blank');
  await page.goto(`${bench.url}/automations/new`);
  await comesToBe(() => page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Half done');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await comesToBe(() => page.getByRole('textbox', { name: 'Name' }).inputValue(), '');
  await quiet(test);
});

Editor('shows what it cannot edit in words, and keeps it', async () => {
  const test = await bench.visit('/automations/morning');
  const { page } = test;
  await region(page, 'If').getByText('the mode is Home or anyone is home').waitFor();
  await region(page, 'Then').getByText('choose between 1 way').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Slower morning');
  await region(page, 'Then').getByLabel('Brightness').fill('25');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Slower morning is saved').waitFor();
  const before = RULES.find((rule) => rule.id === 'morning')!;
  const after = made('Slower morning')!;
  assert.equal(after.conditions, before.conditions);
  assert.equal(after.actions[1], before.actions[1]);
  assert.equal(after.actions[0], { ...before.actions[0], values: { 'onOff.on': true, 'level.level': 0.25 } });
  assert.is(after.enabled, false, 'a switched-off rule stays off');
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(() => made('Slow morning') !== undefined, 'the edit is undone');
  await quiet(test);
});

Editor('says what is missing at its field, before anything is sent', async () => {
  const test = await bench.visit('/automations/new');
  const { page } = test;
  await page.getByRole('button', { name: 'Save' }).click();
  await region(page, 'When').getByRole('alert').getByText('Without a trigger it would never run.').waitFor();
  await add(page, 'When', 'A device changes');
  await add(page, 'Then', 'Pause');
  await region(page, 'Then').getByLabel('For', { exact: true }).fill('soon');
  await page.getByRole('button', { name: 'Save' }).click();
  const device = region(page, 'When').getByLabel('Device');
  await comesToBe(() => device.getAttribute('aria-invalid'), 'true');
  const described = await device.getAttribute('aria-describedby');
  await comesToBe(() => page.locator(`#${described?.split(' ')[0]}`).innerText(), 'This is needed.');
  await region(page, 'Then').getByText('A duration such as “90s”').waitFor();
  await comesToBe(
    () => device.evaluate((each) => each === document.activeElement),
    true,
    'the first error has the focus',
  );
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await quiet(test);
});

Editor('shows the hub’s own refusal at the field it points to', async () => {
  const test = await bench.visit('/automations/hall-night-light');
  const { page, errors } = test;
  bench.hub.ruleProblem = { detail: 'Five minutes are too long for this.', pointer: '/actions/1/until/for' };
  await page.getByRole('textbox', { name: 'Name' }).fill('Changed');
  await page.getByRole('button', { name: 'Save' }).click();
  const field = region(page, 'Then').getByLabel('For', { exact: true });
  await field.and(page.locator('[aria-invalid="true"]')).waitFor();
  await region(page, 'Then').getByText('Five minutes are too long for this.').waitFor();
  bench.hub.ruleProblem = null;
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await comesToBe(() => page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Hall night light');
  assert.is(expectErrors(errors, /422/), 1);
  await quiet(test);
});

Editor('switches, runs and deletes a rule, each with its way back', async () => {
  const test = await bench.visit('/automations/hall-night-light');
  const { page } = test;
  await page.getByRole('switch', { name: 'Active' }).click();
  await page.getByText('Hall night light is off').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(() => bench.hub.rules.get('hall-night-light')?.enabled === true, 'on again');
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByText('Started').waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Hall night light is deleted').waitFor();
  assert.is(bench.hub.rules.has('hall-night-light'), false);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await until(() => bench.hub.rules.has('hall-night-light'), 'the rule is back');
  assert.equal(bench.hub.rules.get('hall-night-light')?.actions, RULES[0]!.actions);
  await quiet(test);
});

Editor('is made by keyboard alone', async () => {
  const test = await bench.visit('/automations/new');
  const { page } = test;
  await page.getByRole('textbox', { name: 'Name' }).focus();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const at = region(page, 'When').getByLabel('At', { exact: true });
  await at.waitFor();
  await comesToBe(() => at.evaluate((each) => each === document.activeElement), true, 'the new step has the focus');
  await page.keyboard.type('0830');
  await region(page, 'When').getByText('it is 08:30').waitFor();
  await page.getByRole('button', { name: 'Discard draft' }).press('Enter');
  await quiet(test);
});

Editor(
  'what the rules have together is said at its field, or above with the way to the other, and saving works',
  async () => {
    const alone = {
      severity: 'warning',
      code: 'unknown-property',
      rule: 'hall-night-light',
      pointer: '/triggers/0/property',
      message: 'Hall motion has not told this for a week.',
    };
    const together = {
      severity: 'warning',
      code: 'conflict',
      rule: 'morning',
      pointer: '/actions',
      message: 'Both set Hall lamp, to different values.',
      with: 'hall-night-light',
    };
    bench.hub.problems = [alone, together, { ...together, rule: 'morning', with: 'everything', message: 'Elsewhere.' }];
    const test = await bench.visit('/automations/hall-night-light');
    const { page } = test;
    const property = region(page, 'When').getByLabel('Property');
    await page.getByText(alone.message).waitFor();
    const described = await property.getAttribute('aria-describedby');
    assert.is(await page.locator(`#${described}`).innerText(), alone.message);
    assert.is(await property.getAttribute('aria-invalid'), null, 'worth a look is not wrong');
    const above = region(page, 'Worth a look');
    await above.getByText(together.message).waitFor();
    assert.is(await page.getByText('Elsewhere.').count(), 0, 'what other rules have together is theirs');
    assert.is(await above.getByText(alone.message).count(), 0, 'said once');
    assert.equal(await axe(page), [], 'accessible with both');
    await page.getByRole('textbox', { name: 'Name' }).fill('Night light');
    await page.getByRole('button', { name: 'Save' }).click();
    await until(() => bench.hub.rules.get('hall-night-light')?.name === 'Night light', 'saved all the same');
    await page.goto(`${bench.url}/automations/hall-night-light`);
    await above.getByRole('link', { name: 'Look at Slow morning' }).click();
    await page.getByRole('heading', { level: 1, name: 'Slow morning' }).waitFor();
    bench.hub.problems = [];
    await quiet(test);
  },
);

Editor('a slow hub is asked about one draft at a time, and last about the newest', async () => {
  const test = await bench.visit('/');
  const { page } = test;
  const asked: string[] = [];
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await page.route('**/api/automations/check', async (route) => {
    asked.push((route.request().postDataJSON() as { rules: { name: string }[] }).rules[0]!.name);
    await answered;
    await route.continue();
  });
  await page.clock.install();
  await page.goto(`${bench.url}/automations/morning`);
  const name = page.getByRole('textbox', { name: 'Name' });
  const before = await name.inputValue();
  await page.clock.runFor(SETTLED_MS);
  await until(() => asked.length > 0, 'the rule is asked about');
  for (const draft of ['One', 'Two', 'Three']) {
    await name.fill(draft);
    await page.clock.runFor(SETTLED_MS);
  }
  assert.equal(asked, [before]);
  answer();
  await until(() => asked.length > 1, 'the newest draft is asked about');
  assert.equal(asked, [before, 'Three']);
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await quiet(test);
});

Editor('a problem that no field shows stands above', async () => {
  const nowhere = {
    severity: 'error',
    code: 'never-fires',
    rule: 'morning',
    pointer: '/triggers',
    message: 'It never starts.',
  };
  bench.hub.problems = [nowhere];
  const test = await bench.visit('/automations/morning');
  await region(test.page, 'Worth a look').getByText(nowhere.message).waitFor();
  bench.hub.problems = [];
  await quiet(test);
});

Editor.run();
