// Automations of another hub: pasted or chosen as a file, mapped to what is here, looked at with a report, and saved as chosen.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until } from './bench.ts';
import { checkBoth } from './every-screen.ts';
import { YAML } from './fake-import.ts';
import { comesToBe, expectErrors } from './harness.ts';

const Bring = suite('bring');
const bench = await openBench();
const { rules } = bench.hub;

const test = await bench.visit('/automations', { device: 'phone', reducedMotion: 'reduce' });
const page = test.page;
Bring.after(() => bench.close());
Bring.after.each(() => assert.equal(test.errors.splice(0), []));

const named = (name: string) => [...rules.values()].filter((rule) => rule.name === name);
const region = (name: string) => page.getByRole('region', { name, exact: true });

async function paste(yaml: string): Promise<void> {
  await page.goto(`${bench.url}/automations/import`);
  await page.getByLabel('YAML').fill(yaml);
  await page.getByRole('button', { name: 'Read it' }).click();
}

Bring('text that is no YAML is refused at the field, with its line', async () => {
  await page.getByRole('link', { name: 'Bring from Home Assistant' }).click();
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('Paste something first.').waitFor();
  await page.getByLabel('YAML').fill('- alias: x\n\ttriggers: []');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('line 2: tabs cannot be used').waitFor();
  await comesToBe(() => page.getByLabel('YAML').getAttribute('aria-invalid'), 'true');
  assert.is(expectErrors(test.errors, /400/), 1);
});

Bring('only what the report names is asked for, and a name that says it is guessed', async () => {
  await paste(YAML);
  const entities = region('What is what');
  await entities.waitFor();
  assert.is(
    await entities.getByLabel('binary_sensor.hall_motion', { exact: true }).inputValue(),
    'device:virtual:hall-motion',
  );
  await comesToBe(
    () => entities.getByLabel('light.entrance', { exact: true }).inputValue(),
    '',
    'nobody can know this one',
  );
  const report = region('Report');
  await report.getByText('"light.entrance" is not mapped').first().waitFor();
  await report.getByText('Line 10', { exact: false }).first().waitFor();
  await report.getByText('entity_id: light.entrance').first().waitFor();
  await comesToBe(() => page.getByText('Comes switched off').count(), 2);
  await comesToBe(
    () => page.evaluate(() => document.activeElement?.id),
    'import-what',
    'the focus is at what became of it',
  );
  await checkBoth(test, 'import-mapped-phone');
});

Bring('a mapped entity fills the rules at once, and the chosen ones are saved', async () => {
  await region('What is what').getByLabel('light.entrance', { exact: true }).selectOption('device:virtual:hall-lamp');
  await region('Report').getByText('Everything was understood.').waitFor();
  await page.getByText('When Hall motion becomes “Motion”: turn on Hall lamp.').waitFor();
  await page.getByText('An automation with this id is here already').waitFor();
  await page.getByRole('checkbox', { name: 'Good morning' }).uncheck();
  await page.getByRole('button', { name: 'Save 1 automation' }).click();
  await page.getByText('1 automation is here now').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Automations' }).waitFor();
  assert.is(named('Hall at night').length, 1);
  assert.is(named('Good morning').length, 0);
});

Bring('an id that is taken does not replace what is here', async () => {
  await paste(YAML);
  await region('What is what').getByLabel('light.entrance', { exact: true }).selectOption('device:virtual:hall-lamp');
  await page.getByRole('checkbox', { name: 'Hall at night' }).uncheck();
  await page.getByRole('button', { name: 'Save 1 automation' }).click();
  await until(() => named('Good morning').length === 1, 'saved beside');
  assert.is(rules.get('morning')?.name, 'Slow morning');
});

Bring('a file is read like pasted text, and a blueprint asks for its inputs', async () => {
  await page.goto(`${bench.url}/automations/import`);
  const file = { name: 'blueprint.yaml', mimeType: 'text/yaml', buffer: Buffer.from('wait: !input wait\n') };
  await page.getByLabel('Choose a file').setInputFiles(file);
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('!input'));
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('form', { name: 'What the blueprint asks' }).getByLabel('wait').fill('120');
});

Bring.run();
