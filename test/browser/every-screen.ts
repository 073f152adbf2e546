// What holds on every screen, whatever it shows.

import * as assert from 'uvu/assert';
import { axe, screenshot, type Page, type TestPage } from './harness.ts';

const TARGET_PX = 44;

async function check({ page, errors }: TestPage, name: string): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.evaluate(rest);
  await screenshot(page, name, !name.includes('devices_virtual'));
  assert.equal(await axe(page), [], `${name}: accessibility`);
  assert.is(await page.locator('main').count(), 1, `${name}: one main`);
  assert.is(await page.locator('h1:visible').count(), 1, `${name}: one h1`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name}: ${over} px wider than the window`);
  assert.equal(await smallTargets(page), [], `${name}: targets below ${TARGET_PX} px`);
  assert.equal(errors, [], `${name}: console`);
}

/**
 * Colours half way through an appearance are no colours of ours. What inherits a colour sets out when that has changed, so that
 * the end of some animations may be the beginning of others.
 */
async function rest(): Promise<void> {
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let quiet = 0; quiet < 2; quiet += 1) {
    await frame();
    // A browser may go on listing one that has ended, of an element that nothing has moved since.
    const running = document.getAnimations().filter(({ playState }) => playState !== 'finished');
    await Promise.all(running.map((each) => each.finished.catch(() => null)));
    if (running.length > 0) quiet = -1;
  }
}

/** Light and dark: no violation, one main, one h1, nothing too wide or too small to hit, and a quiet console. */
export async function checkBoth(test: TestPage, name: string): Promise<void> {
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
