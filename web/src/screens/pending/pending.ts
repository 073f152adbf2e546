// What is to come: runs that wait and changes that go back, each of which can be called off.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiTimerOutline, mdiTimerSandEmpty } from '@mdi/js';
import type { Pending } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { devicePath } from '../../readers/devices.ts';
import { ago, clockTime } from '../../readers/format.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { remove } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import './forecast.ts';

const REFRESH_MS = 15_000;

class PendingScreen extends Screen {
  static override properties = { ...Screen.properties, foresees: { state: true } };
  /** True where the hub can tell what will run. */
  declare foresees: boolean;
  readonly #all = new Fetched<Pending>(this, '/pending');
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor() {
    super();
    this.foresees = false;
    new Watch(this, ['automations', 'home']);
  }

  /** No change tells of a command that goes back: it is asked for now and then. */
  override connectedCallback(): void {
    super.connectedCallback();
    void hasRoute('/api/automations/forecast').then((known) => (this.foresees = known));
    this.#timer = setInterval(() => void this.#all.load(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #cancel({ id }: Pending): Promise<void> {
    await change(() => remove(`/pending/${encodeURIComponent(id)}`), th.pending.cancelled);
    await this.#all.load();
  }

  protected override render(): TemplateResult {
    router.title(th.pending.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    return html`
      <div class="screen-head">
        <h1>${th.pending.title}</h1>
        <p class="lead">${th.pending.lead}</p>
      </div>
      ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
      ${loaded && items.length === 0 ? emptyState(th.pending.emptyTitle, th.pending.emptyText) : nothing}
      ${
        items.length === 0
          ? nothing
          : html`<ul class="rows narrow">
              ${items.map((each) => html`<li>${this.#row(each)}</li>`)}
            </ul>`
      }
      ${this.foresees ? html`<lintel-forecast></lintel-forecast>` : nothing}
    `;
  }

  #row(pending: Pending): TemplateResult {
    const { kind, at, since, text, automation, devices = [], cancellable } = pending;
    const known = automation !== undefined && store.state.automations.has(automation);
    const href = known
      ? `/automations/${encodeURIComponent(automation)}`
      : devices.length === 1
        ? devicePath(devices[0]!)
        : null;
    const due = at === null ? th.pending.open : th.pending.due(clockTime(at));
    return html`<div class="row">
      ${icon(kind === 'run' ? mdiTimerSandEmpty : mdiTimerOutline)}
      <span class="row-text">
        ${
          href === null
            ? html`<span class="row-title" dir="auto">${text}</span>`
            : html`<a class="row-title cover" href=${href} dir="auto">${text}</a>`
        }
        <span class="row-note">${due} · ${th.pending.since(ago(since, Date.now()))}</span>
      </span>
      ${
        cancellable
          ? html`<button class="button" @click=${() => this.#cancel(pending)}>
              ${th.pending.cancel}<span class="hidden"> ${text}</span>
            </button>`
          : nothing
      }
    </div>`;
  }
}

define('screen-pending', PendingScreen);
