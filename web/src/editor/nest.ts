// Items inside an item: the steps of a way, the conditions of an "or", what a wait waits for.

import { html, type TemplateResult } from 'lit';
import type { Item, Editing, Nested } from './kit.ts';

export interface NestedField<Inner extends Item> extends Nested {
  readonly items: readonly Inner[];
  readonly change: (items: readonly Inner[]) => void;
  /** What stands above them and names their group. */
  readonly label?: string;
}

/** The same steps as in the rule itself, one level further in. */
export function nestedSteps<One, Inner extends Item>(
  { pointer, rule, home, names, errors }: Editing<One>,
  { part, at, items, single, label, change }: NestedField<Inner>,
): TemplateResult {
  const take = (event: CustomEvent<readonly Inner[]>): void => change(event.detail);
  return html`<lintel-steps
    class="nested"
    .kind=${part}
    .label=${label ?? null}
    .items=${items}
    .pointer=${pointer + at}
    .single=${single === true}
    .rule=${rule}
    .home=${home}
    .names=${names}
    .errors=${errors}
    @items=${take}
  ></lintel-steps>`;
}
