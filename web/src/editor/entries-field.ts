// Named values: the arguments of a command, the data of an event.

import { html, type TemplateResult } from 'lit';
import { mdiClose, mdiPlus } from '@mdi/js';
import type { Computed } from '@lintel/model';
import { icon } from '../elements/icon.ts';
import { te } from '../strings/editor.ts';
import { computedField, typedOr, wordField } from './fields.ts';
import { isExpression, type Editing } from './kit.ts';

type Entries = Readonly<Record<string, Computed<unknown>>>;

/** Every value that JSON can write may stand in an entry; only what looks like a formula and is none does not fit. */
export const entriesFit = (entries: Entries): boolean =>
  Object.values(entries).every(
    (each) => typeof each !== 'object' || each === null || isExpression(each) || !('expression' in each),
  );

interface EntriesField {
  readonly name: string;
  readonly label: string;
  readonly entries: Entries;
  /** Undefined once the last entry is gone. */
  readonly change: (entries: Record<string, Computed<never>> | undefined) => void;
  readonly pointer: string;
}

/** What was typed, as JSON where it reads as JSON: `0.1` is a number, `true` is true, anything else is text. */
function readTyped(typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

/** The text that {@link readTyped} reads as the same value again. */
function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' && readTyped(value) === value ? value : JSON.stringify(value);
}

export function entriesField<One>(editing: Editing<One>, field: EntriesField): TemplateResult {
  const { label, name, pointer } = field;
  const rows = Object.entries(field.entries);
  const change = (next: readonly (readonly [string, unknown])[]): void =>
    field.change(next.length === 0 ? undefined : (Object.fromEntries(next) as Record<string, Computed<never>>));
  const rename = (at: number, key: string): void => {
    if (!rows.some(([each], other) => each === key && other !== at)) change(rows.with(at, [key, rows[at]![1]]));
  };
  return html`<div class="nest" role="group" aria-label=${label}>
    <p class="nest-label" aria-hidden="true">${label}</p>
    ${rows.map(([key, value], at) => {
      const set = (next: unknown): void => change(rows.with(at, [key, next ?? '']));
      return html`<div class="with-remove">
        <div class="fields">
          ${wordField(editing, { name: `${name}-${at}-key`, label: te.argument, value: key, change: (typed) => rename(at, typed), pointer: `${pointer}/${key}` })}
          ${computedField<One, unknown>(
            editing,
            { name: `${name}-${at}`, label: te.value, value, change: set, pointer: `${pointer}/${key}` },
            (literal) =>
              wordField(editing, {
                name: `${name}-${at}`,
                label: te.value,
                value: typedOr(
                  editing.id(`${name}-${at}`),
                  shown(literal),
                  (typed) => JSON.stringify(readTyped(typed)) === JSON.stringify(literal),
                ),
                change: (typed) => set(readTyped(typed)),
                pointer: `${pointer}/${key}`,
              }),
          )}
        </div>
        <button type="button" class="round-button bare" @click=${() => change(rows.toSpliced(at, 1))}>
          ${icon(mdiClose, 20)}<span class="hidden">${te.removeEntry(key)}</span>
        </button>
      </div>`;
    })}
    <div>
      <button type="button" class="quiet" @click=${() => change([...rows, [freeKey(field.entries), '']])}>
        ${icon(mdiPlus, 20)}${te.addEntry}
      </button>
    </div>
  </div>`;
}

function freeKey(entries: Entries): string {
  for (let at = 1; ; at += 1) if (!Object.hasOwn(entries, `value${at}`)) return `value${at}`;
}
