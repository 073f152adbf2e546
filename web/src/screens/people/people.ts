// Who may use this home, and with which rights.

import { html, nothing, type TemplateResult } from 'lit';
import { ROLES, type Problem, type Role, type User } from '@lintel/protocol';
import { define, Screen } from '../../elements/base.ts';
import { focusInvalid, selectField, textField } from '../../elements/field.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { get, getAll, post, problemOf, remove } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import './residents.ts';

interface NewPerson {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
}

const BLANK: NewPerson = { name: '', password: '', role: 'resident' };

class PeopleScreen extends Screen {
  static override properties = {
    items: { state: true },
    me: { state: true },
    manages: { state: true },
    person: { state: true },
    problem: { state: true },
  };
  declare items: readonly User[];
  declare me: User | null;
  declare manages: boolean;
  declare person: NewPerson | null;
  declare problem: Problem | null;

  constructor() {
    super();
    this.items = [];
    this.me = null;
    this.manages = false;
    this.person = null;
    this.problem = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.me = await get<User>('/me');
      this.manages = ['admin', 'owner'].includes(this.me.role) && (await hasRoute('/api/users'));
      this.items = this.manages ? await getAll<User>('/users') : [this.me];
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** The form stands below who lives here: the focus goes there. */
  async #begin(): Promise<void> {
    this.person = BLANK;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#person-name')?.focus();
  }

  async #add(event: Event): Promise<void> {
    event.preventDefault();
    try {
      const added = await post<User>('/users', this.person);
      notices.show(t.people.added(added.name));
      Object.assign(this, { person: null, problem: null });
      await this.#load();
    } catch (error) {
      this.problem = problemOf(error);
      await this.updateComplete;
      focusInvalid(this);
    }
  }

  async #remove(user: User): Promise<void> {
    if (await change(() => remove(`/users/${encodeURIComponent(user.id)}`), t.people.removed(user.name)))
      await this.#load();
  }

  protected override render(): TemplateResult {
    router.title(t.people.title, store.state.home?.name);
    const plain = this.problem !== null && (this.person === null || this.problem.pointer === undefined);
    return html`
      <div class="screen-head">
        <h1>${t.people.title}</h1>
        ${
          this.manages && this.person === null
            ? html`<button class="button" @click=${this.#begin}>${t.people.add}</button>`
            : nothing
        }
      </div>
      <div class="stack narrow">
        ${plain ? html`<p class="form-error" role="alert">${this.problem?.detail}</p>` : nothing}
        <lintel-residents .users=${this.items} .manages=${this.manages}></lintel-residents>
        <h2>${th.presence.accounts}</h2>
        ${this.person === null ? nothing : this.#form(this.person)}
        ${
          this.items.length === 0
            ? nothing
            : html`<ul class="rows">
                ${this.items.map((each) => this.#row(each))}
              </ul>`
        }
      </div>
    `;
  }

  #error(field: string): string | null {
    return this.problem?.pointer === `/${field}` ? this.problem.detail : null;
  }

  #form(person: NewPerson): TemplateResult {
    const set = (part: Partial<NewPerson>): void => void (this.person = { ...person, ...part });
    const roles = ROLES.map((role) => ({ value: role, label: t.people.roles[role] ?? role }));
    return html`<form class="card form" @submit=${this.#add}>
      ${textField({ id: 'person-name', label: t.people.name, value: person.name, input: (name) => set({ name }), error: this.#error('name'), required: true })}
      ${textField({
        id: 'person-password',
        label: t.people.password,
        type: 'password',
        autocomplete: 'new-password',
        value: person.password,
        input: (password) => set({ password }),
        error: this.#error('password'),
        required: true,
      })}
      ${selectField({
        id: 'person-role',
        label: t.people.role,
        value: person.role,
        choices: roles,
        change: (role) => set({ role: role as Role }),
        hint: t.people.roleHints[person.role],
        error: this.#error('role'),
      })}
      <div class="actions">
        <button class="button primary">${t.people.add}</button>
        <button class="button" type="button" @click=${() => Object.assign(this, { person: null, problem: null })}>
          ${t.cancel}
        </button>
      </div>
    </form>`;
  }

  #row(user: User): TemplateResult {
    const isMe = user.id === this.me?.id;
    return html`<li>
      <div class="row">
        <span class="row-text">
          <span class="row-title" dir="auto">${user.name}</span>
          <span class="row-note">${t.people.roles[user.role] ?? user.role}${isMe ? ` · ${t.people.you}` : ''}</span>
        </span>
        ${
          isMe || !this.manages
            ? nothing
            : html`<button class="quiet danger" @click=${() => this.#remove(user)}>
                ${t.remove}<span class="hidden"> ${user.name}</span>
              </button>`
        }
      </div>
    </li>`;
  }
}

define('screen-people', PeopleScreen);
