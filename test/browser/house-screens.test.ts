// What the screens that are opened now and then do: each makes, changes and takes away its things, and says what is wrong
// at its field.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until } from './bench.ts';
import { comesToBe, axe, expectErrors, type Page, type TestPage } from './harness.ts';

const House = suite('house');

const bench = await openBench();
House.after(() => bench.close());

async function quiet({ errors, close }: TestPage): Promise<void> {
  assert.equal(errors, []);
  await close();
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
const hold = (things: ReadonlyMap<string, { readonly name: string }>, name: string): boolean =>
  [...things.values()].some((each) => each.name === name);

House('a scene is captured, set, changed and taken away, with the way back', async () => {
  const { scenes } = bench.hub.household;
  const test = await bench.visit('/scenes');
  const { page } = test;
  await press(page, 'Capture a scene');
  await press(page, 'Capture');
  await page.getByText('This is needed.').waitFor();
  await page.getByLabel('Name').fill('Reading');
  await page.getByLabel('Of what').selectOption('Living room');
  await press(page, 'Capture');
  await page.getByText('Reading is captured').waitFor();
  assert.ok(hold(scenes, 'Reading'));
  await press(page, 'Set Film night');
  await page.getByText('Film night is set').waitFor();
  assert.is(bench.hub.devices.get('virtual:ceiling')?.properties['onOff.on']?.value, false);
  await press(page, 'Edit Film night');
  await page.getByText('Brightness 20%').waitFor();
  await press(page, 'Take Ceiling light out');
  await until(() => scenes.get('film')?.targets.length === 1, 'one device less');
  await press(page, 'Delete Film night');
  await page.getByText('Film night is deleted').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await until(() => scenes.has('film'), 'the scene is back');
  await quiet(test);
});

House('history shows a chart as an image, with the same values in a table', async () => {
  const test = await bench.visit('/history?device=virtual:climate&property=temperature.temperature');
  const { page } = test;
  await page.getByRole('img', { name: /^Kitchen climate: Temperature, / }).waitFor();
  await comesToBe(() => page.getByRole('table').getByRole('columnheader').count(), 2);
  assert.ok((await page.getByRole('row').count()) > 50);
  await page.getByLabel('Property').selectOption('CO₂');
  await page.getByRole('img', { name: /^Kitchen climate: CO₂/ }).waitFor();
  assert.match(page.url(), /property=co2\.co2/);
  await page.getByRole('radio', { name: 'Week' }).check();
  await page.waitForURL(/span=week/);
  await page.getByLabel('Device').selectOption('Hall motion');
  await page.getByRole('img', { name: /^Hall motion: Motion/ }).waitFor();
  await page.getByRole('cell', { name: 'No motion' }).first().waitFor();
  await press(page, 'Earlier');
  await comesToBe(() => page.getByRole('button', { name: 'Later' }).isEnabled(), true);
  await quiet(test);
});

House('a sheet says why, back to what began it', async () => {
  const test = await bench.visit('/devices/virtual:sofa');
  const { page } = test;
  const sheet = page.getByRole('dialog', { name: 'Sofa lamp' });
  await sheet.getByText('Why is it so?').click();
  await sheet.getByRole('link', { name: 'Turn on Sofa lamp' }).waitFor();
  await sheet.getByText('It began with').waitFor();
  await sheet.getByText('Hall motion: Motion').waitFor();
  assert.equal(await axe(page), [], 'accessible while it says why');
  await sheet.getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await comesToBe(() => page.getByLabel('Device').inputValue(), 'virtual:sofa');
  await quiet(test);
});

House('an automation says what it did, which condition stopped it, and brings back what it was', async () => {
  const test = await bench.visit('/automations/hall-night-light');
  const { page } = test;
  await page.getByText('What it did').click();
  await page.locator('.run').getByText('Turn off Hall lamp').waitFor();
  await page.getByText('A condition did not hold').waitFor();
  await page
    .getByRole('button', { name: /^Why\?/ })
    .last()
    .click();
  await page.getByText('This did not hold: it is after sunset and before sunrise').waitFor();
  await page.getByText('Hall motion, Motion was Motion').waitFor();
  assert.equal(await axe(page), [], 'accessible while it says why');
  await page.getByText('Earlier versions').click();
  await press(page, 'Bring back 1');
  await until(
    () => bench.hub.rules.get('hall-night-light')?.name === 'Hall night light (old)',
    'the old version is back',
  );
  await quiet(test);
});

House('a draft is tried on the past, next to what is saved', async () => {
  const test = await bench.visit('/automations/morning');
  const { page } = test;
  await page.getByText('What would it have done?').click();
  await press(page, 'Try it on the past');
  await page.getByText('It would have acted 2 times.').waitFor();
  await page.getByText('turn on Hall lamp').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Another morning');
  await press(page, 'Try it on the past');
  await page.getByText('1 time only now, 0 times no more').waitFor();
  await page.getByText('only this draft').waitFor();
  assert.equal(await axe(page), [], 'accessible with its result');
  await press(page, 'Discard draft');
  await quiet(test);
});

House('people show who is home, and take someone without an account', async () => {
  const { people } = bench.hub.household;
  const test = await bench.visit('/people');
  const { page } = test;
  await page.getByText('At home').waitFor();
  await press(page, 'Add someone without an account');
  await page.getByLabel('Name').fill('Cy');
  await press(page, 'Hall motion');
  await press(page, 'Save');
  await until(() => hold(people, 'Cy'), 'Cy lives here');
  assert.equal([...people.values()].find((each) => each.name === 'Cy')?.sources, ['virtual:hall-motion']);
  await press(page, 'Add person');
  await page.getByLabel('Password').waitFor();
  await quiet(test);
});

House('notifications are answered and dismissed, and arrive by themselves', async () => {
  const { notifications } = bench.hub.household;
  const test = await bench.visit('/notifications');
  const { page } = test;
  await press(page, 'Lock it');
  await page.getByText('Lock it, by Ada').waitFor();
  await press(page, 'Send a test');
  await page.getByText('This is a test.', { exact: true }).waitFor();
  await press(page, 'Dismiss The washing is done.');
  await until(() => !notifications.has('n2'), 'it is gone');
  const hostile = {
    id: 'n9',
    at: new Date().toISOString(),
    text: '<img src=x onerror=alert(1)>',
    actions: [],
    critical: false,
  };
  notifications.set('n9', hostile);
  bench.hub.broadcast({ topic: 'notification', id: 'n9', notification: hostile });
  await page.getByText('<img src=x onerror=alert(1)>', { exact: true }).first().waitFor();
  await quiet(test);
});

House('a token is made, shown once, and revoked', async () => {
  const { tokens } = bench.hub.household;
  const test = await bench.visit('/tokens');
  const { page } = test;
  await press(page, 'Make a token');
  await page.getByLabel('Name').fill('Door script');
  await page.getByRole('button', { name: 'Hall', exact: true }).click();
  await press(page, 'Make it');
  const shown = page.getByLabel('Token');
  await shown.waitFor();
  assert.match(await shown.inputValue(), /^lintel_/);
  await comesToBe(() => shown.evaluate((each) => each === document.activeElement), true, 'the token has the focus');
  await press(page, 'Done');
  assert.equal([...tokens.values()].find((each) => each.name === 'Door script')?.rooms, ['hall']);
  await press(page, 'Revoke Door script');
  await until(() => !hold(tokens, 'Door script'), 'it is revoked');
  await quiet(test);
});

House('a guest is let in for a while, and comes in by the link', async () => {
  const { guests } = bench.hub.household;
  const test = await bench.visit('/guests');
  const { page } = test;
  await press(page, 'Add guest');
  await page.getByLabel('Name').fill('Dee');
  await press(page, 'Let them in');
  await page.getByText('Choose at least one room.').waitFor();
  await page.getByRole('checkbox', { name: 'Hall' }).check();
  await page.getByRole('checkbox', { name: 'Switch on and off' }).check();
  await page.getByLabel('Until').fill('2031-05-06T18:00');
  await press(page, 'Let them in');
  await page.getByRole('img', { name: /lets Dee in/ }).waitFor();
  assert.match(await page.getByLabel('Link').inputValue(), /#guest=/);
  assert.equal(await axe(page), [], 'accessible with the key on show');
  const made = [...guests.values()].find((each) => each.name === 'Dee');
  assert.equal(made?.commands, ['onOff']);
  await quiet(test);
  const stranger = await bench.stranger('/sign-in#guest=ABCD-EFGH');
  await stranger.page.getByRole('button', { name: 'Come in' }).click();
  await stranger.page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
  await quiet(stranger);
});

House('a schedule is made of times, days and values', async () => {
  const { schedules } = bench.hub.household;
  const test = await bench.visit('/schedules');
  const { page } = test;
  await page.getByRole('link', { name: 'Heating' }).click();
  await page.getByRole('group', { name: 'Time 1' }).getByLabel('Value').fill('20.5');
  await press(page, 'Another time');
  await page.getByRole('group', { name: 'Time 3' }).getByLabel('At').fill('12:00');
  await press(page, 'Save');
  await page.getByText('Heating is saved').waitFor();
  assert.equal(
    schedules.get('heating')?.blocks.map(({ at, value }) => [at, value]),
    [
      ['06:30', 20.5],
      ['22:30', 17],
      ['12:00', 17],
    ],
  );
  await page.getByRole('link', { name: 'New schedule' }).click();
  await page.getByLabel('Name').fill('refused');
  await press(page, 'Save');
  await page.getByText('Choose another name.').waitFor();
  await comesToBe(() => page.getByLabel('Name').getAttribute('aria-invalid'), 'true');
  assert.is(expectErrors(test.errors, /422/), 1);
  await quiet(test);
});

House('variables are set, made and taken away', async () => {
  const { variables } = bench.hub.household;
  const test = await bench.visit('/variables');
  const { page } = test;
  await page.getByRole('switch', { name: 'party' }).click();
  await until(() => variables.get('party')?.value === true, 'it is a party');
  await press(page, 'Edit guests');
  await page.getByLabel('Value').fill('4');
  await press(page, 'Save');
  await until(() => variables.get('guests')?.value === 4, 'four guests');
  await press(page, 'New variable');
  await page.getByLabel('Name').fill('song');
  await page.getByLabel('Kind').selectOption('Words');
  await press(page, 'Save');
  await page.getByText('song is saved').waitFor();
  assert.is(variables.get('song')?.type, 'string');
  await press(page, 'Delete song');
  await until(() => !variables.has('song'), 'it is gone');
  await quiet(test);
});

House('what waits can be called off', async () => {
  const { pending } = bench.hub.household;
  const test = await bench.visit('/pending');
  const { page } = test;
  await page.getByRole('link', { name: 'Slow morning' }).waitFor();
  await press(page, 'Call off Kettle plug goes back');
  await until(() => !pending.has('revert-1'), 'it is called off');
  await page.getByRole('link', { name: 'Hall night light waits until Hall motion is quiet' }).click();
  await page.getByRole('heading', { level: 1, name: /Hall night light/ }).waitFor();
  await quiet(test);
});

House('activity can be about one device', async () => {
  const test = await bench.visit('/activity?device=virtual:sofa');
  const { page } = test;
  await comesToBe(() => page.getByLabel('Device').inputValue(), 'virtual:sofa');
  await page.getByLabel('Device').selectOption('All devices');
  await page.waitForURL(/\/activity$/);
  await quiet(test);
});

House.run();
