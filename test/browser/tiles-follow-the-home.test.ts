// What a person sees of a device is true: live values, wishes that are marked as wishes, failures said aloud, staleness
// shown, a way back from every change, and names that are only ever text.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until } from './bench.ts';
import { comesToBe, expectErrors, type Page, type TestPage } from './harness.ts';

const Tiles = suite('tiles');
const bench = await openBench();

Tiles.after(() => bench.close());
Tiles.after.each(() => {
  bench.hub.broken.clear();
  bench.hub.held = null;
});

const HALL = 'virtual:hall-lamp';
const tile = (page: Page, id: string) => page.locator(`[data-device="${id}"]`).first();
const value = (id: string, property: string): unknown => bench.hub.devices.get(id)?.properties[property]?.value;
const connection = (page: Page) => page.getByRole('status', { name: 'Connection' });

async function quiet({ errors, close }: TestPage): Promise<void> {
  assert.equal(errors, []);
  await close();
}

Tiles('a report shows in two browsers at once', async () => {
  const [one, two] = [await bench.visit('/'), await bench.visit('/', { device: 'phone' })];
  bench.hub.report('virtual:hall-motion', { 'occupancy.occupied': true });
  for (const { page } of [one, two]) await tile(page, 'virtual:hall-motion').getByText('Motion · 14 lx').waitFor();
  bench.hub.report('virtual:hall-motion', { 'occupancy.occupied': false });
  for (const { page } of [one, two]) await tile(page, 'virtual:hall-motion').getByText('No motion').waitFor();
  await quiet(one);
  await quiet(two);
});

Tiles('a switch asks, is marked as pending, is confirmed, and can be undone', async () => {
  const test = await bench.visit('/');
  const { page } = test;
  bench.hub.report(HALL, { 'onOff.on': false });
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  bench.hub.held = held;
  const control = tile(page, HALL).getByRole('switch');
  await control.click();
  assert.is(await control.getAttribute('aria-busy'), 'true', 'shown as a wish');
  assert.is(value(HALL, 'onOff.on'), false, 'not yet done');
  letGo();
  await page.getByText('Hall lamp on', { exact: true }).waitFor();
  await comesToBe(() => control.getAttribute('aria-busy'), 'false');
  await comesToBe(() => control.getAttribute('aria-checked'), 'true');
  assert.is(value(HALL, 'onOff.on'), true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(
    (id) => document.querySelector(`[data-device="${id}"] [role=switch]`)?.ariaChecked === 'false',
    HALL,
  );
  await control.and(page.locator('[aria-busy="false"]')).waitFor();
  assert.is(value(HALL, 'onOff.on'), false);
  await quiet(test);
});

Tiles('a device that does not answer is said so, goes back to what it is, and can be tried again', async () => {
  const test = await bench.visit('/');
  const { page } = test;
  bench.hub.broken.set(HALL, 'DEVICE_OFFLINE');
  const control = tile(page, HALL).getByRole('switch');
  await control.click();
  await page.getByText('Hall lamp did not do it. It does not answer. Check its power.').waitFor();
  await comesToBe(() => control.getAttribute('aria-checked'), 'false');
  await tile(page, HALL).getByText('Did not answer').waitFor();
  bench.hub.broken.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Hall lamp on', { exact: true }).waitFor();
  assert.is(value(HALL, 'onOff.on'), true);
  await quiet(test);
});

Tiles('a lost connection marks every tile as stale, and the home comes back by itself', async () => {
  const test = await bench.visit('/');
  const { page, errors } = test;
  assert.is(await page.locator('[data-stale] [data-device]').count(), 0);
  bench.hub.sessions.clear();
  bench.hub.sessions.add('test-session');
  bench.hub.refusing = true;
  bench.hub.drop();
  await connection(page)
    .getByText(/Reconnecting|Offline/)
    .waitFor();
  const [all, stale] = [page.locator('lintel-tile'), page.locator('[data-stale] lintel-tile')];
  assert.is(await stale.count(), await all.count());
  bench.hub.report(HALL, { 'onOff.on': false });
  bench.hub.refusing = false;
  await connection(page).getByText('Live').waitFor();
  assert.is(await stale.count(), 0);
  await tile(page, HALL).getByText('Off', { exact: true }).waitFor();
  expectErrors(errors, /WebSocket|ERR_|503/);
  await quiet(test);
});

Tiles('a revoked session lands on sign-in, and signing in shows the home again', async () => {
  const test = await bench.visit('/rooms');
  const { page, errors } = test;
  bench.hub.sessions.delete('test-session');
  bench.hub.drop(1008);
  await page.waitForURL('**/sign-in');
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('Name or password is wrong.').waitFor();
  await page.getByLabel('Password').fill(bench.hub.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await connection(page).getByText('Live').waitFor();
  await tile(page, HALL).waitFor();
  bench.hub.sessions.add('test-session');
  assert.ok(expectErrors(errors, /401/) >= 1);
  await quiet(test);
});

Tiles('the sheet opens over the home, follows the device, and gives the focus back', async () => {
  const test = await bench.visit('/');
  const { page } = test;
  await tile(page, 'virtual:sofa').getByRole('link').press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Sofa lamp' });
  await sheet.waitFor();
  assert.match(page.url(), /\/devices\/virtual%3Asofa$/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await sheet.getByRole('slider', { name: 'Brightness' }).fill('80');
  await page.getByText('Sofa lamp: 80%').waitFor();
  assert.is(value('virtual:sofa', 'level.level'), 0.8);
  bench.hub.report('virtual:sofa', { 'level.level': 0.25 });
  await sheet.getByText('On · 25%').waitFor();
  await comesToBe(() => sheet.getByRole('slider', { name: 'Brightness' }).inputValue(), '25');
  await sheet.getByRole('button', { name: '2700 K' }).click();
  await page.getByText('Sofa lamp: 2700 K').waitFor();
  assert.is(value('virtual:sofa', 'color.mode'), 'temperature');
  await sheet.getByRole('button', { name: 'Undo' }).last().click();
  await until(() => value('virtual:sofa', 'color.mode') === 'hs', 'the colour is back');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  assert.is(new URL(page.url()).pathname, '/');
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('[data-device]')?.getAttribute('data-device'));
  await comesToBe(focused, 'virtual:sofa');
  await quiet(test);
});

Tiles('sliders take sensible steps from the keyboard', async () => {
  const test = await bench.visit('/devices/virtual:heating');
  const { page } = test;
  const slider = page.getByRole('slider', { name: 'Target temperature' });
  await slider.press('ArrowRight');
  await page.getByText('Radiator: 22 °C').waitFor();
  assert.is(value('virtual:heating', 'thermostat.heatingSetpoint'), 22);
  await comesToBe(() => slider.getAttribute('aria-valuetext'), '22 °C');
  await quiet(test);
});

Tiles('a lock opens by a hold alone, and the hold answers the hub’s question', async () => {
  bench.hub.home = { ...bench.hub.home, confirm: ['lock.unlock'] };
  bench.hub.heard.length = 0;
  const test = await bench.visit('/devices/virtual:front-door');
  const { page } = test;
  const hold = page.getByRole('button', { name: 'Hold to unlock' });
  await hold.click();
  await hold.focus();
  await page.keyboard.down('Enter');
  await until(() => bench.hub.heard.length === 2, 'the command and its confirmation');
  await page.keyboard.up('Enter');
  const [asked, confirmed] = bench.hub.heard.map(({ id: _id, ...rest }) => rest);
  const command = { type: 'command', device: 'virtual:front-door', command: 'lock.unlock' };
  assert.equal([asked, confirmed], [command, { ...command, confirm: 'key-1' }], 'the short press before sent nothing');
  await quiet(test);
});

Tiles('a switch with two gangs has a control for each', async () => {
  const plug = bench.hub.devices.get('virtual:fridge')!;
  const gang = plug.endpoints[0]!.capabilities.filter((each) => each.name === 'onOff');
  const second = { id: '2', name: 'Left', kind: null, room: null, capabilities: gang };
  const properties = { ...plug.properties, 'onOff.on@2': { ...plug.properties['onOff.on']!, value: false } };
  bench.hub.replace(plug.id, { endpoints: [...plug.endpoints, second], properties });
  const test = await bench.visit('/devices/virtual:fridge');
  const { page } = test;
  await page.getByRole('switch', { name: 'Power · Left' }).click();
  await until(() => value(plug.id, 'onOff.on@2') === true, 'the second gang is on');
  assert.is(value(plug.id, 'onOff.on'), true);
  await quiet(test);
});

Tiles('a name is only ever text', async () => {
  const hostile = '<img src=x onerror="document.title=\'broken in\'"><script>alert(1)</script>{{x}}${y}';
  const before = bench.hub.devices.get(HALL)!;
  bench.hub.replace(HALL, { name: hostile, manufacturer: hostile, model: hostile });
  const test = await bench.visit('/');
  const { page } = test;
  assert.is(await tile(page, HALL).locator('.tile-name').innerText(), hostile);
  await tile(page, HALL).getByRole('link').click();
  await page.getByRole('dialog').waitFor();
  assert.is(await page.getByRole('dialog').locator('h2').innerText(), hostile);
  assert.is(await page.locator('main img, dialog img').count(), 0);
  assert.not.match(await page.title(), /broken in/);
  await page.goto(`${bench.url}/automations/hall-night-light`);
  await page.getByRole('region', { name: 'Then' }).waitFor();
  assert.is(await page.locator('main img').count(), 0);
  bench.hub.replace(HALL, before);
  await quiet(test);
});

Tiles('a device moves, is renamed, and both have a way back', async () => {
  const test = await bench.visit('/devices/virtual:porch');
  const { page } = test;
  await page.getByLabel('Room', { exact: true }).selectOption('Hall');
  await page.getByText('Porch lamp is now in Hall').waitFor();
  assert.is(bench.hub.devices.get('virtual:porch')?.room, 'hall');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('#device-room')?.value === '');
  await page.getByLabel('Name', { exact: true }).fill('Garden lamp');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog', { name: 'Garden lamp' }).waitFor();
  await quiet(test);
});

Tiles('quick search opens by keyboard, finds by the room too, and goes there', async () => {
  const test = await bench.visit('/more');
  const { page } = test;
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog', { name: 'Quick search' });
  await search.getByRole('combobox').fill('kitch clim');
  await search.getByRole('option', { name: /Kitchen climate/ }).waitFor();
  await comesToBe(() => search.getByRole('option').count(), 1);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Kitchen climate' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Meta+k');
  await search.waitFor();
  await page.keyboard.press('Escape');
  await search.waitFor({ state: 'detached' });
  await quiet(test);
});

Tiles('the mode of the home changes with a way back', async () => {
  const test = await bench.visit('/');
  const { page } = test;
  await page.getByRole('radio', { name: 'Night' }).check();
  await page.getByText('Mode is now Night').waitFor();
  assert.is(bench.hub.home.mode, 'night');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('radio', { name: 'Home', checked: true }).waitFor();
  assert.is(bench.hub.home.mode, 'home');
  await quiet(test);
});

Tiles('the language of the home sets the direction of the page', async () => {
  const test = await bench.visit('/');
  const { page } = test;
  bench.hub.home = { ...bench.hub.home, language: 'ar' };
  bench.hub.broadcast({ topic: 'home', home: bench.hub.home });
  await page.locator('html[dir="rtl"][lang="ar"]').waitFor({ state: 'attached' });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0);
  bench.hub.home = { ...bench.hub.home, language: 'en' };
  await quiet(test);
});

Tiles.run();
