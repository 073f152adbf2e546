// The shell around every screen: navigation, connection, notices, the open sheet, and what is shown at an address.

import { html, nothing, type TemplateResult } from 'lit';
import {
  mdiHomeAutomation,
  mdiDotsHorizontalCircleOutline,
  mdiHomeVariant,
  mdiLightningBolt,
  mdiMagnify,
  mdiSofa,
} from '@mdi/js';
import type { ConnectionStatus } from '@lintel/protocol';
import { define, LightElement, Watch, type Screen } from './elements/base.ts';
import { icon } from './elements/icon.ts';
import './elements/toasts.ts';
import { captureLinks, matchRoute, mayOpen, NAVIGATION, router, sheetOf, type Match } from './router.ts';
import { notices } from './store/notices.ts';
import { closeLive, entered, enter, onRefused } from './store/session.ts';
import { store } from './store/store.ts';
import { direction, t } from './strings/index.ts';

const ICONS: Readonly<Record<string, string>> = {
  '/': mdiHomeVariant,
  '/rooms': mdiSofa,
  '/automations': mdiHomeAutomation,
  '/energy': mdiLightningBolt,
  '/more': mdiDotsHorizontalCircleOutline,
};
const RETRY_MS = 2_000;

/** A page that has just come is not yet live, but nothing it shows is old. */
const isLost = (status: ConnectionStatus): boolean => status === 'reconnecting' || status === 'offline';

export class App extends LightElement {
  static override properties = {
    screen: { state: true },
    sheet: { state: true },
    searching: { state: true },
    trouble: { state: true },
    loading: { state: true },
  };
  declare screen: HTMLElement | null;
  declare sheet: string | null;
  declare searching: boolean;
  declare trouble: string | null;
  declare loading: boolean;
  #match: Match | null = null;
  #shownPath = '';
  #visit = 0;
  readonly #scrolls = new Map<string, number>();

  constructor() {
    super();
    this.screen = null;
    this.sheet = null;
    this.searching = false;
    this.trouble = null;
    this.loading = true;
    new Watch(this, ['status', 'home']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    captureLinks();
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => void this.#navigate(true));
    addEventListener('lintel-navigate', () => void this.#navigate(false));
    addEventListener('keydown', (event) => this.#shortcut(event));
    onRefused(() => this.#leave());
    void this.#begin();
  }

  async #begin(): Promise<void> {
    try {
      const entry = await entered.promise;
      // What stands behind the # is a guest's code.
      if (entry === 'setup' || entry === 'sign-in') history.replaceState(null, '', `/${entry}${location.hash}`);
      else if (router.path === '/setup' || router.path === '/sign-in') history.replaceState(null, '', '/');
      this.trouble = null;
      await this.#navigate(false);
    } catch {
      this.trouble = t.errors.hubAway;
      this.loading = false;
      setTimeout(() => {
        entered.promise = enter();
        void this.#begin();
      }, RETRY_MS);
    }
  }

  /** The hub no longer knows this browser: signed out elsewhere, or revoked. */
  #leave(): void {
    closeLive();
    router.go('/sign-in', { replace: true });
  }

  async #navigate(isBack: boolean): Promise<void> {
    const sheet = sheetOf(router.path);
    const path = sheet === null ? router.path : router.under;
    const before = this.sheet;
    const showsSame = path === this.#shownPath && this.screen !== null;
    if (!showsSame) await this.#show(path, isBack);
    if (sheet !== null) await this.#openSheet(sheet);
    else this.#closeSheet(before);
  }

  async #show(path: string, isBack: boolean): Promise<void> {
    this.#visit += 1;
    const visit = this.#visit;
    const isFirst = this.screen === null;
    this.#scrolls.set(this.#shownPath, scrollY);
    const match = matchRoute(path.split('?')[0]!);
    try {
      await match.route.load();
    } catch {
      this.#screenFailed();
      return;
    }
    if (visit !== this.#visit) return;
    const screen = document.createElement(match.route.tag) as Screen;
    screen.params = match.params;
    screen.classList.add('screen');
    this.#match = match;
    this.#shownPath = path;
    this.screen = screen;
    this.trouble = null;
    this.loading = false;
    await this.updateComplete;
    await screen.updateComplete;
    scrollTo(0, isBack ? (this.#scrolls.get(path) ?? 0) : 0);
    if (!isFirst) this.#focusHeading();
  }

  /** Mostly a hub that was upgraded under an open page: its old files are gone, and loading anew brings the new ones. */
  #screenFailed(): void {
    this.trouble = t.errors.screenFailed;
    this.loading = false;
    const action = { label: t.retry, run: () => location.reload() };
    notices.show(t.errors.screenFailed, { tone: 'error', action });
  }

  async #openSheet(id: string): Promise<void> {
    await import('./screens/devices/sheet.ts');
    this.sheet = id;
  }

  #closeSheet(before: string | null): void {
    this.sheet = null;
    if (before === null) return;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(`[data-device="${CSS.escape(before)}"] a`)?.focus({ preventScroll: true });
    });
  }

  #focusHeading(): void {
    const heading = this.querySelector<HTMLElement>('main h1');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  #shortcut(event: KeyboardEvent): void {
    const isSearch = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isSearch || this.#match?.route.bare === true) return;
    event.preventDefault();
    void this.#search();
  }

  async #search(): Promise<void> {
    await import('./screens/quick/quick.ts');
    this.searching = true;
  }

  protected override willUpdate(): void {
    const language = store.state.home?.language ?? 'en';
    document.documentElement.lang = language;
    document.documentElement.dir = direction(language);
  }

  protected override render(): TemplateResult {
    if (this.trouble !== null && this.screen === null) return this.#troubled(this.trouble);
    const bare = this.#match === null || this.#match.route.bare === true;
    return bare ? this.#bare() : this.#shell();
  }

  #troubled(title: string): TemplateResult {
    return html`<main class="bare" id="main">
      <div class="empty">
        <h1>${title}</h1>
        <p role="status">${t.errors.hubAwayText}</p>
      </div>
    </main>`;
  }

  #bare(): TemplateResult {
    return html`<main class="bare" id="main" aria-busy=${this.loading ? 'true' : 'false'}>${this.screen}</main>
      <lintel-toasts></lintel-toasts>`;
  }

  #shell(): TemplateResult {
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${t.skip}</a>
      <div class="shell" data-stale=${store.status === 'live' ? nothing : store.status}>
        ${this.#top()}${this.#navigation()}
        <main id="main" tabindex="-1">
          ${isLost(store.status) && store.loaded ? html`<p class="stale-note">${t.connection.stale}</p>` : nothing}
          ${this.screen}
        </main>
      </div>
      ${this.sheet === null ? html`<lintel-toasts></lintel-toasts>` : nothing}
      ${this.sheet === null ? nothing : html`<lintel-sheet .device=${this.sheet}></lintel-sheet>`}
      ${this.searching ? html`<lintel-quick-search @close=${() => (this.searching = false)}></lintel-quick-search>` : nothing}
    `;
  }

  #skip(event: Event): void {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }

  #top(): TemplateResult {
    const { status } = store;
    return html`<header class="top">
      <a class="brand" href="/"><span class="brand-mark" aria-hidden="true"></span><span>Lintel</span></a>
      <button class="search-button" @click=${this.#search}>
        ${icon(mdiMagnify, 20)}<span>${t.search}</span><kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <div class="connection ${status}" role="status" aria-label=${t.connection.label}>${t.connection[status]}</div>
    </header>`;
  }

  #navigation(): TemplateResult {
    const section = `/${this.#shownPath.split('/')[1] ?? ''}`;
    const current = NAVIGATION.some((each) => each.path === section) ? section : '/more';
    return html`<nav class="nav" aria-label=${t.nav.label}>
      ${NAVIGATION.filter(({ path }) => mayOpen(path)).map(
        ({ path, label }) =>
          html`<a href=${path} aria-current=${path === current ? 'page' : nothing}
            >${icon(ICONS[path]!)}<span>${label}</span></a
          >`,
      )}
    </nav>`;
  }
}

define('lintel-app', App);
document.body.append(document.createElement('lintel-app'));
