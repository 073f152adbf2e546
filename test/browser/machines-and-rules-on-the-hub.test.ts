// Runs, imports, machines and backups on the real hub with its virtual home: what the pages offer is what the hub does.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OWNER, startHub } from '../home/harness.ts';
import { newPage, openBrowser, type Page } from './harness.ts';

const Hub = suite('machines and rules on the hub');

const hub = await startHub();
const browser = await openBrowser();
const { page, errors } = await newPage(browser);

const press = (name: string | RegExp, on: Page = page): Promise<void> =>
  on.getByRole('button', { name }).first().click();

await hub.claim({ virtual: true });
await page.goto(`${hub.address}/sign-in`);
await page.getByLabel('Name').fill(OWNER.name);
await page.getByLabel('Password').fill(OWNER.password);
await press('Sign in');
await page.locator('[data-device]').first().waitFor();
Hub.after(async () => {
  await browser.close();
  await hub.kill();
});

const heading = (name: string | RegExp): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();

async function open(path: string): Promise<void> {
  await page.goto(hub.address + path);
  await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
}

function quiet(): void {
  assert.equal(errors.splice(0), []);
}

Hub('a run is looked at alone, and the rule is replayed', async () => {
  const actions = [{ kind: 'notify', message: 'It ran' }];
  const rule = { id: 'nested', name: 'Nested', triggers: [{ kind: 'manual' }], actions };
  assert.is((await hub.ask('POST', '/api/automations', rule)).status, 201);
  await hub.ask('POST', '/api/automations/nested/run');
  await open('/automations/nested');
  await page.getByText('What it did').click();
  await page.getByRole('link', { name: /^Ran to its end/ }).click();
  await heading('A run of Nested');
  await page.getByRole('heading', { name: 'What led to it' }).waitFor();
  await page
    .getByText(/It ran/)
    .first()
    .waitFor();
  await page.goto(page.url().replace(/\/runs\/\d+$/, '/replay'));
  await heading('Replay of Nested');
  await page
    .getByText(/It would have (acted|done)/)
    .first()
    .waitFor();
  quiet();
});

const HALL_YAML = `- alias: Hall at night
  triggers:
    - trigger: state
      entity_id: binary_sensor.hall_motion
      to: "on"
  actions:
    - action: light.turn_on
      target:
        entity_id: light.entrance
`;

Hub('an automation of another hub is mapped, saved, and checked beside the others', async () => {
  await open('/automations');
  await page.getByRole('link', { name: 'Bring from Home Assistant' }).click();
  await page.getByLabel('YAML').fill(HALL_YAML);
  await press('Read it');
  const entrance = page.getByLabel('light.entrance', { exact: true });
  await page.getByText('"light.entrance" is not mapped').waitFor();
  assert.match(await page.getByLabel('binary_sensor.hall_motion', { exact: true }).inputValue(), /hall-motion$/);
  await entrance.selectOption({ label: 'Hall lamp · Hall' });
  await page.getByText('Everything was understood.').waitFor();
  await press('Save 1 automation');
  await page.getByRole('link', { name: 'Hall at night' }).click();
  await heading('Hall at night');
  await page.getByRole('region', { name: 'Then', exact: true }).getByText('turn on Hall lamp').waitFor();
  const { body } = await hub.ask('GET', '/api/automations');
  const [rule] = (body.items as { id: string; name: string }[]).filter(({ name }) => name === 'Hall at night');
  const other = { ...rule, id: 'against', name: 'Against it', actions: [offAction] };
  await hub.ask('POST', '/api/automations', other);
  await page.reload();
  const worthALook = page.getByRole('region', { name: 'Worth a look' });
  await worthALook.getByRole('link', { name: 'Look at Against it' }).first().waitFor();
  quiet();
});

const offAction = { kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': false } };

Hub('the sheets of the furnished home do what they offer', async () => {
  await open('/devices/virtual:dishwasher');
  await press('Start');
  await page.getByRole('timer').getByText('1 h 0 min left').waitFor();
  await press('Pause');
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await open('/devices/virtual:vacuum');
  await press('Kitchen');
  await press('Clean Kitchen');
  await page.getByText('In Kitchen').waitFor();
  await open('/devices/virtual:living-speaker');
  await press('Play');
  await page.getByRole('slider', { name: 'Position' }).press('ArrowRight');
  await page.locator('summary', { hasText: 'Volume limit' }).click();
  await page.getByRole('slider', { name: 'Volume limit' }).press('PageDown');
  await page.locator('lintel-slider input[aria-label="Volume"][max="75"]').waitFor();
  const loud = { set: { 'media.volume': 0.9 } };
  assert.is((await hub.ask('POST', '/api/devices/virtual:living-speaker/commands', loud)).status, 422);
  await open('/devices/virtual:home-battery');
  await page.getByRole('meter', { name: 'Charge' }).waitFor();
  quiet();
});

Hub('a backup is made, downloaded, and brought back', async () => {
  await open('/repairs');
  await heading('Repairs');
  await open('/backups');
  await press('Make a backup');
  await page.getByText('A backup is made').waitFor({ timeout: 30_000 });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /^Download/ })
      .first()
      .click(),
  ]);
  assert.match(file.suggestedFilename(), /\.lintel-backup$/);
  quiet();
  await hub.ask('PATCH', '/api/home', { name: 'Changed since' });
  await press(/^Restore/);
  await page.getByRole('button', { name: 'Hold to restore' }).focus();
  await page.keyboard.down('Enter');
  await page.getByText('Lintel starts anew.').waitFor({ timeout: 30_000 });
  await page.keyboard.up('Enter');
  await page.getByRole('status', { name: 'Connection' }).getByText('Reconnecting').waitFor({ timeout: 30_000 });
  await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor({ timeout: 60_000 });
  assert.is((await hub.ask('GET', '/api/home')).body.name, 'Home', 'as it was then');
});

Hub.run();
