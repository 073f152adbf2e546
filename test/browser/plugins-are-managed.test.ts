// Plugins in the page: brought with what they may do in words before they run, tried, updated, rolled back, taken away.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until } from './bench.ts';
import { comesToBe, axe, expectErrors, type TestPage } from './harness.ts';
import { PLUGINS } from './furnished-plugins.ts';

const Plugins = suite('plugins');

const bench = await openBench();
Plugins.after(() => bench.close());

async function quiet({ errors, close }: TestPage): Promise<void> {
  assert.equal(errors, []);
  await close();
}

Plugins('are brought by name, and say what they may do before they run', async () => {
  const test = await bench.visit('/plugins');
  const { page, errors } = test;
  await page.getByRole('button', { name: 'Add a plugin' }).click();
  const source = page.getByLabel('Package or folder');
  await comesToBe(() => source.evaluate((each) => each === document.activeElement), true, 'the field has the focus');
  await source.fill('Not A Package');
  await page.getByRole('button', { name: 'Bring it' }).click();
  await page.getByText('An npm name in small letters').waitFor();
  await comesToBe(() => source.getAttribute('aria-invalid'), 'true');
  await source.fill('missing');
  await page.getByRole('button', { name: 'Bring it' }).click();
  await page.getByText('npm knows no package of this name.').waitFor();
  await source.fill('taken');
  await page.getByRole('button', { name: 'Bring it' }).click();
  await page.getByRole('alert').getByText('is there already').waitFor();
  assert.equal(await axe(page), [], 'accessible while it is filled in');
  await source.fill('acme');
  await page.getByRole('button', { name: 'Bring it' }).click();
  await page.waitForURL('**/plugins/acme');
  await page.getByRole('heading', { level: 1, name: 'Acme lamps' }).waitFor();
  await page.getByText('Uses your network to reach acme.example.').waitFor();
  await page.getByText('nobody but its maker vouches for it').waitFor();
  await page.getByText('Silver', { exact: true }).waitFor();
  assert.is(bench.hub.plugins.get('acme')?.enabled, false, 'nothing of it runs yet');
  assert.equal(await axe(page), [], 'accessible before it starts');
  assert.is(expectErrors(errors, /422|409/), 2);
  await quiet(test);
});

Plugins('are updated, rolled back and taken away with their devices', async () => {
  const test = await bench.visit('/plugins/acme');
  const { page } = test;
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByText('Acme lamps is now version 1.3.0').waitFor();
  await page.getByRole('button', { name: 'Back to version 1.2.0' }).click();
  await page.getByText('Acme lamps is back at version 1.2.0').waitFor();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByRole('radio', { name: 'Remove them too' }).check();
  await page.getByRole('button', { name: 'Take away', exact: true }).click();
  await page.waitForURL('**/plugins');
  assert.is(bench.hub.removedWith, 'remove');
  assert.is(bench.hub.plugins.has('acme'), false);
  await quiet(test);
});

Plugins('from the catalogue come with one press', async () => {
  const test = await bench.visit('/plugins');
  const { page } = test;
  await page.getByRole('button', { name: 'Add a plugin' }).click();
  await page.getByText('Is here').waitFor();
  await page.getByRole('button', { name: 'Get Acme lamps' }).click();
  await page.waitForURL('**/plugins/acme');
  bench.hub.plugins.delete('acme');
  await quiet(test);
});

Plugins('that come with Lintel are neither updated nor taken away here', async () => {
  const { page, close } = await bench.visit('/plugins/virtual');
  await page.getByRole('button', { name: 'Restart' }).waitFor();
  for (const name of ['Update', 'Take it away']) assert.is(await page.getByRole('button', { name }).count(), 0, name);
  await close();
});

Plugins('settings are tried before they are saved, with the error at the field', async () => {
  const test = await bench.visit('/plugins/zigbee');
  const { page, errors } = test;
  const port = page.getByLabel('Port');
  await port.fill('bad');
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByText('No stick at this port.').waitFor();
  const described = await port.getAttribute('aria-describedby');
  assert.match(await page.locator(`#${described!.split(' ')[0]}`).innerText(), /No stick at this port/);
  await port.fill('tcp://stick:6638');
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByText('It works. Nothing is saved yet.').waitFor();
  assert.is(bench.hub.plugins.get('zigbee')?.enabled, false);
  await page.getByLabel('Channel').fill('99');
  await page.getByRole('button', { name: 'Save and switch on' }).click();
  await page.getByText('Between 11 and 26.').waitFor();
  assert.is(expectErrors(errors, /422/), 1);
  await quiet(test);
});

Plugins('in quarantine say why, show their log as text, and get a fresh chance', async () => {
  const broken = {
    ...PLUGINS[0]!,
    status: 'quarantined',
    health: { ...PLUGINS[0]!.health, lastError: 'Out of memory <i>' },
  } as const;
  bench.hub.plugins.set('virtual', broken);
  bench.hub.safeMode = true;
  const test = await bench.visit('/plugins');
  const { page } = test;
  await page.getByText('Safe mode').waitFor();
  await page.getByRole('link', { name: 'Virtual home' }).click();
  await page.getByText('It crashed five times in ten minutes').waitFor();
  await page.getByText('Out of memory <i>').waitFor();
  await page.getByText('Log', { exact: true }).click();
  await page.getByRole('log').getByText('Lamp <b>3</b> is slow to answer').waitFor();
  assert.is(await page.getByText('old() is to go').count(), 0, 'what only authors can mend is not shown');
  assert.equal(await axe(page), [], 'accessible with its log open');
  await page.getByRole('button', { name: 'Restart' }).click();
  await until(() => bench.hub.plugins.get('virtual')?.status === 'running', 'it runs again');
  bench.hub.safeMode = false;
  await quiet(test);
});

Plugins.run();
