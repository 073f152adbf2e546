// From an unclaimed hub to a furnished home, from a stick's wrong port to a named lamp in its room.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until, type Bench } from './bench.ts';
import { comesToBe, axe, expectErrors, type Page, type TestPage } from './harness.ts';

const SLOW_ANSWER_MS = 500;

const Arrival = suite('arrival');
let bench: Bench;

Arrival.before.each(async () => {
  bench = await openBench({ claimed: false, furnished: false });
});
Arrival.after.each(() => bench.close());

async function quiet({ errors, close }: TestPage): Promise<void> {
  assert.equal(errors, []);
  await close();
}

async function introduce(page: Page, code: string, password: string): Promise<void> {
  await page.getByLabel('Setup code').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function locate(page: Page): Promise<void> {
  await page.getByLabel('Home name').fill('Linden Street');
  await page.getByLabel('City').pressSequentially('kopenh');
  await page.getByLabel('City').fill('Copenh');
  await page
    .getByRole('listbox')
    .getByRole('option', { name: /Copenhagen/ })
    .click();
  await comesToBe(() => page.getByLabel('Latitude').inputValue(), '55.68');
  await comesToBe(() => page.getByLabel('Time zone').inputValue(), 'Europe/Copenhagen');
}

Arrival('a home is claimed with a virtual one, and its devices stand in rooms', async () => {
  const test = await bench.stranger('/');
  const { page } = test;
  await page.waitForURL('**/setup');
  await introduce(page, 'setup-code-1234', 'correct horse battery');
  await comesToBe(() => page.getByLabel('Time zone').inputValue(), 'Europe/Berlin', 'preselected from the browser');
  await locate(page);
  assert.equal(await axe(page), []);
  await page.getByRole('button', { name: 'Try it with a virtual home' }).click();
  await page.getByRole('heading', { level: 2, name: 'Living room' }).waitFor();
  assert.is(new URL(page.url()).pathname, '/');
  assert.is(bench.hub.home.timeZone, 'Europe/Copenhagen');
  await quiet(test);
});

Arrival('what the hub refuses stands at its field, on its step, and nothing typed is lost', async () => {
  const test = await bench.stranger('/setup');
  const { page, errors } = test;
  await page.getByRole('button', { name: 'Continue' }).click();
  await comesToBe(() => page.getByLabel('Setup code').getAttribute('aria-invalid'), 'true');
  await introduce(page, 'wrong-code', 'short');
  await page.getByLabel('Home name').fill('Here');
  await page.getByLabel('Latitude').fill('95');
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('Between -90 and 90.').waitFor();
  await page.getByLabel('Latitude').fill('52,5');
  await page.getByLabel('Longitude').fill('13.4');
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('That is not the setup code.').waitFor();
  await comesToBe(() => page.getByLabel('Setup code').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Setup code').fill('setup-code-1234');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('Choose a longer password.').waitFor();
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Continue' }).click();
  await comesToBe(() => page.getByLabel('Home name').inputValue(), 'Here');
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('Nothing here yet').waitFor();
  assert.is(bench.hub.home.latitude, 52.5);
  assert.is(expectErrors(errors, /403|422/), 2);
  await quiet(test);
});

Arrival(
  'a plugin is set up, its errors stand at their fields, and a lamp is paired, named and put in a new room',
  async () => {
    bench.hub.claimed = true;
    const test = await bench.visit('/plugins');
    const { page, errors } = test;
    await page.getByRole('link', { name: 'Zigbee' }).click();
    await page.getByRole('button', { name: 'Save and switch on' }).click();
    const port = page.getByLabel('Port');
    await comesToBe(() => port.getAttribute('aria-invalid'), 'true');
    await page.getByLabel('Channel').fill('99');
    await port.fill('bad');
    await page.getByRole('button', { name: 'Save and switch on' }).click();
    await page.getByText('Between 11 and 26.').waitFor();
    await page.getByLabel('Channel').fill('15');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('No stick at this port.').waitFor();
    await comesToBe(() => port.getAttribute('aria-invalid'), 'true');
    await port.fill('tcp://127.0.0.1:9999');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('It works.').waitFor();
    await page.getByRole('button', { name: 'Save and switch on' }).click();
    await page.getByText('Zigbee is saved').waitFor();
    assert.equal(bench.hub.plugins.get('zigbee')?.settings, { port: 'tcp://127.0.0.1:9999', channel: 15 });
    await page.getByRole('link', { name: 'Look for devices' }).click();
    await pairLamp(page);
    assert.is(expectErrors(errors, /422/), 1);
    await quiet(test);
  },
);

async function pairLamp(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Zigbee', checked: true }).waitFor();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { level: 2, name: 'LED bulb' }).waitFor();
  await page.locator('lintel-pair-card').getByText('Ready').waitFor();
  assert.equal(await axe(page), []);
  await page.getByRole('textbox', { name: 'Name' }).fill('Desk lamp');
  await page.getByLabel('Room', { exact: true }).selectOption('New room…');
  await page.getByLabel('Name of the new room').fill('Study');
  await page.getByRole('button', { name: 'Add room' }).click();
  await page.getByText('is now in Study').waitFor();
  await until(() => bench.hub.devices.get('virtual:lamp-found')?.name === 'Desk lamp', 'the lamp has its name');
  await page.route('**/api/devices/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_ANSWER_MS));
    await route.continue();
  });
  await page.getByRole('textbox', { name: 'Name' }).fill('Reading lamp');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { level: 2, name: 'Study' }).waitFor();
  assert.is(
    bench.hub.devices.get('virtual:lamp-found')?.name,
    'Reading lamp',
    'nobody is done before the name is kept',
  );
  assert.is(bench.hub.pairings.get('zigbee')?.open, false, 'the network is closed');
}

Arrival.run();
