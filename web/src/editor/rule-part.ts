// One part of a rule: When, If or Then, under its heading.

import { html, nothing, type TemplateResult } from 'lit';
import type { Rule } from '@lintel/model';
import type { FieldNote } from '../elements/field.ts';
import type { Names } from '../readers/sentences.ts';
import { te } from '../strings/editor.ts';
import type { EditorHome, Item, PartName } from './kit.ts';
import './steps.ts';

export interface RulePart {
  readonly part: PartName;
  readonly rule: Rule;
  readonly home: EditorHome;
  readonly names: Names;
  readonly errors: Readonly<Record<string, FieldNote>>;
  readonly change: (items: readonly Item[]) => void;
}

export function rulePart({ part, rule, home, names, errors, change }: RulePart): TemplateResult {
  const words = te.parts[part];
  const error = errors[`/${part}`];
  return html`<section class="part" aria-labelledby="part-${part}">
    <div class="part-head">
      <h2 id="part-${part}">${words.title}</h2>
      <p class="soft">${words.text}</p>
    </div>
    ${typeof error === 'string' ? html`<p class="form-error" role="alert">${error}</p>` : nothing}
    <lintel-steps
      .kind=${part}
      .items=${rule[part] ?? []}
      .pointer=${`/${part}`}
      .rule=${rule}
      .home=${home}
      .names=${names}
      .errors=${errors}
      @items=${(event: CustomEvent<readonly Item[]>) => change(event.detail)}
    ></lintel-steps>
  </section>`;
}
