// The sheets of machines, players, energy, climate and locks: what they offer is what the device can do now, and what is
// pressed arrives.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommandFrame } from '@lintel/protocol';
import { openBench, until } from './bench.ts';
import { comesToBe, axe } from './harness.ts';

const Sheets = suite('sheets');
const bench = await openBench();
const { hub } = bench;

const test = await bench.visit('/', { reducedMotion: 'reduce' });
const page = test.page;
Sheets.after(() => bench.close());
Sheets.before.each(() => void hub.heard.splice(0));
Sheets.after.each(() => assert.equal(test.errors.splice(0), []));

async function open(id: string, name: string) {
  await page.goto(`${bench.url}/devices/${encodeURIComponent(id)}`);
  const sheet = page.getByRole('dialog', { name });
  await sheet.waitFor();
  return sheet;
}

const value = (id: string, property: string): unknown => hub.devices.get(id)?.properties[property]?.value;
const heard = (command: string): CommandFrame | undefined =>
  hub.heard.find((each) => 'command' in each && each.command === command);
const argsOf = (command: string): unknown => (heard(command) as { args?: unknown } | undefined)?.args;
const hears = (command: string): Promise<void> => until(() => heard(command) !== undefined, command);

Sheets('a washing machine counts down to its end, and is told what fits its state', async () => {
  const sheet = await open('virtual:washer', 'Washing machine');
  const left = sheet.getByRole('timer');
  await left.getByText(/^4[12] min left$/).waitFor();
  await sheet.getByRole('progressbar').waitFor();
  assert.is(await sheet.getByRole('button', { name: 'Start', exact: true }).count(), 0, 'it runs already');
  hub.report('virtual:washer', { 'appliance.finishesAt': new Date(Date.now() + 61_500).toISOString() });
  await left.getByText('2 min left').waitFor();
  await left.getByText('Less than a minute left').waitFor();
  await sheet.getByRole('button', { name: 'Pause' }).click();
  await hears('appliance.pause');
  hub.report('virtual:washer', { 'appliance.state': 'paused' });
  await sheet.getByRole('button', { name: 'Go on' }).click();
  await hears('appliance.resume');
  hub.report('virtual:washer', { 'appliance.state': 'error', 'appliance.error': 'No water' });
  await sheet.getByText('It reports a fault: No water.').waitFor();
  await sheet.getByRole('group', { name: 'Program' }).getByRole('button', { name: 'Wool' }).click();
  await until(() => value('virtual:washer', 'appliance.program') === 'Wool', 'another program');
});

Sheets('a vacuum cleans the rooms that were chosen, and goes home', async () => {
  const sheet = await open('virtual:vacuum', 'Robot');
  const where = sheet.getByRole('group', { name: 'Where' });
  await where.getByRole('button', { name: 'Kitchen' }).click();
  await where.getByRole('button', { name: 'Hall' }).click();
  assert.equal(await axe(page), [], 'accessible with rooms chosen');
  await sheet.getByRole('button', { name: 'Clean Kitchen, Hall' }).click();
  await hears('vacuum.start');
  assert.equal(argsOf('vacuum.start'), { areas: ['Kitchen', 'Hall'] });
  hub.report('virtual:vacuum', { 'vacuum.state': 'cleaning', 'vacuum.currentArea': 'Kitchen' });
  await sheet.getByText('In Kitchen').waitFor();
  for (const [name, command] of [
    ['Pause', 'vacuum.pause'],
    ['Send home', 'vacuum.dock'],
    ['Make it call', 'vacuum.locate'],
  ] as const) {
    await sheet.getByRole('button', { name }).click();
    await hears(command);
  }
  await sheet.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'Quiet' }).click();
  await until(() => value('virtual:vacuum', 'vacuum.mode') === 'quiet', 'another mode');
});

Sheets('a player is played, skipped and sought, by keys alone', async () => {
  const sheet = await open('virtual:speaker', 'Speaker');
  await sheet.getByText('Edvard Grieg').waitFor();
  await sheet.getByRole('button', { name: 'Next' }).press('Enter');
  await hears('media.next');
  await sheet.getByRole('button', { name: 'Pause' }).press('Enter');
  await hears('media.pause');
  hub.report('virtual:speaker', { 'media.playback': 'paused', 'media.position': 60 });
  const position = sheet.getByRole('slider', { name: 'Position' });
  await page.waitForFunction(() => document.querySelector('lintel-player input')?.ariaValueText === '1:00 / 3:53');
  await position.press('ArrowRight');
  await hears('media.seek');
  assert.equal(argsOf('media.seek'), { position: 70 });
});

Sheets('the volume ends at the limit of the home, which an owner sets', async () => {
  const sheet = await open('virtual:speaker', 'Speaker');
  const volume = sheet.getByRole('slider', { name: 'Volume', exact: true });
  await comesToBe(() => volume.getAttribute('max'), '100');
  await sheet.locator('summary', { hasText: 'Volume limit' }).click();
  const limit = sheet.getByRole('slider', { name: 'Volume limit' });
  for (let press = 0; press < 2; press += 1) await limit.press('PageDown');
  await until(() => hub.devices.get('virtual:speaker')?.settings['volumeLimit'] === 0.5, 'the limit is kept');
  await page.waitForFunction(
    () => document.querySelector('lintel-slider input[aria-label="Volume"]')?.getAttribute('max') === '50',
  );
  for (let press = 0; press < 3; press += 1) await volume.press('PageUp');
  await until(() => value('virtual:speaker', 'media.volume') === 0.5, 'as loud as it may be');
  assert.equal(await axe(page), [], 'accessible with the limit open');
});

Sheets('a charger and a house battery say what flows, and the charger takes a limit', async () => {
  let sheet = await open('virtual:wallbox', 'Car charger');
  await sheet.getByText('3.68 kW').waitFor();
  await sheet.getByText('812.6 kWh').waitFor();
  await sheet.getByRole('slider', { name: 'Charges with at most' }).press('ArrowLeft');
  await until(() => value('virtual:wallbox', 'evse.limit') === 15, 'one ampere less');
  sheet = await open('virtual:storage', 'House battery');
  await sheet.getByText('Gives', { exact: true }).waitFor();
  await comesToBe(() => sheet.getByRole('meter', { name: 'Charge' }).getAttribute('aria-valuenow'), '62');
  hub.report('virtual:storage', { 'power.power': 1200 });
  await sheet.getByText('Takes', { exact: true }).waitFor();
});

Sheets('a thermostat takes a preset, is held for a while and released', async () => {
  const sheet = await open('virtual:heating', 'Radiator');
  await sheet.getByRole('group', { name: 'Preset' }).getByRole('button', { name: 'Eco' }).click();
  await until(() => value('virtual:heating', 'thermostat.preset') === 'eco', 'another preset');
  await sheet.getByRole('button', { name: '3 h' }).click();
  await sheet
    .getByText(/^Held until /)
    .first()
    .waitFor();
  const held = (): number => Date.parse(String(value('virtual:heating', 'thermostat.holdUntil')));
  // The sheet shows what it asks for at once; the command comes a little later.
  await until(() => !Number.isNaN(held()), 'held');
  const hours = (held() - Date.now()) / 3_600_000;
  assert.ok(hours > 2.9 && hours <= 3, `${hours} hours`);
  await sheet.getByRole('button', { name: 'Follow the schedule again' }).click();
  await until(() => value('virtual:heating', 'thermostat.holdUntil') === '', 'released');
});

Sheets('a lock takes a code for someone and forgets it; what is no code is said at its field', async () => {
  const sheet = await open('virtual:front-door', 'Front door');
  await sheet.locator('summary', { hasText: 'Codes' }).click();
  await sheet.getByLabel('Code', { exact: true }).fill('12');
  await sheet.getByRole('button', { name: 'Set this code' }).click();
  await sheet.getByText('Digits only, at least four of them.').waitFor();
  await comesToBe(() => page.evaluate(() => document.activeElement?.id), 'lock-code');
  assert.is(heard('lock.setCode'), undefined);
  await sheet.getByLabel('Code', { exact: true }).fill('271828');
  await sheet.getByLabel('Whose it is').fill('Cy');
  assert.equal(await axe(page), [], 'accessible with the codes open');
  await sheet.getByRole('button', { name: 'Set this code' }).click();
  await sheet.getByText('Code 1 is set').waitFor();
  assert.equal(argsOf('lock.setCode'), { slot: 1, code: '271828' });
  assert.equal(argsOf('lock.setUser'), { slot: 1, user: 'Cy' });
  await comesToBe(() => sheet.getByLabel('Code', { exact: true }).inputValue(), '', 'the code is not kept');
  await sheet.getByRole('button', { name: 'Delete the code there' }).click();
  await hears('lock.clearCode');
  assert.equal(argsOf('lock.clearCode'), { slot: 2 });
});

Sheets('new firmware is looked for, installed with its progress, and a failure is said', async () => {
  const sheet = await open('virtual:vacuum', 'Robot');
  await sheet.locator('summary', { hasText: 'About' }).click();
  await sheet.getByRole('button', { name: 'Look for new firmware' }).click();
  await hears('update.check');
  hub.report('virtual:vacuum', { 'update.state': 'available', 'update.available': '3.0' });
  await sheet.getByRole('button', { name: 'Install firmware 3.0' }).click();
  await hears('update.install');
  hub.report('virtual:vacuum', { 'update.state': 'downloading', 'update.progress': 0.25 });
  const bar = sheet.getByRole('progressbar', { name: 'It is taking over new firmware' });
  await bar.waitFor();
  await comesToBe(() => bar.getAttribute('value'), '0.25');
  assert.equal(await axe(page), [], 'accessible on the way');
  assert.is(await sheet.getByRole('button', { name: /firmware/ }).count(), 0, 'it is at it');
  hub.report('virtual:vacuum', { 'update.state': 'failed' });
  await sheet.getByText('The new firmware was not installed.').waitFor();
});

Sheets.run();
