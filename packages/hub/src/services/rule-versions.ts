// Every version of every rule, from SQLite: there is always a way back after an edit.

import type { Origin, Rule } from '@lintel/model';
import type { Projector } from '../registry/projector.ts';
import type { Store } from '../store/store.ts';

export interface RuleVersion {
  readonly version: number;
  readonly at: string;
  readonly by: Origin;
  readonly rule: Rule;
}

/** Newest first; empty for a rule that never was. */
export async function ruleVersions(store: Store, projector: Projector, rule: string): Promise<readonly RuleVersion[]> {
  await projector.flush();
  const sql = 'SELECT version, at, origin, body FROM rule_versions WHERE rule = ? ORDER BY version DESC';
  const rows = await store.all(sql, [rule]);
  return rows.map((row) => ({
    version: Number(row['version']),
    at: new Date(Number(row['at'])).toISOString(),
    by: JSON.parse(String(row['origin'])) as Origin,
    rule: JSON.parse(String(row['body'])) as Rule,
  }));
}
