// Weekly schedules: what each says now, and the way to its times.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiCalendarClock } from '@mdi/js';
import type { ScheduleView } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { router } from '../../router.ts';
import { Fetched } from '../../store/fetched.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { shownValue } from './value.ts';

class SchedulesScreen extends Screen {
  readonly #all = new Fetched<ScheduleView>(this, '/schedules');

  constructor() {
    super();
    new Watch(this, ['home']);
  }

  protected override render(): TemplateResult {
    router.title(th.schedules.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    const manages = isAtLeast(store.state.user, 'admin');
    const add = manages ? html`<a class="button primary" href="/schedules/new">${th.schedules.add}</a>` : undefined;
    const isEmpty = loaded && items.length === 0;
    const row = ({ id, name, blocks, value }: ScheduleView): TemplateResult =>
      html`<li>
        <div class="row">
          ${icon(mdiCalendarClock)}
          <span class="row-text">
            ${
              manages
                ? html`<a class="row-title cover" href="/schedules/${encodeURIComponent(id)}" dir="auto">${name}</a>`
                : html`<span class="row-title" dir="auto">${name}</span>`
            }
            <span class="row-note" dir="auto">
              ${th.schedules.blocks(blocks.length)}${value === null ? nothing : ` · ${th.schedules.now(shownValue(value))}`}
            </span>
          </span>
        </div>
      </li>`;
    return html`
      <div class="screen-head">
        <h1>${th.schedules.title}</h1>
        ${isEmpty ? nothing : add}
        <p class="lead">${th.schedules.lead}</p>
      </div>
      ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
      ${isEmpty ? emptyState(th.schedules.emptyTitle, th.schedules.emptyText, add) : nothing}
      ${
        items.length === 0
          ? nothing
          : html`<ul class="rows narrow">
              ${items.map(row)}
            </ul>`
      }
    `;
  }
}

define('screen-schedules', SchedulesScreen);
