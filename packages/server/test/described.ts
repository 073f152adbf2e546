// Holds an answer against the table it was described by: its status is one the route names, and nothing in it is undescribed.

import { isDeepStrictEqual } from 'node:util';
import { pathPattern, type Route } from '../src/routes.ts';

/** What differs between an answer and its description, or null. Refusals are described for all routes at once. */
export function undescribed(
  routes: readonly Route[],
  method: string,
  path: string,
  status: number,
  text: string,
): string | null {
  const address = path.split('?')[0]!;
  const route = routes.find((each) => each.method === method && pathPattern(each.path).test(address));
  if (route === undefined || status >= 400) return null;
  const schema = route.answers[status];
  if (schema === undefined) return `${method} ${route.path} does not describe ${status}`;
  if (schema === null) return text === '' ? null : `${method} ${route.path} answers ${status} with a body`;
  const body: unknown = route.type === undefined ? JSON.parse(text) : text;
  const parsed = schema.safeParse(body);
  if (!parsed.success) return `${method} ${route.path}: ${parsed.error.message}`;
  return isDeepStrictEqual(parsed.data, body) ? null : `${method} ${route.path} has more than is described: ${text}`;
}
