// What few need, folded away. Its fields are drawn only while it is open, so that a step stays short to read and to hear.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { define, LightElement } from '../elements/base.ts';
import { te } from '../strings/editor.ts';

class More extends LightElement {
  static override properties = { content: { attribute: false }, used: { type: Boolean }, open: { state: true } };
  declare content: () => unknown;
  /** Something in here says something: it is shown from the start. */
  declare used: boolean;
  declare open: boolean;

  constructor() {
    super();
    this.content = () => nothing;
    this.used = false;
    this.open = false;
  }

  /** What was opened stays open, or emptying a field would take the focus away with it. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('used') && this.used) this.open = true;
  }

  protected override render(): TemplateResult {
    const turn = (event: Event): void => {
      this.open = (event.target as HTMLDetailsElement).open;
    };
    return html`<details class="more" ?open=${this.open} @toggle=${turn}>
      <summary>${te.options}</summary>
      ${this.open ? html`<div class="fields">${this.content()}</div>` : nothing}
    </details>`;
  }
}

/** Fields behind "More options"; `used` where the item already says any of it. */
export const moreOptions = (used: boolean, content: () => unknown): TemplateResult =>
  html`<lintel-more .content=${content} .used=${used}></lintel-more>`;

define('lintel-more', More);
