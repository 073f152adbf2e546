// One run of an automation: how it began, what it did and when, what it waits for, and what led to it.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiChevronLeft } from '@mdi/js';
import type { Rule } from '@lintel/model';
import type { Pending, RunDetail, Why } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { playTime } from '../../readers/machines.ts';
import { pointerText } from '../../readers/pointers.ts';
import { triggerText } from '../../readers/sentences.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { get, getAll, problemOf, remove } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import { chain, readings } from '../why/chain.ts';
import { Household } from './editor-home.ts';

const words = th.run;
const SETTLE_MS = 250;

class RunScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    run: { state: true },
    why: { state: true },
    pending: { state: true },
    trouble: { state: true },
    missing: { state: true },
  };
  declare run: RunDetail | null;
  /** Which condition stopped it, with the values it read. */
  declare why: Why | null;
  /** What can be called off, while it waits. */
  declare pending: Pending | null;
  declare trouble: string | null;
  declare missing: boolean;
  readonly #household = new Household(this);
  #stop: (() => void) | null = null;
  #soon: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    Object.assign(this, { run: null, why: null, pending: null, trouble: null, missing: false });
    new Watch(this, ['automations', 'devices', 'home']);
  }

  get #rule(): Rule | undefined {
    return store.state.automations.get(this.params['id'] ?? '');
  }

  get #path(): string {
    return `/automations/${encodeURIComponent(this.params['id'] ?? '')}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    this.#stop = store.listen(['activity', 'status'], () => {
      this.#soon ??= setTimeout(() => void this.#load(), SETTLE_MS);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
  }

  async #load(): Promise<void> {
    this.#soon = null;
    try {
      const run = await get<RunDetail>(`${this.#path}/runs/${encodeURIComponent(this.params['run'] ?? '')}`);
      const waiting = run.waits.length > 0 || run.outcome === 'queued';
      const all = waiting ? await getAll<Pending>('/pending') : [];
      const pending = all.find((each) => each.automation === this.params['id'] && each.run === run.run) ?? null;
      Object.assign(this, { run, pending, trouble: null, missing: false });
      if (run.outcome === 'conditions') await this.#ask(run);
    } catch (error) {
      const { status, detail } = problemOf(error);
      Object.assign(this, status === 404 ? { missing: true } : { trouble: detail });
    }
  }

  async #ask({ at }: RunDetail): Promise<void> {
    const query = new URLSearchParams({ automation: this.params['id'] ?? '', at });
    this.why = await get<Why>(`/why?${query}`);
  }

  async #cancel({ id }: Pending): Promise<void> {
    await change(() => remove(`/pending/${encodeURIComponent(id)}`), words.cancelled);
    await this.#load();
  }

  protected override render(): TemplateResult {
    const rule = this.#rule;
    const name = rule?.name ?? rule?.id ?? this.params['id'] ?? '';
    router.title(words.title(name), store.state.home?.name);
    const { run } = this;
    return html`
      <a class="crumb" href=${this.#path}><span class="icon flips">${icon(mdiChevronLeft)}</span>${name}</a>
      <div class="screen-head"><h1 dir="auto">${words.title(name)}</h1></div>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${this.missing ? emptyState(words.gone, words.goneText) : nothing}
      ${run === null ? nothing : html`<div class="stack narrow">${this.#head(run)} ${this.#parts(run)}</div>`}
    `;
  }

  #parts(run: RunDetail): unknown {
    return [
      run.waits.length === 0 && this.pending === null ? nothing : this.#waits(run),
      this.#stopped(run),
      did(run),
      run.causes.length === 0
        ? nothing
        : html`<section class="card stack-close">
            <h2>${words.causes}</h2>
            ${chain({ value: null, chain: run.causes })}
          </section>`,
    ];
  }

  #head(run: RunDetail): TemplateResult {
    const rule = this.#rule;
    const by = rule?.triggers.find((each, at) => (each.id ?? String(at)) === run.trigger);
    const trigger = by === undefined ? run.trigger : triggerText(by, this.#household.names());
    return html`<section class="card">
      <p class="big-state" role="status">${th.runs.outcomes[run.outcome] ?? t.humanise(run.outcome)}</p>
      <dl class="facts">
        <div class="fact">
          <dt>${words.started}</dt>
          <dd><time datetime=${run.at}>${exact(run.at)}</time></dd>
        </div>
        <div class="fact">
          <dt>${words.by}</dt>
          <dd dir="auto">${trigger ?? words.hand}</dd>
        </div>
      </dl>
    </section>`;
  }

  #waits(run: RunDetail): TemplateResult {
    const { pending } = this;
    const rule = this.#rule;
    const names = this.#household.names();
    return html`<section class="card stack-close">
      <h2>${words.waits}</h2>
      <ul class="stack-tight">
        ${run.waits.map(
          ({ pointer, kind, until }) =>
            html`<li class="scene-target">
              <span class="row-text">
                <span dir="auto">${(rule && pointerText(rule, pointer, names)) ?? t.humanise(kind)}</span>
                ${until === null ? nothing : html`<time class="row-note" datetime=${until}>${words.until(exact(until))}</time>`}
              </span>
            </li>`,
        )}
      </ul>
      ${
        pending?.cancellable === true
          ? html`<div class="actions">
              <button class="button danger" @click=${() => this.#cancel(pending)}>${words.cancel}</button>
            </div>`
          : nothing
      }
    </section>`;
  }

  #stopped(run: RunDetail): TemplateResult | typeof nothing {
    const rule = this.#rule;
    if (run.pointer === undefined || rule === undefined) return nothing;
    const text = pointerText(rule, run.pointer, this.#household.names());
    if (text === null) return nothing;
    return html`<section class="card stack-close">
      <h2>${words.stopped}</h2>
      ${
        this.why === null
          ? html`<p dir="auto">${text}</p>`
          : html`<p class="note" dir="auto">${text}</p>
              ${readings(this.why, this.#household.names())}`
      }
    </section>`;
  }
}

/** With seconds: what happened within a minute is told apart. */
const exact = (at: string): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const clock = (at: string): string => new Date(at).toLocaleTimeString(undefined, { timeStyle: 'medium' });

function did({ commands, at }: RunDetail): TemplateResult {
  return html`<section class="card stack-close">
    <h2>${words.did}</h2>
    ${
      commands.length === 0
        ? html`<p class="soft">${words.nothing}</p>`
        : html`<ol class="chain">
            ${commands.map(
              (each) =>
                html`<li>
                  <span class="row-title" dir="auto">${each.text}</span>
                  <time class="row-note" datetime=${each.at}>${clock(each.at)} · ${after(at, each.at)}</time>
                </li>`,
            )}
          </ol>`
    }
  </section>`;
}

/** How long after the run's start something happened: "+0:12". */
const after = (start: string, at: string): string => `+${playTime((Date.parse(at) - Date.parse(start)) / 1000)}`;

define('screen-run', RunScreen);
