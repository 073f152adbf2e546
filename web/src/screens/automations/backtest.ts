// What a draft would have done on what really happened, and what is different from the saved version.

import { html, nothing, type TemplateResult } from 'lit';
import type { Rule } from '@lintel/model';
import type { Backtest } from '@lintel/protocol';
import { written } from '../../editor/draft.ts';
import { define, LightElement } from '../../elements/base.ts';
import { selectField } from '../../elements/field.ts';
import { actionText, type Names } from '../../readers/sentences.ts';
import { post, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const DAY_MS = 86_400_000;
const SPANS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Span = keyof typeof SPANS;
const SHOWN_MAX = 20;
/** A rule that has not been saved has no id of its own yet. */
const UNSAVED = 'draft';

class BacktestPanel extends LightElement {
  static override properties = {
    rule: { attribute: false },
    saved: { attribute: false },
    names: { attribute: false },
    span: { state: true },
    result: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };
  declare rule: Rule;
  /** The version to compare with, where there is one and it differs. */
  declare saved: Rule | null;
  declare names: Names;
  declare span: Span;
  declare result: Backtest | null;
  declare busy: boolean;
  declare trouble: string | null;

  constructor() {
    super();
    Object.assign(this, { saved: null, span: 'week', result: null, busy: false, trouble: null });
  }

  async #run(): Promise<void> {
    const to = Date.now();
    const body = {
      automation: { ...written(this.rule), id: this.rule.id === '' ? UNSAVED : this.rule.id },
      from: new Date(to - SPANS[this.span]).toISOString(),
      to: new Date(to).toISOString(),
      ...(this.saved !== null && { compare: this.saved.id }),
    };
    Object.assign(this, { busy: true, trouble: null, result: null });
    try {
      this.result = await post<Backtest>('/automations/backtest', body);
    } catch (error) {
      this.trouble = problemOf(error).detail;
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const choices = Object.entries(th.backtest.spans).map(([value, label]) => ({ value, label }));
    return html`<details class="part">
      <summary>${th.backtest.title}</summary>
      <p class="soft">${th.backtest.text}</p>
      <div class="fields">
        ${selectField({ id: 'backtest-span', label: th.backtest.span, value: this.span, choices, change: (span) => (this.span = span as Span) })}
      </div>
      <div class="actions">
        <button type="button" class="button" ?disabled=${this.busy} @click=${this.#run}>${th.backtest.run}</button>
        ${
          store.state.automations.has(this.rule.id)
            ? html`<a class="quiet" href="/automations/${encodeURIComponent(this.rule.id)}/replay"
                >${th.replay.open}</a
              >`
            : nothing
        }
      </div>
      <div role="status">
        ${this.busy ? th.backtest.running : nothing} ${this.result === null ? nothing : this.#told(this.result)}
      </div>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
    </details>`;
  }

  #told({ firings }: Backtest): TemplateResult {
    if (firings.length === 0) return html`<p>${th.backtest.none}</p>`;
    const only = (which: 'new' | 'old'): number => firings.filter((each) => each.only === which).length;
    const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
    const shown = firings.slice(-SHOWN_MAX).toReversed();
    return html`<p><b>${th.backtest.count(firings.length - only('old'))}</b></p>
      ${this.saved === null ? nothing : html`<p>${th.backtest.compared(only('new'), only('old'))}</p>`}
      ${firings.length > shown.length ? html`<p class="soft">${th.backtest.shown(shown.length)}</p>` : nothing}
      <ol class="stack-tight">
        ${shown.map(
          ({ at, commands, only: which }) =>
            html`<li class="scene-target">
              <span class="row-text">
                <span class="row-title"><time datetime=${at}>${time.format(Date.parse(at))}</time></span>
                ${commands.map((command) => html`<span class="row-note" dir="auto">${this.#text(command)}</span>`)}
              </span>
              ${which === undefined ? nothing : html`<span class="chip ${which === 'new' ? 'good' : 'warn'}">${th.backtest.only[which]}</span>`}
            </li>`,
        )}
      </ol>`;
  }

  /** A command of the core is the action with its values worked out; whatever else it is, is told as it is. */
  #text(command: Backtest['firings'][number]['commands'][number]): string {
    try {
      return actionText(command as never, this.names) ?? String(command.kind);
    } catch {
      return String(command.kind);
    }
  }
}

define('lintel-backtest', BacktestPanel);
