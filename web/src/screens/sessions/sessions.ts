// Where this person is signed in, each with its own way out.

import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '@lintel/protocol';
import { define, Screen } from '../../elements/base.ts';
import { agentName } from '../../readers/agent.ts';
import { ago } from '../../readers/format.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { getAll, problemOf, remove } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class SessionsScreen extends Screen {
  static override properties = { items: { state: true }, trouble: { state: true } };
  declare items: readonly Session[];
  declare trouble: string | null;

  constructor() {
    super();
    this.items = [];
    this.trouble = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.items = await getAll<Session>('/sessions');
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  async #end(session: Session): Promise<void> {
    const path = `/sessions/${encodeURIComponent(session.id)}`;
    if (await change(() => remove(path), t.sessions.ended))
      this.items = this.items.filter((each) => each.id !== session.id);
  }

  protected override render(): TemplateResult {
    router.title(t.sessions.title, store.state.home?.name);
    return html`
      <div class="screen-head">
        <h1>${t.sessions.title}</h1>
        <p class="lead">${t.sessions.text}</p>
      </div>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${
        this.items.length === 0
          ? nothing
          : html`<ul class="rows narrow">
              ${this.items.map((each) => this.#row(each))}
            </ul>`
      }
    `;
  }

  #row(session: Session): TemplateResult {
    const name = session.agent ? agentName(session.agent) : session.current ? t.sessions.current : t.sessions.other;
    const used = session.lastUsed ?? session.createdAt;
    return html`<li>
      <div class="row">
        <span class="row-text">
          <span class="row-title" dir="auto">${name}</span>
          <span class="row-note">
            ${session.current ? t.sessions.current : used ? t.sessions.lastUsed(ago(used, Date.now())) : nothing}
          </span>
        </span>
        ${
          session.current
            ? nothing
            : html`<button class="quiet" @click=${() => this.#end(session)}>
                ${t.sessions.signOut}<span class="hidden"> ${name}</span>
              </button>`
        }
      </div>
    </li>`;
  }
}

define('screen-sessions', SessionsScreen);
