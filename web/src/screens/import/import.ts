// Automations of Home Assistant: read, mapped to what is here, looked at, and saved as far as a person chooses.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiAlertCircleOutline, mdiAlertOutline, mdiChevronLeft, mdiInformationOutline } from '@mdi/js';
import type { Person, Rule, Variable } from '@lintel/model';
import type { Import, ImportNote } from '@lintel/protocol';
import { define, Watch } from '../../elements/base.ts';
import { areaField, checkField, textField } from '../../elements/field.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { icon } from '../../elements/icon.ts';
import { entitiesAsked, guess, inputsAsked } from '../../readers/import-needs.ts';
import { ruleText } from '../../readers/sentences.ts';
import { router } from '../../router.ts';
import { post, problemOf } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { ti } from '../../strings/import.ts';
import { t } from '../../strings/index.ts';
import { names } from '../automations/names.ts';
import { candidates, entityField, type Mapping } from './mapping.ts';

const ICONS = { error: mdiAlertCircleOutline, warning: mdiAlertOutline, info: mdiInformationOutline } as const;
const TONES = { error: 'danger', warning: 'warn', info: 'dim' } as const;
const YAML_ROWS = 14;

class ImportScreen extends FormScreen {
  static override properties = {
    ...FormScreen.properties,
    yaml: { state: true },
    mapped: { state: true },
    asked: { state: true },
    inputs: { state: true },
    result: { state: true },
    left: { state: true },
  };
  declare yaml: string;
  declare mapped: Readonly<Record<string, Mapping>>;
  /** Every entity that was asked about, answered or not. */
  declare asked: readonly string[];
  declare inputs: Readonly<Record<string, string>>;
  declare result: Import | null;
  /** Rules that are not to be saved. */
  declare left: ReadonlySet<string>;
  readonly #people = new Fetched<Person>(this, '/people');
  readonly #variables = new Fetched<Variable>(this, '/variables');
  #count = 0;

  constructor() {
    super();
    Object.assign(this, { yaml: '', mapped: {}, asked: [], inputs: {}, result: null, left: new Set() });
    new Watch(this, ['devices', 'rooms', 'scenes', 'automations', 'home']);
  }

  get #candidates() {
    return candidates({ people: this.#people.items, variables: this.#variables.items });
  }

  async #choose(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file === undefined) return;
    try {
      this.yaml = await file.text();
      this.problem = null;
    } catch {
      await this.refuse(ownProblem('/yaml', ti.fileFailed));
    }
  }

  async #read(event: Event): Promise<void> {
    event.preventDefault();
    if (this.yaml.trim() === '') return this.refuse(ownProblem('/yaml', ti.yamlMissing));
    if (!(await this.send(() => this.#ask()))) return;
    if (this.#guess()) await this.send(() => this.#ask());
    await this.updateComplete;
    this.querySelector<HTMLElement>('#import-what')?.focus();
  }

  /** What is asked last counts, whichever answer comes last. */
  async #ask(): Promise<void> {
    this.#count += 1;
    const count = this.#count;
    const inputs = Object.fromEntries(Object.entries(this.inputs).map(([name, typed]) => [name, readInput(typed)]));
    const body = { format: 'home-assistant', yaml: this.yaml, entities: this.mapped, inputs };
    const result = await post<Import>('/automations/import', body);
    if (count !== this.#count) return;
    const open = Object.fromEntries(inputsAsked(result.report).map((name) => [name, this.inputs[name] ?? '']));
    Object.assign(this, {
      result,
      asked: [...new Set([...this.asked, ...entitiesAsked(result.report)])],
      inputs: { ...this.inputs, ...open },
    });
  }

  /** Maps what has the same name here; true where that was anything. */
  #guess(): boolean {
    const all = this.#candidates;
    const found = this.asked.flatMap((entity) => {
      const one = entity in this.mapped ? null : guess(entity, all);
      return one === null ? [] : [[entity, { [one.sort]: one.id }] as const];
    });
    this.mapped = { ...this.mapped, ...Object.fromEntries(found) };
    return found.length > 0;
  }

  #map(entity: string, mapping: Mapping | null): void {
    const { [entity]: _before, ...rest } = this.mapped;
    this.mapped = mapping === null ? rest : { ...rest, [entity]: mapping };
    void this.send(() => this.#ask());
  }

  #turn(id: string): void {
    const left = new Set(this.left);
    if (!left.delete(id)) left.add(id);
    this.left = left;
  }

  async #save(rules: readonly Rule[]): Promise<void> {
    this.busy = true;
    let saved = 0;
    for (const rule of rules) saved += await this.#saveOne(rule);
    this.busy = false;
    if (saved > 0) notices.show(ti.saved(saved));
    if (saved === rules.length) router.go('/automations', { replace: true });
  }

  /** An id that is taken is left to the hub. Answers how many were saved. */
  async #saveOne({ id, ...rest }: Rule): Promise<0 | 1> {
    try {
      await post('/automations', store.state.automations.has(id) ? rest : { id, ...rest });
      this.left = new Set([...this.left, id]);
      return 1;
    } catch (error) {
      notices.show(ti.notSaved(rest.name ?? id, problemOf(error).detail), { tone: 'error' });
      return 0;
    }
  }

  protected override render(): TemplateResult {
    router.title(ti.title, store.state.home?.name);
    const { result } = this;
    return html`
      <a class="crumb" href="/automations"
        ><span class="icon flips">${icon(mdiChevronLeft)}</span>${t.automations.title}</a
      >
      <div class="screen-head">
        <h1>${ti.title}</h1>
        <p class="lead">${ti.lead}</p>
      </div>
      <div class="editor">
        ${this.#text()}
        ${result === null ? nothing : [this.#entities(), this.#inputs(), this.#rules(result), report(result.report, this.yaml)]}
      </div>
    `;
  }

  #text(): TemplateResult {
    const input = (yaml: string): void => void (this.yaml = yaml);
    return html`<form class="part" novalidate @submit=${this.#read}>
      ${this.trouble(['/yaml'])}
      ${areaField({ id: 'import-yaml', label: ti.yaml, hint: ti.yamlHint, value: this.yaml, rows: this.result === null ? YAML_ROWS : 5, error: this.error('/yaml'), input })}
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${ti.read}</button>
        <label class="button file-button">
          ${ti.file}<input type="file" accept=".yaml,.yml,.txt,text/*" @change=${this.#choose} />
        </label>
        <span class="soft aside" role="status">${this.busy ? ti.reading : nothing}</span>
      </div>
    </form>`;
  }

  #entities(): TemplateResult | typeof nothing {
    if (this.asked.length === 0) return nothing;
    const all = this.#candidates;
    return html`<section class="part" aria-labelledby="import-entities">
      <div class="part-head">
        <h2 id="import-entities">${ti.entities}</h2>
        <p class="soft">${ti.entitiesText}</p>
      </div>
      ${this.asked.map((entity, at) =>
        entityField({
          entity,
          at,
          all,
          mapping: this.mapped[entity],
          change: (mapping) => this.#map(entity, mapping),
        }),
      )}
    </section>`;
  }

  #inputs(): TemplateResult | typeof nothing {
    const open = Object.entries(this.inputs);
    if (open.length === 0) return nothing;
    const again = (event: Event): void => {
      event.preventDefault();
      void this.send(() => this.#ask());
    };
    return html`<form class="part" aria-labelledby="import-inputs" @submit=${again}>
      <div class="part-head">
        <h2 id="import-inputs">${ti.inputs}</h2>
        <p class="soft">${ti.inputsText}</p>
      </div>
      ${open.map(([name, value], at) =>
        textField({
          id: `input-${at}`,
          label: name,
          value,
          input: (typed) => (this.inputs = { ...this.inputs, [name]: typed }),
        }),
      )}
      <div class="actions"><button class="button" ?disabled=${this.busy}>${ti.read}</button></div>
    </form>`;
  }

  #rules({ rules }: Import): TemplateResult {
    const chosen = rules.filter(({ id }) => !this.left.has(id));
    return html`<section class="part" aria-labelledby="import-what">
      <div class="part-head"><h2 id="import-what" tabindex="-1">${ti.rules}</h2></div>
      ${rules.length === 0 ? html`<p>${ti.noRules}</p>` : nothing}
      <ul class="stack-tight">
        ${rules.map((rule, at) => html`<li class="run">${this.#rule(rule, at)}</li>`)}
      </ul>
      ${
        rules.length === 0
          ? nothing
          : html`<div class="actions">
              <button
                class="button primary"
                ?disabled=${this.busy || chosen.length === 0}
                @click=${() => this.#save(chosen)}
              >
                ${ti.save(chosen.length)}
              </button>
            </div>`
      }
    </section>`;
  }

  #rule(rule: Rule, at: number): TemplateResult {
    const name = rule.name ?? rule.id;
    return html`${checkField(`rule-${at}`, name, !this.left.has(rule.id), () => this.#turn(rule.id))}
      <p class="sentence" dir="auto">${ruleText(rule, names)}</p>
      ${rule.enabled === false ? html`<p><span class="chip warn">${ti.lost}</span></p>` : nothing}
      ${store.state.automations.has(rule.id) ? html`<p class="soft small">${ti.taken}</p>` : nothing}`;
  }
}

/** A value as it would stand in YAML, as far as JSON says the same; everything else is text. */
function readInput(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

function report(notes: readonly ImportNote[], yaml: string): TemplateResult {
  const lines = yaml.split('\n');
  return html`<section class="part" aria-labelledby="import-report">
    <div class="part-head"><h2 id="import-report">${ti.report}</h2></div>
    ${notes.length === 0 ? html`<p>${ti.clean}</p>` : nothing}
    <ul class="stack-tight">
      ${notes.map(
        ({ line, level, message }) =>
          html`<li class="scene-target top">
            <span class="icon ${TONES[level]}">${icon(ICONS[level], 22)}</span>
            <span class="row-text">
              <span dir="auto">${message}</span>
              <span class="row-note"
                >${ti.levels[level]} · ${ti.line(line)} <code dir="ltr">${lines[line - 1]?.trim()}</code></span
              >
            </span>
          </li>`,
      )}
    </ul>
  </section>`;
}

define('screen-import', ImportScreen);
