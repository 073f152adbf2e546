// Every screen, on a phone and a desktop, light and dark: no accessibility violation, one h1, the landmarks that stand on
// every screen, nothing wider than the window, targets a thumb can hit, and nothing in the console.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench } from './bench.ts';
import { comesToBe } from './harness.ts';
import { checkBoth } from './every-screen.ts';
import type { PageOptions } from './harness.ts';

const SCREENS = [
  '/',
  '/rooms',
  '/rooms/living',
  '/devices',
  '/devices/virtual:sofa',
  '/devices/virtual:heating',
  '/devices/virtual:front-door',
  '/devices/virtual:porch',
  '/devices/virtual:washer',
  '/devices/virtual:vacuum',
  '/devices/virtual:speaker',
  '/devices/virtual:storage',
  '/pairing',
  '/plugins',
  '/plugins/virtual',
  '/plugins/zigbee',
  '/automations',
  '/automations/new',
  '/automations/hall-night-light',
  '/automations/morning',
  '/energy',
  '/activity',
  '/more',
  '/people',
  '/sessions',
  '/system',
  '/nowhere',
];
const BARE = ['/sign-in', '/setup'];
const LINKS = ['Home', 'Rooms', 'Automations', 'Energy', 'More'];

const Screens = suite('screens');

const bench = await openBench();
const unclaimed = await openBench({ claimed: false });

Screens.after(async () => {
  await bench.close();
  await unclaimed.close();
});

for (const device of ['phone', 'desktop'] as const) {
  const options: PageOptions = { device, reducedMotion: 'reduce' };

  Screens(`hold on a ${device}, light and dark`, async () => {
    const test = await bench.visit('/', options);
    for (const path of SCREENS) {
      await test.page.goto(bench.url + path);
      await test.page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
      if (path.startsWith('/devices/')) await test.page.getByRole('dialog').waitFor();
      await test.settled();
      const navigation = test.page.getByRole('navigation', { name: 'Main' });
      assert.equal(await navigation.getByRole('link').allInnerTexts(), LINKS, `${path}: links of the navigation`);
      await checkBoth(test, `${path.replaceAll(/\W/g, '_')}-${device}`);
    }
    await test.close();
  });

  Screens(`before sign-in hold on a ${device}, light and dark`, async () => {
    for (const path of BARE) {
      const test = await (path === '/setup' ? unclaimed : bench).stranger('/', options);
      await test.page.waitForURL(`**${path}`);
      await checkBoth(test, `${path.replaceAll(/\W/g, '_')}-${device}`);
      await test.close();
    }
  });
}

Screens('an unknown address has “Not found” as its h1', async () => {
  const { page, close } = await bench.visit('/no/such/place');
  await comesToBe(() => page.getByRole('heading', { level: 1 }).innerText(), 'Not found');
  await close();
});

Screens.run();
