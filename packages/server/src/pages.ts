// Lists answer `{items, next}`: `next` goes into `?after`, and is null at the end.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import { PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX } from './limits.ts';
import { ok, type Answer } from './routes.ts';

const CURSOR = /^(\d{1,9})\.(.*)$/s;

export const pageQuery = z.strictObject({
  after: z.string().max(400).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(PAGE_ITEMS_MAX).optional().describe('at most this many items'),
});
export type PageQuery = z.output<typeof pageQuery>;

export const pageOf = <Item extends z.ZodType>(item: Item): z.ZodType =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/**
 * One page of a list that is whole in memory. The cursor names the last item and its place, so that a list that lost the
 * item meanwhile is still continued nearby.
 * @throws HubError BAD_VALUE for a cursor that no page gave
 */
export function page<Item>(all: readonly Item[], query: PageQuery, idOf: (item: Item) => string): Answer {
  const start = query.after === undefined ? 0 : placeAfter(all, query.after, idOf);
  const items = all.slice(start, start + (query.limit ?? PAGE_ITEMS_DEFAULT));
  const end = start + items.length;
  const last = items.at(-1);
  const more = last !== undefined && end < all.length;
  return ok({ items, next: more ? Buffer.from(`${end}.${idOf(last)}`).toString('base64url') : null });
}

function placeAfter<Item>(all: readonly Item[], after: string, idOf: (item: Item) => string): number {
  const match = CURSOR.exec(Buffer.from(after, 'base64url').toString());
  if (match === null) throw new HubError('BAD_VALUE', 'after: take it from `next` of the page before.');
  const place = Number(match[1]);
  if (all[place - 1] !== undefined && idOf(all[place - 1]!) === match[2]) return place;
  const found = all.findIndex((item) => idOf(item) === match[2]);
  return found === -1 ? Math.max(0, place - 1) : found + 1;
}
