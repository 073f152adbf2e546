// One plugin: its settings with errors at their fields, how it fares, and what it may and may not do, in words.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiChevronLeft } from '@mdi/js';
import type { PluginView, Problem } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { focusInvalid } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import { deviceChoices, thingChoices } from '../../editor/things.ts';
import { replaceAt, schemaForm, type FormContext } from '../../elements/schema-form.ts';
import { prune, validate } from '../../readers/schema.ts';
import { router } from '../../router.ts';
import { attempt } from '../../store/actions.ts';
import { post, problemOf, put } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import type { HomeState } from '../../store/state.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import './plugin-log.ts';
import { pluginFacts } from './plugin-facts.ts';
import './matter-bridge.ts';
import { power } from './power.ts';
import './removal.ts';
import { statusChip } from './status-chip.ts';

type Settings = Readonly<Record<string, unknown>>;

class PluginScreen extends Screen {
  static override properties = {
    draft: { state: true },
    errors: { state: true },
    trouble: { state: true },
    tested: { state: true },
    busy: { state: true },
  };
  declare draft: Settings | null;
  declare errors: Readonly<Record<string, string>>;
  declare trouble: string | null;
  declare tested: string | null;
  declare busy: boolean;

  constructor() {
    super();
    this.draft = null;
    this.errors = {};
    this.trouble = null;
    this.tested = null;
    this.busy = false;
    new Watch(this, ['plugins', 'home', 'devices', 'rooms']);
  }

  get #id(): string {
    return this.params['id'] ?? '';
  }

  get #path(): string {
    return `/plugins/${encodeURIComponent(this.#id)}`;
  }

  protected override render(): TemplateResult {
    const plugin = store.state.plugins.get(this.#id);
    if (plugin === undefined) {
      return html`${back()}
        <h1>${store.loaded ? t.plugins.gone : t.loading}</h1>`;
    }
    router.title(plugin.name, store.state.home?.name);
    return html`
      ${back()}
      <div class="screen-head">
        <h1 dir="auto">${plugin.name}</h1>
        ${statusChip(plugin)}
      </div>
      <div class="columns two">
        <div class="stack">
          ${this.#power(plugin)} ${this.#troubled(plugin)} ${this.#settings(plugin)}
          <lintel-plugin-log .plugin=${plugin.id}></lintel-plugin-log>
        </div>
        <div class="stack">${plugin.id === 'matter' ? this.#bridge(plugin) : nothing} ${pluginFacts(plugin)}</div>
      </div>
    `;
  }

  #power(plugin: PluginView): TemplateResult {
    return power({
      plugin,
      busy: this.busy,
      owns: store.state.user?.role === 'owner',
      flip: () => this.#send(plugin, !plugin.enabled),
      restart: () => this.#restart(),
      update: () => this.#update(plugin),
      rollBack: () => this.#rollBack(plugin),
    });
  }

  #bridge({ enabled, settings }: PluginView): TemplateResult {
    const { enabled: on = false } = (settings['bridge'] ?? {}) as { readonly enabled?: boolean };
    return html`<lintel-matter-bridge class="card stack" .enabled=${enabled && on}></lintel-matter-bridge>`;
  }

  async #restart(): Promise<void> {
    if (await attempt(() => post(`${this.#path}/restart`))) notices.show(t.plugins.restarted);
  }

  #update({ name, version }: PluginView): Promise<void> {
    return this.#ask(async () => {
      const now = (await post<PluginView>(`${this.#path}/update`)).version;
      notices.show(now === version ? th.plugins.newest(name) : th.plugins.updated(name, now));
    });
  }

  #rollBack({ name }: PluginView): Promise<void> {
    return this.#ask(async () => {
      const { version } = await post<PluginView>(`${this.#path}/rollback`);
      notices.show(th.plugins.rolledBack(name, version));
    });
  }

  /** What was refused and belongs to no field, where there is no form to stand above. */
  #troubled(plugin: PluginView): TemplateResult | typeof nothing {
    if (this.trouble === null || hasForm(plugin) || this.trouble === plugin.health.lastError) return nothing;
    return html`<p class="form-error" role="alert">${this.trouble}</p>`;
  }

  #settings(plugin: PluginView): TemplateResult | typeof nothing {
    const { settingsSchema } = plugin;
    if (settingsSchema === null || !hasForm(plugin)) return nothing;
    const settings = this.draft ?? plugin.settings;
    const change = (pointer: string, value: unknown): void => {
      this.draft = replaceAt(settings, pointer, value) as Settings;
      const { [pointer]: _mended, ...others } = this.errors;
      this.errors = others;
      this.tested = null;
    };
    const save = (event: Event): void => {
      event.preventDefault();
      void this.#send(plugin, true);
    };
    return html`<form class="card form" novalidate @submit=${save}>
      <h2>${t.plugins.settings}</h2>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${schemaForm(settingsSchema, settings, { errors: this.errors, change, things: thingsOf(store.state) })}
      <p role="status" class="soft">${this.tested ?? nothing}</p>
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>
          ${plugin.enabled ? t.save : t.plugins.saveAndStart}
        </button>
        <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#test(plugin)}>
          ${th.plugins.test}
        </button>
      </div>
    </form>`;
  }

  /** The settings as they would be sent, or null where the form itself sees an error. */
  #checked(plugin: PluginView): unknown {
    const settings = this.draft ?? plugin.settings;
    this.errors = plugin.settingsSchema === null ? {} : validate(plugin.settingsSchema, settings);
    this.trouble = null;
    this.tested = null;
    if (Object.keys(this.errors).length === 0) return prune(settings);
    void this.updateComplete.then(() => focusInvalid(this));
    return null;
  }

  async #send(plugin: PluginView, enabled: boolean): Promise<void> {
    const settings = enabled ? this.#checked(plugin) : prune(plugin.settings);
    if (settings === null) return;
    await this.#ask(async () => {
      await put(this.#path, { enabled, settings });
      if (enabled) this.draft = null;
      notices.show(enabled ? t.plugins.saved(plugin.name) : t.plugins.stopped(plugin.name));
    });
  }

  async #test(plugin: PluginView): Promise<void> {
    const settings = this.#checked(plugin);
    if (settings === null) return;
    this.tested = th.plugins.testing;
    await this.#ask(async () => {
      await post(`${this.#path}/test`, { settings });
      this.tested = th.plugins.tested;
    });
  }

  async #ask(run: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await run();
    } catch (error) {
      await this.#refused(problemOf(error));
    } finally {
      this.busy = false;
    }
  }

  /** The hub's pointer names the field below `/settings`; without one the error stands above the form. */
  async #refused({ detail, pointer }: Problem): Promise<void> {
    this.tested = null;
    const at = pointer?.startsWith('/settings/') ? pointer.slice('/settings'.length) : null;
    if (at === null) this.trouble = detail;
    else this.errors = { [at]: detail };
    await this.updateComplete;
    if (this.querySelector('[aria-invalid="true"]') === null) this.trouble = detail;
    else focusInvalid(this);
  }
}

const thingsOf = ({ devices, rooms }: HomeState): FormContext['things'] => ({
  device: deviceChoices({ devices: [...devices.values()], rooms: [...rooms.values()] }),
  room: thingChoices([...rooms.values()]),
});

const hasForm = ({ settingsSchema }: PluginView): boolean => Object.keys(settingsSchema?.properties ?? {}).length > 0;

const back = (): TemplateResult =>
  html`<a class="crumb" href="/plugins"><span class="icon flips">${icon(mdiChevronLeft)}</span>${t.plugins.title}</a>`;

define('screen-plugin', PluginScreen);
