// What the home told, newest first, with the answers it offers.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiBellOutline, mdiClose } from '@mdi/js';
import type { Notification } from '@lintel/model';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { ago } from '../../readers/format.ts';
import { router } from '../../router.ts';
import { attempt } from '../../store/actions.ts';
import { post, remove } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const pathOf = ({ id }: Notification): string => `/notifications/${encodeURIComponent(id)}`;

class NotificationsScreen extends Screen {
  readonly #all = new Fetched<Notification>(this, '/notifications');

  constructor() {
    super();
    new Watch(this, ['automations', 'home']);
  }

  async #test(): Promise<void> {
    if (await attempt(() => post('/notifications/test'))) notices.show(th.notifications.tested);
    await this.#all.load();
  }

  async #run(request: () => Promise<unknown>): Promise<void> {
    await attempt(request);
    await this.#all.load();
  }

  protected override render(): TemplateResult {
    router.title(th.notifications.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    return html`
      <div class="screen-head">
        <h1>${th.notifications.title}</h1>
        <button class="button" @click=${this.#test}>${th.notifications.test}</button>
      </div>
      ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
      ${loaded && items.length === 0 ? emptyState(th.notifications.emptyTitle, th.notifications.emptyText) : nothing}
      ${
        items.length === 0
          ? nothing
          : html`<ul class="rows narrow">
              ${items.map((each) => html`<li>${this.#row(each)}</li>`)}
            </ul>`
      }
    `;
  }

  #row(notification: Notification): TemplateResult {
    const { at, title, text, actions, critical, answered, automation } = notification;
    const rule = automation === undefined ? undefined : store.state.automations.get(automation);
    const notes = [ago(at, Date.now()), rule === undefined ? '' : th.notifications.from(rule.name ?? rule.id)];
    return html`<div class="row top">
      <span class="icon ${critical ? 'danger' : 'dim'}">${icon(mdiBellOutline)}</span>
      <div class="row-text loose">
        ${title === undefined ? nothing : html`<span class="row-title" dir="auto">${title}</span>`}
        <span class=${title === undefined ? 'row-title' : ''} dir="auto">${text}</span>
        <span class="row-note" dir="auto">
          ${critical ? html`<b>${th.notifications.critical}</b> · ` : nothing}${notes.filter(Boolean).join(' · ')}
        </span>
        ${answered === undefined ? this.#answers(notification) : html`<span class="chip good" dir="auto">${answerText(answered, actions)}</span>`}
      </div>
      <button class="round-button bare" @click=${() => this.#run(() => remove(pathOf(notification)))}>
        ${icon(mdiClose, 20)}<span class="hidden">${th.of(th.notifications.dismiss, title ?? text)}</span>
      </button>
    </div>`;
  }

  #answers(notification: Notification): TemplateResult | typeof nothing {
    if (notification.actions.length === 0) return nothing;
    const answer = (id: string): Promise<void> =>
      this.#run(() => post(`${pathOf(notification)}/actions/${encodeURIComponent(id)}`));
    return html`<div class="actions">
      ${notification.actions.map(({ id, title }) => html`<button class="button" dir="auto" @click=${() => answer(id)}>${title}</button>`)}
    </div>`;
  }
}

function answerText(answered: NonNullable<Notification['answered']>, actions: Notification['actions']): string {
  const what = actions.find(({ id }) => id === answered.action)?.title ?? answered.action;
  return th.notifications.answered(what, answered.by.name ?? th.notifications.someone);
}

define('screen-notifications', NotificationsScreen);
