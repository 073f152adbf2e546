// The screens that are opened now and then, on the real hub with its virtual home: what they ask for is there, what they
// send is taken, and nothing goes wrong on the console.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OWNER, startHub } from '../home/harness.ts';
import { newPage, openBrowser, type Page } from './harness.ts';

const Hub = suite('screens on the hub');

const hub = await startHub();
const browser = await openBrowser();
const test = await newPage(browser);
const { page, errors } = test;

Hub.after(async () => {
  await browser.close();
  await hub.kill();
});

const press = (name: string | RegExp, on: Page = page): Promise<void> =>
  on.getByRole('button', { name }).first().click();
const heading = (name: string | RegExp): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();

async function open(path: string): Promise<void> {
  await page.goto(hub.address + path);
  await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
}

function quiet(): void {
  assert.equal(errors.splice(0), []);
}

Hub('the owner signs in', async () => {
  await hub.claim({ virtual: true });
  await page.goto(`${hub.address}/sign-in`);
  await page.getByLabel('Name').fill(OWNER.name);
  await page.getByLabel('Password').fill(OWNER.password);
  await press('Sign in');
  await page.locator('[data-device]').first().waitFor();
  quiet();
});

Hub('a room is captured as a scene and set again', async () => {
  await open('/scenes');
  await press('Capture a scene');
  await page.getByLabel('Name').fill('As it is');
  await press('Capture');
  await page.getByText('As it is is captured').waitFor();
  await press('Set As it is');
  await page.getByText('As it is is set').waitFor();
  quiet();
});

Hub('a lamp that was switched has a history and a reason', async () => {
  const lamps = await hub.ask('GET', '/api/devices?kind=light');
  const { id, name } = (lamps.body.items as { id: string; name: string }[])[0]!;
  for (const on of [true, false, true])
    await hub.ask('POST', `/api/devices/${id}/commands`, { set: { 'onOff.on': on } });
  await open(`/devices/${encodeURIComponent(id)}`);
  await page.getByText('Why is it so?').click();
  await page.locator('.chain li').first().waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await heading('History');
  await page.getByRole('img', { name: new RegExp(`^${name}`) }).waitFor();
  await page.getByRole('row').nth(2).waitFor();
  await open(`/activity?device=${encodeURIComponent(id)}`);
  await page.locator('.rows .row').first().waitFor();
  quiet();
});

Hub('people, guests, tokens, schedules and variables are made', async () => {
  await open('/people');
  await press('Add someone without an account');
  await page.getByLabel('Name').fill('Cy');
  await press('Save');
  await page.getByText('Cy is saved').waitFor();
  await open('/guests');
  await press('Add guest');
  await page.getByLabel('Name').fill('Dee');
  await page.getByRole('group', { name: 'Rooms' }).getByRole('checkbox').first().check();
  await page.getByRole('checkbox', { name: 'Switch on and off' }).check();
  await page.getByLabel('Until').fill('2040-05-06T18:00');
  await press('Let them in');
  const link = await page.getByLabel('Link').inputValue();
  await open('/tokens');
  await press('Make a token');
  await page.getByLabel('Name').fill('Script');
  await press('Make it');
  await page.getByLabel('Token').waitFor();
  await open('/schedules/new');
  await page.getByLabel('Name').fill('Warmth');
  await press('Save');
  await page.getByText('Warmth is saved').waitFor();
  await open('/variables');
  await press('New variable');
  await page.getByLabel('Name').fill('guests');
  await page.getByLabel('Value').fill('3');
  await press('Save');
  await page.getByText('guests is saved').waitFor();
  quiet();
  const guest = await newPage(browser, { device: 'phone' });
  await guest.page.goto(link);
  await press('Come in', guest.page);
  await guest.page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
  await guest.close();
});

Hub('what waits is called off, and a notification arrives', async () => {
  const lamps = await hub.ask('GET', '/api/devices?kind=light');
  const { id } = (lamps.body.items as { id: string }[])[1]!;
  await hub.ask('POST', `/api/devices/${id}/commands`, { set: { 'onOff.on': true }, for: '20m' });
  await open('/pending');
  await press(/^Call off/);
  await page.getByText('Nothing is pending').waitFor();
  await open('/notifications');
  await press('Send a test');
  await page.locator('.rows .row').first().waitFor();
  quiet();
});

Hub('an automation of nested steps is saved, run, tried on the past, and says what it did', async () => {
  await open('/automations/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Nested');
  const when = page.getByRole('region', { name: 'When', exact: true });
  await when.getByRole('button', { name: /^Add/ }).click();
  await when.getByRole('button', { name: 'Someone runs it' }).click();
  const then = page.getByRole('region', { name: 'Then', exact: true });
  await then.getByRole('button', { name: /^Add/ }).click();
  await then.getByRole('button', { name: 'If … then' }).click();
  await then.getByRole('button', { name: 'Choose another kind' }).click();
  await then.getByRole('button', { name: 'A formula holds' }).click();
  await then.getByLabel('Formula').fill('1 +');
  await then.getByRole('group', { name: 'Then' }).getByRole('button', { name: 'Insert an action' }).click();
  await then.getByRole('button', { name: 'Send a notification' }).click();
  await then.getByLabel('Message').fill('It ran');
  await press('Save');
  await then.getByLabel('Formula').and(page.locator('[aria-invalid="true"]')).waitFor();
  await then
    .getByText(/^at character 4: /)
    .first()
    .waitFor();
  quiet();
  await then.getByLabel('Formula').fill('1 + 1 == 2');
  await press('Save');
  await page.getByText('Nested is saved').waitFor();
  await page.getByRole('link', { name: 'Nested' }).click();
  await press('Run now');
  await page.getByText('What it did').click();
  await page.locator('.run').getByText('Ran to its end').waitFor();
  await page.getByText('What would it have done?').click();
  await press('Try it on the past');
  await page.getByText(/It would have/).waitFor();
  quiet();
});

/** A plugin that does nothing, in a folder of its own. */
function plainPlugin(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-plain-'));
  const permissions = { network: true, hosts: ['example.com'] };
  const lintel = { id: 'plain', api: '^1', entry: './src/index.js', permissions };
  const manifest = { name: 'lintel-plugin-plain', version: '1.0.0', type: 'module', lintel };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  mkdirSync(join(folder, 'src'));
  writeFileSync(
    join(folder, 'src/index.js'),
    `import { definePlugin, z } from '@lintel/sdk';
export default definePlugin({
  id: 'plain', name: 'Plain', permissions: ${JSON.stringify(permissions)}, settings: z.object({}),
  async setup(ctx) {
    ctx.log.info('up and plain');
    return { async command() {} };
  },
});
`,
  );
  return folder;
}

Hub('a plugin is brought from a folder, looked at, switched on, and taken away', async () => {
  await open('/plugins');
  await press('Add a plugin');
  await page.getByLabel('Package or folder').fill(plainPlugin());
  await press('Bring it');
  await page.waitForURL('**/plugins/plain', { timeout: 60_000 });
  await page.getByText('Once switched on, it:').waitFor();
  await page
    .getByText(/example\.com/)
    .first()
    .waitFor();
  await page.getByRole('switch', { name: 'Switched on' }).click();
  await page.getByText('Running', { exact: true }).waitFor({ timeout: 30_000 });
  await page.getByText('Log', { exact: true }).click();
  await page.getByRole('log').getByText('up and plain').waitFor();
  await press('Take it away');
  await page.getByRole('button', { name: 'Take away', exact: true }).click();
  await page.waitForURL('**/plugins');
  await page.getByText('Plain is gone').waitFor();
  quiet();
});

Hub.run();
