// How soon a phone shows the home live: a real hub with the furnished virtual home, Chromium at 6× CPU on slow 4G, from the start
// of the navigation to the first frame with a live tile, by the page's own clock.

import { newPage, openBrowser, SLOW_4G, throttle, type Browser } from '../browser/harness.ts';
import { startHub, type Hub } from '../home/harness.ts';

const ROUNDS = 7;

/** Milliseconds of each round, ascending. */
export async function measureFirstLiveTile(): Promise<readonly number[]> {
  const hub = await startHub();
  await hub.claim({ virtual: true });
  const browser = await openBrowser();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await once(hub, browser));
  await browser.close();
  await hub.kill();
  return times.toSorted((a, b) => a - b);
}

async function once(hub: Hub, browser: Browser): Promise<number> {
  const { page, context, close } = await newPage(browser, { device: 'phone' });
  await context.addCookies([{ name: 'lintel', value: hub.token, url: hub.address }]);
  await page.goto('about:blank');
  await throttle(page, SLOW_4G);
  await page.addInitScript(markFirstLiveTile);
  await page.goto(hub.address, { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('first-tile').length > 0);
  const at = await page.evaluate(() => performance.getEntriesByName('first-tile')[0]!.startTime);
  await close();
  return at;
}

function markFirstLiveTile(): void {
  const look = (): void => {
    const live = document.querySelector('.connection.live') !== null;
    if (live && document.querySelector('lintel-tile .tile-name') !== null) performance.mark('first-tile');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

if (import.meta.main) console.log((await measureFirstLiveTile()).map(Math.round).join(', '));
