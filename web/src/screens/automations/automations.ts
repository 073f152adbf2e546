// Every automation in a sentence, with its switch.

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Rule } from '@lintel/model';
import { readDraft, NEW } from '../../editor/draft.ts';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { switchControl } from '../../elements/switch.ts';
import { ruleText } from '../../readers/sentences.ts';
import { router } from '../../router.ts';
import { enableRule } from '../../store/actions.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { names } from './names.ts';

class AutomationsScreen extends Screen {
  static override properties = { ...Screen.properties, imports: { state: true } };
  /** True where the hub reads what other hubs wrote. */
  declare imports: boolean;

  constructor() {
    super();
    this.imports = false;
    new Watch(this, ['automations', 'devices', 'rooms']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void hasRoute('/api/automations/import', 'post').then((known) => (this.imports = known));
  }

  protected override render(): TemplateResult {
    router.title(t.automations.title, store.state.home?.name);
    const rules = [...store.state.automations.values()].toSorted((a, b) =>
      (a.name ?? a.id).localeCompare(b.name ?? b.id),
    );
    const isEmpty = store.loaded && rules.length === 0;
    return html`
      <div class="screen-head">
        <h1>${t.automations.title}</h1>
        ${isEmpty ? nothing : this.#links()}
      </div>
      ${
        readDraft(NEW) === null
          ? nothing
          : html`<p class="draft-note narrow">
              ${t.automations.unfinished}<a class="quiet" href="/automations/new">${t.automations.goOn}</a>
            </p>`
      }
      ${isEmpty ? emptyState(t.automations.emptyTitle, t.automations.emptyText, this.#links()) : list(rules)}
    `;
  }

  #links(): TemplateResult {
    return html`<div class="actions">
      ${this.imports ? html`<a class="button" href="/automations/import">${t.automations.bring}</a>` : nothing}
      ${newLink()}
    </div>`;
  }
}

const newLink = (): TemplateResult => html`<a class="button primary" href="/automations/new">${t.automations.new}</a>`;

function list(rules: readonly Rule[]): TemplateResult | typeof nothing {
  if (rules.length === 0) return nothing;
  return html`<ul class="rows">
    ${repeat(
      rules,
      (rule) => rule.id,
      (rule) => html`<li>${row(rule)}</li>`,
    )}
  </ul>`;
}

function row(rule: Rule): TemplateResult {
  const name = rule.name === undefined || rule.name === '' ? rule.id : rule.name;
  const on = rule.enabled !== false;
  return html`<div class="row">
    <span class="row-text">
      <a class="row-title cover" href="/automations/${encodeURIComponent(rule.id)}" dir="auto">${name}</a>
      <span class="row-note" dir="auto">${ruleText(rule, names)}</span>
    </span>
    ${readDraft(rule.id) === null ? nothing : html`<span class="chip warn">${t.automations.draft}</span>`}
    ${switchControl({ label: name, on, flip: () => enableRule(rule, !on) })}
  </div>`;
}

define('screen-automations', AutomationsScreen);
