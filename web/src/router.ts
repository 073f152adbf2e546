// Addresses to screens. Each screen's code is loaded when it is first shown.

import type { Role } from '@lintel/protocol';
import { isAtLeast } from './readers/roles.ts';
import { store } from './store/store.ts';
import { t } from './strings/index.ts';

export interface Route {
  /** Such as `/rooms/:id`. */
  readonly pattern: string;
  readonly tag: string;
  readonly load: () => Promise<unknown>;
  /** Screens before sign-in stand alone, without navigation. */
  readonly bare?: true;
  /** The least role that has any use of it; resident where none is named. */
  readonly role?: Role;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export const ROUTES: readonly Route[] = [
  { pattern: '/', tag: 'screen-home', load: () => import('./screens/home/home.ts'), role: 'guest' },
  { pattern: '/rooms', tag: 'screen-rooms', load: () => import('./screens/rooms/rooms.ts'), role: 'guest' },
  { pattern: '/rooms/:id', tag: 'screen-room', load: () => import('./screens/rooms/room.ts'), role: 'guest' },
  { pattern: '/devices', tag: 'screen-devices', load: () => import('./screens/devices/devices.ts'), role: 'guest' },
  { pattern: '/automations', tag: 'screen-automations', load: () => import('./screens/automations/automations.ts') },
  { pattern: '/automations/new', tag: 'screen-automation', load: () => import('./screens/automations/automation.ts') },
  { pattern: '/automations/import', tag: 'screen-import', load: () => import('./screens/import/import.ts') },
  { pattern: '/automations/:id', tag: 'screen-automation', load: () => import('./screens/automations/automation.ts') },
  { pattern: '/automations/:id/replay', tag: 'screen-replay', load: () => import('./screens/automations/replay.ts') },
  { pattern: '/automations/:id/runs/:run', tag: 'screen-run', load: () => import('./screens/automations/run.ts') },
  { pattern: '/scenes', tag: 'screen-scenes', load: () => import('./screens/scenes/scenes.ts') },
  { pattern: '/schedules', tag: 'screen-schedules', load: () => import('./screens/schedules/schedules.ts') },
  {
    pattern: '/schedules/new',
    tag: 'screen-schedule',
    load: () => import('./screens/schedules/schedule.ts'),
    role: 'admin',
  },
  {
    pattern: '/schedules/:id',
    tag: 'screen-schedule',
    load: () => import('./screens/schedules/schedule.ts'),
    role: 'admin',
  },
  { pattern: '/variables', tag: 'screen-variables', load: () => import('./screens/variables/variables.ts') },
  { pattern: '/pending', tag: 'screen-pending', load: () => import('./screens/pending/pending.ts') },
  { pattern: '/history', tag: 'screen-history', load: () => import('./screens/history/history.ts') },
  {
    pattern: '/notifications',
    tag: 'screen-notifications',
    load: () => import('./screens/notifications/notifications.ts'),
  },
  { pattern: '/tokens', tag: 'screen-tokens', load: () => import('./screens/tokens/tokens.ts') },
  { pattern: '/energy', tag: 'screen-energy', load: () => import('./screens/energy/energy.ts') },
  { pattern: '/activity', tag: 'screen-activity', load: () => import('./screens/activity/activity.ts') },
  { pattern: '/more', tag: 'screen-more', load: () => import('./screens/more/more.ts'), role: 'guest' },
  { pattern: '/pairing', tag: 'screen-pairing', load: () => import('./screens/pairing/pairing.ts'), role: 'admin' },
  { pattern: '/plugins', tag: 'screen-plugins', load: () => import('./screens/plugins/plugins.ts'), role: 'admin' },
  { pattern: '/plugins/:id', tag: 'screen-plugin', load: () => import('./screens/plugins/plugin.ts'), role: 'admin' },
  { pattern: '/people', tag: 'screen-people', load: () => import('./screens/people/people.ts') },
  { pattern: '/guests', tag: 'screen-guests', load: () => import('./screens/guests/guests.ts'), role: 'admin' },
  { pattern: '/sessions', tag: 'screen-sessions', load: () => import('./screens/sessions/sessions.ts'), role: 'guest' },
  {
    pattern: '/network',
    tag: 'screen-network',
    load: () => import('./screens/network/network.ts'),
    role: 'admin',
  },
  { pattern: '/repairs', tag: 'screen-repairs', load: () => import('./screens/repairs/repairs.ts') },
  { pattern: '/backups', tag: 'screen-backups', load: () => import('./screens/backups/backups.ts'), role: 'admin' },
  { pattern: '/system', tag: 'screen-system', load: () => import('./screens/system/system.ts') },
  {
    pattern: '/sign-in',
    tag: 'screen-sign-in',
    load: () => import('./screens/sign-in/sign-in.ts'),
    role: 'guest',
    bare: true,
  },
  { pattern: '/setup', tag: 'screen-setup', load: () => import('./screens/setup/setup.ts'), role: 'guest', bare: true },
];

const MISSING: Route = {
  pattern: '*',
  tag: 'screen-missing',
  role: 'guest',
  load: () => import('./screens/missing/missing.ts'),
};

const CLOSED: Route = {
  pattern: '*',
  tag: 'screen-closed',
  role: 'guest',
  load: () => import('./screens/missing/closed.ts'),
};

/** The device whose sheet an address opens, or null. */
export function sheetOf(path: string): string | null {
  const match = matchPattern('/devices/:id', path);
  return match === null ? null : (match['id'] ?? null);
}

/** The screen at an address; one that says so where whoever is signed in has no use of it. */
export function matchRoute(path: string): Match {
  const match = findRoute(path);
  return isOpen(match.route) ? match : { route: CLOSED, params: {} };
}

/** Whether whoever is signed in has any use of the screen at `path`. */
export const mayOpen = (path: string): boolean => isOpen(findRoute(path).route);

const isOpen = ({ role = 'resident' }: Route): boolean =>
  store.state.user === null || isAtLeast(store.state.user, role);

function findRoute(path: string): Match {
  for (const route of ROUTES) {
    const params = matchPattern(route.pattern, path);
    if (params !== null) return { route, params };
  }
  return { route: MISSING, params: {} };
}

function matchPattern(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.replace(/(.)\/$/, '$1').split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const actual = given[at]!;
    if (part.startsWith(':') && actual !== '') params[part.slice(1)] = decode(actual);
    else if (part !== actual) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

interface HistoryState {
  /** The address shown beneath an open sheet. */
  readonly under?: string;
  /** How many steps inside Lintel lie before this one. */
  readonly depth: number;
}

const readState = (): HistoryState => (history.state as HistoryState | null) ?? { depth: 0 };

export const router = {
  get path(): string {
    return location.pathname;
  },
  /** The screen under an open sheet: where it was opened, or the list of devices. */
  get under(): string {
    return readState().under ?? '/devices';
  },
  go(path: string, { replace = false }: { replace?: boolean } = {}): void {
    const state = readState();
    const wasSheet = sheetOf(location.pathname) !== null;
    const under = wasSheet ? router.under : location.pathname + location.search;
    const depth = state.depth + (replace ? 0 : 1);
    const next: HistoryState = sheetOf(path.split('?')[0]!) === null ? { depth } : { depth, under };
    if (replace) history.replaceState(next, '', path);
    else history.pushState(next, '', path);
    dispatchEvent(new Event('lintel-navigate'));
  },
  /** Back inside Lintel where there is a step to go back, else to `fallback`. */
  back(fallback: string): void {
    if (readState().depth > 0) history.back();
    else router.go(fallback, { replace: true });
  },
  title(text: string, home: string | undefined): void {
    document.title = home === undefined || home === text ? `${text} – Lintel` : `${text} – ${home} – Lintel`;
  },
};

/** Lets plain links navigate inside the page: one listener, and every `<a href>` stays a real link. */
export function captureLinks(): void {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = (event.target as Element | null)?.closest?.('a[href]');
    if (!(anchor instanceof HTMLAnchorElement) || anchor.target !== '' || anchor.hasAttribute('download')) return;
    if (anchor.origin !== location.origin || anchor.pathname.startsWith('/api/') || anchor.hash !== '') return;
    event.preventDefault();
    router.go(anchor.pathname + anchor.search);
  });
}

export const NAVIGATION = [
  { path: '/', label: t.nav.home },
  { path: '/rooms', label: t.nav.rooms },
  { path: '/automations', label: t.nav.automations },
  { path: '/energy', label: t.nav.energy },
  { path: '/more', label: t.nav.more },
] as const;
