// The gate before everything else, HTTP requests and upgrades alike: foreign hosts and origins, and what is no HTTP at all.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Scheduler } from '@lintel/hub';
import { HubError, type ErrorCode } from '@lintel/model';
import { discardBody } from './discard.ts';
import { API_HEADERS } from './headers.ts';
import type { Hosts } from './hosts.ts';
import { problemOf, type Problem } from './problems.ts';

export const LIVE_PATH = '/api/live';

/** Why a request is refused by its host, origin or form; null when it may pass. */
export function refusal(request: IncomingMessage, hosts: Hosts): HubError | null {
  const { host, origin } = request.headers;
  if (!hosts.isOwnHost(host) || countHosts(request) > 1)
    return new HubError('FOREIGN_HOST', 'This hub does not go by that name. Use its address, or lintel.local.');
  if (origin !== undefined && !hosts.isOwnOrigin(origin, host!))
    return new HubError('FOREIGN_ORIGIN', 'Pages of other sites may not use this hub.');
  if (request.url?.startsWith('/') !== true) return new HubError('BAD_REQUEST', 'Ask for a path, such as /api/health.');
  return null;
}

const countHosts = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;

/** What is no upgrade of ours stays a plain request, and is answered as one. */
export function mayUpgrade(request: IncomingMessage, hosts: Hosts): boolean {
  const asks = request.headers.upgrade?.toLowerCase() === 'websocket' && request.method === 'GET';
  return asks && request.url?.split('?')[0] === LIVE_PATH && refusal(request, hosts) === null;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export const guarded =
  (hosts: Hosts, clock: Scheduler, listener: Listener): Listener =>
  (request, response) => {
    const error = refusal(request, hosts);
    if (error === null) return listener(request, response);
    const { status, headers, body } = problemOf(error);
    return discardBody(request, clock).then(() => {
      response.writeHead(status, { ...API_HEADERS, ...headers });
      response.end(JSON.stringify(body));
    });
  };

const CLIENT_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE', 'The headers may have 16 KiB at most.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['TOO_LARGE', 'The chunk extensions are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'The request took too long to arrive.'],
};

/** Answers what Node could not read as a request, and closes. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, detail] = CLIENT_ERRORS[error.code ?? ''] ?? ['BAD_REQUEST', 'This is not a valid HTTP request.'];
  socket.end(rawResponse(problemOf(new HubError(code, detail))), () => socket.destroy());
}

function rawResponse({ status, headers, body }: Problem): string {
  const text = JSON.stringify(body);
  const all = { ...API_HEADERS, ...headers, connection: 'close', 'content-length': String(Buffer.byteLength(text)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${String(body['title'])}\r\n${lines.join('')}\r\n${text}`;
}
