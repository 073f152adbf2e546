// Everything that is not used every day.

import { html, nothing, type TemplateResult } from 'lit';
import {
  mdiAccountClock,
  mdiAccountMultiple,
  mdiBellOutline,
  mdiCalendarClock,
  mdiCellphoneLink,
  mdiChartLine,
  mdiDevices,
  mdiGraphOutline,
  mdiHeartPulse,
  mdiHistory,
  mdiKeyVariant,
  mdiPalette,
  mdiPlusCircleOutline,
  mdiPuzzle,
  mdiSafeSquareOutline,
  mdiTimerSandEmpty,
  mdiVariable,
  mdiWrenchOutline,
} from '@mdi/js';
import { define, Screen, Watch } from '../../elements/base.ts';
import { icon } from '../../elements/icon.ts';
import { mayOpen, router } from '../../router.ts';
import { attempt } from '../../store/actions.ts';
import { remove } from '../../store/api.ts';
import { closeLive } from '../../store/session.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

type Entry = keyof typeof t.more.hints;

type Group = keyof typeof t.more.groups;

const ENTRIES: Readonly<Record<Group, readonly (readonly [Entry, string])[]>> = {
  use: [
    ['devices', mdiDevices],
    ['scenes', mdiPalette],
    ['notifications', mdiBellOutline],
    ['history', mdiChartLine],
    ['activity', mdiHistory],
  ],
  rules: [
    ['pending', mdiTimerSandEmpty],
    ['schedules', mdiCalendarClock],
    ['variables', mdiVariable],
  ],
  home: [
    ['pairing', mdiPlusCircleOutline],
    ['plugins', mdiPuzzle],
    ['people', mdiAccountMultiple],
    ['guests', mdiAccountClock],
    ['sessions', mdiCellphoneLink],
    ['tokens', mdiKeyVariant],
    ['network', mdiGraphOutline],
    ['repairs', mdiWrenchOutline],
    ['backups', mdiSafeSquareOutline],
    ['system', mdiHeartPulse],
  ],
};

async function signOut(): Promise<void> {
  if (!(await attempt(() => remove('/sessions/current')))) return;
  closeLive();
  router.go('/sign-in', { replace: true });
}

class MoreScreen extends Screen {
  constructor() {
    super();
    new Watch(this, ['home']);
  }

  protected override render(): TemplateResult {
    router.title(t.more.title, store.state.home?.name);
    return html`
      <div class="screen-head"><h1>${t.more.title}</h1></div>
      <div class="stack narrow">
        ${(Object.keys(ENTRIES) as Group[]).map((group) => section(group))}
        <div><button class="button" @click=${signOut}>${t.more.signOut}</button></div>
      </div>
    `;
  }
}

function section(group: Group): TemplateResult | typeof nothing {
  const entries = ENTRIES[group].filter(([name]) => mayOpen(`/${name}`));
  if (entries.length === 0) return nothing;
  return html`<section>
    <h2 class="floor">${t.more.groups[group]}</h2>
    <ul class="rows">
      ${entries.map(
        ([name, path]) =>
          html`<li>
            <div class="row">
              ${icon(path)}
              <span class="row-text">
                <a class="row-title cover" href="/${name}">${t.more[name]}</a>
                <span class="row-note">${t.more.hints[name]}</span>
              </span>
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}

define('screen-more', MoreScreen);
