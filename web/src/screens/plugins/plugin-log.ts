// What a plugin writes into its log, newest last, while it is looked at.

import { html, nothing, type TemplateResult } from 'lit';
import type { PluginLogEntry } from '@lintel/protocol';
import { define, LightElement } from '../../elements/base.ts';
import { getAll, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const REFRESH_MS = 3_000;

class PluginLog extends LightElement {
  static override properties = {
    plugin: {},
    open: { state: true },
    lines: { state: true },
    trouble: { state: true },
  };
  declare plugin: string;
  declare open: boolean;
  declare lines: readonly PluginLogEntry[] | null;
  declare trouble: string | null;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor() {
    super();
    this.plugin = '';
    this.open = false;
    this.lines = null;
    this.trouble = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch(false);
  }

  #watch(on: boolean): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = on ? setInterval(() => store.status === 'live' && void this.#load(), REFRESH_MS) : null;
  }

  #turn(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
    this.#watch(this.open);
    if (this.open) void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const all = await getAll<PluginLogEntry>(`/plugins/${encodeURIComponent(this.plugin)}/log`);
      this.lines = all.filter(({ level }) => level !== 'deprecation');
      this.trouble = null;
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  /** The log stays at its end unless someone scrolled up to read. */
  protected override willUpdate(): void {
    const box = this.querySelector('.log');
    this.#atEnd = box === null || box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  }
  #atEnd = true;

  protected override updated(): void {
    const box = this.querySelector('.log');
    if (box !== null && this.#atEnd) box.scrollTop = box.scrollHeight;
  }

  protected override render(): TemplateResult {
    return html`<details class="card" @toggle=${this.#turn}>
      <summary>${th.plugins.log}</summary>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${this.open && this.lines !== null ? lines(this.lines) : nothing}
    </details>`;
  }
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

function lines(all: readonly PluginLogEntry[]): TemplateResult {
  if (all.length === 0) return html`<p class="soft">${th.plugins.noLog}</p>`;
  return html`<div class="log" role="log" tabindex="0" aria-label=${th.plugins.log} dir="ltr">
    ${all.map(
      ({ at, level, text }) =>
        html`<p class="log-line ${level}">
          <time datetime=${at}>${clock.format(Date.parse(at))}</time>
          ${level === 'info' ? nothing : html`<b>${th.plugins.levels[level]}</b>`} <span dir="auto">${text}</span>
        </p>`,
    )}
  </div>`;
}

define('lintel-plugin-log', PluginLog);
