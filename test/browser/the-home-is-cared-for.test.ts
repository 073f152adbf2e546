// Repairs say what to do and do what they can; backups are made, kept and brought back; a run says what it did and is called off.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, until } from './bench.ts';
import { comesToBe, axe, expectErrors } from './harness.ts';

const Care = suite('care');
const bench = await openBench();
const { hub } = bench;
const { household } = hub;

const test = await bench.visit('/', { reducedMotion: 'reduce' });
const page = test.page;
Care.after(() => bench.close());
Care.after.each(() => assert.equal(test.errors.splice(0), []));

const open = async (path: string, heading: string): Promise<void> => {
  await page.goto(bench.url + path);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
};

Care('repairs stand with the worst first, and come and go by themselves', async () => {
  await open('/repairs', 'Repairs');
  const rows = page.locator('.rows .row');
  await rows.nth(1).waitFor();
  assert.match(await rows.first().innerText(), /Zigbee was stopped/);
  await page.getByText('Takes CR2032.').waitFor();
  const repair = {
    id: 'away-virtual:porch',
    device: 'virtual:porch',
    severity: 'warning',
    since: null,
    diagnosis: 'Porch lamp was not heard for more than a day.',
    step: 'Check its power.',
  } as const;
  household.repairs.set(repair.id, repair);
  hub.broadcast({ topic: 'repair', id: repair.id, repair });
  await page.getByText(repair.diagnosis).waitFor();
  await page.getByRole('link', { name: 'Open Porch lamp' }).waitFor();
});

Care('an automation that does nothing says so on its own page', async () => {
  const repair = {
    id: 'author-hall-night-light',
    automation: 'hall-night-light',
    severity: 'warning',
    since: null,
    diagnosis: 'The automation Hall night light does nothing: it acts for Bo, who has no account here any more.',
    step: 'Look it over and save it, and it acts for you; or delete it.',
    fix: 'Let it act for me',
  } as const;
  household.repairs.set(repair.id, repair);
  await open('/repairs', 'Repairs');
  await page.getByRole('link', { name: 'Open Hall night light' }).click();
  await page.getByText(`${repair.diagnosis} ${repair.step}`).waitFor();
  household.repairs.delete(repair.id);
  hub.broadcast({ topic: 'repair', id: repair.id, repair: null });
  await page.getByText(repair.diagnosis).waitFor({ state: 'detached' });
});

Care('the hub mends what it can at a press', async () => {
  await open('/repairs', 'Repairs');
  await page.getByRole('button', { name: /^Restart/ }).click();
  await until(() => !household.repairs.has('plugin-zigbee'), 'restarted');
  await page.locator('.row-title', { hasText: 'Zigbee was stopped' }).waitFor({ state: 'detached' });
  household.repairs.clear();
  hub.broadcast({ topic: 'repair', id: 'away-virtual:porch', repair: null });
  await page.getByRole('heading', { name: 'Nothing to mend' }).waitFor();
});

Care('a backup is made, and can be downloaded', async () => {
  await open('/backups', 'Backups');
  await page.getByText('3.3 MiB').waitFor();
  await page.getByRole('button', { name: 'Make a backup' }).click();
  await page.getByText('A backup is made').waitFor();
  const links = page.getByRole('link', { name: /^Download/ });
  await links.nth(2).waitFor();
  assert.match((await links.last().getAttribute('href')) ?? '', /^\/api\/backups\/2027-05-01T02-00-00$/);
});

Care('a backup is brought back only by holding a button, after saying what that means', async () => {
  await open('/backups', 'Backups');
  await page
    .getByRole('button', { name: /^Restore/ })
    .last()
    .press('Enter');
  await page.getByText('The home becomes as it was then.').waitFor();
  const hold = page.getByRole('button', { name: 'Hold to restore' });
  await comesToBe(() => page.evaluate(() => document.activeElement?.textContent?.trim()), 'Hold to restore');
  assert.equal(await axe(page), [], 'accessible while it asks');
  await hold.click();
  assert.is(hub.restored, null, 'a press is not enough');
  await page.keyboard.down('Enter');
  await until(() => hub.restored === '2027-05-01T02-00-00', 'brought back');
  await page.keyboard.up('Enter');
  await page.getByText('Lintel starts anew.').waitFor();
});

Care('a run that waits says for what and until when, and is called off', async () => {
  await open('/automations/hall-night-light', 'Hall night light');
  await page.getByText('What it did').click();
  await page.getByRole('link', { name: /^Is running/ }).click();
  await page.getByRole('heading', { level: 1, name: 'A run of Hall night light' }).waitFor();
  await page.getByRole('heading', { name: 'What it waits for' }).waitFor();
  await page.getByText(/^at the latest /).waitFor();
  await page.getByText('Turn on Hall lamp').waitFor();
  await page.getByText('Hall motion: Motion', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Call it off' }).click();
  await until(() => !household.pending.has('run-1'), 'called off');
});

Care('a run that a condition stopped says which, and what it read', async () => {
  await open('/automations/hall-night-light/runs/6', 'A run of Hall night light');
  await page.getByText('A condition did not hold').waitFor();
  await page.getByText('it is after sunset and before sunrise').first().waitFor();
  for (const read of ['Hall motion, Motion was Motion', 'The mode was Night', 'Ada was unknown'])
    await page.getByText(read, { exact: true }).waitFor();
  await page.getByText('It changed nothing.').waitFor();
});

Care('a run that is not known any more says so', async () => {
  await open('/automations/hall-night-light/runs/99', 'A run of Hall night light');
  await page.getByRole('heading', { name: 'This run is no longer known' }).waitFor();
  // It asks once more when the socket says something only after the page is there.
  await page.goto('about:blank');
  assert.ok(expectErrors(test.errors, /404/) >= 1);
});

Care('a rule is replayed moment by moment, with what it read then', async () => {
  await open('/automations/hall-night-light/replay', 'Replay of Hall night light');
  await page.getByText('It would have acted 2 times.').waitFor();
  const moment = page.getByRole('region', { name: 'Moment' });
  await moment.getByText('turn off Hall lamp').waitFor();
  await moment.getByText('What it read then').waitFor();
  await moment.getByText('Hall motion, Motion').waitFor();
  await page.getByRole('slider', { name: 'Moment' }).press('ArrowLeft');
  await moment.getByText('turn on Hall lamp').waitFor();
  await comesToBe(() => page.getByRole('button', { name: 'The moment before' }).isDisabled(), true);
  await page.getByRole('button', { name: 'The next moment' }).press('Enter');
  await moment.getByText('only this draft').waitFor();
  assert.equal(await axe(page), [], 'accessible at a moment');
});

Care('the network lists who is heard badly, and by whom best, beside its picture', async () => {
  const zigbee = hub.plugins.get('zigbee')!;
  hub.plugins.set('zigbee', { ...zigbee, status: 'running' });
  await open('/network', 'Network');
  const rows = page.locator('.rows .row');
  await rows.first().getByText('Sink leak').waitFor();
  await rows.first().getByText('End device · heard best by Counter light').waitFor();
  await page.getByRole('img', { name: 'Zigbee: 5 nodes and who hears whom' }).waitFor();
  assert.equal(await axe(page), [], 'accessible with a network');
  hub.plugins.set('zigbee', { ...zigbee, status: 'disabled' });
  await open('/network', 'Network');
  await page.getByRole('heading', { name: 'No radio network' }).waitFor();
  hub.plugins.set('zigbee', zigbee);
});

Care('the system says what it takes, how each plugin fares, and leaves safe mode', async () => {
  hub.safeMode = true;
  await open('/system', 'System');
  await page.getByText('100 MiB').waitFor();
  await page.getByRole('region', { name: 'Plugins' }).getByRole('link', { name: 'Zigbee' }).waitFor();
  await page.getByRole('button', { name: 'Leave safe mode' }).click();
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  assert.is(await page.getByRole('button', { name: 'Leave safe mode' }).count(), 0);
});

Care.run();
