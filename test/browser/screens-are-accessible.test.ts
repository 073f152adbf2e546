// Every screen, on a phone and a desktop, light and dark: no accessibility violation, one h1, the landmarks that stand on
// every screen, nothing wider than the window, targets a thumb can hit, and nothing in the console.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench, type Bench } from './bench.ts';
import { axe, screenshot, type Page, type PageOptions, type TestPage } from './harness.ts';

const SCREENS = [
  '/',
  '/rooms',
  '/rooms/living',
  '/devices',
  '/devices/virtual:sofa',
  '/devices/virtual:heating',
  '/devices/virtual:front-door',
  '/devices/virtual:porch',
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
/** Screens that ask for more than the socket brings. */
const FETCHING = new Set(['/activity', '/people', '/sessions', '/system']);
const BARE = ['/sign-in', '/setup'];
const LINKS = ['Home', 'Rooms', 'Automations', 'Energy', 'More'];
const TARGET_PX = 44;

const Screens = suite('screens');
let bench: Bench;
let unclaimed: Bench;

Screens.before(async () => {
  bench = await openBench();
  unclaimed = await openBench({ claimed: false });
});

Screens.after(async () => {
  await bench.close();
  await unclaimed.close();
});

async function check({ page, errors }: TestPage, name: string): Promise<void> {
  await page.locator('main h1').first().waitFor();
  // Colours half way through an appearance are no colours of ours.
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))));
  await screenshot(page, name, !name.includes('devices_virtual'));
  assert.equal(await axe(page), [], `${name}: accessibility`);
  assert.is(await page.locator('main').count(), 1, `${name}: one main`);
  assert.is(await page.locator('h1:visible').count(), 1, `${name}: one h1`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name}: ${over} px wider than the window`);
  assert.equal(await smallTargets(page), [], `${name}: targets below ${TARGET_PX} px`);
  assert.equal(errors, [], `${name}: console`);
}

async function checkBoth(test: TestPage, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await test.page.emulateMedia({ colorScheme });
    await check(test, `${name}-${colorScheme}`);
  }
}

/** Controls that are smaller than a thumb; links in running text may be. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const scope = document.querySelector('dialog[open]') ?? document;
    const controls = scope.querySelectorAll(
      'button, select, summary, input:not([type="range"], [type="checkbox"], [type="radio"]), nav a, a.button, a.chip, a.quiet',
    );
    return [...controls].flatMap((each) => {
      const { width, height } = each.getBoundingClientRect();
      const small = width > 0 && (height < least - 0.5 || width < least - 0.5);
      return small && !each.classList.contains('skip')
        ? [`${each.tagName} ${each.textContent?.trim().slice(0, 30)} ${width}×${height}`]
        : [];
    });
  }, TARGET_PX);
}

for (const device of ['phone', 'desktop'] as const) {
  const options: PageOptions = { device, reducedMotion: 'reduce' };

  Screens(`hold on a ${device}, light and dark`, async () => {
    const test = await bench.visit('/', options);
    for (const path of SCREENS) {
      await test.page.goto(bench.url + path);
      await test.page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
      if (path.startsWith('/devices/')) await test.page.getByRole('dialog').waitFor();
      if (FETCHING.has(path)) await test.page.waitForLoadState('networkidle');
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
  assert.is(await page.getByRole('heading', { level: 1 }).innerText(), 'Not found');
  await close();
});

Screens.run();
