// The codes of a lock: set at a place, deleted there, and never read back.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { define, LightElement } from '../../elements/base.ts';
import { focusInvalid, textField } from '../../elements/field.ts';
import { capability } from '../../readers/devices.ts';
import { commandDevice } from '../../store/actions.ts';
import { notices } from '../../store/notices.ts';
import { ts } from '../../strings/sheet.ts';

const words = ts.lock;
const CODE = /^\d{4,}$/;

interface Draft {
  readonly slot: string;
  readonly code: string;
  readonly user: string;
  readonly from: string;
  readonly until: string;
}

const BLANK: Draft = { slot: '1', code: '', user: '', from: '', until: '' };

class LockCodes extends LightElement {
  static override properties = { device: { attribute: false }, draft: { state: true }, wrong: { state: true } };
  declare device: Device;
  declare draft: Draft;
  /** The field that is at fault, if any. */
  declare wrong: 'slot' | 'code' | null;

  constructor() {
    super();
    this.draft = BLANK;
    this.wrong = null;
  }

  /** The place in the lock, or null where none is given. */
  get #slot(): number | null {
    const slot = Number(this.draft.slot);
    return Number.isInteger(slot) && slot >= 1 ? slot : null;
  }

  get #has(): readonly string[] {
    return capability(this.device, 'lock')?.commands ?? [];
  }

  async #refuse(field: 'slot' | 'code'): Promise<void> {
    this.wrong = field;
    await this.updateComplete;
    focusInvalid(this);
  }

  async #set(event: Event): Promise<void> {
    event.preventDefault();
    const [slot, { code, user, from, until }] = [this.#slot, this.draft];
    if (slot === null) return this.#refuse('slot');
    if (!CODE.test(code)) return this.#refuse('code');
    this.wrong = null;
    if (!(await commandDevice(this.device, 'lock.setCode', { slot, code }))) return;
    const about = { ...(user.trim() && { user: user.trim() }), ...time('from', from), ...time('until', until) };
    if (Object.keys(about).length > 0 && !(await commandDevice(this.device, 'lock.setUser', { slot, ...about })))
      return;
    this.draft = { ...BLANK, slot: String(slot + 1) };
    notices.show(words.wasSet(slot));
  }

  async #clear(): Promise<void> {
    const slot = this.#slot;
    if (slot === null) return this.#refuse('slot');
    this.wrong = null;
    if (await commandDevice(this.device, 'lock.clearCode', { slot })) notices.show(words.wasCleared(slot));
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    const set = (part: Partial<Draft>): void => void (this.draft = { ...draft, ...part });
    return html`<details>
      <summary>${words.codes}</summary>
      <form class="form" novalidate @submit=${this.#set}>
        <p class="hint">${words.codesText}</p>
        <div class="fields">
          ${textField({
            id: 'lock-slot',
            label: words.slot,
            type: 'number',
            inputmode: 'numeric',
            value: draft.slot,
            hint: words.slotHint,
            error: this.wrong === 'slot' ? words.slotWrong : null,
            input: (slot) => set({ slot }),
          })}
          ${textField({
            id: 'lock-code',
            label: words.code,
            type: 'password',
            autocomplete: 'new-password',
            inputmode: 'numeric',
            value: draft.code,
            error: this.wrong === 'code' ? words.codeWrong : null,
            input: (code) => set({ code }),
          })}
        </div>
        ${this.#has.includes('setUser') ? this.#user(draft, set) : nothing}
        <div class="actions">
          <button class="button primary">${words.set}</button>
          ${
            this.#has.includes('clearCode')
              ? html`<button class="button danger" type="button" @click=${this.#clear}>${words.clear}</button>`
              : nothing
          }
        </div>
      </form>
    </details>`;
  }

  #user(draft: Draft, set: (part: Partial<Draft>) => void): TemplateResult {
    return html`${textField({ id: 'lock-user', label: words.user, value: draft.user, input: (user) => set({ user }) })}
      <div class="fields">
        ${textField({ id: 'lock-from', label: words.from, type: 'datetime-local', value: draft.from, input: (from) => set({ from }) })}
        ${textField({ id: 'lock-until', label: words.until, type: 'datetime-local', value: draft.until, input: (until) => set({ until }) })}
      </div>
      <p class="hint">${words.timesHint}</p>`;
  }
}

const time = (name: 'from' | 'until', local: string): object =>
  local === '' ? {} : { [name]: new Date(local).toISOString() };

define('lintel-lock-codes', LockCodes);
