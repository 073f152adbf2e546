// Plain requests to the hub's HTTP routes. A refusal is an ApiError that carries the problem document as the hub wrote it.

import type { Page, Problem } from '@lintel/protocol';

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

const UNREACHABLE: Problem = {
  status: 0,
  code: 'NOT_CONNECTED',
  detail: 'The home cannot be reached right now. Check that Lintel is running and try again.',
};

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Partial<Problem>;
    return {
      ...body,
      status: response.status,
      code: body.code ?? 'INTERNAL',
      detail: body.detail ?? response.statusText,
    };
  } catch {
    return { status: response.status, code: 'INTERNAL', detail: `The hub answered ${response.status}.` };
  }
}

/** Sends JSON and reads JSON; throws {@link ApiError} for every answer that is not a success. */
export async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(UNREACHABLE);
  }
  if (!response.ok) throw new ApiError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

export const get = <Answer>(path: string): Promise<Answer> => request('GET', path);
export const post = <Answer>(path: string, body: unknown = {}): Promise<Answer> => request('POST', path, body);
export const patch = <Answer>(path: string, body: unknown): Promise<Answer> => request('PATCH', path, body);
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => request('PUT', path, body);
export const remove = <Answer>(path: string): Promise<Answer> => request('DELETE', path);

/** All items of a list, following `next` to its end. */
export async function getAll<Item>(path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let after: string | null = ''; after !== null;) {
    const join = path.includes('?') ? '&' : '?';
    const page: Page<Item> = await get(after === '' ? path : `${path}${join}after=${encodeURIComponent(after)}`);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

/** The problem inside whatever was thrown, for showing at a field or in words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return { status: 0, code: 'INTERNAL', detail: error instanceof Error ? error.message : String(error) };
}
