// Errors as RFC 9457 problem documents. What is not a HubError is a bug of ours: it is logged, and the caller learns nothing.

import { STATUS_CODES } from 'node:http';
import { HubError } from '@lintel/model';
import type { Log } from './services.ts';

export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const INTERNAL = 'Something went wrong inside the hub. Its log says more.';

/** The HubError itself, or INTERNAL for anything else, which is logged with its stack. */
export function asHubError(error: unknown, where: string, log: Log): HubError {
  if (error instanceof HubError) return error;
  log.error(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new HubError('INTERNAL', INTERNAL);
}

/** `{code, detail, pointer?}`, as it also stands in results on the socket. */
export function describeError(error: HubError): { code: string; detail: string; pointer?: string } {
  const { code, message, pointer } = error;
  return { code, detail: message, ...(pointer !== undefined && { pointer }) };
}

export function problemOf(error: HubError): Problem {
  const { status, retryAfterSeconds, extra } = error;
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: { ...extra, type: 'about:blank', title, status, ...describeError(error) },
  };
}
