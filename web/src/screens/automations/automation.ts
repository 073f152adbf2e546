// The editor of one rule: sentences first, a form below each, and a draft that is never lost.

import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { mdiChevronLeft } from '@mdi/js';
import type { Rule } from '@lintel/model';
import type { Problem, Repair, RuleProblem } from '@lintel/protocol';
import { checkRule } from '../../editor/catalogue.ts';
import { blankRule, dropDraft, keepDraft, NEW, readDraft, written } from '../../editor/draft.ts';
import type { PartName } from '../../editor/kit.ts';
import { rulePart } from '../../editor/rule-part.ts';
import { define, Screen, Watch } from '../../elements/base.ts';
import { focusInvalid, textField } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import { switchControl } from '../../elements/switch.ts';
import { ruleText } from '../../readers/sentences.ts';
import { router } from '../../router.ts';
import { attempt, change, deleteRule, enableRule, replaceRule } from '../../store/actions.ts';
import { post, problemOf, put } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { Fetched } from '../../store/fetched.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { te } from '../../strings/editor.ts';
import { t } from '../../strings/index.ts';
import { Household } from './editor-home.ts';
import { ruleOptions } from './rule-options.ts';
import { problemList, RuleCheck } from './rule-check.ts';
import './rule-past.ts';

/** Deeper steps are rare enough to be found by eye. */
const NESTED_MAX = 6;
const PARTS: readonly PartName[] = ['triggers', 'conditions', 'actions'];

class AutomationScreen extends Screen {
  static override properties = {
    draft: { state: true },
    errors: { state: true },
    trouble: { state: true },
    busy: { state: true },
    apart: { state: true },
    rehearses: { state: true },
  };
  declare draft: Rule | null;
  declare errors: Readonly<Record<string, string>>;
  declare trouble: string | null;
  declare busy: boolean;
  /** What the check of the hub found that no field shows. */
  declare apart: readonly RuleProblem[];
  /** True where the hub can try a rule on the past. */
  declare rehearses: boolean;
  #base: number | null = null;
  readonly #household = new Household(this);
  readonly #check = new RuleCheck(this);
  readonly #repairs = new Fetched<Repair>(this, '/repairs');

  constructor() {
    super();
    this.draft = null;
    this.errors = {};
    this.trouble = null;
    this.busy = false;
    this.apart = [];
    this.rehearses = false;
    new Watch(this, ['automations', 'devices', 'rooms', 'scenes', 'groups', 'home']);
  }

  get #id(): string {
    return this.params['id'] ?? NEW;
  }

  get #saved(): Rule | undefined {
    return store.state.automations.get(this.#id);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const kept = readDraft(this.#id);
    this.draft = kept?.rule ?? null;
    this.#base = kept?.base ?? null;
    void this.#rehearsal();
  }

  async #rehearsal(): Promise<void> {
    if (!(await hasRoute('/api/automations/backtest', 'post'))) return;
    await import('./backtest.ts');
    this.rehearses = true;
  }

  /** What is on show: the draft, else the rule as it is saved. */
  get #rule(): Rule | null {
    return this.draft ?? this.#saved ?? (this.#id === NEW ? blankRule() : null);
  }

  #edit(part: Partial<Rule>): void {
    const before = this.#rule;
    if (before === null) return;
    if (this.draft === null) this.#base = this.#saved?.version ?? null;
    this.draft = { ...before, ...part };
    keepDraft(this.#id, { rule: this.draft, base: this.#base });
    if (Object.keys(this.errors).length > 0) this.errors = checkRule(this.draft);
  }

  #discard(): void {
    dropDraft(this.#id);
    Object.assign(this, { draft: null, errors: {}, trouble: null });
  }

  async #save(event?: Event): Promise<void> {
    event?.preventDefault();
    const rule = this.#rule;
    if (rule === null) return;
    this.trouble = null;
    this.errors = checkRule(rule);
    if (rule.triggers.length === 0) this.errors = { ...this.errors, '/triggers': te.needsTrigger };
    if (rule.actions.length === 0) this.errors = { ...this.errors, '/actions': te.needsAction };
    if (Object.keys(this.errors).length > 0) return this.#showErrors();
    this.busy = true;
    try {
      await this.#send(rule);
    } catch (error) {
      await this.#refused(problemOf(error));
    } finally {
      this.busy = false;
    }
  }

  async #send(rule: Rule): Promise<void> {
    const name = rule.name?.trim() || t.automations.unnamed;
    const saved = this.#saved;
    if (saved === undefined) {
      await post<Rule>('/automations', written({ ...rule, name }));
      notices.show(t.automations.saved(name));
    } else {
      const path = `/automations/${encodeURIComponent(saved.id)}`;
      const body = { ...written({ ...rule, name }), id: saved.id };
      await put<Rule>(path, body);
      const back = (): unknown => attempt(() => replaceRule(saved, { ...written(saved), id: saved.id }));
      notices.show(t.automations.saved(name), { action: { label: t.undo, run: back } });
    }
    this.#discard();
    router.go('/automations', { replace: true });
  }

  /** The hub's pointer names the field; where no field is there, its words stand above the form. */
  async #refused({ detail, pointer }: Problem): Promise<void> {
    if (pointer !== undefined && pointer !== '') this.errors = { [pointer]: detail };
    else this.trouble = detail;
    await this.#showErrors();
    if (this.querySelector('.error, .part .form-error') === null) this.trouble = detail;
  }

  async #drawn(): Promise<void> {
    await this.updateComplete;
    // Steps within steps draw themselves one after another.
    for (let depth = 0; depth < NESTED_MAX; depth += 1) {
      const steps = [...this.querySelectorAll<LitElement>('lintel-steps')];
      await Promise.all(steps.map((each) => each.updateComplete));
    }
  }

  /** What the check found is shown at its field; where no field took it, above the form. */
  protected override async updated(): Promise<void> {
    const rule = this.#rule;
    if (rule !== null) this.#check.look(rule);
    const { problems } = this.#check;
    await this.#drawn();
    const taken = new Set([...this.querySelectorAll('.advice')].map((each) => each.textContent));
    const apart = problems.filter((each) => each.with !== undefined || !taken.has(each.message));
    if (apart.map(({ message }) => message).join() !== this.apart.map(({ message }) => message).join())
      this.apart = apart;
  }

  async #showErrors(): Promise<void> {
    await this.#drawn();
    focusInvalid(this);
    this.querySelector('[role="alert"], [aria-invalid="true"]')?.scrollIntoView({ block: 'center' });
  }

  protected override render(): TemplateResult {
    const rule = this.#rule;
    if (rule === null) {
      return html`${back()}
        <h1>${store.loaded ? t.automations.gone : t.loading}</h1>`;
    }
    const title = this.#saved === undefined ? t.automations.new : (this.#saved.name ?? this.#saved.id);
    router.title(title, store.state.home?.name);
    return html`
      ${back()}
      <div class="screen-head">
        <h1 dir="auto">${title}</h1>
        ${this.#saved === undefined ? nothing : this.#tools(this.#saved)}
      </div>
      <form class="editor" novalidate @submit=${this.#save}>
        ${this.#repairNotes()} ${this.#draftNote()}
        ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
        ${problemList(this.apart, rule.id, this.#household.names())}
        <div class="part editor-name">
          ${textField({
            id: 'rule-name',
            label: te.name,
            value: rule.name ?? '',
            placeholder: te.namePlaceholder,
            input: (name) => this.#edit({ name }),
            error: this.errors['/name'],
          })}
          ${rule.triggers.length + rule.actions.length === 0 ? nothing : html`<p class="sentence" dir="auto">${ruleText(rule, this.#household.names())}</p>`}
        </div>
        ${PARTS.map((part) => this.#part(part, rule))}
        ${ruleOptions({ rule, errors: this.errors, edit: (part) => this.#edit(part) })}
        <div class="save-bar">
          <button class="button primary" ?disabled=${this.busy}>${t.save}</button>
          ${this.draft === null ? nothing : html`<button class="quiet" type="button" @click=${this.#discard}>${te.discard}</button>`}
        </div>
      </form>
      ${this.#past(rule)}
    `;
  }

  /** Outside the form: what is asked here changes nothing. */
  #past(rule: Rule): TemplateResult {
    const saved = this.#saved ?? null;
    const names = this.#household.names();
    const whole = rule.triggers.length > 0 && rule.actions.length > 0;
    return html`<div class="editor past">
      ${
        this.rehearses && whole
          ? html`<lintel-backtest
              .rule=${rule}
              .saved=${this.draft === null ? null : saved}
              .names=${names}
            ></lintel-backtest>`
          : nothing
      }
      ${saved === null ? nothing : html`<lintel-rule-past .rule=${saved} .names=${names}></lintel-rule-past>`}
    </div>`;
  }

  #part(part: PartName, rule: Rule): TemplateResult {
    return rulePart({
      part,
      rule,
      home: this.#household.home(),
      names: this.#household.names(),
      errors: { ...this.#check.notes, ...this.errors },
      change: (items) => this.#edit({ [part]: items as never }),
    });
  }

  /** Why the rule as it is saved does nothing, where the home knows. */
  #repairNotes(): TemplateResult[] {
    const mine = this.#repairs.items.filter(
      ({ automation }) => automation === this.#saved?.id && automation !== undefined,
    );
    return mine.map(({ diagnosis, step }) => html`<p class="form-error" dir="auto">${diagnosis} ${step}</p>`);
  }

  #draftNote(): TemplateResult | typeof nothing {
    if (this.draft === null) return nothing;
    const moved = this.#saved?.version !== undefined && this.#base !== null && this.#saved.version !== this.#base;
    return html`<p class="draft-note"><span>${moved ? te.draftOld : te.draftKept}</span></p>`;
  }

  #tools(rule: Rule): TemplateResult {
    const on = rule.enabled !== false;
    const run = (): unknown =>
      change(() => post(`/automations/${encodeURIComponent(rule.id)}/run`), t.automations.started);
    const remove = async (): Promise<void> => {
      if (!(await deleteRule(rule))) return;
      dropDraft(rule.id);
      router.go('/automations', { replace: true });
    };
    return html`<div class="actions">
      ${switchControl({ label: t.automations.active, on, flip: () => enableRule(rule, !on) })}
      <button class="button" @click=${run}>${t.automations.run}</button>
      <button class="button danger" @click=${remove}>${t.automations.delete}</button>
    </div>`;
  }
}

const back = (): TemplateResult =>
  html`<a class="crumb" href="/automations"
    ><span class="icon flips">${icon(mdiChevronLeft)}</span>${t.automations.title}</a
  >`;

define('screen-automation', AutomationScreen);
