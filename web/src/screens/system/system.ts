// How Lintel itself is doing, and what the home is set to.

import { html, nothing, type TemplateResult } from 'lit';
import type { Home } from '@lintel/model';
import type { Health } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { selectField, textField } from '../../elements/field.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { get, patch, post, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { timeZones } from '../../readers/time-zones.ts';
import { hubMemory, mebibytes, pluginFigures } from './figures.ts';

const REFRESH_MS = 5_000;

class SystemScreen extends Screen {
  static override properties = {
    health: { state: true },
    memory: { state: true },
    trouble: { state: true },
    name: { state: true },
  };
  declare health: Health | null;
  /** Bytes that the hub itself takes; null where it does not tell this person. */
  declare memory: number | null;
  declare trouble: string | null;
  declare name: string | null;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor() {
    super();
    this.health = null;
    this.memory = null;
    this.trouble = null;
    this.name = null;
    new Watch(this, ['home', 'devices', 'automations', 'plugins']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    this.#timer = setInterval(() => store.status === 'live' && void this.#load(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #load(): Promise<void> {
    try {
      this.health = await get<Health>('/health');
      this.trouble = null;
      if (isAtLeast(store.state.user, 'admin')) this.memory = await hubMemory();
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  protected override render(): TemplateResult {
    router.title(t.system.title, store.state.home?.name);
    const { home } = store.state;
    return html`
      <div class="screen-head"><h1>${t.system.title}</h1></div>
      <div class="stack narrow">
        ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
        ${this.health === null ? nothing : this.#health(this.health)}
        ${home === null || !isAtLeast(store.state.user, 'admin') ? nothing : this.#settings(home)}
      </div>
    `;
  }

  #health({ status, version, reasons }: Health): TemplateResult {
    const words = reasons.map((each) => (typeof each === 'string' ? each : each.detail));
    return html`<section class="card stack">
        <div role="status"><h2>${t.system.status[status] ?? status}</h2></div>
        ${
          words.length === 0
            ? nothing
            : html`<ul class="stack" aria-label=${t.system.reasons}>
                ${words.map((each) => html`<li class="note">${each}</li>`)}
              </ul>`
        }
        ${status === 'safe-mode' && isAtLeast(store.state.user, 'admin') ? this.#leave() : nothing}
        <dl class="facts">
          ${fact(t.system.version, version)} ${fact(t.system.devices, store.state.devices.size)}
          ${fact(t.system.automations, store.state.automations.size)}
          ${this.memory === null ? nothing : fact(t.system.memory, mebibytes(this.memory))}
        </dl>
      </section>
      ${pluginFigures()}`;
  }

  /** Plugins that were held back are started: whoever asks has taken away what was at fault. */
  #leave(): TemplateResult {
    const leave = async (): Promise<void> => {
      await change(() => post('/safe-mode/leave'), t.system.left);
      await this.#load();
    };
    return html`<div><button class="button" @click=${leave}>${t.system.leave}</button></div>`;
  }

  #settings(home: Home): TemplateResult {
    const save = (before: Partial<Home>, after: Partial<Home>): Promise<boolean> =>
      change(
        () => patch('/home', after),
        t.system.saved,
        () => patch('/home', before),
      );
    const rename = async (event: Event): Promise<void> => {
      event.preventDefault();
      const name = this.name?.trim() ?? '';
      if (name !== '' && name !== home.name) await save({ name: home.name }, { name });
      this.name = null;
    };
    const units = [
      { value: 'metric', label: t.system.metric },
      { value: 'imperial', label: t.system.imperial },
    ];
    const zones = timeZones();
    return html`<section class="card form">
      <h2>${t.system.settings}</h2>
      <form class="form" @submit=${rename}>
        ${textField({ id: 'home-name', label: t.system.homeName, value: this.name ?? home.name, input: (name) => (this.name = name) })}
        ${this.name === null || this.name === home.name ? nothing : html`<button class="button primary">${t.save}</button>`}
      </form>
      ${selectField({
        id: 'units',
        label: t.system.units,
        value: home.units,
        choices: units,
        change: (value) => void save({ units: home.units }, { units: value as Home['units'] }),
      })}
      ${selectField({
        id: 'time-zone',
        label: t.system.timeZone,
        value: home.timeZone,
        choices: zones,
        change: (timeZone) => void save({ timeZone: home.timeZone }, { timeZone }),
      })}
    </section>`;
  }
}

const fact = (name: string, value: string | number): TemplateResult =>
  html`<div class="fact">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

define('screen-system', SystemScreen);
