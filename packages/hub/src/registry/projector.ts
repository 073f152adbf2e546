// Keeps SQLite in step with the journal: documents, versions of rules, activity. It runs behind; after a crash the journal
// brings it up to date, since it stores the number it has applied in the same transaction.

import type { Origin } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import type { ActivityEntry } from '../interface.ts';
import type { Edit } from '../journal/records.ts';
import type { SqlValue, Statement } from '../store/messages.ts';
import type { Store } from '../store/store.ts';

const FLUSH_MS = 100;
const RETRY_MS = 1_000;

export interface Projection {
  readonly sequence: number;
  readonly at: number;
  readonly origin: Origin;
  readonly edits: readonly Edit[];
  readonly activity: readonly Omit<ActivityEntry, 'at' | 'sequence' | 'origin'>[];
}

export interface Projector {
  /** The number of the newest record that SQLite has. */
  readonly applied: number;
  take(projection: Projection): void;
  /** Resolves once everything taken so far is in SQLite. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export async function readApplied(store: Store): Promise<number> {
  const [row] = await store.all(`SELECT applied_sequence FROM progress WHERE name = 'documents'`);
  return Number(row?.['applied_sequence'] ?? 0);
}

export async function readDocuments(store: Store): Promise<Edit[]> {
  const rows = await store.all('SELECT collection, id, body FROM documents');
  return rows.map((row) => ({
    collection: row['collection'] as Edit['collection'],
    id: String(row['id']),
    value: JSON.parse(String(row['body'])) as unknown,
  }));
}

export interface ProjectorOptions {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly applied: number;
  /** SQLite never runs ahead of the journal that is on the disk. */
  readonly synced: (sequence: number) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
}

export function createProjector({ store, scheduler, applied: from, synced, onTrouble }: ProjectorOptions): Projector {
  let applied = from;
  let queue: Projection[] = [];
  let running: Promise<void> | null = null;
  let cancel: (() => void) | null = null;

  const write = async (): Promise<void> => {
    const batch = [...queue];
    const last = batch.at(-1);
    if (last === undefined) return;
    await synced(last.sequence);
    await store.transaction([...batch.flatMap(statementsOf), progress(last.sequence)]);
    queue = queue.slice(batch.length);
    applied = last.sequence;
  };

  const run = (): Promise<void> => {
    cancel?.();
    cancel = null;
    running ??= write().finally(() => (running = null));
    return running;
  };

  const runLater = (ms: number): void => {
    cancel ??= scheduler.after(ms, () => {
      cancel = null;
      run().then(
        () => queue.length > 0 && runLater(FLUSH_MS),
        (error: unknown) => {
          onTrouble(error);
          runLater(RETRY_MS);
        },
      );
    });
  };

  const flush = async (): Promise<void> => {
    const target = queue.at(-1)?.sequence ?? 0;
    while (applied < target) await run();
  };

  return {
    get applied() {
      return applied;
    },
    take: (projection) => {
      if (projection.sequence <= applied) return;
      if (projection.edits.length === 0 && projection.activity.length === 0) return;
      queue.push(projection);
      runLater(FLUSH_MS);
    },
    flush,
    close: async () => {
      await flush();
      cancel?.();
    },
  };
}

const progress = (sequence: number): Statement => ({
  sql: `INSERT INTO progress (name, applied_sequence) VALUES ('documents', ?)
        ON CONFLICT (name) DO UPDATE SET applied_sequence = excluded.applied_sequence`,
  parameters: [sequence],
});

function statementsOf(projection: Projection): Statement[] {
  const statements = projection.edits.flatMap((edit) => editStatements(projection, edit));
  projection.activity.forEach((entry) => statements.push(activityStatement(projection, entry)));
  return statements;
}

function editStatements({ at, origin }: Projection, { collection, id, value }: Edit): Statement[] {
  if (value === null) {
    return [{ sql: 'DELETE FROM documents WHERE collection = ? AND id = ?', parameters: [collection, id] }];
  }
  const body = JSON.stringify(value);
  const put: Statement = {
    sql: 'INSERT INTO documents (collection, id, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
    parameters: [collection, id, body],
  };
  if (collection !== 'automations') return [put];
  const version = (value as { version?: number }).version ?? 1;
  const keep: Statement = {
    sql: 'INSERT INTO rule_versions (rule, version, at, origin, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    parameters: [id, version, at, JSON.stringify(origin), body],
  };
  return [put, keep];
}

function activityStatement(
  { sequence, at, origin }: Projection,
  { text, device, automation }: Projection['activity'][number],
): Statement {
  const user: SqlValue = origin.kind === 'user' ? (origin.id ?? null) : null;
  return {
    sql: `INSERT INTO activity (sequence, at, origin, user, device, automation, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    parameters: [sequence, at, JSON.stringify(origin), user, device ?? null, automation ?? null, text],
  };
}
