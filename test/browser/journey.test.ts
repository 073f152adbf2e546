// The main job as a person does it, in two browsers at once, over a real Zigbee stack: claim the home, bring the radio in, pair,
// switch and dim, make a rule, and see it kept through a killed hub and a lost coordinator.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, OWNER, SETUP_CODE, startHub } from '../home/harness.ts';
import { whereItIsNight } from '../home/night.ts';
import { createSimulator } from '../zigbee-simulator/simulator.ts';
import { axe, expectErrors, newPage, openBrowser, type Page, type TestPage } from './harness.ts';

const test = suite('journey');

const LAMP = 'ikea-color-lamp';
const SENSOR = 'philips-motion';
const WAIT_SECONDS = 4;

const simulator = await createSimulator({ devices: [LAMP, SENSOR] });
let hub = await startHub();
const browser = await openBrowser();
const desktop = await newPage(browser, { device: 'desktop' });
let phone: TestPage;

const idOf = (model: string): string => `zigbee:${simulator.device(model).ieee}`;
const lampIsOn = (): boolean => Number(simulator.device(LAMP).get('genOnOff.onOff')) === 1;
const lampLevel = (): number => Number(simulator.device(LAMP).get('genLevelCtrl.currentLevel'));
const sees = (occupied: boolean): void =>
  simulator.report(SENSOR, { 'msOccupancySensing.occupancy': occupied ? 1 : 0 });
const until = (fits: () => boolean, what: string, limitMs = 15_000): Promise<boolean> =>
  eventually(() => Promise.resolve(fits()), Boolean, what, limitMs);

const tile = (page: Page, model: string) => page.locator(`[data-device="${idOf(model)}"]`).first();
const open = (page: Page, path: string) => page.goto(hub.address + path);

async function accessible(page: Page): Promise<void> {
  assert.equal(await axe(page), []);
}

test.after(async () => {
  await browser.close();
  await hub.kill();
  await simulator.close();
});

test('the home is claimed', async () => {
  const { page } = desktop;
  const place = whereItIsNight(Date.now());
  await open(page, '/');
  await page.getByLabel('Setup code').fill(SETUP_CODE);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Home name').fill('Willow Lane');
  await page.getByLabel('Latitude').fill(String(place.latitude));
  await page.getByLabel('Longitude').fill(place.longitude.toFixed(3));
  await accessible(page);
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.waitForURL(`${hub.address}/`);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
});

test('the Zigbee plugin is enabled, and a wrong port says so at its field', async () => {
  const { page, errors } = desktop;
  await open(page, '/plugins/zigbee');
  const port = page.getByLabel('Port', { exact: false }).first();
  await port.fill('tcp://127.0.0.1:9');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  expectErrors(errors, /422/);
  await port.fill(simulator.url);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Running').first().waitFor();
  await accessible(page);
});

test('a lamp and a sensor are paired, named and put in a room', async () => {
  const { page } = desktop;
  await open(page, '/pairing');
  await page.getByText('Zigbee').first().click();
  await page.getByRole('button', { name: 'Start' }).click();
  await until(() => simulator.permitsJoining, 'joining is permitted');
  for (const [model, name] of [
    [LAMP, 'Hall lamp'],
    [SENSOR, 'Hall sensor'],
  ] as const) {
    simulator.join(model);
    const field = page.getByRole('textbox', { name: 'Name' }).last();
    await eventually(
      () => page.getByRole('textbox', { name: 'Name' }).count(),
      (count) => count === (model === LAMP ? 1 : 2),
      `${name} is found`,
      20_000,
    );
    await field.fill(name);
    await field.press('Tab');
  }
  await accessible(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  const { body } = await ((hub.token = await tokenOf(page)), hub.ask('GET', '/api/devices'));
  assert.equal(body.items.map(({ name }: { name: string }) => name).toSorted(), ['Hall lamp', 'Hall sensor']);
});

/** Scripts act as the person does, by the same session. */
async function tokenOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name === 'lintel')?.value ?? '';
}

test('a second browser sees the lamp switched and dimmed in the first', async () => {
  phone = await newPage(browser, { device: 'phone', colorScheme: 'dark' });
  await open(phone.page, '/');
  await phone.page.getByLabel('Name').fill(OWNER.name);
  await phone.page.getByLabel('Password').fill(OWNER.password);
  await phone.page.getByRole('button', { name: 'Sign in' }).click();
  await tile(phone.page, LAMP).waitFor();
  expectErrors(phone.errors, /401/);
  await open(desktop.page, '/');
  await tile(desktop.page, LAMP).getByRole('switch').click();
  await until(lampIsOn, 'the lamp is really on');
  await tile(phone.page, LAMP).getByRole('switch', { checked: true }).waitFor();
  await open(desktop.page, `/devices/${encodeURIComponent(idOf(LAMP))}`);
  const brightness = desktop.page.getByRole('slider', { name: 'Brightness' });
  await brightness.focus();
  await brightness.press('Home');
  await until(() => lampLevel() < 10, 'the lamp is really dim');
  await desktop.page.keyboard.press('Escape');
  await tile(phone.page, LAMP).getByRole('switch').click();
  await until(() => !lampIsOn(), 'the lamp is really off');
  await accessible(phone.page);
});

test('a sensor change is seen live', async () => {
  sees(true);
  await tile(phone.page, SENSOR).getByText('Motion', { exact: false }).first().waitFor();
  sees(false);
  await tile(phone.page, SENSOR).getByText('No motion', { exact: false }).first().waitFor();
});

test('an automation is made in sentences', async () => {
  const { page } = desktop;
  await open(page, '/automations');
  await page.getByRole('link', { name: 'New automation' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Hall night light');
  const region = (name: string) => page.getByRole('region', { name });
  const add = async (where: string, what: string): Promise<void> => {
    await region(where).getByRole('button', { name: /^Add/ }).last().click();
    await region(where).getByRole('button', { name: what, exact: true }).click();
  };
  await add('When', 'A device changes');
  await region('When').getByLabel('Device').selectOption({ label: 'Hall sensor' });
  await region('When').getByLabel('Property').selectOption({ label: 'Motion' });
  await add('If', 'Sun');
  await add('Then', 'Set a device');
  await region('Then').getByLabel('Device').selectOption({ label: 'Hall lamp' });
  await region('Then').getByLabel('Brightness').fill('30');
  await add('Then', 'Wait');
  await region('Then').getByLabel('Device').nth(1).selectOption({ label: 'Hall sensor' });
  await region('Then').getByLabel('Property').last().selectOption({ label: 'Motion' });
  await region('Then').getByLabel('For').last().fill(`${WAIT_SECONDS}s`);
  await add('Then', 'Set a device');
  await region('Then').getByLabel('Device').nth(2).selectOption({ label: 'Hall lamp' });
  await region('Then').getByLabel('On', { exact: true }).last().uncheck();
  await accessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  const saved = await eventually(
    () => hub.ask('GET', '/api/automations'),
    ({ body }) => body.items.length === 1,
    'the rule is saved',
  );
  const [rule] = saved.body.items;
  assert.is(rule.triggers[0].property, 'occupancy.occupied');
  assert.equal(rule.actions[0].values, { 'onOff.on': true, 'level.level': 0.3 });
  assert.is(rule.actions[1].until.for, `${WAIT_SECONDS}s`);
});

test('the lamp follows the sensor, and a killed hub keeps its promise', async () => {
  sees(true);
  await until(() => lampIsOn() && Math.abs(lampLevel() - 76) <= 1, 'the lamp is on at 30 %');
  await tile(phone.page, LAMP).getByRole('switch', { checked: true }).waitFor();
  sees(false);
  await tile(phone.page, SENSOR).getByText('No motion', { exact: false }).first().waitFor();
  const { data, token } = hub;
  const port = Number(new URL(hub.address).port);
  await hub.kill();
  await phone.page
    .getByRole('status', { name: 'Connection' })
    .filter({ hasText: /Reconnecting|Offline/ })
    .waitFor();
  assert.ok((await phone.page.locator('[data-stale]').count()) > 0, 'what is shown is marked as old');
  hub = await startHub({ data, port });
  hub.token = token;
  await until(() => !lampIsOn(), 'the lamp is off', 20_000);
  await phone.page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor({ timeout: 30_000 });
  await tile(phone.page, LAMP).getByRole('switch', { checked: false }).waitFor();
});

test('so does one whose coordinator was away', async () => {
  sees(true);
  await until(lampIsOn, 'the lamp is on');
  sees(false);
  await tile(phone.page, SENSOR).getByText('No motion', { exact: false }).first().waitFor();
  await simulator.drop();
  await new Promise((resolve) => setTimeout(resolve, WAIT_SECONDS * 1000));
  await simulator.restore();
  await until(() => !lampIsOn(), 'the lamp is off', 20_000);
});

test('nothing stood in the consoles but the hub that was away', () => {
  for (const { errors } of [desktop, phone]) {
    expectErrors(errors, /ERR_CONNECTION_REFUSED|WebSocket connection|ERR_CONNECTION_RESET/);
    assert.equal(errors, []);
  }
});

test.run();
