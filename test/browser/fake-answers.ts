// The shapes of answers that the fake hub's routes share.

import type { FakeHub } from './fake-hub.ts';

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly cookie?: string;
}

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const created = (json: unknown): Answer => ({ status: 201, json });
export const EMPTY: Answer = { status: 204 };
export const list = (items: Iterable<unknown>): Answer => ok({ items: [...items], next: null });
export const problem = (status: number, code: string, detail: string, pointer?: string): Answer => ({
  status,
  json: { status, code, detail, ...(pointer !== undefined && { pointer }) },
});
export const MISSING = problem(404, 'NOT_FOUND', 'There is no such thing.');

export interface Request {
  readonly hub: FakeHub;
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  // oxlint-disable-next-line typescript/no-explicit-any -- a fake reads whatever it is sent
  readonly body: any;
}
