// Steps in order, each in words and with its fields, and a way to add one; or exactly one step, to be exchanged.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiArrowDown, mdiArrowUp, mdiCodeJson, mdiDeleteOutline, mdiPlus } from '@mdi/js';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { define, LightElement } from '../elements/base.ts';
import { Advice, type FieldNote } from '../elements/field.ts';
import { icon } from '../elements/icon.ts';
import { actionText, conditionText, triggerText, type Names } from '../readers/sentences.ts';
import { te } from '../strings/editor.ts';
import { editorFor, EDITORS } from './catalogue.ts';
import type { EditorHome, Item, PartName } from './kit.ts';
import './more.ts';

export class Steps extends LightElement {
  static override properties = {
    kind: {},
    label: {},
    items: { attribute: false },
    pointer: {},
    single: { type: Boolean },
    rule: { attribute: false },
    home: { attribute: false },
    names: { attribute: false },
    errors: { attribute: false },
    adding: { state: true },
  };
  declare kind: PartName;
  /** Names the group where the steps stand inside another step; null for the parts of a rule. */
  declare label: string | null;
  declare items: readonly Item[];
  /** Where the items stand in the rule; `/actions`, or that of the one item where there is exactly one. */
  declare pointer: string;
  declare single: boolean;
  declare rule: Rule;
  declare home: EditorHome;
  declare names: Names;
  declare errors: Readonly<Record<string, FieldNote>>;
  declare adding: boolean;
  #entering: number | null = null;

  constructor() {
    super();
    this.kind = 'triggers';
    this.label = null;
    this.items = [];
    this.pointer = '';
    this.single = false;
    this.errors = {};
    this.adding = false;
  }

  #replace(items: readonly Item[]): void {
    this.dispatchEvent(new CustomEvent('items', { detail: items }));
  }

  #pointerOf(at: number): string {
    return this.single ? this.pointer : `${this.pointer}/${at}`;
  }

  #idOf(at: number): string {
    return this.#pointerOf(at).slice(1).replaceAll('/', '-');
  }

  #text(item: Item): string {
    if (this.kind === 'triggers') return triggerText(item as Trigger, this.names);
    return this.kind === 'conditions'
      ? conditionText(item as Condition, this.names)
      : actionText(item as Action, this.names);
  }

  protected override render(): TemplateResult {
    const { label } = this;
    const inside = html`${this.items.map((item, at) => this.#step(item, at))} ${this.adding ? this.#menu() : nothing}
    ${this.#addButton()}`;
    if (label === null) return inside;
    return html`<div class="nest" role="group" aria-label=${label}>
      <p class="nest-label" aria-hidden="true">${label}</p>
      ${inside}
    </div>`;
  }

  #addButton(): TemplateResult {
    const words = this.single ? te.replace : this.label === null ? te.parts[this.kind].add : te.insert[this.kind];
    return html`<div>
      <button
        type="button"
        class="add ${this.label === null && !this.single ? 'button' : 'quiet'}"
        aria-expanded=${this.adding ? 'true' : 'false'}
        @click=${this.#toggle}
      >
        ${this.single ? nothing : icon(mdiPlus, 20)}${words}
      </button>
    </div>`;
  }

  async #toggle(): Promise<void> {
    this.adding = !this.adding;
    await this.updateComplete;
    if (this.adding) this.querySelector<HTMLElement>('.menu button')?.focus();
  }

  #menu(): TemplateResult {
    return html`<div class="menu">
      ${EDITORS[this.kind].map(
        (editor) =>
          html`<button type="button" @click=${() => this.#add(editor.create(this.home, this.rule))}>
            ${icon(editor.icon)}<span>${editor.label}</span>
          </button>`,
      )}
    </div>`;
  }

  #add(item: Item): void {
    this.adding = false;
    this.#entering = this.single ? 0 : this.items.length;
    this.#replace(this.single ? [item] : [...this.items, item]);
  }

  /** A new step takes the focus once the rule that holds it has come back from the screen. */
  protected override updated(): void {
    if (this.#entering === null || this.items.length <= this.#entering) return;
    const step = this.querySelector(`#${CSS.escape(this.#idOf(this.#entering))}`);
    const field = step?.querySelector<HTMLElement>(':is(select, input, textarea)');
    (field ?? step?.querySelector<HTMLElement>('button'))?.focus();
    this.#entering = null;
  }

  #move(at: number, by: number): void {
    const items = [...this.items];
    const [item] = items.splice(at, 1);
    items.splice(at + by, 0, item!);
    this.#replace(items);
  }

  #remove(at: number): void {
    this.#replace(this.items.toSpliced(at, 1));
    void this.updateComplete.then(() => [...this.querySelectorAll<HTMLElement>('button.add')].at(-1)?.focus());
  }

  #step(item: Item, at: number): TemplateResult {
    const editor = editorFor(this.kind, item);
    const base = this.#pointerOf(at);
    const broken = Object.entries(this.errors).some(
      ([each, note]) => typeof note === 'string' && (each === base || each.startsWith(`${base}/`)),
    );
    return html`<div class="step-card ${broken ? 'broken' : ''}" id=${this.#idOf(at)}>
      <div class="step-head">
        ${icon(editor?.icon ?? mdiCodeJson)}
        <p class="step-sentence" dir="auto">${this.#text(item)}</p>
        ${this.single ? nothing : this.#tools(at)}
      </div>
      ${this.#error(base, editor === null)} ${editor === null ? readOnly(item) : this.#fields(editor, item, at)}
    </div>`;
  }

  /** What no field of the step shows stands above its fields. */
  #error(base: string, isReadOnly: boolean): TemplateResult | typeof nothing {
    const own =
      this.errors[base] ??
      (isReadOnly ? Object.entries(this.errors).find(([each]) => each.startsWith(`${base}/`))?.[1] : undefined);
    if (own instanceof Advice) return html`<p class="advice note">${own.text}</p>`;
    return own === undefined ? nothing : html`<p class="form-error" role="alert">${own}</p>`;
  }

  #fields(editor: NonNullable<ReturnType<typeof editorFor>>, item: Item, at: number): TemplateResult {
    const pointer = this.#pointerOf(at);
    return editor.fields({
      item,
      home: this.home,
      rule: this.rule,
      names: this.names,
      errors: this.errors,
      pointer,
      change: (next) => this.#replace(this.items.with(at, next)),
      id: (field) => `${this.#idOf(at)}-${field}`,
      error: (inner) => this.errors[`${pointer}${inner}`] ?? null,
    });
  }

  #tools(at: number): TemplateResult {
    const tool = (path: string, words: string, run: () => void, disabled = false): TemplateResult =>
      html`<button type="button" class="round-button bare" ?disabled=${disabled} @click=${run}>
        ${icon(path, 20)}<span class="hidden">${words}</span>
      </button>`;
    return html`<div class="step-tools">
      ${
        this.items.length > 1
          ? html`${tool(mdiArrowUp, te.moveUp(at + 1), () => this.#move(at, -1), at === 0)}
            ${tool(mdiArrowDown, te.moveDown(at + 1), () => this.#move(at, 1), at === this.items.length - 1)}`
          : nothing
      }
      ${tool(mdiDeleteOutline, te.removeStep(at + 1), () => this.#remove(at))}
    </div>`;
  }
}

/** What no form knows: kept as it is, to read and to move. */
const readOnly = (item: Item): TemplateResult =>
  html`<details>
    <summary>${te.readOnly}</summary>
    <pre dir="ltr">${JSON.stringify(item, null, 2)}</pre>
  </details>`;

define('lintel-steps', Steps);
