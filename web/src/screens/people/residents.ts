// Who lives here, whether they are home, and what tells.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiAccountMultiple } from '@mdi/js';
import type { PersonView, User } from '@lintel/protocol';
import { define, Watch } from '../../elements/base.ts';
import { chips } from '../../elements/chips.ts';
import { selectField, textField } from '../../elements/field.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { icon } from '../../elements/icon.ts';
import { byName } from '../../readers/devices.ts';
import { ago } from '../../readers/format.ts';
import { change } from '../../store/actions.ts';
import { patch, post, remove } from '../../store/api.ts';
import { Fetched } from '../../store/fetched.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

interface Draft {
  readonly id: string | null;
  readonly name: string;
  readonly user: string;
  readonly sources: readonly string[];
}

const BLANK: Draft = { id: null, name: '', user: '', sources: [] };
/** Kinds of devices that can tell whether someone is there. */
const TELLING = new Set(['sensor', 'other', 'button']);
const pathOf = (id: string): string => `/people/${encodeURIComponent(id)}`;

class Residents extends FormScreen {
  static override properties = {
    ...FormScreen.properties,
    draft: { state: true },
    users: { attribute: false },
    manages: { type: Boolean },
  };
  declare draft: Draft | null;
  declare users: readonly User[];
  declare manages: boolean;
  readonly #all = new Fetched<PersonView>(this, '/people');

  constructor() {
    super();
    this.draft = null;
    this.users = [];
    this.manages = false;
    new Watch(this, ['devices']);
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (draft === null) return;
    const name = draft.name.trim();
    if (name === '') return this.refuse(ownProblem('/name', t.errors.required));
    const body = { name, user: draft.user === '' ? null : draft.user, sources: draft.sources };
    if (!(await this.send(() => (draft.id === null ? post('/people', body) : patch(pathOf(draft.id), body))))) return;
    this.draft = null;
    notices.show(th.saved(name));
    await this.#all.load();
  }

  async #remove({ id, name, user = null, sources }: PersonView): Promise<void> {
    const back = async (): Promise<void> => {
      await post('/people', { id, name, user, sources });
      await this.#all.load();
    };
    await change(() => remove(pathOf(id)), th.deleted(name), back);
    await this.#all.load();
  }

  protected override render(): TemplateResult {
    const { items, loaded, problem } = this.#all;
    return html`<section class="stack">
      <div>
        <h2>${th.presence.title}</h2>
        <p class="soft">${th.presence.text}</p>
      </div>
      ${problem === null ? nothing : html`<p class="form-error" role="alert">${problem.detail}</p>`}
      ${
        items.length === 0
          ? nothing
          : html`<ul class="rows">
              ${items.map((each) => html`<li>${this.#row(each)}</li>`)}
            </ul>`
      }
      ${loaded && items.length === 0 ? html`<p class="soft">${th.presence.empty}</p>` : nothing}
      ${this.draft === null ? nothing : this.#form(this.draft)}
      ${
        this.manages && this.draft === null
          ? html`<div><button class="button" @click=${() => (this.draft = BLANK)}>${th.presence.add}</button></div>`
          : nothing
      }
    </section>`;
  }

  #form(draft: Draft): TemplateResult {
    const set = (part: Partial<Draft>): void => void (this.draft = { ...draft, ...part });
    const accounts = this.users.map(({ id, name }) => ({ value: id, label: name }));
    const devices = [...store.state.devices.values()].filter((each) => TELLING.has(each.kind)).toSorted(byName);
    return html`<form class="card form" novalidate @submit=${this.#save}>
      ${this.trouble(['/name', '/user', '/sources'])}
      <div class="fields">
        ${textField({ id: 'resident-name', label: th.name, value: draft.name, input: (name) => set({ name }), error: this.error('/name') })}
        ${selectField({ id: 'resident-user', label: th.presence.account, value: draft.user, choices: [{ value: '', label: th.presence.noAccount }, ...accounts], change: (user) => set({ user }), error: this.error('/user') })}
      </div>
      ${chips({ label: th.presence.sources, choices: devices.map(({ id, name }) => ({ value: id, label: name })), chosen: draft.sources, change: (sources) => set({ sources }), hint: th.presence.sourcesHint, error: this.error('/sources') })}
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${t.save}</button>
        <button class="button" type="button" @click=${() => Object.assign(this, { draft: null, problem: null })}>
          ${t.cancel}
        </button>
      </div>
    </form>`;
  }

  #row(person: PersonView): TemplateResult {
    const { id, name, presence, since, user, sources } = person;
    const told = sources.map((each) => store.device(each)?.name ?? each).join(', ');
    const edit = (): void => {
      this.draft = { id, name, user: user ?? '', sources };
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('#resident-name')?.focus());
    };
    return html`<div class="row wraps">
      ${icon(mdiAccountMultiple)}
      <span class="row-text">
        <span class="row-title" dir="auto">${name}</span>
        <span class="row-note" dir="auto"
          >${[since === null ? '' : th.presence.since(ago(since, Date.now())), told].filter(Boolean).join(' · ')}</span
        >
      </span>
      <span class="chip ${presence === 'home' ? 'good' : ''}"
        >${presence === null ? th.presence.unknown : th.presence[presence]}</span
      >
      ${
        this.manages
          ? html`<span class="row-tools"
              ><button class="quiet" @click=${edit}>${th.edit}<span class="hidden"> ${name}</span></button>
              <button class="quiet danger" @click=${() => this.#remove(person)}>
                ${th.delete}<span class="hidden"> ${name}</span>
              </button></span
            >`
          : nothing
      }
    </div>`;
  }
}

define('lintel-residents', Residents);
