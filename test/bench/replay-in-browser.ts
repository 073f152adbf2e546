// The same replay in Chromium, from the same files.

import { newPage, openBrowser } from '../browser/harness.ts';
import { serveModules } from '../browser/modules.ts';
import type { Replayed } from './replay.ts';

export async function replayInBrowser(batches: number): Promise<Replayed> {
  const server = await serveModules();
  const browser = await openBrowser();
  try {
    const { page } = await newPage(browser);
    page.setDefaultTimeout(120_000);
    await page.goto(server.url);
    const program = `import('/test/bench/replay.ts').then(({ replay }) => replay(${batches}))`;
    return (await page.evaluate(program)) as Replayed;
  } finally {
    await browser.close();
    await server.close();
  }
}
