// What browser tests share: one Chromium a file, pages of a phone or a desktop, console errors that fail, axe, a slow
// network, a slow processor, and screenshots into LINTEL_SCREENSHOTS where that names a folder.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page, type Request } from 'playwright-core';
import * as assert from 'uvu/assert';
import { findChromium } from './chromium.ts';

export type { Browser, BrowserContext, Page } from 'playwright-core';

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1440, height: 900 } as const;

export interface PageOptions {
  /** Default `desktop`. */
  readonly device?: 'phone' | 'desktop';
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** A bearer of cookies and storage to start from, as `context.storageState()` gives it. */
  readonly storageState?: Awaited<ReturnType<BrowserContext['storageState']>>;
  readonly timeZone?: string;
  readonly locale?: string;
}

export interface TestPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, page errors and CSP reports so far; `expectErrors` takes known ones out. */
  readonly errors: string[];
  /** Resolves when everything that the page asked for has come and is drawn. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** For what must come to be, however busy the machine is. */
export const COMES_LIMIT_MS = 30_000;
const LOOK_MS = 20;

const FLAGS = [
  '--disable-gpu',
  '--hide-scrollbars',
  '--disable-dev-shm-usage',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];

/** Starts the browser; the caller closes it in `after`. */
export async function openBrowser(): Promise<Browser> {
  const { executable, environment } = await findChromium();
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: executable,
    args: root ? ['--no-sandbox', ...FLAGS] : FLAGS,
    env: { ...(process.env as Record<string, string>), ...environment },
    headless: true,
  });
}

/** A page of its own, with its own cookies. Packed Chromium needs `locale` and a time zone, or `Intl` throws. */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<TestPage> {
  const phone = options.device === 'phone';
  const context = await browser.newContext({
    viewport: phone ? PHONE : DESKTOP,
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: phone ? 2 : 1,
    locale: options.locale ?? 'en-GB',
    timezoneId: options.timeZone ?? 'Europe/Berlin',
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    ...(options.storageState && { storageState: options.storageState }),
  });
  context.setDefaultTimeout(COMES_LIMIT_MS);
  const page = await context.newPage();
  const errors = collectErrors(page);
  return { page, context, errors, settled: watchRequests(page), close: () => context.close() };
}

/** What comes may ask for more while it is drawn, so that a page is settled once it asked for nothing over two frames. */
function watchRequests(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let asked = 0;
  page.on('request', (request) => {
    asked += 1;
    open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return async () => {
    for (const end = performance.now() + COMES_LIMIT_MS; performance.now() < end;) {
      const before = asked;
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      if (open.size === 0 && asked === before) return;
    }
    throw new Error(`never settled: ${[...open].map((each) => each.url()).join(', ')}`);
  };
}

/** Everything the console calls an error, and everything that was thrown and not caught. */
export function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(`${error.name}: ${error.message}`));
  return errors;
}

/** Reads until it is as expected: what a page shows follows an action a moment later. */
export async function comesToBe<T>(read: () => Promise<T>, expected: T, what = ''): Promise<void> {
  const end = performance.now() + COMES_LIMIT_MS;
  let last = await read();
  while (last !== expected && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    last = await read();
  }
  assert.is(last, expected, what);
}

/** Takes out the errors that this moment had to bring (a refused sign-in logs its 401) and answers how many. */
export function expectErrors(errors: string[], pattern: RegExp): number {
  const rest = errors.filter((each) => !pattern.test(each));
  const taken = errors.length - rest.length;
  errors.splice(0, errors.length, ...rest);
  return taken;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface Violation {
  readonly rule: string;
  readonly help: string;
  readonly nodes: readonly string[];
}

/** Accessibility violations (WCAG 2.2 AA and best practice) of the page as it is now. */
export async function axe(page: Page): Promise<readonly Violation[]> {
  const { session, contextId } = await axeWorld(page);
  const run = `axe.run(document, { runOnly: ${JSON.stringify(AXE_TAGS)}, resultTypes: ['violations'] }).then((found) =>
    found.violations.map((each) => ({ rule: each.id, help: each.help,
      nodes: each.nodes.map((node) => node.target.join(' ') + ': ' + node.failureSummary) })))`;
  return (await evaluateIn(session, contextId, run)) as readonly Violation[];
}

interface AxeWorld {
  readonly session: CDPSession;
  /** The document it is in. */
  readonly loaderId: string;
  readonly contextId: number;
}

const axeWorlds = new WeakMap<Page, AxeWorld>();

/**
 * axe in a world of its own, where the page's CSP and Trusted Types do not stop it, nor does it touch the page's globals; it
 * is read once for a document, however often that is looked at.
 */
async function axeWorld(page: Page): Promise<AxeWorld> {
  const known = axeWorlds.get(page);
  const session = known?.session ?? (await page.context().newCDPSession(page));
  const { frame } = (await session.send('Page.getFrameTree')).frameTree;
  if (known?.loaderId === frame.loaderId) return known;
  const world = await session.send('Page.createIsolatedWorld', { frameId: frame.id, worldName: 'axe' });
  const made = { session, loaderId: frame.loaderId, contextId: world.executionContextId };
  await evaluateIn(session, made.contextId, AXE);
  axeWorlds.set(page, made);
  return made;
}

async function evaluateIn(session: CDPSession, contextId: number, expression: string): Promise<unknown> {
  const answer = await session.send('Runtime.evaluate', {
    expression,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (answer.exceptionDetails !== undefined) throw new Error(`axe: ${answer.exceptionDetails.text}`);
  return answer.result.value;
}

export interface Throttle {
  /** How many times slower the processor is; 1 is not slowed. */
  readonly cpu: number;
  readonly latencyMs: number;
  readonly bitsPerSecond: number;
}

export const SLOW_4G: Throttle = { cpu: 6, latencyMs: 150, bitsPerSecond: 1_600_000 };

/** Slows the page's processor and network, and empties its cache. */
export async function throttle(page: Page, { cpu, latencyMs, bitsPerSecond }: Throttle): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  const throughput = bitsPerSecond / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
}

/** Saves what the page shows as `NAME.png` where LINTEL_SCREENSHOTS names a folder, else does nothing. */
export async function screenshot(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env['LINTEL_SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' });
}
