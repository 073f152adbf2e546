// What needs a hand: what is wrong, since when, what to do, and a button where the hub can do it itself.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiAlertCircleOutline, mdiAlertOutline } from '@mdi/js';
import type { Repair } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { devicePath } from '../../readers/devices.ts';
import { ago } from '../../readers/format.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { post } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const words = th.repairs;
/** A battery that ran low, or a device that fell silent, is told by no change of its own. */
const REFRESH_MS = 20_000;

class RepairsScreen extends Screen {
  static override properties = { ...Screen.properties, fixing: { state: true } };
  /** The repair that the hub is at. */
  declare fixing: string | null;
  readonly #all = new Fetched<Repair>(this, '/repairs');
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor() {
    super();
    this.fixing = null;
    new Watch(this, ['devices', 'automations', 'plugins', 'home']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.#all.load(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #fix({ id }: Repair): Promise<void> {
    this.fixing = id;
    await change(() => post(`/repairs/${encodeURIComponent(id)}/fix`), words.fixed);
    this.fixing = null;
    await this.#all.load();
  }

  protected override render(): TemplateResult {
    router.title(words.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    return html`
      <div class="screen-head">
        <h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
      </div>
      ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
      ${loaded && items.length === 0 ? emptyState(words.emptyTitle, words.emptyText) : nothing}
      ${
        items.length === 0
          ? nothing
          : html`<ul class="rows narrow">
              ${items.toSorted(worstFirst).map((each) => html`<li>${this.#row(each)}</li>`)}
            </ul>`
      }
    `;
  }

  #row(repair: Repair): TemplateResult {
    const { severity, since, diagnosis, step, part, fix } = repair;
    const bad = severity === 'error';
    return html`<div class="row top">
      <span class="icon ${bad ? 'danger' : 'warn'}">${icon(bad ? mdiAlertCircleOutline : mdiAlertOutline)}</span>
      <div class="row-text loose">
        <span class="row-title" dir="auto">${diagnosis}</span>
        <span dir="auto">${step}${part === undefined ? nothing : html` <b>${words.part(part)}</b>`}</span>
        <span class="row-note">
          ${words.severities[severity]}${since === null ? nothing : ` · ${words.since(ago(since, Date.now()))}`}
        </span>
        <div class="actions">${this.#fixButton(repair, fix)} ${whereLink(repair)}</div>
      </div>
    </div>`;
  }

  #fixButton(repair: Repair, fix: string | undefined): TemplateResult | typeof nothing {
    if (fix === undefined || !isAtLeast(store.state.user, 'admin')) return nothing;
    const busy = this.fixing === repair.id;
    return html`<button class="button primary" ?disabled=${this.fixing !== null} @click=${() => this.#fix(repair)}>
      ${busy ? words.fixing : fix}<span class="hidden"> ${repair.diagnosis}</span>
    </button>`;
  }
}

const worstFirst = (a: Repair, b: Repair): number =>
  Number(b.severity === 'error') - Number(a.severity === 'error') || (a.since ?? '').localeCompare(b.since ?? '');

/** To the device, the automation or the plugin that it is about. */
function whereLink({ device, automation, plugin }: Repair): TemplateResult | typeof nothing {
  const link = (href: string, name: string): TemplateResult =>
    html`<a class="button" href=${href} dir="auto">${words.open(name)}</a>`;
  if (device !== undefined) return link(devicePath(device), store.device(device)?.name ?? device);
  const rule = automation === undefined ? undefined : store.state.automations.get(automation);
  if (rule !== undefined) return link(`/automations/${encodeURIComponent(rule.id)}`, rule.name ?? rule.id);
  if (plugin === undefined || !isAtLeast(store.state.user, 'admin')) return nothing;
  return link(`/plugins/${encodeURIComponent(plugin)}`, store.state.plugins.get(plugin)?.name ?? plugin);
}

define('screen-repairs', RepairsScreen);
