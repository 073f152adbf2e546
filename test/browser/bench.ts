// A fake hub and one browser for a test file, and pages that are signed in to it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FakeHub, type FakeHubOptions } from './fake-hub.ts';
import { COMES_LIMIT_MS, newPage, openBrowser, type Browser, type PageOptions, type TestPage } from './harness.ts';

export interface Bench {
  readonly hub: FakeHub;
  readonly url: string;
  readonly browser: Browser;
  /** A page with a session's cookie, at `path`, once it is live. */
  visit(path: string, options?: PageOptions): Promise<TestPage>;
  /** A page without any session. */
  stranger(path: string, options?: PageOptions): Promise<TestPage>;
  close(): Promise<void>;
}

const SESSION = 'test-session';

export async function openBench(options: FakeHubOptions = {}): Promise<Bench> {
  if (!existsSync(join(import.meta.dirname, '../../web/dist/index.html')))
    throw new Error('web/dist is missing: run "npm run build"');
  const hub = new FakeHub(options);
  const url = await hub.listen();
  hub.sessions.add(SESSION);
  const browser = await openBrowser();
  const stranger = async (path: string, how?: PageOptions): Promise<TestPage> => {
    const test = await newPage(browser, how);
    await test.page.goto(url + path);
    return test;
  };
  const visit = async (path: string, how?: PageOptions): Promise<TestPage> => {
    const test = await newPage(browser, how);
    await test.context.addCookies([{ name: 'lintel', value: SESSION, url }]);
    await test.page.goto(url + path);
    await test.page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
    return test;
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await hub.close();
  };
  return { hub, url, browser, visit, stranger, close };
}

const LOOK_MS = 20;

/** Waits until something outside the page holds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + COMES_LIMIT_MS; !holds();) {
    if (Date.now() > end) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
