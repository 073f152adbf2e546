// What a rule did and why, or which condition stopped it; and the versions that were before.

import { html, nothing, type TemplateResult } from 'lit';
import type { Rule } from '@lintel/model';
import type { Page, RuleVersion, RunTrace, Why } from '@lintel/protocol';
import { define, LightElement } from '../../elements/base.ts';
import { ago } from '../../readers/format.ts';
import { triggerText, ruleText, type Names } from '../../readers/sentences.ts';
import { pointerText } from '../../readers/pointers.ts';
import { change } from '../../store/actions.ts';
import { get, getAll, post, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { chain } from '../why/chain.ts';

const RUNS = 12;
const SETTLE_MS = 300;

class RulePast extends LightElement {
  static override properties = {
    rule: { attribute: false },
    names: { attribute: false },
    runs: { state: true },
    versions: { state: true },
    asked: { state: true },
    why: { state: true },
    trouble: { state: true },
  };
  declare rule: Rule;
  declare names: Names;
  declare runs: readonly RunTrace[] | null;
  declare versions: readonly RuleVersion[] | null;
  /** The run whose reason is on show. */
  declare asked: number | null;
  declare why: Why | null;
  declare trouble: string | null;
  #open = false;
  #stop: (() => void) | null = null;
  #soon: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    Object.assign(this, { runs: null, versions: null, asked: null, why: null, trouble: null });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = store.listen(['activity'], () => {
      if (this.#open) this.#soon ??= setTimeout(() => void this.#load(), SETTLE_MS);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    if (this.#soon !== null) clearTimeout(this.#soon);
  }

  get #path(): string {
    return `/automations/${encodeURIComponent(this.rule.id)}`;
  }

  async #load(): Promise<void> {
    this.#soon = null;
    try {
      this.runs = (await get<Page<RunTrace>>(`${this.#path}/runs?limit=${RUNS}`)).items;
      this.trouble = null;
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  async #ask({ run, at }: RunTrace): Promise<void> {
    if (this.asked === run) {
      this.asked = null;
      return;
    }
    Object.assign(this, { asked: run, why: null });
    const query = new URLSearchParams({ automation: this.rule.id, at });
    try {
      this.why = await get<Why>(`/why?${query}`);
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  async #older(event: Event): Promise<void> {
    if (!(event.target as HTMLDetailsElement).open) return;
    try {
      this.versions = await getAll<RuleVersion>(`${this.#path}/versions`);
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  protected override render(): TemplateResult {
    const turn = (event: Event): void => {
      if (event.target !== event.currentTarget) return;
      this.#open = (event.target as HTMLDetailsElement).open;
      if (this.#open) void this.#load();
    };
    return html`<details class="part" @toggle=${turn}>
        <summary>${th.runs.title}</summary>
        ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
        ${this.runs === null ? nothing : this.#runs(this.runs)}
      </details>
      <details class="part" @toggle=${this.#older}>
        <summary>${th.runs.versions}</summary>
        ${this.versions === null ? nothing : this.#versions(this.versions)}
      </details>`;
  }

  #runs(runs: readonly RunTrace[]): TemplateResult {
    if (runs.length === 0) return html`<p class="soft">${th.runs.none}</p>`;
    return html`<ol class="stack-tight">
      ${runs.map((run) => this.#run(run))}
    </ol>`;
  }

  #run(run: RunTrace): TemplateResult {
    const open = this.asked === run.run;
    const by = this.rule.triggers.find((each, at) => (each.id ?? String(at)) === run.trigger);
    const notes = [ago(run.at, Date.now()), by === undefined ? '' : triggerText(by, this.names)];
    return html`<li class="run">
      <div class="scene-target">
        <span class="row-text">
          <a class="row-title" href="${`/automations/${encodeURIComponent(this.rule.id)}/runs/${run.run}`}"
            >${th.runs.outcomes[run.outcome] ?? run.outcome}<span class="hidden"> ${th.run.open}</span></a
          >
          <span class="row-note" dir="auto">${notes.filter(Boolean).join(' · ')}</span>
          ${run.commands.map(({ text }) => html`<span class="row-note" dir="auto">${text}</span>`)}
        </span>
        <button type="button" class="quiet" aria-expanded=${open ? 'true' : 'false'} @click=${() => this.#ask(run)}>
          ${th.why.title}<span class="hidden"> ${ago(run.at, Date.now())}</span>
        </button>
      </div>
      ${open && this.why !== null ? chain(this.why, this.#stopper(run)) : nothing}
    </li>`;
  }

  /** The condition or the step at which the run ended, in words. */
  #stopper({ pointer = '', outcome }: RunTrace): string | null {
    return outcome === 'conditions' || outcome === 'stopped' ? pointerText(this.rule, pointer, this.names) : null;
  }

  #versions(versions: readonly RuleVersion[]): TemplateResult {
    const restore = (number: number): Promise<boolean> =>
      change(() => post(`${this.#path}/versions/${number}/restore`), th.runs.restored(number));
    const newest = Math.max(...versions.map(({ version }) => version));
    return html`<ol class="stack-tight">
      ${versions
        .toSorted((a, b) => b.version - a.version)
        .map(
          ({ version, at, by, rule }) =>
            html`<li class="scene-target">
              <span class="row-text">
                <span class="row-title" dir="auto"
                  >${th.runs.version(version, ago(at, Date.now()))}${by.name === undefined ? nothing : `, ${by.name}`}</span
                >
                <span class="row-note" dir="auto">${ruleText(rule, this.names)}</span>
              </span>
              ${
                version === newest
                  ? html`<span class="chip">${th.runs.same}</span>`
                  : html`<button type="button" class="button" @click=${() => restore(version)}>
                      ${th.runs.restore}<span class="hidden"> ${version}</span>
                    </button>`
              }
            </li>`,
        )}
    </ol>`;
  }
}

define('lintel-rule-past', RulePast);
