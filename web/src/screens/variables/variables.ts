// The home's own values: what each is now, and how to change it.

import { html, nothing, type TemplateResult } from 'lit';
import type { Value, Variable } from '@lintel/model';
import { define, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { checkField, selectField, textField } from '../../elements/field.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { switchControl } from '../../elements/switch.ts';
import { number } from '../../readers/format.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { patch, post, remove } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

type Held = Variable & { readonly id: string };
type Kind = Variable['type'];

interface Draft {
  /** The variable that is changed; null for a new one. */
  readonly id: string | null;
  readonly name: string;
  readonly type: Kind;
  readonly value: Value;
  readonly min: string;
  readonly max: string;
}

const BLANK: Draft = { id: null, name: '', type: 'number', value: null, min: '', max: '' };
const KINDS = Object.entries(th.variables.kinds).map(([value, label]) => ({ value, label }));
const FIELDS = ['/name', '/value', '/min', '/max'];
const pathOf = (id: string): string => `/variables/${encodeURIComponent(id)}`;
const limit = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed.replace(',', '.')));

class VariablesScreen extends FormScreen {
  static override properties = { ...FormScreen.properties, draft: { state: true } };
  declare draft: Draft | null;
  readonly #all = new Fetched<Held>(this, '/variables');

  constructor() {
    super();
    this.draft = null;
    new Watch(this, ['home']);
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (draft === null) return;
    const name = draft.name.trim();
    if (name === '') return this.refuse(ownProblem('/name', t.errors.required));
    if (Number.isNaN(draft.value)) return this.refuse(ownProblem('/value', t.errors.number));
    const limits = draft.type === 'number' ? { min: limit(draft.min), max: limit(draft.max) } : {};
    const given = Object.fromEntries(Object.entries(limits).filter(([, each]) => draft.id !== null || each !== null));
    const body = { value: draft.value, ...given };
    const save = (): Promise<unknown> =>
      draft.id === null ? post('/variables', { name, type: draft.type, ...body }) : patch(pathOf(draft.id), body);
    if (!(await this.send(save))) return;
    this.draft = null;
    notices.show(th.saved(name));
    await this.#all.load();
  }

  async #set(variable: Held, value: Value): Promise<void> {
    const to = (next: Value) => async (): Promise<void> => {
      await patch(pathOf(variable.id), { value: next });
      await this.#all.load();
    };
    await change(to(value), th.saved(variable.name), to(variable.value));
  }

  async #remove(variable: Held): Promise<void> {
    const { id: _id, ...body } = variable;
    const back = async (): Promise<void> => {
      await post('/variables', body);
      await this.#all.load();
    };
    await change(() => remove(pathOf(variable.id)), th.deleted(variable.name), back);
    await this.#all.load();
  }

  #edit(variable: Held): void {
    const { id, name, type, value, min, max } = variable;
    this.draft = {
      id,
      name,
      type,
      value,
      min: min === undefined ? '' : String(min),
      max: max === undefined ? '' : String(max),
    };
  }

  protected override render(): TemplateResult {
    router.title(th.variables.title, store.state.home?.name);
    const { items, loaded, problem } = this.#all;
    const manages = isAtLeast(store.state.user, 'admin');
    const begin = (): void => void (this.draft = BLANK);
    const add = manages ? html`<button class="button primary" @click=${begin}>${th.variables.add}</button>` : undefined;
    const isEmpty = loaded && items.length === 0 && this.draft === null;
    return html`
      <div class="screen-head">
        <h1>${th.variables.title}</h1>
        ${this.draft === null && !isEmpty ? add : nothing}
        <p class="lead">${th.variables.lead}</p>
      </div>
      <div class="stack narrow">
        ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
        ${this.draft === null ? nothing : this.#form(this.draft)}
        ${isEmpty ? emptyState(th.variables.emptyTitle, th.variables.emptyText, add) : nothing}
        ${
          items.length === 0
            ? nothing
            : html`<ul class="rows">
                ${items.map((each) => html`<li>${this.#row(each, manages)}</li>`)}
              </ul>`
        }
      </div>
    `;
  }

  #form(draft: Draft): TemplateResult {
    const set = (part: Partial<Draft>): void => void (this.draft = { ...draft, ...part });
    return html`<form class="card form" novalidate @submit=${this.#save}>
      ${this.trouble(FIELDS)}
      ${
        draft.id === null
          ? html`<div class="fields">
              ${textField({ id: 'variable-name', label: th.name, value: draft.name, input: (name) => set({ name }), error: this.error('/name') })}
              ${selectField({ id: 'variable-kind', label: th.variables.kind, value: draft.type, choices: KINDS, change: (type) => set({ type: type as Kind, value: type === 'boolean' ? false : null }), error: this.error('/type') })}
            </div>`
          : html`<h2 dir="auto">${draft.name}</h2>`
      }
      <div class="fields">
        ${valueField(draft, this.error('/value'), (value) => set({ value }))}
        ${
          draft.type === 'number'
            ? html`${textField({ id: 'variable-min', label: th.variables.min, type: 'number', value: draft.min, input: (min) => set({ min }), error: this.error('/min') })}
              ${textField({ id: 'variable-max', label: th.variables.max, type: 'number', value: draft.max, input: (max) => set({ max }), error: this.error('/max') })}`
            : nothing
        }
      </div>
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${t.save}</button>
        <button class="button" type="button" @click=${() => Object.assign(this, { draft: null, problem: null })}>
          ${t.cancel}
        </button>
      </div>
    </form>`;
  }

  #row(variable: Held, manages: boolean): TemplateResult {
    return html`<div class="row wraps">
      <span class="row-text">
        <span class="row-title" dir="auto">${variable.name}</span>
        <span class="row-note" dir="auto">${shown(variable.value)}</span>
      </span>
      ${manages ? this.#tools(variable) : nothing}
    </div>`;
  }

  #tools(variable: Held): TemplateResult {
    const { name, type, value } = variable;
    const flip = (): unknown => this.#set(variable, value !== true);
    return html`
      ${type === 'boolean' ? switchControl({ label: name, on: value === true, flip }) : nothing}
      <span class="row-tools">
        <button class="quiet" @click=${() => this.#edit(variable)}>
          ${th.edit}<span class="hidden"> ${name}</span>
        </button>
        <button class="quiet danger" @click=${() => this.#remove(variable)}>
          ${th.delete}<span class="hidden"> ${name}</span>
        </button>
      </span>
    `;
  }
}

function shown(value: Value): string {
  if (value === null) return th.variables.unknown;
  if (typeof value === 'number') return number(value, 3);
  return typeof value === 'boolean' ? (value ? t.on : t.off) : value;
}

function valueField({ type, value }: Draft, error: string | null, set: (value: Value) => void): TemplateResult {
  if (type === 'boolean') return checkField('variable-value', t.on, value === true, set);
  const numeric = type === 'number';
  const read = (typed: string): Value =>
    typed === '' ? (numeric ? null : '') : numeric ? Number(typed.replace(',', '.')) : typed;
  return textField({
    id: 'variable-value',
    label: th.variables.value,
    type: numeric ? 'number' : 'text',
    value: value === null || Number.isNaN(value) ? '' : String(value),
    placeholder: th.variables.unknown,
    input: (typed) => set(read(typed)),
    error,
  });
}

define('screen-variables', VariablesScreen);
