// What the hub finds in a draft beside the saved rules: asked a moment after the last edit, and never in the way of saving.

import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Rule } from '@lintel/model';
import type { RuleProblem } from '@lintel/protocol';
import { checkRule } from '../../editor/catalogue.ts';
import { written } from '../../editor/draft.ts';
import { Advice } from '../../elements/field.ts';
import type { Names } from '../../readers/sentences.ts';
import { post } from '../../store/api.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const SETTLE_MS = 500;
/** What the hub calls a draft that has no id yet. */
const DRAFT = 'draft';

export class RuleCheck implements ReactiveController {
  problems: readonly RuleProblem[] = [];
  /** The problems of the draft that have no second rule, by pointer. */
  notes: Readonly<Record<string, Advice>> = {};
  readonly #host: ReactiveControllerHost;
  /** The draft as it was last looked at. */
  #newest = '';
  /** What to ask about next. */
  #due: { readonly rule: Rule; readonly text: string } | null = null;
  #isAsking = false;
  #soon: ReturnType<typeof setTimeout> | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#due = null;
  }

  /** Asks about `rule` once it stays as it is for a moment; what is not whole yet is not asked about. */
  look(rule: Rule): void {
    const text = JSON.stringify(written(rule));
    if (text === this.#newest) return;
    this.#newest = text;
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      this.#due = { rule, text };
      void this.#work();
    }, SETTLE_MS);
  }

  /** One question at a time: a hub that takes long is asked about the newest draft, not about each on the way to it. */
  async #work(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (let due = this.#due; due !== null; due = this.#due) {
      this.#due = null;
      const problems = await this.#ask(due.rule);
      if (due.text === this.#newest) this.#tell(problems);
    }
    this.#isAsking = false;
  }

  async #ask(rule: Rule): Promise<readonly RuleProblem[]> {
    const whole = rule.triggers.length > 0 && rule.actions.length > 0 && Object.keys(checkRule(rule)).length === 0;
    if (!whole) return [];
    try {
      if (!(await hasRoute('/api/automations/check', 'post'))) return [];
      const { problems } = await post<{ problems: readonly RuleProblem[] }>('/automations/check', {
        rules: [written(rule)],
      });
      const id = rule.id === '' ? DRAFT : rule.id;
      return problems.filter((each) => each.rule === id || othersIn(each).includes(id));
    } catch {
      // What cannot be checked may still be saved: the hub then says itself what is wrong.
      return [];
    }
  }

  #tell(problems: readonly RuleProblem[]): void {
    const alone = problems.filter((each) => each.with === undefined);
    this.problems = problems;
    this.notes = Object.fromEntries(alone.map(({ pointer, message }) => [pointer, new Advice(message)]));
    this.#host.requestUpdate();
  }
}

const othersIn = (problem: RuleProblem): readonly string[] =>
  problem.with === undefined ? [] : typeof problem.with === 'string' ? [problem.with] : problem.with;

/** Problems that stand at no field, each with the way to the other automation it takes. */
export function problemList(problems: readonly RuleProblem[], id: string, names: Names): TemplateResult {
  return html`<div role="status">
    ${
      problems.length === 0
        ? nothing
        : html`<section class="part worth" aria-labelledby="worth-a-look">
            <div class="part-head">
              <h2 id="worth-a-look">${th.problems.title}</h2>
              <p class="soft">${th.problems.field}</p>
            </div>
            <ul class="bullets">
              ${problems.map((each) => html`<li><span dir="auto">${each.message}</span> ${links(each, id, names)}</li>`)}
            </ul>
          </section>`
    }
  </div>`;
}

function links(problem: RuleProblem, id: string, names: Names): unknown {
  const others = [...new Set([problem.rule, ...othersIn(problem)])].filter(
    (each) => each !== id && store.state.automations.has(each),
  );
  return others.map(
    (each) =>
      html`<a class="quiet" href="/automations/${encodeURIComponent(each)}" dir="auto"
        >${th.problems.open(names.rule(each))}</a
      >`,
  );
}
