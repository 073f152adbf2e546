// Drafts survive Back, reload and walking away: each edit is kept in this browser until it is saved or given up.

import type { Rule } from '@lintel/model';

const PREFIX = 'lintel.draft.';
export const NEW = 'new';

export interface Draft {
  readonly rule: Rule;
  /** The version of the saved rule that the draft began from; null for a new one. */
  readonly base: number | null;
}

/** The part of localStorage that drafts need; tests hand in their own. */
export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'rule' in value &&
  typeof value.rule === 'object' &&
  value.rule !== null &&
  'triggers' in value.rule &&
  Array.isArray(value.rule.triggers) &&
  'actions' in value.rule &&
  Array.isArray(value.rule.actions);

/** The draft kept for a rule's id (or {@link NEW}), or null. What is damaged counts as none. */
export function readDraft(id: string, storage: DraftStorage = localStorage): Draft | null {
  try {
    const draft: unknown = JSON.parse(storage.getItem(PREFIX + id) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

export function keepDraft(id: string, draft: Draft, storage: DraftStorage = localStorage): void {
  try {
    storage.setItem(PREFIX + id, JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the draft only when the page goes away; editing goes on.
  }
}

export const dropDraft = (id: string, storage: DraftStorage = localStorage): void => storage.removeItem(PREFIX + id);

export const blankRule = (): Rule => ({ id: '', name: '', triggers: [], conditions: [], actions: [] });

/** The rule as it is sent: without what the hub writes, and without an id of its own where it has none. */
export function written(rule: Rule): Omit<Rule, 'id'> & { id?: string } {
  const { author: _author, version: _version, id, ...rest } = rule;
  return id === '' ? rest : { id, ...rest };
}
