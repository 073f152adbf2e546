// One part of a rule (When, If, Then): its steps in order, each in words and with its fields, and a way to add one.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiArrowDown, mdiArrowUp, mdiCodeJson, mdiDeleteOutline, mdiPlus } from '@mdi/js';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { define, LightElement } from '../elements/base.ts';
import { icon } from '../elements/icon.ts';
import { actionText, conditionText, triggerText, type Names } from '../readers/sentences.ts';
import { t } from '../strings/index.ts';
import { editorFor, EDITORS, type Item, type PartName } from './catalogue.ts';
import type { EditorHome } from './kit.ts';

export class RulePart extends LightElement {
  static override properties = {
    name: {},
    rule: { attribute: false },
    home: { attribute: false },
    names: { attribute: false },
    errors: { attribute: false },
    adding: { state: true },
  };
  declare name: PartName;
  declare rule: Rule;
  declare home: EditorHome;
  declare names: Names;
  declare errors: Readonly<Record<string, string>>;
  declare adding: boolean;
  #entering: number | null = null;

  constructor() {
    super();
    this.name = 'triggers';
    this.errors = {};
    this.adding = false;
  }

  get #items(): readonly Item[] {
    return this.rule[this.name] ?? [];
  }

  #replace(items: readonly Item[]): void {
    this.dispatchEvent(new CustomEvent('items', { detail: items }));
  }

  #text(item: Item): string {
    if (this.name === 'triggers') return triggerText(item as Trigger, this.names);
    return this.name === 'conditions'
      ? conditionText(item as Condition, this.names)
      : actionText(item as Action, this.names);
  }

  protected override render(): TemplateResult {
    const words = t.editor.parts[this.name];
    const error = this.errors[`/${this.name}`];
    return html`<section class="part" aria-labelledby="part-${this.name}">
      <div class="part-head">
        <h2 id="part-${this.name}">${words.title}</h2>
        <p class="soft">${words.text}</p>
      </div>
      ${error === undefined ? nothing : html`<p class="form-error" role="alert">${error}</p>`}
      ${this.#items.map((item, at) => this.#step(item, at))} ${this.adding ? this.#menu() : nothing}
      <div>
        <button type="button" class="button" aria-expanded=${this.adding ? 'true' : 'false'} @click=${this.#toggle}>
          ${icon(mdiPlus, 20)}${words.add}
        </button>
      </div>
    </section>`;
  }

  async #toggle(): Promise<void> {
    this.adding = !this.adding;
    await this.updateComplete;
    if (this.adding) this.querySelector<HTMLElement>('.menu button')?.focus();
  }

  #menu(): TemplateResult {
    return html`<div class="menu">
      ${EDITORS[this.name].map(
        (editor) =>
          html`<button type="button" @click=${() => this.#add(editor.create(this.home, this.rule))}>
            ${icon(editor.icon)}<span>${editor.label}</span>
          </button>`,
      )}
    </div>`;
  }

  #add(item: Item): void {
    this.adding = false;
    this.#entering = this.#items.length;
    this.#replace([...this.#items, item]);
  }

  /** A new step takes the focus once the rule that holds it has come back from the screen. */
  protected override updated(): void {
    if (this.#entering === null || this.#items.length <= this.#entering) return;
    this.querySelector<HTMLElement>(`#${this.name}-${this.#entering} :is(select, input)`)?.focus();
    this.#entering = null;
  }

  #move(at: number, by: number): void {
    const items = [...this.#items];
    const [item] = items.splice(at, 1);
    items.splice(at + by, 0, item!);
    this.#replace(items);
  }

  #remove(at: number): void {
    this.#replace(this.#items.toSpliced(at, 1));
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.part > div > button')?.focus());
  }

  #step(item: Item, at: number): TemplateResult {
    const editor = editorFor(this.name, item);
    const base = `/${this.name}/${at}`;
    const broken = Object.keys(this.errors).some((each) => each === base || each.startsWith(`${base}/`));
    return html`<div class="step-card ${broken ? 'broken' : ''}" id="${this.name}-${at}">
      <div class="step-head">
        ${icon(editor?.icon ?? mdiCodeJson)}
        <p class="step-sentence" dir="auto">${this.#text(item)}</p>
        ${this.#tools(at)}
      </div>
      ${this.#error(base, editor === null)} ${editor === null ? readOnly(item) : this.#fields(editor, item, at)}
    </div>`;
  }

  /** An error that no field of the step shows stands above its fields. */
  #error(base: string, isReadOnly: boolean): TemplateResult | typeof nothing {
    const own =
      this.errors[base] ??
      (isReadOnly ? Object.entries(this.errors).find(([each]) => each.startsWith(`${base}/`))?.[1] : undefined);
    return own === undefined ? nothing : html`<p class="form-error" role="alert">${own}</p>`;
  }

  #fields(editor: NonNullable<ReturnType<typeof editorFor>>, item: Item, at: number): TemplateResult {
    return editor.fields({
      item,
      home: this.home,
      change: (next) => this.#replace(this.#items.with(at, next)),
      id: (field) => `${this.name}-${at}-${field}`,
      error: (pointer) => this.errors[`/${this.name}/${at}${pointer}`] ?? null,
    });
  }

  #tools(at: number): TemplateResult {
    const tool = (path: string, words: string, run: () => void, disabled = false): TemplateResult =>
      html`<button type="button" class="round-button bare" ?disabled=${disabled} @click=${run}>
        ${icon(path, 20)}<span class="hidden">${words}</span>
      </button>`;
    return html`<div class="step-tools">
      ${
        this.#items.length > 1
          ? html`${tool(mdiArrowUp, t.editor.moveUp(at + 1), () => this.#move(at, -1), at === 0)}
            ${tool(mdiArrowDown, t.editor.moveDown(at + 1), () => this.#move(at, 1), at === this.#items.length - 1)}`
          : nothing
      }
      ${tool(mdiDeleteOutline, t.editor.removeStep(at + 1), () => this.#remove(at))}
    </div>`;
  }
}

/** What no form can edit yet: kept as it is, to read and to move. */
const readOnly = (item: Item): TemplateResult =>
  html`<details>
    <summary>${t.editor.readOnly}</summary>
    <pre dir="ltr">${JSON.stringify(item, null, 2)}</pre>
  </details>`;

define('lintel-rule-part', RulePart);
