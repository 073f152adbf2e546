// Activity as people page through it, newest first.

import { HubError, type Origin } from '@lintel/model';
import type { ActivityEntry, Hub } from '../interface.ts';
import type { Row, SqlValue } from '../store/messages.ts';
import type { Store } from '../store/store.ts';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

type Query = Parameters<Hub['activity']>[0];

export async function queryActivity(
  store: Store,
  query: Query,
): Promise<{ items: readonly ActivityEntry[]; next: string | null }> {
  const limit = Math.min(Math.max(query.limit ?? LIMIT_DEFAULT, 1), LIMIT_MAX);
  const where: string[] = [];
  const parameters: SqlValue[] = [];
  const add = (condition: string, value: SqlValue): void => {
    where.push(condition);
    parameters.push(value);
  };
  if (query.device !== undefined) add('device = ?', query.device);
  if (query.user !== undefined) add('user = ?', query.user);
  if (query.from !== undefined) add('at >= ?', parseTime(query.from, '/from'));
  if (query.to !== undefined) add('at < ?', parseTime(query.to, '/to'));
  if (query.after !== undefined) add('number < ?', parseCursor(query.after));
  const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  const rows = await store.all(`SELECT * FROM activity ${condition} ORDER BY number DESC LIMIT ?`, [
    ...parameters,
    limit + 1,
  ]);
  const items = rows.slice(0, limit).map(entryOf);
  return { items, next: rows.length > limit ? String(rows[limit - 1]!['number']) : null };
}

function parseTime(text: string, pointer: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new HubError('BAD_VALUE', `expected an ISO 8601 time, not ${JSON.stringify(text.slice(0, 40))}`, { pointer });
  return at;
}

function parseCursor(text: string): number {
  if (!/^\d{1,16}$/.test(text))
    throw new HubError('BAD_VALUE', 'expected the `next` of the page before', { pointer: '/after' });
  return Number(text);
}

function entryOf(row: Row): ActivityEntry {
  return {
    at: new Date(Number(row['at'])).toISOString(),
    sequence: Number(row['sequence']),
    origin: JSON.parse(String(row['origin'])) as Origin,
    text: String(row['text']),
    ...(row['device'] !== null && { device: String(row['device']) }),
    ...(row['automation'] !== null && { automation: String(row['automation']) }),
  };
}
