// A guest sees the rooms, the things and the pages that the guest can use, and nothing that would only be refused.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench } from './bench.ts';
import { checkBoth } from './every-screen.ts';

const Guests = suite('guests');
const bench = await openBench();
const { hub } = bench;

hub.user = { id: 'g1', name: 'Neighbour', role: 'guest', may: ['onOff', 'lock.lock'] };
hub.rules.clear();
hub.plugins.clear();
hub.household.scenes.clear();
for (const [id, { room }] of hub.devices) if (room !== 'hall') hub.devices.delete(id);
for (const id of hub.rooms.keys()) if (id !== 'hall') hub.rooms.delete(id);
const test = await bench.visit('/', { device: 'phone', reducedMotion: 'reduce' });
const page = test.page;
Guests.after(() => bench.close());
Guests.after.each(() => assert.equal(test.errors.splice(0), []));

const visit = async (path: string): Promise<void> => {
  await page.goto(bench.url + path);
  await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
  await page.locator('main h1').waitFor();
};
const count = (name: string | RegExp, role: 'button' | 'link' | 'switch' | 'slider' = 'button'): Promise<number> =>
  page.getByRole(role, { name }).count();

Guests('the navigation has what a guest can use', async () => {
  await visit('/');
  const links = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
  assert.equal(links, ['Home', 'Rooms', 'More']);
  assert.is(await page.getByRole('radiogroup').count(), 0, 'the mode of the home is for those who live there');
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByRole('link', { name: 'Signed-in browsers' }).waitFor();
  assert.is(await count('Plugins', 'link'), 0);
  assert.is(await count('Activity', 'link'), 0);
  await checkBoth(test, 'guest-more-phone');
});

Guests('quick search leads to no page that is barred', async () => {
  await visit('/');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('plug');
  await page.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
});

Guests('a barred address says so plainly, and nothing is asked of the hub in vain', async () => {
  for (const path of ['/automations', '/automations/new', '/plugins/zigbee', '/people', '/energy', '/backups']) {
    await visit(path);
    await page.getByRole('heading', { level: 1, name: 'Not for guests' }).waitFor();
  }
  await checkBoth(test, 'guest-barred-phone');
});

Guests('what was given can be used, and the rest is only read', async () => {
  await visit('/devices/virtual%3Ahall-lamp');
  await page.getByRole('dialog').getByRole('switch', { name: 'Power' }).waitFor();
  assert.is(await count('Brightness', 'slider'), 0);
  assert.is(await page.getByText('Why is it so?').count(), 0);
  assert.is(await page.getByLabel('Room').count(), 0);
  await checkBoth(test, 'guest-devices_virtual-phone');
  await visit('/devices/virtual%3Afront-door');
  await page.getByRole('dialog').getByRole('button', { name: 'Lock', exact: true }).waitFor();
  assert.is(await count(/unlock/), 0);
  assert.is(await page.getByText('Codes').count(), 0);
});

Guests('a device that changes is still only what was given', async () => {
  await visit('/devices/virtual%3Ahall-lamp');
  hub.replace('virtual:hall-lamp', { name: 'Hall light' });
  await page.getByRole('dialog', { name: 'Hall light' }).waitFor();
  assert.is(await count('Brightness', 'slider'), 0);
});

Guests('rooms and devices offer no change of the home', async () => {
  await visit('/rooms');
  assert.is(await count('Add room'), 0);
  await visit('/rooms/hall');
  assert.is(await count('Edit room'), 0);
  await visit('/devices');
  assert.is(await count('Add a device', 'link'), 0);
});

Guests(
  'who lives there reads schedules and variables, and is offered no change that only admins may make',
  async () => {
    hub.user = { id: 'r1', name: 'Ben', role: 'resident' };
    await visit('/schedules');
    await page.getByText('Heating').waitFor();
    assert.is(await count(/Heating/, 'link'), 0);
    assert.is(await count('New schedule', 'link'), 0);
    await visit('/variables');
    await page.getByText('party', { exact: true }).waitFor();
    assert.is(await count(/Edit|Delete|New/), 0);
    await visit('/schedules/new');
    assert.is(await page.getByRole('button', { name: 'Save' }).count(), 0);
  },
);

Guests.run();
