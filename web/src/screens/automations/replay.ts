// A rule replayed over what really happened, moment by moment: what it would do then, and how what it reads was.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiChevronLeft, mdiChevronRight } from '@mdi/js';
import type { Rule } from '@lintel/model';
import type { Backtest } from '@lintel/protocol';
import { readDraft, written } from '../../editor/draft.ts';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { checkField, selectField } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import '../../elements/slider.ts';
import { actionText } from '../../readers/sentences.ts';
import { router } from '../../router.ts';
import { post, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import { Household } from './editor-home.ts';
import './moment.ts';

const DAY_MS = 86_400_000;
const SPANS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Span = keyof typeof SPANS;
type Firing = Backtest['firings'][number];

class ReplayScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    span: { state: true },
    compares: { state: true },
    result: { state: true },
    at: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };
  declare span: Span;
  /** Whether the draft is replayed beside what is saved. */
  declare compares: boolean;
  declare result: Backtest | null;
  /** Which of the firings is on show. */
  declare at: number;
  declare busy: boolean;
  declare trouble: string | null;
  readonly #household = new Household(this);
  #asked = 0;

  constructor() {
    super();
    Object.assign(this, { span: 'week', compares: false, result: null, at: 0, busy: false, trouble: null });
    new Watch(this, ['automations', 'devices', 'home']);
  }

  get #id(): string {
    return this.params['id'] ?? '';
  }

  get #saved(): Rule | undefined {
    return store.state.automations.get(this.#id);
  }

  get #draft(): Rule | null {
    return readDraft(this.#id)?.rule ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#replay();
  }

  async #replay(): Promise<void> {
    this.#asked += 1;
    const [asked, to] = [this.#asked, Date.now()];
    const draft = this.compares ? this.#draft : null;
    const body = {
      automation: draft === null ? this.#id : { ...written(draft), id: this.#id },
      from: new Date(to - SPANS[this.span]).toISOString(),
      to: new Date(to).toISOString(),
      ...(draft !== null && { compare: this.#id }),
    };
    Object.assign(this, { busy: true, trouble: null });
    try {
      const result = await post<Backtest>('/automations/backtest', body);
      if (asked === this.#asked) Object.assign(this, { result, at: Math.max(0, result.firings.length - 1) });
    } catch (error) {
      Object.assign(this, { trouble: problemOf(error).detail, result: null });
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const rule = this.#saved;
    const name = rule?.name ?? this.#id;
    router.title(th.replay.title(name), store.state.home?.name);
    return html`
      <a class="crumb" href="/automations/${encodeURIComponent(this.#id)}"
        ><span class="icon flips">${icon(mdiChevronLeft)}</span>${name}</a
      >
      <div class="screen-head">
        <h1 dir="auto">${th.replay.title(name)}</h1>
        <p class="lead">${th.replay.lead}</p>
      </div>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      <div class="stack narrow">
        ${this.#choice()}
        <div class="soft" role="status">${this.busy ? th.backtest.running : this.#sum()}</div>
        ${rule === undefined || this.result === null ? nothing : this.#moments(rule, this.result.firings)}
      </div>
    `;
  }

  #choice(): TemplateResult {
    const choices = Object.entries(th.backtest.spans).map(([value, label]) => ({ value, label }));
    const span = (value: string): void => {
      this.span = value as Span;
      void this.#replay();
    };
    const compare = (compares: boolean): void => {
      this.compares = compares;
      void this.#replay();
    };
    return html`<div class="fields">
      ${selectField({ id: 'replay-span', label: th.backtest.span, value: this.span, choices, change: span })}
      ${this.#draft === null ? nothing : checkField('replay-draft', th.replay.compare, this.compares, compare)}
    </div>`;
  }

  #sum(): string {
    if (this.result === null) return '';
    const { firings } = this.result;
    const only = (which: 'new' | 'old'): number => firings.filter((each) => each.only === which).length;
    if (firings.length === 0) return th.backtest.none;
    return this.compares ? th.backtest.compared(only('new'), only('old')) : th.backtest.count(firings.length);
  }

  #moments(rule: Rule, firings: readonly Firing[]): TemplateResult {
    if (firings.length === 0) return emptyState(th.backtest.none, th.replay.none);
    const shown = firings[this.at]!;
    const last = firings.length - 1;
    const go = (to: number): void => void (this.at = Math.min(last, Math.max(0, to)));
    const step = (by: number, label: string, path: string): TemplateResult =>
      html`<button
        class="round-button"
        aria-label=${label}
        ?disabled=${this.at + by < 0 || this.at + by > last}
        @click=${() => go(this.at + by)}
      >
        <span class="icon flips">${icon(path)}</span>
      </button>`;
    return html`<section class="card stack" aria-label=${th.replay.moment}>
      ${
        last === 0
          ? nothing
          : html`<div class="scrub">
              ${step(-1, th.replay.earlier, mdiChevronLeft)}
              <lintel-slider
                .label=${th.replay.moment}
                .value=${this.at + 1}
                .min=${1}
                .max=${firings.length}
                .keyStep=${1}
                .text=${(shown: number) => th.replay.of(shown, firings.length)}
                @slide=${(event: CustomEvent<number>) => go(event.detail - 1)}
                @choose=${(event: CustomEvent<number>) => go(event.detail - 1)}
              ></lintel-slider>
              ${step(1, th.replay.later, mdiChevronRight)}
            </div>`
      }
      ${this.#firing(shown)}
      <lintel-moment class="stack-close" .rule=${rule} .at=${shown.at}></lintel-moment>
    </section>`;
  }

  #firing({ at, commands, only }: Firing): TemplateResult {
    const time = new Date(at).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'medium' });
    return html`<div class="stack-close">
      <h2 aria-live="polite"><time datetime=${at}>${time}</time></h2>
      ${only === undefined ? nothing : html`<p><span class="chip ${only === 'new' ? 'good' : 'warn'}">${th.backtest.only[only]}</span></p>`}
      <ul class="bullets">
        ${commands.map((each) => html`<li dir="auto">${this.#text(each)}</li>`)}
      </ul>
      ${commands.length === 0 ? html`<p class="soft">${th.run.nothing}</p>` : nothing}
    </div>`;
  }

  /** A command of the core is the action with its values worked out; whatever else it is, is told as it is. */
  #text(command: Firing['commands'][number]): string {
    try {
      return actionText(command as never, this.#household.names()) ?? t.humanise(command.kind);
    } catch {
      return t.humanise(command.kind);
    }
  }
}

define('screen-replay', ReplayScreen);
