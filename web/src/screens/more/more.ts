// Everything that is not used every day.

import { html, type TemplateResult } from 'lit';
import {
  mdiAccountMultiple,
  mdiCellphoneLink,
  mdiDevices,
  mdiHeartPulse,
  mdiHistory,
  mdiPlusCircleOutline,
  mdiPuzzle,
} from '@mdi/js';
import { define, Screen, Watch } from '../../elements/base.ts';
import { icon } from '../../elements/icon.ts';
import { router } from '../../router.ts';
import { attempt } from '../../store/actions.ts';
import { remove } from '../../store/api.ts';
import { closeLive } from '../../store/session.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

type Entry = keyof typeof t.more.hints;

const ENTRIES: readonly (readonly [Entry, string])[] = [
  ['devices', mdiDevices],
  ['pairing', mdiPlusCircleOutline],
  ['plugins', mdiPuzzle],
  ['activity', mdiHistory],
  ['people', mdiAccountMultiple],
  ['sessions', mdiCellphoneLink],
  ['system', mdiHeartPulse],
];

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
        <ul class="rows">
          ${ENTRIES.map(
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
        <div><button class="button" @click=${signOut}>${t.more.signOut}</button></div>
      </div>
    `;
  }
}

define('screen-more', MoreScreen);
